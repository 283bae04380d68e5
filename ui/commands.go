package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/browse"
	"carrel/ui/intent"
	"carrel/ui/reader"
)

// Everything that takes time is here. A command takes values, changes nothing,
// and answers with one message in the past tense that carries its question.

// listed is the next state of the list.
type listed struct {
	listing Listing
	err     error
}

// openFirst asks for the article that the session begins with.
type openFirst struct{ id article.ID }

// opened is an article that was asked for.
type opened struct {
	ticket int
	item   cached
	marks  *marks
	// rest parses the whole of an article of which item is the beginning.
	rest func(context.Context) (*article.Document, error)
}

// completed is the whole of an article of which the beginning is shown.
type completed struct {
	beginning *article.Document
	item      cached
	marks     *marks
}

// openFailed says why an article could not be opened.
type openFailed struct {
	ticket int
	reason article.Text
}

// slow: a request has taken so long that the reader should be told.
type slow struct{ ticket int }

// previewDue: a row has been selected long enough to show its article.
type previewDue struct {
	number int
	id     article.ID
}

// ranked is the list by a query. The corpus is of that order of the entries.
type ranked struct {
	ticket int
	order  int
	query  string
	corpus *browse.Corpus
	result *browse.Result
}

// patience is how long a request may take before the status line says so.
const patience = 300 * time.Millisecond

func (m Model) next() tea.Cmd {
	ctx, library := m.ctx, m.library
	return func() tea.Msg {
		listing, err := library.Next(ctx)
		return listed{listing, err}
	}
}

// read opens an article for a wish and finds what is to be marked in it. Where
// the wish leads beyond the beginning of a long one, it is read as a whole.
func (m Model) read(ctx context.Context, ticket int, w wish) tea.Cmd {
	library, at := m.library, w.visit
	item, cached := m.cache.get(at.ID)
	read := func() tea.Msg {
		o := Opened{Document: item.doc}
		var err error
		if !cached {
			o, err = library.Open(ctx, at.ID)
			if err == nil && o.Rest != nil && at.Place.Block >= len(o.Document.Blocks) {
				o.Document, err = o.Rest(ctx)
				o.Rest = nil
			}
		}
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return openFailed{ticket, article.Line(err.Error())}
		case !cached:
			item = related(library, o.Document)
		}
		return opened{ticket, item, findMarks(ctx, library, w.query(), o.Document), o.Rest}
	}
	wait := m.after(patience, func(time.Time) tea.Msg { return slow{ticket} })
	return tea.Batch(read, wait)
}

// findMarks finds what a query asks for in a document; nil for no query. Without
// an answer the article is shown all the same.
func findMarks(ctx context.Context, library Library, q intent.Query, doc *article.Document) *marks {
	if q.Text == "" {
		return nil
	}
	out := &marks{query: q, doc: doc, Matches: reader.Matches{Current: -1}}
	if list, err := library.Matches(ctx, Question{Text: q.Text, Typing: q.Typing}, doc); err == nil {
		out.List = list
	}
	return out
}

// readRest parses the whole of an article while its beginning is read. If that
// fails, the file has changed, and what is shown stays.
func (m Model) readRest(msg opened) tea.Cmd {
	ctx, library := m.ctx, m.library
	return func() tea.Msg {
		doc, err := msg.rest(ctx)
		if err != nil {
			return nil
		}
		var found *marks
		if msg.marks != nil {
			found = findMarks(ctx, library, msg.marks.query, doc)
		}
		return completed{msg.item.doc, cached{doc, msg.item.related}, found}
	}
}

// related finds the articles that a document names in its front matter.
func related(library Library, doc *article.Document) cached {
	var out []reader.Related
	for _, name := range doc.Names.Related {
		r := reader.Related{Target: article.Line(name), Title: article.Line(name)}
		if to := library.Resolve(doc.ID, r.Target); len(to.IDs) == 1 {
			r.ID, r.Title = to.IDs[0], to.Titles[0]
		}
		out = append(out, r)
	}
	return cached{doc, out}
}

func (m Model) rankBy(ctx context.Context, ticket int, query string) tea.Cmd {
	corpus, entries, order, prev := m.corpus, m.entries, m.order, m.result
	return func() tea.Msg {
		if corpus == nil {
			corpus = browse.NewCorpus(entries)
		}
		result, err := corpus.Rank(ctx, query, prev)
		if err != nil {
			return nil // only a newer query cancels
		}
		return ranked{ticket, order, query, corpus, result}
	}
}

// fold makes the corpus before the first key of a filter needs it.
func (m Model) fold() tea.Cmd {
	entries, order, ticket := m.entries, m.order, m.rank.number
	return func() tea.Msg {
		return ranked{ticket: ticket, order: order, corpus: browse.NewCorpus(entries)}
	}
}

func (m Model) previewSoon(number int, id article.ID) tea.Cmd {
	return m.after(previewDelay, func(time.Time) tea.Msg { return previewDue{number, id} })
}
