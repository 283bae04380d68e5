package reader

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/keys"
	"carrel/ui/markdown"
	"carrel/ui/pager"
	"carrel/ui/theme"
)

// DefaultMeasure is the width of the text column that reads best, in columns.
const DefaultMeasure = 72

// minMeasure and maxMeasure bound what - and + can set.
const (
	minMeasure = 30
	maxMeasure = 140
)

// Model is the reading pane. The zero link is none: link holds one more than
// the index of the selected link.
type Model struct {
	theme    theme.Theme
	renderer *markdown.Renderer
	page     *page // nil while no article is open
	pager    pager.Pager

	width, height int
	measure       int
	link          int
	// matches are marked; live: something is looked for. gone is where the pager
	// was when the reader last went to a match.
	matches Matches
	live    bool
	gone    pager.Position
	// rows are the visible rows, laid out at the end of Update.
	rows  []pager.Row
	marks [][]mark // of rows
	view  []string
}

// New returns an empty pane.
func New(t theme.Theme) Model {
	return Model{theme: t, renderer: markdown.New(t), measure: DefaultMeasure}
}

// SetTheme changes the look and keeps the place.
func (m *Model) SetTheme(t theme.Theme) {
	m.theme, m.renderer = t, markdown.New(t)
	if m.page != nil {
		m.page.theme, m.page.renderer = t, m.renderer
		m.pager.Reset()
		m.layout()
	}
}

// SetSize changes the size and keeps the place.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.pager.SetSize(m.column(), height)
	m.layout()
}

// Show opens a document at a position with a selected link; link is its index
// in Document.Links, -1 for none.
func (m *Model) Show(doc *article.Document, related []Related, at article.Place, link int) {
	m.page = &page{doc: doc, related: related, theme: m.theme, renderer: m.renderer}
	m.pager = pager.New(m.page)
	m.pager.SetSize(m.column(), m.height)
	m.link = link + 1
	m.matches, m.live = Matches{Current: -1}, false
	m.Go(at)
}

// Replace shows another state of the open article and keeps place and link.
func (m *Model) Replace(doc *article.Document) {
	if m.page == nil {
		return
	}
	at := m.pager.Place()
	selected := m.link
	m.page = &page{doc: doc, related: m.page.related, theme: m.theme, renderer: m.renderer}
	m.pager = pager.New(m.page)
	m.pager.SetSize(m.column(), m.height)
	m.pager.Go(at)
	m.link = selected
	m.layout()
}

// Go moves to a place of the open document.
func (m *Model) Go(at article.Place) {
	if m.page == nil {
		return
	}
	if at.Words != "" && at.Offset >= 0 {
		// The file may have changed since the place was taken.
		at.Block, at.Offset = m.page.doc.Locate(at)
	}
	m.pager.Go(position(at))
	m.layout()
}

// Document is the open document, nil if there is none.
func (m *Model) Document() *article.Document {
	if m.page == nil {
		return nil
	}
	return m.page.doc
}

// Place is where the reader is: the text at the top of the pane.
func (m *Model) Place() article.Place {
	at := m.pager.Place()
	if m.page == nil || at.Block > len(m.page.doc.Blocks) {
		return article.Place{Block: max(at.Block-1, 0), Offset: at.Offset}
	}
	return place(m.page.doc, at)
}

// Link is the index of the selected link, -1 if there is none.
func (m *Model) Link() int { return m.link - 1 }

// column is the width of the text column: the measure, if the pane has room for it.
func (m *Model) column() int {
	margin := 2
	if m.width < 40 {
		margin = min(1, m.width/20)
	}
	return max(min(m.measure, m.width-2*margin), min(m.width, 1))
}

// Update reacts to a key.
func (m Model) Update(p keys.Press) (Model, intent.Intent, tea.Cmd) {
	if m.page == nil {
		return m, nil, nil
	}
	ask := m.act(p)
	m.layout()
	m.pager.Warm()
	return m, ask, nil
}

