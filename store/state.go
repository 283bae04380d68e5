package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// State is what is known of the collection at a moment.
type State struct {
	// Entries are the articles in the order of collection.Compare. The slice is
	// shared: it must not be changed, and never changes.
	Entries []article.Entry
	// Order is another number whenever the articles or their order are others.
	Order int
	// Loaded: the list has all articles that the index knew, and with the next walk
	// all that there are.
	Loaded bool
	// Listed: all articles are known, and links to any of them are resolved.
	Listed bool
	// Complete: every article was read whole, by this process or by the one that
	// keeps the index, and can be searched as far as Percent says.
	Complete bool
	// Verified: the index was held to what was written the last time, and made anew
	// if it was not that any more.
	Verified bool
	// Percent is how much of the articles can be searched.
	Percent int
	// Skipped counts the files that were left out.
	Skipped int
	// Notice is something that happened to the index and a reader should know;
	// empty for nothing.
	Notice article.Text
	// Version grows with every change of anything above.
	Version int
}

// shelf is the present state, with those who wait for another one.
type shelf struct {
	site collection.Site
	// catalog is what links are resolved by. Looking into it takes no lock.
	catalog atomic.Pointer[collection.Catalog]

	mu    sync.Mutex
	state State
	list  *list
	// skipped are files that cannot be read, left what a walk could not look at.
	skipped map[article.ID]index.Skipped
	left    []Skipped
	// changed is closed when the state changes.
	changed chan struct{}
}

func (s *shelf) init(site collection.Site) {
	s.site, s.list, s.skipped, s.changed = site, &list{}, map[article.ID]index.Skipped{}, make(chan struct{})
	s.learn()
}

// change makes a change and wakes those who wait for one.
func (s *shelf) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	s.state.Entries, s.state.Order = s.list.entries, s.list.order
	s.state.Skipped = len(s.skipped) + len(s.left)
	s.state.Percent = s.percent()
	s.state.Version++
	close(s.changed)
	s.changed = make(chan struct{})
}

// percent is how many of the articles are in the index.
func (s *shelf) percent() int {
	n := len(s.list.facts)
	if n == 0 {
		return 100
	}
	in := 0
	for i := range s.list.facts {
		if s.list.facts[i].doc > 0 {
			in++
		}
	}
	return 100 * in / n
}

// put takes articles in and others out. What is in can be read, and what is out
// is not skipped either.
func (s *shelf) put(items []item, gone map[article.ID]bool) {
	s.change(func() {
		for i := range items {
			delete(s.skipped, items[i].entry.ID)
		}
		for id := range gone {
			delete(s.skipped, id)
		}
		s.list = s.list.with(items, gone)
	})
}

func (s *shelf) now() (*list, State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list, s.state
}

// wait returns the state once it is another than that of a version.
func (s *shelf) wait(ctx context.Context, version int) (State, error) {
	for {
		s.mu.Lock()
		state, changed := s.state, s.changed
		s.mu.Unlock()
		if state.Version != version {
			return state, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return State{}, ctx.Err()
		}
	}
}

// learn makes a new catalogue of links. It takes a few microseconds for each article.
func (s *shelf) learn() {
	l, _ := s.now()
	s.catalog.Store(collection.NewCatalog(func(yield func(collection.Named) bool) {
		for i := range l.entries {
			e := &l.entries[i]
			names, _ := index.DecodeNames(e.ID, l.facts[i].names)
			if !yield(collection.Named{ID: e.ID, Title: e.Title, Source: e.Source, Names: names}) {
				return
			}
		}
	}, s.site))
}

// leftOut are the files and folders that were left out, by path.
func (s *shelf) leftOut() []Skipped {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.left)
	for _, k := range slices.Collect(maps.Values(s.skipped)) {
		all = append(all, Skipped{Path: k.ID.Text(), Reason: k.Reason})
	}
	slices.SortFunc(all, func(a, b Skipped) int { return strings.Compare(string(a.Path), string(b.Path)) })
	return all
}
