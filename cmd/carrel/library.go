package main

import (
	"context"
	"runtime/debug"
	"time"

	"carrel/store"
	"carrel/store/article"
	"carrel/store/collection"
	"carrel/ui"
)

// library shows a store to the reader.
type library struct {
	*store.Store
	scan *store.Scan
	// first is the first listing, nil once it was taken: the scan begins while the
	// program still starts.
	first chan listing
	// pause: what follows can wait until the screen stands.
	pause bool
	begun bool
}

type listing struct {
	ui.Listing
	err error
}

// standing is how long the reader is left alone with the cores, to paint, after
// the first rows and before the words of all articles are counted.
const standing = 20 * time.Millisecond

func newLibrary(ctx context.Context, s *store.Store) *library {
	first := make(chan listing, 1)
	l := &library{Store: s, scan: s.Scan(ctx), first: first}
	go func() { first <- l.next(ctx) }() // not l.first, which Next takes away meanwhile
	return l
}

// next waits for the next state of the list.
func (l *library) next(ctx context.Context) listing {
	if l.pause {
		select {
		case <-time.After(standing):
		case <-ctx.Done():
		}
	}
	b, err := l.scan.Next(ctx)
	if err != nil {
		return listing{err: err}
	}
	counting := b.Listed && !b.Whole
	l.pause = counting || !l.begun
	l.begun = true
	if counting {
		debug.SetGCPercent(readingGC)
	}
	return listing{Listing: ui.Listing{Entries: l.Entries(), SameOrder: b.SameOrder, Skipped: len(l.Skipped()), Listed: b.Listed, Done: b.Done || b.Listed && l.Only() != ""}}
}

// Next implements ui.Library.
func (l *library) Next(ctx context.Context) (ui.Listing, error) {
	if first := l.first; first != nil {
		l.first = nil
		now := <-first
		return now.Listing, now.err
	}
	now := l.next(ctx)
	return now.Listing, now.err
}

// empty fails if the collection is known to have no article. It says why, if
// that is because none could be read.
func (l *library) empty() error {
	if skipped := l.Skipped(); len(skipped) > 0 {
		return fail(exitFailed, "no article in %s can be read: %s: %s", l.Name(), skipped[0].Path, skipped[0].Reason)
	}
	return fail(exitFailed, noArticles, l.Name())
}

// Open implements ui.Library.
func (l *library) Open(ctx context.Context, id article.ID) (ui.Opened, error) {
	doc, whole, err := l.Begin(ctx, id)
	if whole || err != nil {
		return ui.Opened{Document: doc}, err
	}
	return ui.Opened{Document: doc, Rest: func(ctx context.Context) (*article.Document, error) {
		// What parsing leaves behind is given back at once, not after minutes.
		defer debug.FreeOSMemory()
		return l.Store.Open(ctx, id)
	}}, nil
}

// Resolve implements ui.Library.
func (l *library) Resolve(from article.ID, target article.Text) ui.Target {
	r := l.Store.Resolve(from, target)
	to := ui.Target{IDs: r.To, Web: r.URL}
	if r.How != collection.None {
		to.Fragment = r.Fragment
	}
	for _, id := range r.To {
		title := l.Title(id)
		if title == "" {
			title = id.Text()
		}
		to.Titles = append(to.Titles, title)
	}
	return to
}
