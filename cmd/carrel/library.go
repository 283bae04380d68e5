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
	// begun: the store keeps itself up to date. It begins with the first Next: to
	// begin before Bubble Tea runs gains nothing, because the first frame waits for
	// the first tick of a clock that starts when Bubble Tea does, and its start
	// would have to share the cores.
	begun bool
	// state is what the last Listing was made from.
	state store.State
	// notice is the last one that was told.
	notice article.Text
	// tidy gives memory back when nothing was asked for a while.
	tidy *time.Timer
}

// quiet is how long nothing has to be asked before the library tidies up.
const quiet = time.Second

func (l *library) tidySoon() { l.tidy.Reset(quiet) }

// While a folder is read for the first time its list changes all the time. The
// reader is left alone with the cores, to paint, after the first rows, and hears
// of further ones so often.
const (
	standing = 20 * time.Millisecond
	settling = 100 * time.Millisecond
)

func newLibrary(s *store.Store) *library {
	tidy := time.AfterFunc(time.Hour, debug.FreeOSMemory)
	tidy.Stop()
	return &library{Store: s, tidy: tidy}
}

// Next implements ui.Library.
func (l *library) Next(ctx context.Context) (ui.Listing, error) {
	switch {
	case !l.begun:
		l.begun = true
		l.Keep(ctx)
	case !l.state.Listed && !l.state.Loaded:
		pause(ctx, standing)
	case !l.state.Complete:
		pause(ctx, settling)
	}
	for {
		state, err := l.Wait(ctx, l.state.Version)
		if err != nil {
			return ui.Listing{}, err
		}
		before := l.state
		l.state = state
		if listing := l.listing(before); len(listing.Entries) > 0 || listing.Complete || listing.Notice != "" {
			return listing, nil
		}
	}
}

func (l *library) listing(before store.State) ui.Listing {
	state := l.state
	listing := ui.Listing{
		Entries: state.Entries, SameOrder: before.Version > 0 && before.Order == state.Order,
		Listed: state.Listed || state.Loaded, Complete: state.Complete, Percent: state.Percent, Skipped: state.Skipped,
	}
	if state.Notice != l.notice {
		l.notice = state.Notice
		listing.Notice = state.Notice
	}
	if len(state.Entries) > 0 && len(before.Entries) == 0 {
		debug.SetGCPercent(readingGC)
	}
	if state.Complete && !before.Complete {
		// What reading the list has left behind is given back at once, not after
		// minutes; the filter makes itself ready in the meantime.
		l.tidySoon()
		// A folder without any article is no collection, and the program ends; one
		// that loses its last article later on is waited for.
		listing.Done = len(state.Entries) == 0
	}
	return listing
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
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
	// Links are resolved as soon as an article is there.
	for state := l.State(); state.Loaded && !state.Listed; {
		var err error
		if state, err = l.Wait(ctx, state.Version); err != nil {
			return ui.Opened{}, err
		}
	}
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

// question is a ui.Question for the store. There is no reading memory yet, so
// nothing is read and nothing starred.
func question(q ui.Question) store.Question {
	return store.Question{Text: q.Text, Typing: q.Typing, Scope: q.Scope, Limit: mostHits}
}

// mostHits is the number of hits that a search shows.
const mostHits = 200

// Search implements ui.Library.
func (l *library) Search(ctx context.Context, q ui.Question) (ui.Found, error) {
	found, err := l.Store.Search(ctx, question(q))
	if err != nil {
		return ui.Found{}, err
	}
	return l.found(q, found), nil
}

func (l *library) found(q ui.Question, f store.Found) ui.Found {
	l.tidySoon()
	out := ui.Found{Hits: f.Hits, Total: f.Total, Outside: f.Outside}
	if f.More != nil {
		out.More = func(ctx context.Context) (ui.Found, error) {
			ranked, err := f.More(ctx)
			if err != nil {
				return ui.Found{}, err
			}
			return l.found(q, ranked), nil
		}
		return out
	}
	if f.Total == 0 && f.Outside == 0 {
		// To look through all words takes longer than to see that there is nothing.
		out.More = func(ctx context.Context) (ui.Found, error) {
			instead, err := l.Instead(ctx, question(q))
			return ui.Found{Instead: instead}, err
		}
	}
	return out
}

// Look implements ui.Library.
func (l *library) Look(ctx context.Context, q ui.Question, hits []article.Hit) ([]article.Hit, error) {
	return l.Store.Look(ctx, question(q), hits)
}

// Matches implements ui.Library.
func (l *library) Matches(ctx context.Context, q ui.Question, doc *article.Document) ([]article.Match, error) {
	return l.Store.Matches(ctx, question(q), doc)
}

// Complete implements ui.Library.
func (l *library) Complete(text string, cursor int) []ui.Completion {
	var out []ui.Completion
	for _, c := range l.Store.Complete(text, cursor) {
		out = append(out, ui.Completion(c))
	}
	return out
}
