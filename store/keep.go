package store

import (
	"context"
	"errors"
	"time"

	"carrel/store/collection"
	"carrel/store/index"
)

// followEvery is how often it is looked whether another process, which keeps the
// index, has changed it.
const followEvery = time.Second

// Keep keeps the list and the index up to date until ctx ends: at once, and then
// whenever files change. It returns when it has begun; Wait tells what happens.
func (s *Store) Keep(ctx context.Context) {
	s.folder.Gently()
	ctx, cancel := context.WithCancel(ctx)
	release := context.AfterFunc(s.closing, cancel)
	s.keeping.Go(func() {
		defer cancel()
		defer release()
		s.keep(ctx)
	})
}

func (s *Store) keep(ctx context.Context) {
	var watcher *collection.Watcher
	failed := "" // what was said of the last pass
	for ctx.Err() == nil {
		s.passing.Lock()
		dirs, _, err := s.update(ctx, true, nil)
		s.passing.Unlock()
		if failed != "" {
			s.withdraw(failed)
			failed = ""
		}
		if err != nil && ctx.Err() == nil {
			failed = "the folder could not be read: " + bareReason(err)
			s.notice(failed)
		}
		switch {
		case err != nil:
		case watcher == nil:
			watcher = s.folder.Watch(ctx, dirs)
			s.watcher.Store(watcher)
			s.verify(ctx)
		default:
			watcher.Dirs(dirs)
		}
		s.await(ctx, watcher, err != nil)
	}
}

// retryEvery is how often a pass that failed is tried again, for nobody may tell
// when it is of use.
const retryEvery = 2 * time.Second

// await returns when another pass is due.
func (s *Store) await(ctx context.Context, watcher *collection.Watcher, failed bool) {
	var changed <-chan struct{}
	if watcher != nil {
		changed = watcher.Changed()
	}
	var retry <-chan time.Time
	if failed {
		retry = time.After(retryEvery)
	}
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			return
		case <-retry:
			return
		case d := <-s.damaged:
			if s.repair(ctx, d) {
				return
			}
		case <-tick.C:
			if s.overtaken(ctx) {
				return
			}
		}
	}
}

// overtaken tells whether another process has changed the index since it was
// loaded, or has left it to this one.
func (s *Store) overtaken(ctx context.Context) bool {
	ix := s.index.Load()
	if ix == nil || ix.Writer() || !s.passing.TryLock() {
		return false // a pass is under way, which sees for itself
	}
	defer s.passing.Unlock()
	claimed := ix.Claim() == nil && ix.Writer()
	if ix.Replaced() {
		// If it cannot be opened yet, it is just being made: another time.
		err := ix.Reopen(ctx, s.forget)
		if err != nil && claimed {
			s.forget() // nobody is making it
			err = ix.Reset(ctx)
		}
		if err == nil {
			s.loaded = -1
			return true
		}
	}
	if claimed {
		s.loaded = -1
		return true
	}
	change, err := ix.Change(ctx)
	if err == nil && change != s.loaded {
		s.loaded = -1
		return true
	}
	return false
}

// damaged is an index in the state in which a search found it damaged.
type damaged struct {
	index *index.Index
	times int64
}

// suspect has an index repaired that a search could not read.
func (s *Store) suspect(ix *index.Index, times int64) {
	select {
	case s.damaged <- damaged{ix, times}:
	default:
	}
}

// repair tells whether a pass has to follow.
func (s *Store) repair(ctx context.Context, d damaged) bool {
	s.passing.Lock()
	defer s.passing.Unlock()
	if s.index.Load() != d.index || d.index.Times() != d.times {
		return false // that was done already
	}
	return s.recover(ctx, index.ErrDamaged)
}

// verify holds the index to its sums, once, after everything else is done.
func (s *Store) verify(ctx context.Context) {
	defer s.shelf.change(func() { s.shelf.state.Verified = true })
	ix := s.index.Load()
	if ix == nil {
		return
	}
	var err error
	s.folder.Work(func() { err = ix.Verify(ctx) })
	if !errors.Is(err, index.ErrDamaged) {
		return
	}
	s.passing.Lock()
	defer s.passing.Unlock()
	if s.index.Load() == ix && s.recover(ctx, err) {
		_, _, _ = s.update(ctx, true, nil) // what fails now is tried again with the next change
	}
}
