package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/ui/intent"
)

// chooser is the popup for a link that may mean several articles.
type chooser struct {
	to     Target
	cursor int
}

func newChooser(to Target) overlay { return chooser{to: to} }

func (c chooser) update(m *Model, key string) (overlay, tea.Cmd) {
	switch key {
	case "j", "down", "tab", "ctrl+n":
		c.cursor = min(c.cursor+1, len(c.to.IDs)-1)
	case "k", "up", "shift+tab", "ctrl+p":
		c.cursor = max(c.cursor-1, 0)
	case "enter":
		return nil, m.act(intent.Open{ID: c.to.IDs[c.cursor]})
	case "esc", "q":
		return nil, nil
	}
	return c, nil
}

func (c chooser) view(m *Model, width, height int) []string {
	room := max(min(width-8, 70), 10)
	rows := []string{m.theme.Title.Render("This link may mean one of these"), ""}
	first := max(0, c.cursor-max(height-5, 1)+1)
	for i := first; i < len(c.to.IDs) && len(rows) < height-2; i++ {
		lead, text := "  ", string(c.to.Titles[i])+m.theme.Muted.Render("  "+string(c.to.IDs[i].Text()))
		if i == c.cursor {
			lead = m.theme.Accent.Render(m.theme.Glyphs.Selected) + " "
		}
		rows = append(rows, lead+ansi.Truncate(text, room, m.theme.Glyphs.Ellipsis))
	}
	return framed(m, rows, width)
}

// framed puts a popup's rows between two rules.
func framed(m *Model, rows []string, width int) []string {
	inner := 0
	for _, r := range rows {
		inner = max(inner, ansi.StringWidth(r))
	}
	inner = min(inner, max(width-4, 1))
	rule := m.theme.Rule.Render(strings.Repeat(m.theme.Glyphs.Rule, min(inner+4, width)))
	out := []string{rule}
	for _, r := range rows {
		r = ansi.Truncate(r, inner, m.theme.Glyphs.Ellipsis)
		out = append(out, "  "+r+strings.Repeat(" ", max(inner-ansi.StringWidth(r), 0))+"  ")
	}
	return append(out, rule)
}
