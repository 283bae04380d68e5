package ui

import (
	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/theme"
)

// Update routes a message: sizes and answers to where they belong, keys to
// press. It does no work of its own.
func (m Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.arrange()
		cmd = m.showPreview()
	case tea.BackgroundColorMsg:
		cmd = m.setDark(msg.IsDark())
	case tea.KeyPressMsg:
		cmd = m.press(msg)
	case tea.PasteMsg:
		cmd = m.paste(msg)
	case listed:
		cmd = m.listed(msg)
	case ranked:
		cmd = tea.Batch(m.ranked(msg), m.showPreview())
	case found:
		cmd = m.found(msg)
	case looked:
		cmd = m.looked(msg)
	case offered:
		m.offered(msg)
	case finding:
		if msg.ticket == m.find.number && m.find.open() {
			m.search.SetSlow()
		}
	case openFirst:
		cmd = m.act(intent.Open{ID: msg.id})
	case opened:
		cmd = m.opened(msg)
	case completed:
		m.completed(msg)
	case openFailed:
		m.openFailed(msg)
	case slow:
		if m.visiting() && m.open.number == msg.ticket {
			m.say("opening" + m.theme.Glyphs.Ellipsis)
		}
	case previewDue:
		if msg.number == m.preview && m.focus == onList && !m.visiting() {
			cmd = m.request(wish{kind: previewing, visit: Visit{ID: msg.id, Link: -1}})
		}
	}
	return m, cmd
}

func (m *Model) say(text string) { m.message = message{text: article.Line(text)} }

func (m *Model) complain(text article.Text) { m.message = message{text: text, problem: true} }

func (m *Model) setDark(dark bool) tea.Cmd {
	if m.theme.Mono || dark == m.theme.Dark {
		return nil
	}
	o := m.theme.Options
	o.Dark = dark
	m.theme = theme.New(o)
	m.list.SetTheme(m.theme)
	m.search.SetTheme(m.theme)
	m.page.SetTheme(m.theme)
	return nil
}
