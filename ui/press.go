package ui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"carrel/ui/keys"
)

// maxCount bounds the number typed before a key.
const maxCount = 99999

// press routes a key: to a popup, to the prompt, to the count, or by the table
// of keys to the focused pane.
func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	if m.tooSmall() {
		return m.pressSmall(key)
	}
	m.message = message{}
	switch {
	case m.overlay != nil:
		if key == "ctrl+c" {
			return tea.Quit
		}
		var cmd tea.Cmd
		m.overlay, cmd = m.overlay.update(m, key)
		return cmd
	case m.focus == onSearch:
		return m.pressSearch(msg)
	case m.list.Typing():
		if key == "ctrl+c" {
			return tea.Quit
		}
		return tea.Batch(m.toList(msg), m.showPreview())
	case len(key) == 1 && key[0] >= '0' && key[0] <= '9' && (m.count > 0 || key != "0"):
		m.count = min(m.count*10+int(key[0]-'0'), maxCount)
		return nil
	}
	scope := keys.List
	if m.focus == onArticle {
		scope = keys.Article
	}
	action, ok := m.keys.Action(scope, key)
	count := m.count
	m.count = 0
	if !ok {
		return nil
	}
	return m.perform(keys.Press{Action: action, Count: count})
}

// pressSmall does what a screen that is too small says: it quits, or waits to be
// larger.
func (m *Model) pressSmall(key string) tea.Cmd {
	if key == "ctrl+c" || key == "q" || key == "Q" {
		return tea.Quit
	}
	return nil
}

// perform carries an action out, here or in the focused pane.
func (m *Model) perform(p keys.Press) tea.Cmd {
	if cmd, ok := m.do(p); ok {
		return cmd
	}
	if m.focus == onArticle {
		return m.toPage(p)
	}
	return tea.Batch(m.toList(p), m.showPreview())
}

// paste gives what was pasted to the prompt that is open.
func (m *Model) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case m.overlay != nil:
		return nil
	case m.focus == onSearch:
		return m.toSearch(msg)
	case m.list.Typing():
		return m.toList(msg)
	}
	return nil
}

func (m *Model) toList(msg tea.Msg) tea.Cmd {
	list, ask, cmd := m.list.Update(msg)
	m.list = list
	return tea.Batch(cmd, m.act(ask))
}

func (m *Model) toPage(p keys.Press) tea.Cmd {
	page, ask, cmd := m.page.Update(p)
	m.page = page
	return tea.Batch(cmd, m.act(ask))
}

func itoa(n int) string { return strconv.Itoa(n) }
