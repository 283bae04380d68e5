package store

import (
	"carrel/store/query"
)

// Completion is a way to go on with what is being typed.
type Completion = query.Completion

// values are what the fields of a query may have, for one order of the list.
type values struct {
	order int
	query.Values
}

// Complete returns what the word before the cursor, a byte of text, may be
// continued to. The first call after the list has changed takes a moment.
func (s *Store) Complete(text string, cursor int) []Completion {
	l, _ := s.shelf.now()
	v := s.values.Load()
	if v == nil || v.order != l.order {
		v = &values{l.order, query.ValuesOf(l.entries)}
		s.values.Store(v)
	}
	return query.Complete(text, cursor, v.Values)
}
