package browse

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"carrel/store/query"
)

// Result is the answer to one query. It must not be changed.
type Result struct {
	Query string
	// Rows are all rows that match, the best first; among equals the lower row,
	// which is the newer article, is first.
	Rows []int32

	corpus    *Corpus
	query     fuzzyQuery
	where     [][]query.Term
	survivors []int32 // the rows that a narrower query may find, in ascending order; never nil
}

// Rank returns the rows that match a query. Plain words are fuzzy: they are split
// at spaces into terms, every term must be found in the title, an author or a
// tag; case and accents do not count. An empty query matches every row.
//
// Whatever else the language of package query has are conditions: a phrase, a
// word with a minus or a star, an OR, a field. They choose among the rows and
// give them no order, so without plain words the rows stay in that of the list.
// A value that ends the text may be the beginning of a longer one, unless a
// space follows.
//
// The order: titles that begin with the whole query; then terms found in one
// piece, in the title where a word begins, in the title within a word, in
// authors, in tags; then terms found in pieces, in the title, in authors. Rows of
// one class are ordered by the togetherness of the terms, by whole words, by the
// score of github.com/sahilm/fuzzy if the terms are in pieces, and roughly by
// the length of the title.
//
// prev may be nil or an earlier result; if the query only narrows it, the rows
// that it left out are not looked at again. The only error is ctx's.
func (c *Corpus) Rank(ctx context.Context, text string, prev *Result) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	words, where := split(text)
	r := &Result{Query: text, corpus: c, query: newQuery(words), where: where}
	if len(r.query.terms) == 0 && len(where) == 0 {
		r.survivors = allRows(c.Len())
		r.Rows = r.survivors
		return r, nil
	}
	var among []int32
	if prev != nil && prev.corpus == c && r.query.narrows(prev.query) {
		if added, ok := addedClauses(where, prev.where); ok {
			among, where = prev.survivors, added
		}
	}
	found, err := c.match(ctx, r.query, where, among)
	if err != nil {
		return nil, err
	}
	r.survivors = rowsOf(found)
	r.Rows = rowsOf(sorted(slices.DeleteFunc(found, func(f ranked) bool { return f.key() == hiddenKey })))
	return r, nil
}

func allRows(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

// match scores rows segment by segment on all cores and returns those that
// match and fulfil the conditions, in row order. among is nil for all rows, else
// in ascending order.
func (c *Corpus) match(ctx context.Context, q fuzzyQuery, where [][]query.Term, among []int32) ([]ranked, error) {
	found := make([][]ranked, len(c.segments))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(c.segments)) {
		wg.Go(func() {
			s := newScorer(q)
			if len(where) > 0 {
				s.where = newConditions(where, c.facts)
			}
			for i := int(next.Add(1)) - 1; i < len(c.segments) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				found[i] = c.matchSegment(ctx, s, i, among)
			}
		})
	}
	wg.Wait()
	return slices.Concat(found...), ctx.Err()
}

// checkEvery is the number of rows after which a worker looks whether its work
// is still wanted: microseconds for ordinary titles, milliseconds for the worst.
const checkEvery = 64

func (c *Corpus) matchSegment(ctx context.Context, s *scorer, i int, among []int32) []ranked {
	from := int32(i * segmentRows)
	n := len(c.segments[i].masks)
	if among != nil {
		a, _ := slices.BinarySearch(among, from)
		b, _ := slices.BinarySearch(among, from+int32(n))
		among, n = among[a:b], b-a
	}
	if n == 0 {
		return nil
	}
	s.enter(&c.segments[i])
	if s.where != nil {
		s.where.enter(&c.segments[i], c.entries[from:])
	}
	b := batch{found: make([]ranked, 0, n), scattered: make([][]part, len(s.query.terms))}
	for k := range n {
		if k%checkEvery == 0 && ctx.Err() != nil {
			return nil
		}
		row := from + int32(k)
		if among != nil {
			row = among[k]
		}
		key := key(0)
		if len(s.query.terms) > 0 {
			key = s.key(int(row - from))
		}
		if key != noKey && (s.where == nil || s.where.hold(int(row-from))) {
			b.add(key, int(row), s)
		}
	}
	b.judge(s.query.terms)
	return b.found
}

func rowsOf(found []ranked) []int32 {
	rows := make([]int32, len(found))
	for i, f := range found {
		rows[i] = int32(f.row())
	}
	return rows
}

// sorted orders rows, which come in row order, by their keys: a radix sort with
// two stable passes, where a comparison sort of 100,000 rows would cost more
// than the matching.
func sorted(found []ranked) []ranked {
	const low = 10
	if len(found) < 2000 {
		slices.Sort(found)
		return found
	}
	half := make([]ranked, len(found))
	countingPass(half, found, 32, 1<<low)
	countingPass(found, half, 32+low, 1<<(keyBits-low))
	return found
}

// countingPass puts from into order by the bits from shift on, which have less
// than size values.
func countingPass(to, from []ranked, shift, size uint) {
	at := make([]int, size)
	for _, f := range from {
		at[uint(f>>shift)&(size-1)]++
	}
	sum := 0
	for i, n := range at {
		at[i], sum = sum, sum+n
	}
	for _, f := range from {
		i := uint(f>>shift) & (size - 1)
		to[at[i]] = f
		at[i]++
	}
}
