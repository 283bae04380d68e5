package store

import (
	"context"
	"sync"

	"carrel/store/article"
	"carrel/store/collection"
)

// Batch is the next part of what a scan found. Store.Entries has it all.
type Batch struct {
	// Entries are articles in no particular order: each once with what its head
	// says, and once more with its words counted when Whole is set.
	Entries []article.Entry
	// Links are those of each of Entries if Whole is set.
	Links [][]article.Link
	// SameOrder: Store.Entries has the same articles in the same order as before
	// this batch, with more known about some.
	SameOrder bool
	// Skipped is what was left out since the last batch.
	Skipped []Skipped
	Whole   bool
	// Listed: all articles are known, and links to any of them are resolved.
	Listed bool
	// Done is set in the last batch.
	Done bool
}

// Scan reads the collection in two passes: the heads of all articles, so that a
// list can be shown at once, and then every article whole, the newest first.
type Scan struct {
	store  *Store
	number int
	mu     sync.Mutex
	inner  *collection.Scan
	// learnt is the number of articles in the catalogue of links that this scan
	// made last; finished is set when it has them all.
	learnt   int
	finished bool
}

// Scan begins to read the collection, for the first time or again. All of it
// ends when ctx is cancelled, when Close is called, or with the last batch.
func (s *Store) Scan(ctx context.Context) *Scan {
	return &Scan{store: s, number: s.shelf.begin(), inner: s.folder.Scan(ctx)}
}

// Close ends the scan and waits until nothing of it runs any more.
func (sc *Scan) Close() {
	sc.inner.Cancel()
	sc.mu.Lock()
	defer sc.mu.Unlock()
	sc.inner.Close()
}

// Next waits for the next batch, the first of which comes within milliseconds.
// After the last one it returns empty batches with Done set. The error is the
// one of a context: of this call, or of the scan.
func (sc *Scan) Next(ctx context.Context) (Batch, error) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	b, err := sc.inner.Next(ctx)
	if err != nil {
		return Batch{}, err
	}
	out := Batch{Links: b.Links, Skipped: b.Skipped, Whole: b.Whole, Listed: b.Listed, Done: b.Done}
	out.SameOrder = sc.store.shelf.put(sc.number, b)
	out.Entries = make([]article.Entry, len(b.Heads))
	for i := range b.Heads {
		out.Entries[i] = b.Heads[i].Entry
	}
	if b.Listed && !sc.finished && sc.store.shelf.finish(sc.number) {
		out.SameOrder = false
	}
	sc.learn(b.Listed)
	return out, nil
}

// learn renews the catalogue of links when there are twice as many articles as
// the last time, and when there are all.
func (sc *Scan) learn(listed bool) {
	n := sc.store.shelf.len()
	if sc.finished || !listed && n < 2*max(sc.learnt, 1) {
		return
	}
	sc.learnt, sc.finished = n, listed
	sc.store.shelf.learn()
}

// List reads the head of every article and returns them all, in the order of
// collection.Compare, without counted words.
func (s *Store) List(ctx context.Context) ([]article.Entry, error) {
	scan := s.Scan(ctx)
	defer scan.Close()
	for {
		b, err := scan.Next(ctx)
		if err != nil {
			return nil, err
		}
		if b.Listed {
			return s.Entries(), nil
		}
	}
}
