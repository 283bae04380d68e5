package browse

import (
	"cmp"
	"slices"
	"strings"

	"carrel/store/article"
	"carrel/store/query"
)

// Field is a part of an entry that the filter looks at.
type Field uint8

// The fields that the filter looks at.
const (
	FieldTitle Field = iota
	FieldAuthors
	FieldTags
)

// Range is what a query matched in an entry: the bytes from Start to End of the
// title, or of the author or tag with the index Item. It begins and ends between
// characters.
type Range struct {
	Field      Field
	Item       int
	Start, End int
}

// Positions returns what a query matches in a row, as sorted ranges that do not
// overlap and lie in the entry's own strings. Each term shows once, where Rank
// valued it. There are none if the row does not match. It folds the entry anew
// and is meant for the rows on screen.
func (c *Corpus) Positions(text string, row int) []Range {
	words, where := split(text)
	return c.positions(newQuery(words), where, row)
}

func (c *Corpus) positions(q fuzzyQuery, where [][]query.Term, row int) []Range {
	if row < 0 || row >= len(c.entries) {
		return nil
	}
	m := newMarker(&c.entries[row])
	if len(q.terms) > 0 && !m.query(q) {
		return nil
	}
	if len(where) > 0 {
		of := query.Query{Clauses: where}
		if !of.Accepts(&c.entries[row], c.facts) {
			return nil
		}
		m.conditions(of, &c.entries[row])
	}
	return m.merged()
}

// query marks the terms and tells whether all of them are found.
func (m *marker) query(q fuzzyQuery) bool {
	if f, at := m.title.find(q.text); strings.HasPrefix(m.title.text, q.text) {
		m.mark(m.title, 0, len(q.text))
	} else if f >= opening {
		m.mark(m.title, at, len(q.text))
	} else {
		for i := range q.terms {
			if !m.term(&q.terms[i]) {
				return false
			}
		}
	}
	return true
}

// Positions returns what the result's query matches in one of its rows; see
// Corpus.Positions.
func (r *Result) Positions(row int) []Range { return r.corpus.positions(r.query, r.where, row) }

// marker collects the ranges of one entry.
type marker struct {
	title         traced
	authors, tags []traced
	ranges        []Range
}

// traced is a folded text that knows where each of its bytes came from.
type traced struct {
	passage
	origin []extent
	field  Field
	item   int
}

func newMarker(e *article.Entry) *marker {
	m := &marker{title: trace(e.Title, maxTitle, FieldTitle, 0)}
	for i, a := range e.Authors[:min(len(e.Authors), maxNames)] {
		m.authors = append(m.authors, trace(a, maxName, FieldAuthors, i))
	}
	for i, t := range e.Tags[:min(len(e.Tags), maxNames)] {
		m.tags = append(m.tags, trace(t, maxName, FieldTags, i))
	}
	return m
}

func trace(s article.Text, limit int, field Field, item int) traced {
	f := folder{trace: true}
	f.fold(string(s), limit)
	p := f.passages()
	return traced{passage: p.slice(0, uint32(len(p.text))), origin: f.origin, field: field, item: item}
}

// term marks a term where it is found best, in the order of the classes.
func (m *marker) term(t *term) bool {
	if m.piece(m.title, t) {
		return true
	}
	for _, names := range [][]traced{m.authors, m.tags} {
		best, from := missing, traced{}
		for _, n := range names {
			if f, _ := n.find(t.text); f > best {
				best, from = f, n
			}
		}
		if best != missing {
			return m.piece(from, t)
		}
	}
	if t.pattern == nil {
		return false
	}
	for _, p := range append([]traced{m.title}, m.authors...) {
		if at := p.align(t.pattern); at != nil {
			for _, i := range at {
				m.mark(p, i, 1)
			}
			return true
		}
	}
	return false
}

func (m *marker) piece(p traced, t *term) bool {
	f, at := p.find(t.text)
	if f != missing {
		m.mark(p, at, len(t.text))
	}
	return f != missing
}

// mark adds n bytes of a folded text from byte at on.
func (m *marker) mark(p traced, at, n int) {
	r := Range{Field: p.field, Item: p.item, Start: p.origin[at].start, End: p.origin[at+n-1].end}
	m.ranges = append(m.ranges, r)
}

// merged sorts the ranges and joins those that touch.
func (m *marker) merged() []Range {
	slices.SortFunc(m.ranges, func(a, b Range) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Start, b.Start))
	})
	out := m.ranges[:0]
	for _, r := range m.ranges {
		if n := len(out) - 1; n >= 0 && out[n].Field == r.Field && out[n].Item == r.Item && r.Start <= out[n].End {
			out[n].End = max(out[n].End, r.End)
			continue
		}
		out = append(out, r)
	}
	return out
}

// align returns where each character of the pattern is if the text has it
// scattered, else nil. Unless one word has it all, it goes back from the word
// that completed the pattern and takes as much from each word as it can.
func (p passage) align(pattern []rune) []int {
	out := make([]int, len(pattern))
	if from, to := p.scattered(pattern); from == to {
		return nil
	} else if p.nextStart(from+1) >= to {
		p.piece(from, to, pattern, 0, out)
		return out
	}
	type word struct {
		start, end    int
		open, reached uint64
	}
	var words []word
	var s scatter
	for i := p.nextStart(0); !s.has(len(pattern)); {
		end := p.nextStart(i + 1)
		next := p.step(i, end, pattern, s)
		words = append(words, word{i, end, s.open(), next.last})
		s, i = next, end
	}
	to := len(pattern)
	for _, w := range slices.Backward(words) {
		for from := 0; w.reached>>to&1 != 0 && from < to; from++ {
			if w.open>>from&1 != 0 && p.piece(w.start, w.end, pattern, from, out[:to]) >= to {
				to = from
			}
		}
	}
	return out
}
