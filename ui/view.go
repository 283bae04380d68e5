package ui

import (
	"path"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/keys"
	"carrel/ui/prompt"
)

// View joins rows that the panes have laid out.
func (m Model) View() tea.View {
	v := tea.NewView(m.frame())
	v.AltScreen = true
	column, ok := m.list.Cursor()
	if m.focus == onSearch {
		column, ok = m.search.Cursor(), true
	}
	if ok && !m.tooSmall() && m.overlay == nil {
		v.Cursor = tea.NewCursor(column, 0)
	}
	return v
}

func (m *Model) frame() string {
	if m.width <= 0 || m.height <= 0 {
		return ""
	}
	if m.tooSmall() {
		return m.small()
	}
	rows := m.panes()
	if m.overlay != nil {
		rows = m.over(rows)
	}
	return strings.Join(append(rows, m.status()), "\n")
}

// small says in the room there is that there is too little of it.
func (m *Model) small() string {
	text := "Carrel needs " + strconv.Itoa(minWidth) + "x" + strconv.Itoa(minHeight) + ": make this window larger, or press q."
	rows := strings.Split(ansi.Wrap(text, m.width, ""), "\n")
	return strings.Join(rows[:min(len(rows), m.height)], "\n")
}

func (m *Model) panes() []string {
	switch {
	case m.split():
		left, right := m.list.View(), m.page.View()
		rows := make([]string, m.height-1)
		rule := m.theme.Rule.Render(m.theme.Glyphs.Column)
		for i := range rows {
			pad := strings.Repeat(" ", max(m.listWidth()-ansi.StringWidth(left[i]), 0))
			rows[i] = left[i] + pad + rule
			if i < len(right) {
				rows[i] += right[i]
			}
		}
		return rows
	case m.focus == onList:
		return m.list.View()
	case m.focus == onSearch:
		return m.search.View()
	}
	return append([]string(nil), m.page.View()...)
}

// over lays the popup over the panes, centred.
func (m *Model) over(rows []string) []string {
	box := m.overlay.view(m, m.width, len(rows))
	width := 0
	for _, r := range box {
		width = max(width, ansi.StringWidth(r))
	}
	left, top := max((m.width-width)/2, 0), max((len(rows)-len(box))/2, 0)
	for i, r := range box {
		if top+i >= len(rows) {
			break
		}
		under := rows[top+i]
		head := ansi.Truncate(under, left, "")
		head += strings.Repeat(" ", max(left-ansi.StringWidth(head), 0))
		r += strings.Repeat(" ", max(width-ansi.StringWidth(r), 0))
		rows[top+i] = head + "\x1b[m" + r + ansi.TruncateLeft(under, left+width, "")
	}
	return rows
}

// status is the last row: a message, the target of the selected link or hints on
// the left; section and progress, or nothing, on the right.
func (m *Model) status() string {
	right := m.progress()
	left := m.hints()
	switch {
	case m.message.problem:
		left = m.theme.Problem.Render(string(m.message.text))
	case m.message.text != "":
		left = string(m.message.text)
	case m.count > 0:
		left = m.theme.Muted.Render(strconv.Itoa(m.count))
	case m.focus == onArticle:
		left = m.where()
	}
	room := m.width - 2
	if m.width < 40 && ansi.StringWidth(left)+2+ansi.StringWidth(right) > room && ansi.StringWidth(right) > room/2 {
		right = ""
	}
	if right == "" {
		return " " + ansi.Truncate(left, room, m.theme.Glyphs.Ellipsis)
	}
	left = ansi.Truncate(left, max(room-2-ansi.StringWidth(right), 0), m.theme.Glyphs.Ellipsis)
	gap := strings.Repeat(" ", max(room-ansi.StringWidth(left)-ansi.StringWidth(right), 1))
	return " " + left + gap + m.theme.Muted.Render(right)
}

// where is the target of the selected link, or the section that is being read.
func (m *Model) where() string {
	doc := m.page.Document()
	if doc == nil {
		return ""
	}
	if target := m.page.Target(); target != "" {
		return m.theme.Accent.Render(m.theme.Glyphs.Arrow) + " " + string(m.destination(doc, target))
	}
	if s := m.page.Progress().Section; s != "" {
		return m.theme.Muted.Render(string(s))
	}
	return m.theme.Muted.Render(string(doc.Title))
}

