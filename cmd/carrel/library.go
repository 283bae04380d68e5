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

// library shows a store to the reader. Next is for one caller at a time.
type library struct {
	*store.Store
	// scan is nil until the first Next. To begin it before Bubble Tea runs gains
	// nothing: the first frame waits for the first tick of a clock that starts when
	// Bubble Tea does, and its start would have to share the cores.
	scan *store.Scan
	// pause: what follows can wait until the screen stands.
	pause bool
	begun bool
}

// standing is how long the reader is left alone with the cores, to paint, after
// the first rows and before the words of all articles are counted.
const standing = 20 * time.Millisecond

func newLibrary(s *store.Store) *library { return &library{Store: s} }

// Next implements ui.Library.
func (l *library) Next(ctx context.Context) (ui.Listing, error) {
	if l.scan == nil {
		l.scan = l.Scan(ctx)
	}
	if l.pause {
		select {
		case <-time.After(standing):
		case <-ctx.Done():
		}
	}
	b, err := l.scan.Next(ctx)
	if err != nil {
		return ui.Listing{}, err
	}
	counting := b.Listed && !b.Whole
	l.pause = counting || !l.begun
	l.begun = true
	if counting {
		debug.SetGCPercent(readingGC)
	}
	return ui.Listing{Entries: l.Entries(), SameOrder: b.SameOrder, Skipped: len(l.Skipped()), Listed: b.Listed, Done: b.Done || b.Listed && l.Only() != ""}, nil
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
