package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/ui/keys"
	"carrel/ui/search"
)

// help is the popup with the live table of keys and the language of the search.
type help struct {
	rows []string
	top  int
}

func newHelp(m *Model) overlay {
	var h help
	add := func(label, text string) {
		pad := strings.Repeat(" ", max(24-ansi.StringWidth(label), 1))
		h.rows = append(h.rows, m.theme.Key.Render(label)+pad+text)
	}
	group := ""
	for _, b := range m.keys.Bindings() {
		if b.Group != group {
			if group != "" {
				h.rows = append(h.rows, "")
			}
			h.rows = append(h.rows, m.theme.Title.Render(b.Group))
			group = b.Group
		}
		var names []string
		for _, k := range b.Keys {
			names = append(names, keys.Label(k))
		}
		add(strings.Join(names, " "), b.Help)
	}
	h.rows = append(h.rows, "", m.theme.Title.Render("Searching"))
	for _, row := range search.Language() {
		add(row[0], row[1])
	}
	return h
}

func (h help) update(m *Model, key string) (overlay, tea.Cmd) {
	page := max(m.height-5, 1)
	action, _ := m.keys.Action(keys.List, key)
	switch action {
	case keys.Down:
		h.top++
	case keys.Up:
		h.top--
	case keys.PageDown, keys.HalfDown:
		h.top += page
	case keys.PageUp, keys.HalfUp:
		h.top -= page
	case keys.Top:
		h.top = 0
	case keys.Bottom:
		h.top = len(h.rows)
	case keys.Help, keys.Leave, keys.Quit, keys.Open:
		return nil, nil
	case keys.QuitNow:
		return nil, tea.Quit
	}
	h.top = max(0, min(h.top, len(h.rows)-page))
	return h, nil
}

func (h help) view(m *Model, width, height int) []string {
	n := max(height-4, 1)
	rows := h.rows[min(h.top, len(h.rows)):]
	more := len(rows) > n
	rows = append([]string(nil), rows[:min(n, len(rows))]...)
	if more || h.top > 0 {
		rows = append(rows, m.theme.Muted.Render("j k scroll, Esc closes"))
	}
	return framed(m, rows, width)
}
