package ui

import (
	tea "charm.land/bubbletea/v2"

	"carrel/ui/keys"
)

// The sizes that decide the layout, in columns and rows.
const (
	splitWidth = 100 // from here on, list and article stand side by side
	minWidth   = 20
	minHeight  = 5
	maxList    = 64 // the list beside an article
)

func (m *Model) tooSmall() bool { return m.width < minWidth || m.height < minHeight }

// split tells whether list and article stand side by side. An article that has
// the focus takes full rows unless the reader wants the list beside it: a
// terminal can scroll full rows by itself, which over a slow line is twenty
// times less to send.
func (m *Model) split() bool {
	return m.width >= splitWidth && m.focus != onSearch && (m.focus == onList || m.beside)
}

// listWidth is the width of the list beside an article.
func (m *Model) listWidth() int { return min(m.width*45/100, maxList) }

// arrange gives the panes their sizes. The last row is the status line.
func (m *Model) arrange() {
	if m.tooSmall() {
		return
	}
	rows := m.height - 1
	m.search.SetSize(m.width, rows)
	if m.split() {
		m.list.SetSize(m.listWidth(), rows)
		m.page.SetSize(m.width-m.listWidth()-1, rows)
		return
	}
	m.list.SetSize(m.width, rows)
	m.page.SetSize(m.width, rows)
}

func (m *Model) setFocus(f focus) {
	m.focus = f
	m.list.SetFocus(f == onList)
	m.arrange()
}

// moveFocus goes to the list or to the article.
func (m *Model) moveFocus(toList bool) tea.Cmd {
	if toList {
		if m.focus == onArticle {
			m.setFocus(onList)
		}
		return nil
	}
	if m.focus == onArticle {
		return nil
	}
	e, ok := m.list.Selected()
	if doc := m.page.Document(); ok && doc != nil && doc.ID == e.ID && m.visited {
		m.setFocus(onArticle)
		return nil
	}
	return m.toList(keys.Press{Action: keys.Open})
}

func (m *Model) toggleLayout() tea.Cmd {
	m.beside = !m.beside
	switch {
	case m.width < splitWidth:
		m.say("the list stands beside the article from " + itoa(splitWidth) + " columns")
	case m.beside:
		m.say("list beside the article")
	default:
		m.say("article over full rows")
	}
	m.arrange()
	return nil
}
