package browse

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

// tall is the height from which an article takes two rows and a blank one.
const tall = 30

// header is the number of rows above the articles.
func (m *Model) header() int {
	if m.height < 6 {
		return 1
	}
	return 2
}

// rowHeight is the number of rows that an article takes.
func (m *Model) rowHeight() int {
	if m.height >= tall-1 {
		return 3
	}
	return 1
}

// visible is the number of articles that fit.
func (m *Model) visible() int {
	return max((m.height-m.header()+m.rowHeight()-1)/m.rowHeight(), 1)
}

// View returns exactly as many rows as the pane is high, none wider than it is.
func (m Model) View() []string {
	view := make([]string, 0, m.height)
	view = append(view, m.head())
	if m.header() > 1 {
		view = append(view, "")
	}
	for i := m.top; i < m.len() && len(view) < m.height; i++ {
		e := m.entry(i)
		selected := i == m.cursor
		ranges := m.matched(i)
		if m.rowHeight() == 1 {
			view = append(view, m.line(e, selected, ranges))
		} else {
			view = append(view, m.lead(selected, true)+m.title(e.Title, m.width-4, selected, ranges), m.lead(selected, true)+m.facts(e, m.width-4, ranges), "")
		}
	}
	if m.len() == 0 {
		view = append(view, m.nothing()...)
	}
	for len(view) < m.height {
		view = append(view, "")
	}
	return view[:m.height]
}

// count is the number of articles in words, with how much of them can be searched
// if that is not all, and the room that it leaves beside it.
func (m *Model) count() (text string, room int) {
	total := theme.Number(len(m.latest))
	text = theme.Count(len(m.latest), "article")
	if m.query != "" {
		text = theme.Number(m.len()) + " of " + total
	}
	if m.loading {
		text += m.theme.Glyphs.Ellipsis
	}
	if m.indexed < 100 {
		sep, percent := " "+m.theme.Glyphs.Dot+" ", strconv.Itoa(m.indexed)+" %"
		if long := text + sep + "indexing " + percent; ansi.StringWidth(long) <= m.width/2 {
			text = long
		} else if m.query == "" {
			text = total + sep + percent
		}
	}
	if m.width < 24 {
		return "", m.width - 1
	}
	return text, m.width - ansi.StringWidth(text) - 3
}

// head is the name of the collection and the count, or the prompt.
func (m *Model) head() string {
	count, room := m.count()
	var left string
	switch {
	case m.typing:
		text, _ := m.prompt.Draw(m.theme, room-3)
		left = m.theme.Accent.Render("/") + " " + text
	case m.query != "":
		left = m.theme.Accent.Render("/") + " " + string(article.Line(m.query))
	default:
		left = m.theme.Title.Render(m.theme.Cut(string(m.name), room))
	}
	left = ansi.Truncate(left, max(room, 0), m.theme.Glyphs.Ellipsis)
	if count == "" {
		return ansi.Truncate(" "+left, max(m.width, 0), "")
	}
	gap := strings.Repeat(" ", max(room-ansi.StringWidth(left), 0)+1)
	return " " + left + gap + m.theme.Muted.Render(count)
}

// Cursor is the column of the prompt's cursor in the first row; ok is false
// while the prompt is closed.
func (m *Model) Cursor() (column int, ok bool) {
	if !m.typing {
		return 0, false
	}
	_, room := m.count()
	_, at := m.prompt.View(room - 3)
	return min(3+at, max(m.width-1, 0)), true
}

// nothing says why there are no rows.
func (m *Model) nothing() []string {
	text := "No articles here."
	switch {
	case m.query != "":
		text = "No title, author or tag matches this. Esc shows all."
	case m.loading:
		return nil
	}
	var out []string
	for _, l := range strings.Split(ansi.Wordwrap(text, max(m.width-4, 1), ""), "\n") {
		out = append(out, ansi.Truncate("   "+m.theme.Muted.Render(l), m.width, ""))
	}
	return out
}

// lead is what stands before a row: the bar of the selected one.
func (m *Model) lead(selected, wide bool) string {
	bar := " "
	if selected {
		bar = m.theme.Glyphs.Selected
		if m.focused {
			bar = m.theme.Accent.Render(bar)
		} else {
			bar = m.theme.Rule.Render(bar)
		}
	}
	if wide {
		return " " + bar + " "
	}
	return bar + " "
}

// line is an article on one row: the title, and the date at the right edge.
func (m *Model) line(e article.Entry, selected bool, ranges []Range) string {
	date := ""
	if e.DateSource != article.NoDate && m.width >= 40 {
		date = theme.Day(e.Date, e.DateSource)
	}
	room := m.width - 3
	if date != "" {
		room -= len(date) + 2
	}
	left := m.lead(selected, false) + m.title(e.Title, max(room, 1), selected, ranges)
	if date == "" {
		return ansi.Truncate(left, m.width, "")
	}
	gap := strings.Repeat(" ", max(m.width-1-len(date)-ansi.StringWidth(left), 1))
	return left + gap + m.theme.Muted.Render(date)
}

// title is a title cut to a width, with the matched letters marked.
func (m *Model) title(t article.Text, width int, selected bool, ranges []Range) string {
	base := lipgloss.NewStyle().Bold(selected)
	short := m.theme.Cut(string(t), width)
	return theme.Paint(short, only(ranges, FieldTitle, 0), base, m.theme.Match)
}

// facts is the second row of an article: date, authors, minutes, in columns
// that stay where they are while the minutes are not known yet.
func (m *Model) facts(e article.Entry, width int, ranges []Range) string {
	sep := m.theme.Muted.Render(" " + m.theme.Glyphs.Dot + " ")
	var parts []string
	room := width
	add := func(s string) {
		room -= len(s) + 3
		parts = append(parts, m.theme.Muted.Render(s))
	}
	if e.DateSource != article.NoDate {
		add(theme.Day(e.Date, e.DateSource))
	}
	minutes := ""
	if n := e.Minutes(); n > 0 {
		minutes = strconv.Itoa(n) + " min"
		room -= len(minutes) + 3
	}
	if len(e.Authors) > 0 && room > 6 {
		others := ""
		if n := len(e.Authors); n > 1 {
			others = " and " + strconv.Itoa(n-1) + " more"
		}
		who := m.theme.Cut(string(e.Authors[0]), max(room-len(others), 6))
		parts = append(parts, theme.Paint(who, only(ranges, FieldAuthors, 0), m.theme.Muted, m.theme.Match)+m.theme.Muted.Render(others))
	}
	if minutes != "" {
		add(minutes)
	}
	return ansi.Truncate(strings.Join(parts, sep), max(width, 1), m.theme.Glyphs.Ellipsis)
}

func (m *Model) matched(row int) []Range {
	if m.result == nil || m.query == "" {
		return nil
	}
	return m.result.Positions(m.index(row))
}

// only picks the ranges of one string.
func only(ranges []Range, field Field, item int) []article.Range {
	var out []article.Range
	for _, r := range ranges {
		if r.Field == field && r.Item == item {
			out = append(out, article.Range{Start: r.Start, End: r.End})
		}
	}
	return out
}
