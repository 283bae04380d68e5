package ui

import (
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/keys"
	"carrel/ui/prompt"
	"carrel/ui/search"
)

// searching is where the search stands on the reader's way.
type searching struct {
	// from is the pane that Esc returns to.
	from focus
	// known: the search was a stop already when the reader came back to it, so the
	// stop before it is on the trail.
	known bool
	// scope is the filtered list when the search began; nil without a filter.
	scope *scope
}

// scope is the articles of a filtered list. Their ids are collected in a command,
// once, because they may be many.
type scope struct {
	entries []article.Entry
	rows    []int32
	once    sync.Once
	list    []article.ID
}

// ids are never nil: no articles are not all of them.
func (s *scope) ids() []article.ID {
	s.once.Do(func() {
		s.list = make([]article.ID, len(s.rows))
		for i, row := range s.rows {
			s.list[i] = s.entries[row].ID
		}
	})
	return s.list
}

// startSearch opens the search over what is on screen.
func (m *Model) startSearch() tea.Cmd {
	if m.focus == onSearch {
		return nil
	}
	m.open = m.open.done() // an article on its way would close it again
	m.stopSearch()
	from, filter := m.focus, strings.TrimSpace(m.list.Query())
	m.searching = searching{from: from}
	if filter != "" {
		entries, rows := m.list.Rows()
		m.searching.scope = &scope{entries: entries, rows: rows}
	}
	m.search.Begin(filter)
	m.setFocus(onSearch)
	return nil
}

// stopSearch cancels what the search waits for.
func (m *Model) stopSearch() { m.find, m.look = m.find.done(), m.look.done() }

// closeSearch goes back to where the search was opened from.
func (m *Model) closeSearch() tea.Cmd {
	m.open = m.open.done()
	m.stopSearch()
	here, _ := m.here()
	before, ok := m.trail.Before()
	switch {
	case !m.searching.known:
		m.setFocus(m.searching.from)
	case m.searching.from == onArticle && ok:
		// The list, until the article is there.
		m.visited, m.left = false, here
		m.setFocus(onList)
		return m.request(wish{kind: travelling, visit: before, turn: (*Trail).Back})
	default:
		m.visited, m.left = false, here
		m.setFocus(onList)
	}
	return m.showPreview()
}

// pressSearch gives the search a key. Those that neither type nor edit are looked
// up in the table of keys.
func (m *Model) pressSearch(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "ctrl+c" {
		return tea.Quit
	}
	if action, ok := m.keys.Action(keys.Searching, msg.String()); ok && !prompt.Edits(msg) {
		p := keys.Press{Action: action}
		if cmd, ok := m.do(p); ok {
			return cmd
		}
		return m.toSearch(p)
	}
	return m.toSearch(msg)
}

// toSearch gives a message to the search, and looks at what then is on screen.
func (m *Model) toSearch(msg tea.Msg) tea.Cmd {
	pane, ask, cmd := m.search.Update(msg)
	m.search = pane
	return tea.Batch(cmd, m.act(ask), m.lookAt())
}

// ask searches for a query and cancels the search before it.
func (m *Model) ask(q intent.Query) tea.Cmd {
	m.look = m.look.done()
	if q.Text == "" {
		m.find = m.find.done()
		return nil
	}
	ticket, ctx := m.find.next(m.ctx)
	m.find = ticket
	return m.seek(ctx, ticket.number, q, m.searching.scope)
}

// askAgain repeats the search on screen after there has come more to search. What
// it shows stays until there is a better answer.
func (m *Model) askAgain() tea.Cmd {
	if m.focus != onSearch || m.find.open() || !m.search.Answered() {
		return nil
	}
	return m.ask(m.search.Query())
}

func (m *Model) found(msg found) tea.Cmd {
	if msg.ticket != m.find.number || !m.find.open() {
		return nil // another search has taken its place, or the reader went on
	}
	if msg.err != nil {
		m.find = m.find.done()
		m.complain(article.Line(msg.err.Error()))
		return nil
	}
	if msg.more != nil && m.search.Answered() {
		return m.rankFound(msg) // the hits on screen are in a better order
	}
	answer := search.Answer{
		Hits: msg.Hits, Total: msg.Total, Outside: msg.Outside, Instead: msg.Instead, Ranked: msg.more == nil,
	}
	cmd := m.act(m.search.SetAnswer(msg.query, answer))
	if msg.more != nil {
		return tea.Batch(cmd, m.rankFound(msg), m.lookAt())
	}
	m.find = m.find.done()
	return tea.Batch(cmd, m.lookAt())
}

// lookAt asks for the excerpts of the hits that are on screen or come next.
func (m *Model) lookAt() tea.Cmd {
	if m.focus != onSearch || m.look.open() {
		return nil
	}
	q, hits := m.search.Unseen()
	if len(hits) == 0 {
		return nil
	}
	ticket, ctx := m.look.next(m.ctx)
	m.look = ticket
	return m.lookInto(ctx, ticket.number, q, hits, m.searching.scope)
}

func (m *Model) looked(msg looked) tea.Cmd {
	if msg.ticket != m.look.number || !m.look.open() {
		return nil
	}
	m.look = m.look.done()
	m.search.SetLooked(msg.query, msg.hits)
	return m.lookAt()
}

// offerFor asks for ways to go on from what is typed.
func (m *Model) offerFor(text string, cursor int) tea.Cmd {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return m.completions(text, cursor)
}

func (m *Model) offered(msg offered) {
	if m.focus == onSearch {
		m.search.Offer(msg.text, msg.cursor, msg.offers)
		return
	}
	m.list.Offer(msg.text, msg.cursor, msg.offers)
}
