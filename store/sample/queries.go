package sample

import (
	"strconv"
	"strings"
)

// known is how many articles a collection must have for all of the queries to
// be about something in it.
const known = 100

// Queries makes n queries as people type them, in the language of package query,
// for collections with that seed: single words from the rarest to the commonest,
// several words, phrases, words left out, alternatives, beginnings, fields, dates
// and typing errors, in turn. Most find something in a collection of 100 or more.
func Queries(seed uint64, n int) []string {
	m := newMaker(seed, known)
	all := make([]string, n)
	for i := range all {
		id := m.identify(i * 7 % known)
		m.source.Seed(seed+1, uint64(i))
		all[i] = m.query(i, id)
	}
	return all
}

// query makes the i-th query. Those of several words are about one article.
func (m *maker) query(i int, id identity) string {
	topic := func(t int) string { return m.spelt(id.topic[t]) }
	switch i % 16 {
	case 0:
		return m.spelt(m.between(20000, ranks)) // rare
	case 1:
		return m.spelt(m.between(len(m.english)+1, 3000)) // common
	case 2:
		return m.english[m.rng.IntN(8)] // in nearly every article
	case 3:
		return topic(0) + " " + topic(1)
	case 4:
		return topic(0) + " " + m.english[m.rng.IntN(100)] + " " + topic(2)
	case 5:
		return m.phrase(id.title)
	case 6:
		return [...]string{`"of the"`, `"in the"`, `"and to"`}[m.rng.IntN(3)]
	case 7:
		return topic(3) + " -" + topic(4)
	case 8:
		return topic(0) + " OR " + m.spelt(m.between(1000, 20000))
	case 9:
		word := topic(1)
		return word[:min(m.between(2, 6), len(word))] + "*"
	case 10:
		return "title:" + topic(0)
	case 11:
		author := m.author(m.rng.IntN(authors))
		if m.oneIn(2) {
			return "author:" + strings.ToLower(author[strings.IndexByte(author, ' ')+1:])
		}
		return `author:"` + author + `"`
	case 12:
		return "tag:" + m.tag(m.rng.IntN(tags/4))
	case 13:
		return m.spelt(m.between(len(m.english)+1, 1000)) + " after:" + strconv.Itoa(id.year)
	case 14:
		return m.english[m.between(40, 300)] + " before:" + strconv.Itoa(id.year) + "-" + id.name[5:7]
	}
	return m.misspelt(topic(m.rng.IntN(topics)))
}

// phrase is two or three words of a title as they stand there.
func (m *maker) phrase(title string) string {
	words := strings.Fields(strings.NewReplacer(":", "", "?", "").Replace(title))
	n := min(m.between(2, 3), len(words))
	from := m.rng.IntN(len(words) - n + 1)
	return `"` + strings.Join(words[from:from+n], " ") + `"`
}

// misspelt leaves out a letter or exchanges two, not at the beginning.
func (m *maker) misspelt(word string) string {
	b := []byte(word)
	at := m.between(1, max(len(b)-2, 1))
	if m.oneIn(2) || len(b) < 4 {
		return string(append(b[:at], b[at+1:]...))
	}
	b[at], b[at+1] = b[at+1], b[at]
	return string(b)
}
