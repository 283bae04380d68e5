package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// indexDir is the folder of a collection's index in the cache: its name, for
// people, and a hash of its path, because names repeat. Empty for an index in
// memory.
func (s *Store) indexDir() string {
	if s.options.Cache == "" || s.folder.Dir() == "" || s.folder.Only() != "" {
		return ""
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, filepath.Base(s.folder.Dir()))
	sum := sha256.Sum256([]byte(s.folder.Dir()))
	return filepath.Join(s.options.Cache, name[:min(len(name), 40)]+"-"+hex.EncodeToString(sum[:6]))
}

// openIndex opens the index, on disk if it can be kept there, once.
func (s *Store) openIndex(ctx context.Context) (*index.Index, error) {
	s.opening.Lock()
	defer s.opening.Unlock()
	if ix := s.index.Load(); ix != nil {
		return ix, nil
	}
	dir := s.indexDir()
	if dir != "" {
		ix, err := index.Open(ctx, index.Options{Dir: dir, Collection: s.folder.Dir(), Network: onNetwork})
		if err == nil {
			if why := ix.Renewed(); why != "" {
				s.notice(madeAnew + why)
			}
			s.use(ix)
			return ix, nil
		}
		if ctx.Err() != nil {
			return nil, err
		}
		s.notice(notKept(err))
	}
	if dir == "" && s.folder.Dir() != "" && s.folder.Only() == "" {
		s.notice("the index is not kept: there is no folder for it, because there is no home")
	}
	ix, err := index.Open(ctx, index.Options{Collection: s.folder.Dir()})
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	s.use(ix)
	return ix, nil
}

func onNetwork(dir string) bool {
	_, ok := collection.OnNetwork(dir)
	return ok
}

func (s *Store) use(ix *index.Index) {
	s.index.Store(ix)
	s.ready.Do(func() { close(s.opened) })
}

// madeAnew begins the sentence about an index that could not be used.
const madeAnew = "the index is being made anew: "

// notKept says in one line that and why the index is in memory.
func notKept(err error) string {
	reason := bareReason(err)
	if errors.Is(err, index.ErrReader) {
		return "the index is not kept: " + reason
	}
	return "the index is not kept, because it cannot be written: " + reason
}

// bareReason is the innermost sentence of an error, without paths.
func bareReason(err error) string {
	for {
		switch e := err.(type) {
		case interface{ Unwrap() []error }:
			all := e.Unwrap()
			err = all[len(all)-1]
			continue
		case interface{ Unwrap() error }:
			if inner := e.Unwrap(); inner != nil {
				err = inner
				continue
			}
		}
		return err.Error()
	}
}

func (s *Store) notice(text string) {
	s.shelf.change(func() { s.shelf.state.Notice = article.Line(text) })
}

// withdraw takes a notice back that holds no more.
func (s *Store) withdraw(text string) {
	if _, state := s.shelf.now(); state.Notice == article.Line(text) {
		s.notice("")
	}
}

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
