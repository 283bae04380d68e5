package store

import (
	"context"

	"carrel/store/article"
	"carrel/store/index"
	"carrel/store/query"
)

// plan parts the query into what the index looks for and what is to be tested of
// each article.
func (r *search) plan(ctx context.Context) error {
	r.place()
	if r.question.Scope != nil {
		r.scope = make(map[article.ID]bool, len(r.question.Scope))
		for _, id := range r.question.Scope {
			r.scope[id] = true
		}
	}
	var yes, no []index.Expression
	var rest, negated [][]query.Term
	for _, clause := range r.query.Clauses {
		switch kindOf(clause) {
		case positive:
			var any []index.Expression
			for _, t := range clause {
				any = append(any, index.Of(t))
			}
			yes = append(yes, index.Or(any...))
		case negative:
			no = append(no, index.Of(clause[0]))
			negated = append(negated, clause)
		default:
			rest = append(rest, clause)
		}
	}
	if len(yes) == 0 {
		rest = append(rest, negated...)
	} else if r.match = index.And(yes...); len(no) > 0 {
		r.match = index.Not(r.match, index.Or(no...))
	}
	for _, clause := range rest {
		if err := r.test(ctx, clause); err != nil {
			return err
		}
	}
	return nil
}

type clauseKind uint8

const (
	positive clauseKind = iota // words for FTS5 only, none of them negated
	negative                   // one term with words that must not be there
	mixed                      // what is asked otherwise, or a mixture
)

func kindOf(clause []query.Term) clauseKind {
	words, not := 0, 0
	for _, t := range clause {
		if len(t.Words) > 0 && !index.Opens(t) {
			words++
		}
		if t.Not {
			not++
		}
	}
	switch {
	case words == len(clause) && not == 0:
		return positive
	case words == 1 && len(clause) == 1:
		return negative
	}
	return mixed
}

// docSet is a set of articles, a bit for each number.
type docSet []uint64

func newDocSet(docs []int64) docSet {
	if len(docs) == 0 {
		return docSet{}
	}
	s := make(docSet, docs[len(docs)-1]/64+1)
	for _, doc := range docs {
		s[doc/64] |= 1 << (doc % 64)
	}
	return s
}

func (s docSet) has(doc int64) bool {
	return doc >= 0 && doc/64 < int64(len(s)) && s[doc/64]>>(doc%64)&1 != 0
}

// test adds the test of a clause. Terms that need the text are looked up at once.
func (r *search) test(ctx context.Context, clause []query.Term) error {
	with := make([]docSet, len(clause))
	for i, t := range clause {
		var docs []int64
		var err error
		switch {
		case len(t.Words) == 0:
			continue
		case index.Opens(t):
			docs, err = r.index.Openings(ctx, t)
		default:
			docs, err = r.index.Docs(ctx, index.Of(t))
		}
		if err != nil {
			return err
		}
		with[i] = newDocSet(docs)
	}
	r.tests = append(r.tests, func(at int) bool {
		for i, t := range clause {
			holds := false
			if with[i] != nil {
				holds = with[i].has(r.list.facts[at].doc)
			} else {
				holds = t.Accepts(&r.list.entries[at], r.question.Facts)
			}
			if holds != t.Not {
				return true
			}
		}
		return false
	})
	return nil
}
