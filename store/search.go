package store

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"carrel/store/article"
	"carrel/store/index"
	"carrel/store/query"
)

// Question is what is searched for.
type Question struct {
	// Text is in the language of query.Parse.
	Text string
	// Typing: the last word is not finished, so it also finds longer ones.
	Typing bool
	// Scope restricts the search to these articles; nil for all.
	Scope []article.ID
	// Facts answer is:read and is:starred.
	Facts query.Facts
	// Limit is the number of hits that are wanted at most.
	Limit int
}

func (q Question) parse() query.Query {
	if q.Typing {
		return query.ParseTyping(q.Text)
	}
	return query.Parse(q.Text)
}

// Found is the answer to a question.
type Found struct {
	// Hits are the best, the best first; while there is More, some of the newest.
	// Their excerpts are empty: see Look.
	Hits []article.Hit
	// Total is the number of articles that match within the scope, Outside of those
	// that match outside of it; both are -1 while there is More.
	Total, Outside int
	// More ranks all that match; nil if that is done.
	More func(ctx context.Context) (Found, error)
}

// quick is the number of matches up to which all are ranked at once: that takes
// less than the eye would notice.
const quick = 1000

// Search finds articles by their text. What people type is never an error; the
// error is the one of ctx, or wraps one of the index.
//
// If many articles match, the first answer has the newest, and More ranks all:
// by bm25, in which a word of the title weighs more than one of a heading, and
// that more than one of a tag, an author or the body; newer articles get a
// little more.
func (s *Store) Search(ctx context.Context, q Question) (Found, error) {
	return s.steadily(ctx, q, func(ix *index.Index) (Found, error) { return s.search(ctx, ix, q) })
}

// steadily answers a question once more if the index was made anew meanwhile:
// then numbers of articles mean others.
func (s *Store) steadily(ctx context.Context, q Question, answer func(*index.Index) (Found, error)) (Found, error) {
	ix, err := s.searchable(ctx)
	if err != nil {
		return Found{}, err
	}
	times := ix.Times()
	f, err := answer(ix)
	if errors.Is(err, index.ErrDamaged) {
		s.suspect(ix, times)
	}
	if s.index.Load() != ix || ix.Times() != times {
		return s.Search(ctx, q)
	}
	if more := f.More; more != nil {
		f.More = func(ctx context.Context) (Found, error) {
			if s.index.Load() != ix || ix.Times() != times {
				return s.Search(ctx, q)
			}
			return s.steadily(ctx, q, func(*index.Index) (Found, error) { return more(ctx) })
		}
	}
	return f, err
}

func (s *Store) search(ctx context.Context, ix *index.Index, q Question) (Found, error) {
	l, _ := s.shelf.now()
	run := &search{index: ix, list: l, question: q, query: q.parse()}
	if run.query.Empty() {
		return Found{}, nil
	}
	if err := run.plan(ctx); err != nil {
		return Found{}, err
	}
	if run.match == "" {
		return run.listed(), ctx.Err()
	}
	docs, err := ix.Newest(ctx, run.match, math.MaxInt64, quick)
	if err != nil {
		return Found{}, err
	}
	if len(docs) < quick {
		return run.ranked(ctx)
	}
	return Found{Hits: run.newest(docs), Total: -1, Outside: -1, More: run.ranked}, nil
}

