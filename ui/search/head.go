package search

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

// scope is what is searched, in words.
func (m *Model) scope() string {
	if !m.within {
		return "all articles"
	}
	return "within / " + m.theme.Cut(string(article.Line(m.filter)), 20)
}

// total is how many articles were found: what is known of it.
func (m *Model) total() string {
	switch n := len(m.answer.Hits); {
	case m.slow:
		return "searching" + m.theme.Glyphs.Ellipsis
	case m.answered.Text == "":
		return ""
	case m.answer.Total < 0:
		return theme.Count(max(n, 2), "article") + m.theme.Glyphs.Ellipsis
	default:
		return theme.Count(m.answer.Total, "article")
	}
}

// facts are what stands at the right of the prompt, as much as there is room for.
func (m *Model) facts() string {
	total, scope := m.total(), m.scope()
	sep := " " + m.theme.Glyphs.Dot + " "
	if total == "" {
		sep = ""
	}
	switch long := total + sep + scope; {
	case ansi.StringWidth(long) <= m.width*2/5:
		return long
	case m.width < 24:
		return ""
	case m.within:
		return strings.TrimSuffix(strings.TrimSuffix(total, "s"), " article") + sep + "within /"
	}
	return strings.TrimSuffix(strings.TrimSuffix(total, "s"), " article")
}

// label stands before the prompt.
func (m *Model) label() string {
	if m.width < 40 {
		return " s "
	}
	return " search  "
}

// room is the width of the prompt.
func (m *Model) room() int {
	room := m.width - len(m.label()) - 1
	if facts := m.facts(); facts != "" {
		room -= ansi.StringWidth(facts) + 3
	}
	return max(room, 1)
}

// head is the prompt with what was found and where.
func (m *Model) head() string {
	text, _ := m.prompt.Draw(m.theme, m.room())
	left := m.theme.Accent.Render(m.label()) + text
	facts := m.facts()
	if facts == "" {
		return m.fit(left)
	}
	gap := strings.Repeat(" ", max(m.width-1-ansi.StringWidth(left)-ansi.StringWidth(facts), 1))
	return m.fit(left + gap + m.theme.Muted.Render(facts))
}

// Cursor is the column of the prompt's cursor in the first row.
func (m *Model) Cursor() int {
	_, at := m.prompt.View(m.room())
	return min(len(m.label())+at, max(m.width-1, 0))
}

// notice is the row below the prompt.
func (m *Model) notice() string {
	if m.within && m.answer.Outside > 0 {
		return theme.Number(m.answer.Outside) + " more outside of the filter: " + m.scopeKey + " searches all"
	}
	if m.indexed < 100 {
		return strconv.Itoa(m.indexed) + " % of the texts can be searched so far"
	}
	return ""
}
