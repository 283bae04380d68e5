package store

import (
	"context"
	"errors"

	"carrel/store/index"
)

// Update brings list and index up to date with the folder. Unless whole is set,
// it reads the heads of new files only and leaves the index as it is. Progress is
// told from time to time, if report is not nil. What cannot be kept is no error.
func (s *Store) Update(ctx context.Context, whole bool, report func(Progress)) (Summary, error) {
	s.passing.Lock()
	defer s.passing.Unlock()
	_, summary, err := s.update(ctx, whole, report)
	return summary, err
}

func (s *Store) update(ctx context.Context, whole bool, report func(Progress)) (dirs []string, summary Summary, err error) {
	for range 3 {
		dirs, summary, err = s.try(ctx, whole, report)
		if err == nil || ctx.Err() != nil || !s.recover(ctx, err) {
			break
		}
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return dirs, summary, err
}

func (s *Store) try(ctx context.Context, whole bool, report func(Progress)) ([]string, Summary, error) {
	ix, err := s.openIndex(ctx)
	if err != nil {
		return nil, Summary{}, err
	}
	if s.loaded < 0 && ix.Kept() {
		if err := s.load(ctx, ix); err != nil {
			return nil, Summary{}, err
		}
	}
	p := &pass{store: s, whole: whole && ix.Writer(), index: ix, report: report}
	dirs, err := p.run(ctx)
	if _, state := s.shelf.now(); err == nil && whole && !state.Complete {
		s.shelf.change(func() { s.shelf.state.Complete = true })
	}
	return dirs, p.summary, err
}

// recover deals with an index that failed: one that is damaged is made anew, one
// that cannot be written is replaced by one in memory. False if neither helps.
func (s *Store) recover(ctx context.Context, err error) bool {
	ix := s.index.Load()
	if ix == nil || !ix.Kept() {
		return false
	}
	if errors.Is(err, index.ErrDamaged) && ix.Claim() == nil && ix.Writer() {
		s.forget()
		if ix.Reset(ctx) == nil {
			s.notice(madeAnew + "it was damaged")
			return true
		}
	}
	if !errors.Is(err, index.ErrDamaged) && !errors.Is(err, index.ErrFull) && !errors.Is(err, index.ErrReader) {
		return false
	}
	memory, openErr := index.Open(ctx, index.Options{Collection: s.folder.Dir()})
	if openErr != nil {
		return false
	}
	s.notice(notKept(err))
	s.index.Store(memory)
	s.discarded = append(s.discarded, ix) // a search may still be using it
	s.forget()
	return true
}

// Rebuild throws the index away; the next Update makes it anew. The error says
// why that cannot be.
func (s *Store) Rebuild(ctx context.Context) error {
	s.passing.Lock()
	defer s.passing.Unlock()
	ix, err := s.openIndex(ctx)
	if err != nil {
		return err
	}
	if !ix.Writer() {
		return index.ErrReader
	}
	s.forget()
	if err := ix.Reset(ctx); err != nil {
		s.loaded = -1
		return err
	}
	return nil
}

// Follows tells whether another process keeps the index, and this one reads it.
func (s *Store) Follows() bool {
	ix := s.index.Load()
	return ix != nil && !ix.Writer()
}

// Watching tells whether changes of files are told by the system; if not, the
// folder is looked through from time to time, and reason says why.
func (s *Store) Watching() (live bool, reason string) {
	if w := s.watcher.Load(); w != nil {
		return w.Mode()
	}
	return false, "it is not watched yet"
}

// Kept tells whether the index is on a disk, so that it is there the next time.
func (s *Store) Kept() bool {
	ix := s.index.Load()
	return ix != nil && ix.Kept()
}

// forget makes all articles such as are in no index yet, and what was skipped
// such as was never seen.
func (s *Store) forget() {
	s.loaded = 0
	clear(s.stale)
	s.shelf.change(func() {
		l := s.shelf.list
		next := &list{entries: l.entries, facts: append([]fact(nil), l.facts...), order: l.order}
		for i := range next.facts {
			next.facts[i].doc, next.facts[i].whole = 0, false
		}
		s.shelf.list = next
		clear(s.shelf.skipped)
		s.shelf.state.Complete = false
	})
}
