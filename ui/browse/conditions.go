package browse

import (
	"slices"
	"strings"

	"carrel/store/article"
	"carrel/store/query"
)

// split takes a query apart into its plain words, which are fuzzy, and the
// clauses that are conditions. A query without conditions stays as it was typed,
// with whatever punctuation it has.
func split(text string) (words string, where [][]query.Term) {
	var b strings.Builder
	at := 0
	for _, clause := range query.ParseTyping(text).Clauses {
		if isPlain(text, clause) {
			continue
		}
		where = append(where, clause)
		b.WriteString(text[at:clause[0].From])
		b.WriteByte(' ')
		at = clause[len(clause)-1].To
	}
	if where == nil {
		return text, nil
	}
	b.WriteString(text[at:])
	return b.String(), where
}

// isPlain tells whether a clause is one word without anything that makes it
// more.
func isPlain(text string, clause []query.Term) bool {
	t := &clause[0]
	return len(clause) == 1 && t.Field == query.Anywhere && !t.Not && !t.Quoted && text[t.To-1] != '*'
}

// addedClauses returns the clauses that a query has and an older one has not; ok
// is false if the older one has others, which may have left out rows that are
// wanted now.
func addedClauses(now, old [][]query.Term) (added [][]query.Term, ok bool) {
	for _, o := range old {
		if !slices.ContainsFunc(now, func(n []query.Term) bool { return slices.EqualFunc(n, o, sameTerm) }) {
			return nil, false
		}
	}
	for _, n := range now {
		if !slices.ContainsFunc(old, func(o []query.Term) bool { return slices.EqualFunc(n, o, sameTerm) }) {
			added = append(added, n)
		}
	}
	return added, true
}

// sameTerm tells whether two terms ask for the same.
func sameTerm(a, b query.Term) bool {
	return a.Not == b.Not && a.Field == b.Field && a.Prefix == b.Prefix && a.Value == b.Value &&
		a.Time.Equal(b.Time) && slices.Equal(a.Words, b.Words)
}

// conditions hold the rows of one segment to clauses. They belong to one
// goroutine.
type conditions struct {
	clauses [][]condition
	facts   query.Facts
	segment *segment
	entries []article.Entry // from the segment's first row on
}

// condition is a term with what makes it quick.
type condition struct {
	query.Term
	letters mask      // of its words
	names   []verdict // by name
}

// verdict is whether a name has the words of a term, once that is known.
type verdict uint8

const (
	unjudged verdict = iota
	lacking
	having
)

func newConditions(where [][]query.Term, facts query.Facts) *conditions {
	c := &conditions{facts: facts}
	for _, clause := range where {
		var list []condition
		for _, t := range clause {
			n := condition{Term: t}
			for _, w := range t.Words {
				n.letters.initials |= maskBit(w[0])
				for i := range len(w) {
					n.letters.all |= maskBit(w[i])
				}
			}
			list = append(list, n)
		}
		c.clauses = append(c.clauses, list)
	}
	return c
}

// enter makes a segment the one whose rows are looked at.
func (c *conditions) enter(g *segment, entries []article.Entry) {
	c.segment, c.entries = g, entries
	for i := range c.clauses {
		for k := range c.clauses[i] {
			n := &c.clauses[i][k]
			n.names = slices.Grow(n.names[:0], len(g.nameTexts))[:len(g.nameTexts)]
			clear(n.names)
		}
	}
}

// hold tells whether a row fulfils all conditions.
func (c *conditions) hold(row int) bool {
	for i := range c.clauses {
		clause := c.clauses[i]
		found := false
		for k := range clause {
			if found = c.holds(&clause[k], row) != clause[k].Not; found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func (c *conditions) holds(n *condition, row int) bool {
	authors, tags := c.segment.authorsAndTags(row)
	switch n.Field {
	case query.Title:
		return c.inTitle(n, row)
	case query.Author:
		return c.inNames(n, authors)
	case query.Tag:
		return c.inNames(n, tags)
	case query.Anywhere:
		return c.inNames(n, authors) || c.inNames(n, tags) || c.inTitle(n, row)
	}
	return n.Accepts(&c.entries[row], c.facts)
}

// inTitle looks into the folded form of simple titles, which is at hand, and takes
// the others apart.
func (c *conditions) inTitle(n *condition, row int) bool {
	if c.segment.simple[row>>6]>>(row&63)&1 == 0 {
		return n.FoundIn(string(c.entries[row].Title))
	}
	m := c.segment.masks[row]
	return m.all&n.letters.all == n.letters.all && m.initials&n.letters.initials == n.letters.initials &&
		hasWords(c.segment.title(row).text, n.Words, n.Prefix)
}

// hasWords tells whether a folded ASCII text has the words of a term next to each
// other.
func hasWords(text string, words []string, prefix bool) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], words[0])
		if i < 0 {
			return false
		}
		i += from
		if (i == 0 || !inWord(text[i-1])) && wordsAt(text, i, words, prefix) {
			return true
		}
		from = i + 1
	}
}

func wordsAt(text string, i int, words []string, prefix bool) bool {
	for k, w := range words {
		for k > 0 && i < len(text) && !inWord(text[i]) {
			i++
		}
		if !strings.HasPrefix(text[i:], w) {
			return false
		}
		i += len(w)
		if i < len(text) && inWord(text[i]) && !(prefix && k == len(words)-1) {
			return false
		}
	}
	return true
}

func inWord(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func (c *conditions) inNames(n *condition, names []uint32) bool {
	for _, i := range names {
		if n.names[i] == unjudged {
			n.names[i] = lacking
			if n.FoundIn(string(c.segment.nameTexts[i])) {
				n.names[i] = having
			}
		}
		if n.names[i] == having {
			return true
		}
	}
	return false
}

// conditions marks the words of the conditions that name what is shown.
func (m *marker) conditions(q query.Query, e *article.Entry) {
	for field, list := range map[Field][]article.Text{FieldTitle: {e.Title}, FieldAuthors: e.Authors, FieldTags: e.Tags} {
		own := [...]query.Field{FieldTitle: query.Title, FieldAuthors: query.Author, FieldTags: query.Tag}[field]
		var terms []query.Term
		for _, t := range q.Positive() {
			if t.Field == own || t.Field == query.Anywhere {
				t.Field = query.Anywhere
				terms = append(terms, t)
			}
		}
		if len(terms) == 0 {
			continue
		}
		f := query.Query{Clauses: [][]query.Term{terms}}.Finder()
		for item, s := range list[:min(len(list), maxNames)] {
			for _, r := range f.Find(string(s)) {
				m.ranges = append(m.ranges, Range{Field: field, Item: item, Start: r.Start, End: r.End})
			}
		}
	}
}