// destination says where a link leads, in words.
func (m *Model) destination(doc *article.Document, target article.Text) article.Text {
	to := m.library.Resolve(doc.ID, target)
	note, isNote := strings.CutPrefix(string(to.Fragment), "fn:")
	switch {
	case isNote && len(to.IDs) == 1 && to.IDs[0] == doc.ID:
		return article.Line("footnote " + note)
	case len(to.IDs) == 1 && to.Fragment != "":
		return article.Line(string(to.Titles[0]) + " #" + string(to.Fragment))
	case len(to.IDs) == 1:
		return to.Titles[0]
	case len(to.IDs) > 1:
		return article.Line(strconv.Itoa(len(to.IDs)) + " articles are called " + string(target))
	case to.Web != "":
		return to.Web
	case to.Fragment != "":
		return article.Line("#" + string(to.Fragment))
	}
	return unresolved(target)
}

// unresolved says of a link that leads nowhere what it was for.
func unresolved(target article.Text) article.Text {
	name, _, _ := strings.Cut(string(target), "#")
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif":
		return article.Line("a picture: " + string(target))
	case "", ".md", ".markdown", ".txt", ".html", ".htm":
		return article.Line("not in this collection: " + string(target))
	}
	if strings.Contains(name, ":") {
		return article.Line("not in this collection: " + string(target))
	}
	return article.Line("not an article: " + string(target))
}

// progress is what stands at the right of the status line: which match one is at,
// how far one is, what is left.
func (m *Model) progress() string {
	doc := m.page.Document()
	if doc == nil || m.focus == onSearch || m.focus == onList && !m.split() {
		return ""
	}
	p := m.page.Progress()
	sep := " " + m.theme.Glyphs.Dot + " "
	text := strconv.Itoa(p.Percent) + " %"
	if p.Whole {
		text = "all"
	} else if p.Left > 0 && m.focus == onArticle {
		text += sep + strconv.Itoa(p.Left) + " min left"
	}
	matches, live := m.page.Matches()
	if !live || len(matches.List) == 0 || m.focus != onArticle {
		return text
	}
	at := strconv.Itoa(matches.Current+1) + "/" + strconv.Itoa(len(matches.List))
	if m.width < 40 {
		return at
	}
	return at + sep + text
}

// hints name the keys that are of most use, as far as they fit. While a reader
// types they are the ways to go on, and what the prompt's own keys do.
func (m *Model) hints() string {
	type hint struct{ key, what string }
	hints := []hint{{m.keys.Key(keys.Filter), "filter"}, {m.keys.Key(keys.Search), "search"}, {m.keys.Key(keys.Open), "read"}, {m.keys.Key(keys.Help), "help"}, {m.keys.Key(keys.Quit), "quit"}}
	switch {
	case m.focus == onSearch:
		hints = []hint{{"Enter", "read"}, {"Esc", "back"}}
		if can, within := m.search.Filtered(); can && within {
			hints = append(hints, hint{m.keys.Key(keys.SearchScope), "all articles"})
		} else if can {
			hints = append(hints, hint{m.keys.Key(keys.SearchScope), "within the filter"})
		}
		if what := offers(m.search.Offers()); what != "" {
			hints = append([]hint{{"Tab", what}}, hints...)
		}
	case m.list.Typing():
		hints = []hint{{"Enter", "read"}, {"Esc", "all articles"}}
		if what := offers(m.list.Offers()); what != "" {
			hints = append([]hint{{"Tab", what}}, hints...)
		}
	}
	line := ""
	for _, h := range hints {
		next := m.theme.Key.Render(h.key) + m.theme.Muted.Render(" "+h.what)
		if line != "" {
			next = line + "   " + next
		}
		if h.key == "" || line != "" && ansi.StringWidth(next) > m.width-2 {
			continue
		}
		line = next
	}
	return line
}

// maxOffers bounds the ways to go on that the status line names.
const maxOffers = 5

func offers(list []prompt.Offer) string {
	var names []string
	for _, o := range list[:min(len(list), maxOffers)] {
		names = append(names, string(o.Label))
	}
	return strings.Join(names, "  ")
}