func (m *Model) act(p keys.Press) intent.Intent {
	n := p.Times()
	switch p.Action {
	case keys.Down:
		m.pager.Scroll(n)
	case keys.Up:
		m.pager.Scroll(-n)
	case keys.PageDown:
		m.pager.Page(n)
	case keys.PageUp:
		m.pager.Page(-n)
	case keys.HalfDown:
		m.pager.Half(n)
	case keys.HalfUp:
		m.pager.Half(-n)
	case keys.Top:
		m.pager.Top()
	case keys.Bottom:
		m.pager.Bottom()
	case keys.Percent:
		m.percent(p.Count)
	case keys.NextHeading:
		m.heading(n)
	case keys.PrevHeading:
		m.heading(-n)
	case keys.NextParagraph:
		m.paragraph(n)
	case keys.PrevParagraph:
		m.paragraph(-n)
	case keys.NextLink:
		return m.selectLink(1)
	case keys.PrevLink:
		return m.selectLink(-1)
	case keys.NextMatch:
		return m.nextMatch(n)
	case keys.PrevMatch:
		return m.nextMatch(-n)
	case keys.Open:
		return m.follow()
	case keys.Copy:
		return m.copy()
	case keys.Narrower:
		return m.setMeasure(m.measure - 4*n)
	case keys.Wider:
		return m.setMeasure(m.measure + 4*n)
	case keys.DefaultMeasure:
		return m.setMeasure(DefaultMeasure)
	}
	return nil
}

// percent goes to a part of the text; the text is measured in bytes.
func (m *Model) percent(percent int) {
	blocks := m.page.doc.Blocks
	at := m.page.doc.Size * min(max(percent, 0), 100) / 100
	for i := len(blocks) - 1; i >= 0; i-- {
		if blocks[i].From <= at {
			m.pager.Go(pager.Position{Block: i + 1, Offset: at - blocks[i].From})
			return
		}
	}
}

func (m *Model) heading(n int) {
	top := m.pager.Place().Block - 1
	outline := m.page.doc.Outline
	if n < 0 {
		for i := len(outline) - 1; i >= 0; i-- {
			if outline[i].Block < top {
				m.pager.Go(pager.Position{Block: outline[max(i+n+1, 0)].Block + 1})
				return
			}
		}
		m.pager.Top()
		return
	}
	for i := range outline {
		if outline[i].Block > top {
			m.pager.Go(pager.Position{Block: outline[min(i+n-1, len(outline)-1)].Block + 1})
			return
		}
	}
}

func (m *Model) paragraph(n int) {
	at := m.pager.Place()
	if n < 0 && at.Offset > 0 {
		n++
	}
	m.pager.Go(pager.Position{Block: min(max(at.Block+n, 0), m.page.Len()-1)})
}

func (m *Model) setMeasure(columns int) intent.Intent {
	m.measure = min(max(columns, minMeasure), maxMeasure)
	m.pager.SetSize(m.column(), m.height)
	if m.column() < m.measure {
		return intent.Say{Text: article.Line("text as wide as the pane")}
	}
	return intent.Say{Text: article.Line("text of " + itoa(m.measure) + " columns")}
}

// View returns the visible rows, exactly as many as the pane is high.
func (m Model) View() []string { return m.view }

// layout prepares what View returns.
func (m *Model) layout() {
	m.rows = m.pager.Visible()
	if m.link > 0 && !m.visible(m.link-1) {
		m.link = 0
	}
	m.marks = m.findMarks()
	m.view = make([]string, m.height)
	margin := strings.Repeat(" ", max(0, (m.width-m.column())/2))
	for i, r := range m.rows {
		text := m.decorate(r)
		if m.marks != nil {
			text = m.paint(text, m.marks[i])
		}
		if text != "" {
			m.view[i] = margin + text
		}
	}
}
