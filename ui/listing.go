package ui

import (
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/theme"
)

// listed takes in a state of the list and waits for the next one.
func (m *Model) listed(msg listed) tea.Cmd {
	if msg.err != nil {
		m.list.SetLoading(false)
		if !errors.Is(msg.err, io.EOF) && m.ctx.Err() == nil {
			m.complain(article.Line(msg.err.Error()))
		}
		return nil
	}
	l := msg.listing
	first := !m.complete && (l.Complete || l.Done)
	m.entries, m.listedAll, m.complete = l.Entries, m.listedAll || l.Listed, m.complete || first
	m.list.SetEntries(l.Entries, l.SameOrder)
	m.list.SetLoading(!m.listedAll && !l.Done)
	more := m.setIndexed(l) || !l.SameOrder
	if first && len(l.Entries) == 0 {
		m.empty = true
		return tea.Quit
	}
	if !l.SameOrder {
		m.order++
		m.corpus, m.result = nil, nil
	}
	m.notice(l, first)
	cmds := []tea.Cmd{m.keepFolded(), m.showPreview()}
	if more {
		cmds = append(cmds, m.askAgain())
	}
	if !l.Done {
		cmds = append(cmds, m.next())
	}
	return tea.Batch(cmds...)
}

// setIndexed shows how much can be searched, once all articles are known. It
// tells whether that has changed.
func (m *Model) setIndexed(l Listing) bool {
	percent := 100
	if l.Listed && !l.Complete && !l.Done {
		percent = max(l.Percent, 0)
	}
	m.list.SetIndexed(percent)
	m.search.SetIndexed(percent)
	changed := percent != m.indexed
	m.indexed = percent
	return changed
}

// notice tells what the library has to tell, once.
func (m *Model) notice(l Listing, first bool) {
	switch {
	case l.Notice != "" && l.Notice != m.noticed:
		m.noticed = l.Notice
		m.message = message{text: l.Notice}
	case first && l.Skipped > 0 && m.message.text == "":
		m.say(theme.Count(l.Skipped, "file") + " skipped: carrel list says which and why")
	}
}

// keepFolded ranks by the filter again, or makes the corpus for the next one,
// after the order of the entries has changed. While a first scan brings rows it
// waits for one ranking before it begins another, and folds nothing ahead.
func (m *Model) keepFolded() tea.Cmd {
	query := m.list.Query()
	switch {
	case m.corpus != nil || m.rank.open():
		return nil
	case query != "":
		return m.filter(query)
	case m.complete, m.listedAll && m.indexed == 100:
		ticket, _ := m.rank.next(m.ctx)
		m.rank = ticket
		return m.fold()
	}
	return nil
}

// filter asks for the list by a query.
func (m *Model) filter(query string) tea.Cmd {
	if query == "" {
		m.rank, m.result = m.rank.done(), nil
		return nil
	}
	ticket, ctx := m.rank.next(m.ctx)
	m.rank = ticket
	return m.rankBy(ctx, ticket.number, query)
}

func (m *Model) ranked(msg ranked) tea.Cmd {
	if msg.ticket != m.rank.number {
		return nil
	}
	m.rank = m.rank.done()
	if msg.order != m.order {
		return m.keepFolded() // the rows that it is about are no more
	}
	m.corpus = msg.corpus
	if msg.result == nil {
		return nil
	}
	m.result = msg.result
	return m.act(m.list.SetResult(msg.query, msg.result))
}
