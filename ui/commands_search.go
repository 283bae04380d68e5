package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/prompt"
)

// The commands of the search; see commands.go for what a command is.

// found is what a search has found.
type found struct {
	ticket int
	query  intent.Query
	Found
	// more ranks all hits, in the context of the search; nil if that is done.
	more func() (Found, error)
	err  error
}

// finding: a search has taken so long that the reader should be told.
type finding struct{ ticket int }

// looked are hits of a search with their excerpts.
type looked struct {
	ticket int
	query  intent.Query
	hits   []article.Hit
}

// offered are ways to go on from a text with the cursor at a byte of it.
type offered struct {
	text   string
	cursor int
	offers []prompt.Offer
}

func (m Model) seek(ctx context.Context, ticket int, q intent.Query, within *scope) tea.Cmd {
	library := m.library
	seek := func() tea.Msg {
		f, err := library.Search(ctx, question(q, within))
		return answer(ctx, ticket, q, f, err)
	}
	wait := m.after(patience, func(time.Time) tea.Msg { return finding{ticket} })
	return tea.Batch(seek, wait)
}

// rankFound ranks the hits of which some are shown.
func (m Model) rankFound(msg found) tea.Cmd {
	more, ctx := msg.more, m.ctx
	return func() tea.Msg {
		f, err := more()
		return answer(ctx, msg.ticket, msg.query, f, err)
	}
}

func answer(ctx context.Context, ticket int, q intent.Query, f Found, err error) tea.Msg {
	if ctx.Err() != nil {
		return nil // another search has taken its place
	}
	msg := found{ticket: ticket, query: q, Found: f, err: err}
	if f.More != nil {
		msg.more = func() (Found, error) { return f.More(ctx) }
	}
	return msg
}

// lookInto completes hits. One that cannot be looked at stays as it is.
func (m Model) lookInto(ctx context.Context, ticket int, q intent.Query, hits []article.Hit, within *scope) tea.Cmd {
	library := m.library
	return func() tea.Msg {
		out, err := library.Look(ctx, question(q, within), hits)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil || len(out) != len(hits) {
			out = hits
		}
		return looked{ticket, q, out}
	}
}

// question is a query as the library understands it.
func question(q intent.Query, within *scope) Question {
	out := Question{Text: q.Text, Typing: q.Typing}
	if q.Within && within != nil {
		out.Scope = within.ids()
	}
	return out
}

func (m Model) completions(text string, cursor int) tea.Cmd {
	library := m.library
	return func() tea.Msg {
		var offers []prompt.Offer
		for _, c := range library.Complete(text, cursor) {
			offers = append(offers, prompt.Offer(c))
		}
		return offered{text, cursor, offers}
	}
}
