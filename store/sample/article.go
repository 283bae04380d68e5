package sample

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The dates: months of twenty years, each a folder.
const (
	firstYear = 2005
	months    = 20 * 12
)

// How many of each there are.
const (
	authors = 300
	tags    = 500
	hosts   = 300
	topics  = 12
)

// Lengths in bytes. Their logarithms are distributed normally, which gives many
// short articles and a long tail; the average is about 6.5 KB.
const (
	shortest = 500
	longest  = 40 << 10
	// One in huge is larger than longest, up to four times.
	huge   = 500
	middle = 4850
	spread = 0.72
)

// Article makes article i of a collection of that many, the same bytes every
// time: its name, which is a path with slashes, and its text. Collections with
// the same seed and another number differ in where links lead.
func Article(seed uint64, i, of int) (name string, text []byte) {
	return newMaker(seed, of).article(i)
}

// identity is what other articles may know of an article.
type identity struct {
	name             string
	title            string
	year, month, day int
	tongue           *tongue
	// topic are the ranks of words that are rare elsewhere.
	topic [topics]int
}

// identify makes the identity of an article. It draws the first numbers of the
// article.
func (m *maker) identify(i int) identity {
	m.source.Seed(m.seed, uint64(i+1)*0x9e3779b97f4a7c15)
	month := m.rng.IntN(months)
	id := identity{year: firstYear + month/12, month: month%12 + 1, day: m.between(1, 28), tongue: m.draw()}
	for t := range id.topic {
		id.topic[t] = max(m.rank()|1<<m.between(9, 15), len(m.english)+1)
	}
	id.title = m.title(&id)
	var b []byte
	b = fmt.Appendf(b, "%04d/%02d/", id.year, id.month)
	b = append(m.word(b, id.topic[0]), '-')
	b = append(m.word(b, id.topic[1]), '-')
	id.name = string(append(strconv.AppendInt(b, int64(i), 10), ".md"...))
	return id
}

// title makes 3 to 11 words, of which some are of the topic.
func (m *maker) title(id *identity) string {
	n := m.between(3, 11)
	var b []byte
	for w := range n {
		if w > 0 {
			b = append(b, ' ')
		}
		from := len(b)
		rank := m.rank()
		switch t := id.tongue; {
		case w == n-1 || w == n-2:
			rank = id.topic[n-1-w]
		case m.oneIn(3):
			rank = id.topic[m.rng.IntN(topics)]
		case t != nil && t.chars != nil:
			b = m.glyphs(b, t, 4)
			continue
		case t != nil:
			b = append(b, t.words[m.rng.IntN(len(t.words))]...)
			continue
		}
		b = m.word(b, rank)
		if w == 0 || rank > len(m.english) && n < 6 {
			b = capital(b, from)
		}
		if w == 1 && n > 5 && m.oneIn(6) {
			b = append(b, ':')
		}
	}
	if m.oneIn(20) {
		b = append(b, '?')
	}
	return strings.TrimSpace(string(b))
}

// article makes one article. The text is valid until the next is made.
func (m *maker) article(i int) (name string, text []byte) {
	m.id = m.identify(i)
	m.out = m.out[:0]
	size := int(math.Exp(m.rng.NormFloat64()*spread) * middle)
	size = min(max(size, shortest), longest)
	if m.oneIn(huge) {
		size = m.between(longest, 4*longest)
	}
	m.wrap = m.oneIn(2)
	m.front(i)
	m.body(i, size)
	return m.id.name, m.out
}

// front writes the front matter.
func (m *maker) front(i int) {
	id := &m.id
	b := append(m.out, "---\ntitle: "...)
	if strings.ContainsAny(id.title, ":?") || m.oneIn(4) {
		b = strconv.AppendQuote(b, id.title)
	} else {
		b = append(b, id.title...)
	}
	// The product prefers the first authors and tags.
	b = fmt.Appendf(b, "\nauthor: %s\ndate: %04d-%02d-%02d\n", m.author(m.rng.IntN(authors)*m.rng.IntN(authors)/authors), id.year, id.month, id.day)
	if id.tongue != nil {
		b = append(b, "lang: "+id.tongue.code+"\n"...)
	}
	var chosen []string
	for range m.between(1, 4) {
		if t := m.tag(m.rng.IntN(tags) * m.rng.IntN(tags) / tags); !slices.Contains(chosen, t) {
			chosen = append(chosen, t)
		}
	}
	b = append(b, "tags: ["+strings.Join(chosen, ", ")+"]\n"...)
	if m.of > 1 && m.oneIn(8) {
		b = append(b, "related:\n"...)
		for range m.between(1, 3) {
			b = append(m.path(append(b, "  - "...), m.other(i)), '\n')
		}
	}
	m.out = append(b, "---\n\n"...)
}
