package search

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

// The heights from which a hit takes two rows, and from which a blank one parts
// it from the next.
const (
	short = 10
	tall  = 29
)

// The widths from which a row has room for the date, and for the number of hits.
const (
	dated   = 40
	counted = 60
)

// header is the number of rows above the hits.
func (m *Model) header() int {
	if m.height < 6 {
		return 1
	}
	return 2
}

// rowHeight is the number of rows that a hit takes.
func (m *Model) rowHeight() int {
	switch {
	case m.height >= tall:
		return 3
	case m.height >= short:
		return 2
	}
	return 1
}

// visible is the number of hits that fit; the blank row of the last one need not.
func (m *Model) visible() int {
	room := m.height - m.header()
	if m.rowHeight() == 3 {
		room++
	}
	return max(room/m.rowHeight(), 1)
}

// View returns exactly as many rows as the pane is high, none wider than it is.
func (m Model) View() []string {
	view := make([]string, 0, m.height+3)
	view = append(view, m.head())
	if m.header() > 1 {
		view = append(view, m.fit(" "+m.theme.Muted.Render(m.notice())))
	}
	last := min(m.top+m.visible(), len(m.answer.Hits))
	for i := m.top; i < last; i++ {
		view = m.hit(view, m.answer.Hits[i], i == m.cursor)
	}
	switch {
	case m.query.Text == "":
		view = append(view, m.help()...)
	case len(m.answer.Hits) == 0 && m.current():
		view = append(view, m.nothing()...)
	case last == len(m.answer.Hits) && m.answer.Total > last && m.answer.Ranked:
		view = append(view, m.fit("   "+m.theme.Muted.Render("the best "+theme.Number(last)+" of "+theme.Number(m.answer.Total))))
	}
	for len(view) < m.height {
		view = append(view, "")
	}
	return view[:max(m.height, 0)]
}

func (m *Model) fit(row string) string {
	return ansi.Truncate(strings.TrimRight(row, " "), max(m.width, 0), m.theme.Glyphs.Ellipsis)
}

// hit adds the rows of a hit.
func (m *Model) hit(view []string, h article.Hit, selected bool) []string {
	if m.rowHeight() == 1 {
		return append(view, m.title(m.lead(selected)[1:], h, selected))
	}
	second := m.fit(m.lead(selected) + "  " + m.excerpt(h, m.width-6))
	if !selected && strings.TrimSpace(ansi.Strip(second)) == "" {
		second = ""
	}
	view = append(view, m.title(m.lead(selected), h, selected), second)
	if m.rowHeight() == 3 {
		view = append(view, "")
	}
	return view
}

// lead is what stands before a row: the bar of the selected one.
func (m *Model) lead(selected bool) string {
	if selected {
		return " " + m.theme.Accent.Render(m.theme.Glyphs.Selected) + " "
	}
	return "   "
}

// title is the first row of a hit: its title, and at the right, in columns that
// do not move while hits are looked at, how many matches it has and its date.
func (m *Model) title(lead string, h article.Hit, selected bool) string {
	right := ""
	if m.width >= counted {
		count := ""
		if h.Count > 0 {
			count = theme.Count(h.Count, "hit")
		}
		right = column(count, 11)
	}
	if m.width >= dated {
		right += column(theme.Day(h.Entry.Date, h.Entry.DateSource), 14)
	}
	room := m.width - ansi.StringWidth(lead) - len(right) - 1
	base := lipgloss.NewStyle().Bold(selected)
	row := lead + theme.Paint(m.theme.Cut(string(h.Entry.Title), max(room, 1)), h.TitleMarks, base, m.theme.Match)
	if strings.TrimSpace(right) != "" {
		gap := strings.Repeat(" ", max(m.width-1-len(right)-ansi.StringWidth(row), 0))
		row += gap + m.theme.Muted.Render(right)
	}
	return m.fit(row)
}

// column is an ASCII text at the right edge of a column.
func column(text string, width int) string {
	return strings.Repeat(" ", max(width-len(text), 0)) + text
}

// excerpt is the text around the best match or, where only the title or a field
// matches, what the article says of itself.
func (m *Model) excerpt(h article.Hit, width int) string {
	text, marks := string(h.Excerpt), h.Marks
	if text == "" && h.Looked {
		if text = string(h.Entry.Summary); text == "" && len(h.Entry.Authors) > 0 {
			text = string(h.Entry.Authors[0])
		}
	}
	text, marks = m.window(text, marks, max(width, 1))
	return theme.Paint(text, marks, m.theme.Muted, m.theme.Match)
}

// window is the part of an excerpt that fits a width and has the first match in it.
func (m *Model) window(text string, marks []article.Range, width int) (string, []article.Range) {
	if ansi.StringWidth(text) <= width {
		return text, marks
	}
	ellipsis := m.theme.Glyphs.Ellipsis
	if len(marks) == 0 || marks[0].End > len(text) || ansi.StringWidth(text[:marks[0].End]) < width {
		return m.theme.Cut(text, width), marks
	}
	// Begin at a word, a third of the width before the match.
	from := marks[0].Start
	for i := from - 1; i >= 0 && ansi.StringWidth(text[i:marks[0].Start]) <= width/3; i-- {
		if text[i] == ' ' {
			from = i + 1
		}
	}
	lead := ellipsis + " "
	moved := make([]article.Range, 0, len(marks))
	for _, r := range marks {
		moved = append(moved, article.Range{Start: r.Start - from + len(lead), End: r.End - from + len(lead)})
	}
	return m.theme.Cut(lead+text[from:], width), moved
}

// nothing says that there are no hits, and what to search for instead.
func (m *Model) nothing() []string {
	text := "Nothing has all of these."
	if m.answer.Instead != "" {
		text += "\nEnter searches for \"" + string(article.Line(m.answer.Instead)) + "\"."
	}
	var out []string
	for l := range strings.SplitSeq(ansi.Wordwrap(text, max(m.width-4, 1), ""), "\n") {
		out = append(out, m.fit("   "+m.theme.Muted.Render(l)))
	}
	return out
}

// help shows the language of the search, as long as nothing is typed.
func (m *Model) help() []string {
	var out []string
	for _, row := range Language() {
		if m.width < 34 {
			row[1] = ""
		}
		pad := strings.Repeat(" ", max(16-len(row[0]), 1))
		out = append(out, m.fit("   "+m.theme.Key.Render(row[0])+m.theme.Muted.Render(pad+row[1])))
	}
	return out
}