// searchable waits until there is an index.
func (s *Store) searchable(ctx context.Context) (*index.Index, error) {
	select {
	case <-s.opened:
		return s.index.Load(), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// search is one question on its way to an answer.
type search struct {
	index    *index.Index
	list     *list
	question Question
	query    query.Query
	// match is what the index looks for, empty if only tests are to be made.
	match index.Expression
	// tests are made of every article; all must hold.
	tests []func(at int) bool
	scope map[article.ID]bool
	// places are the places in the list by number in the index, -1 for none.
	places []int32
}

func (r *search) place() {
	var most int64
	for i := range r.list.facts {
		most = max(most, r.list.facts[i].doc)
	}
	r.places = make([]int32, most+1)
	for i := range r.places {
		r.places[i] = -1
	}
	for i := range r.list.facts {
		if doc := r.list.facts[i].doc; doc > 0 {
			r.places[doc] = int32(i)
		}
	}
}

// at is the place in the list of an article that passes all tests; false for one
// that does not, or is in the list no more.
func (r *search) at(doc int64) (int, bool) {
	if doc < 0 || doc >= int64(len(r.places)) || r.places[doc] < 0 {
		return 0, false
	}
	at := int(r.places[doc])
	return at, r.passes(at)
}

func (r *search) passes(at int) bool {
	for _, test := range r.tests {
		if !test(at) {
			return false
		}
	}
	return true
}

func (r *search) within(at int) bool {
	return r.scope == nil || r.scope[r.list.entries[at].ID]
}

// newest are hits among the newest articles that match, the newest first.
func (r *search) newest(docs []int64) []article.Hit {
	var places []int
	for _, doc := range docs {
		if at, ok := r.at(doc); ok && r.within(at) {
			places = append(places, at)
		}
	}
	slices.Sort(places)
	return r.hits(places[:min(len(places), r.question.Limit)], nil)
}

// listed answers a question that gives FTS5 nothing to rank: all articles that
// pass, those first that have a match in their title, in the order of the list.
func (r *search) listed() Found {
	var f Found
	var titled, others []int
	finder := r.query.Finder()
	words := len(r.query.Positive()) > 0
	for at := range r.list.entries {
		switch {
		case !r.passes(at):
		case !r.within(at):
			f.Outside++
		default:
			f.Total++
			if words && len(titled) < r.question.Limit && len(finder.Title(&r.list.entries[at])) > 0 {
				titled = append(titled, at)
			} else if len(others) < r.question.Limit {
				others = append(others, at)
			}
		}
	}
	places := append(titled, others...)
	f.Hits = r.hits(places[:min(len(places), r.question.Limit)], nil)
	return f
}

// found is an article with its rank.
type found struct {
	at   int
	rank float64
}

// ranked answers with the best of all that match.
func (r *search) ranked(ctx context.Context) (Found, error) {
	scores, err := r.index.Scores(ctx, r.match)
	if err != nil {
		return Found{}, err
	}
	var f Found
	newest := r.newestDate()
	all := make([]found, 0, len(scores))
	for _, sc := range scores {
		at, ok := r.at(sc.Doc)
		switch {
		case !ok:
		case !r.within(at):
			f.Outside++
		default:
			all = append(all, found{at, sc.Score * lift(r.list.entries[at], newest)})
		}
	}
	f.Total = len(all)
	best := top(all, r.question.Limit)
	places, ranks := make([]int, len(best)), make([]float64, len(best))
	for i, b := range best {
		places[i], ranks[i] = b.at, b.rank
	}
	f.Hits = r.hits(places, ranks)
	return f, ctx.Err()
}

// The lift of newer articles: so much more for the newest, half of that for one
// that is so much older. It decides between articles that are about equally good.
const (
	mostLift = 0.15
	halfLift = 3 * 365 * 24 * time.Hour
)

func lift(e article.Entry, newest time.Time) float64 {
	if e.DateSource == article.NoDate || newest.IsZero() {
		return 1
	}
	age := max(newest.Sub(e.Date), 0)
	return 1 + mostLift*math.Exp2(-float64(age)/float64(halfLift))
}

// newestDate is the date of the newest article that names one: the list has it
// first.
func (r *search) newestDate() time.Time {
	if len(r.list.entries) == 0 {
		return time.Time{}
	}
	return r.list.entries[0].Date
}

// top returns the n best, the best first; among equals the one that is first in
// the list.
func top(all []found, n int) []found {
	better := func(a, b found) int {
		switch {
		case a.rank > b.rank:
			return -1
		case a.rank < b.rank:
			return 1
		}
		return a.at - b.at
	}
	if len(all) > 4*n {
		// Most can be left out by a bound that enough of them reach.
		ranks := make([]float64, len(all))
		for i := range all {
			ranks[i] = all[i].rank
		}
		slices.Sort(ranks)
		least := ranks[len(ranks)-n]
		all = slices.DeleteFunc(all, func(f found) bool { return f.rank < least })
	}
	slices.SortFunc(all, better)
	return all[:min(len(all), n)]
}

func (r *search) hits(places []int, ranks []float64) []article.Hit {
	hits := make([]article.Hit, len(places))
	finder := r.query.Finder()
	for i, at := range places {
		hits[i] = article.Hit{Entry: r.list.entries[at]}
		hits[i].TitleMarks = finder.Title(&hits[i].Entry)
		if ranks != nil {
			hits[i].Rank = ranks[i]
		}
	}
	return hits
}
