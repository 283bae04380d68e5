package store

import (
	"context"
	"time"

	"carrel/store/article"
	"carrel/store/index"
)

// load brings what the index knows into the list, once; an index that another
// process writes can be loaded again.
func (s *Store) load(ctx context.Context, ix *index.Index) error {
	count, err := ix.Count(ctx)
	if err != nil {
		return err
	}
	loading := newList(count)
	first := true
	var items []item
	change, err := ix.Rows(ctx, func(rows []index.Row, ordered bool) error {
		if ordered && items == nil && loading.follows(rows) {
			loading = loading.extended(rows)
			if first {
				first = false
				s.offer(ctx, loading)
			}
			return nil
		}
		for i := range rows {
			items = append(items, itemOf(&rows[i]))
		}
		return nil
	})
	if err != nil {
		return err
	}
	skipped, err := ix.Skipped(ctx)
	if err != nil {
		return err
	}
	loading = loading.with(items, nil)
	s.loaded = change
	loading = loading.with(s.unindexed(loading, skipped), nil)
	clear(s.stale)
	s.shelf.change(func() {
		loading.order = s.shelf.list.order + 1
		s.shelf.list = loading
		clear(s.shelf.skipped)
		for _, k := range skipped {
			s.shelf.skipped[k.ID] = k
		}
		s.shelf.state.Loaded = len(loading.entries) > 0
	})
	if len(loading.entries) > 0 {
		s.shelf.learn()
		s.shelf.change(func() { s.shelf.state.Listed = true })
	}
	return nil
}

// unindexed are the articles of the list that an index, which is loaded again,
// does not have: it may be on its way. If they are gone, the next walk says so.
func (s *Store) unindexed(loaded *list, skipped []index.Skipped) (items []item) {
	l, _ := s.shelf.now()
	if len(l.entries) == 0 {
		return nil
	}
	known := make(map[article.ID]bool, len(loaded.entries)+len(skipped))
	for i := range loaded.entries {
		known[loaded.entries[i].ID] = true
	}
	for _, k := range skipped {
		known[k.ID] = true
	}
	for i := range l.entries {
		if !known[l.entries[i].ID] {
			it := item{l.entries[i], l.facts[i]}
			it.fact.doc, it.fact.whole = 0, false
			items = append(items, it)
		}
	}
	return items
}

// breath is how long a reader is left alone with the cores, to paint the first
// rows.
const breath = 20 * time.Millisecond

// offer shows the first rows of the list while the others are still read.
func (s *Store) offer(ctx context.Context, l *list) {
	if now, _ := s.shelf.now(); len(now.entries) > 0 {
		return
	}
	s.shelf.change(func() { s.shelf.list = l })
	if s.folder.Gentle() {
		select {
		case <-time.After(breath):
		case <-ctx.Done():
		}
	}
}
