package ui

import (
	"errors"
	"io"
	"strconv"

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
		if m.list.Typing() {
			cmd = m.toList(msg)
		}
	case listed:
		cmd = m.listed(msg)
	case ranked:
		cmd = tea.Batch(m.ranked(msg), m.showPreview())
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
	m.page.SetTheme(m.theme)
	return nil
}

// listed takes in a state of the list and asks for the next one.
func (m *Model) listed(msg listed) tea.Cmd {
	if msg.err != nil {
		m.list.SetLoading(false)
		if !errors.Is(msg.err, io.EOF) && m.ctx.Err() == nil {
			m.complain(article.Line(msg.err.Error()))
		}
		return nil
	}
	l := msg.listing
	m.entries, m.listedAll, m.loaded = l.Entries, l.Listed, l.Done
	m.list.SetEntries(l.Entries, l.SameOrder)
	m.list.SetLoading(!l.Listed && !l.Done)
	var cmds []tea.Cmd
	if !l.SameOrder {
		m.order++
		m.corpus, m.result = nil, nil
		if m.list.Query() != "" {
			cmds = append(cmds, m.filter(m.list.Query()))
		}
	}
	if l.Done && len(l.Entries) == 0 {
		return tea.Quit
	}
	if l.Done {
		if m.list.Query() == "" {
			cmds = append(cmds, m.fold())
		}
		if l.Skipped > 0 && m.message.text == "" {
			m.say(strconv.Itoa(l.Skipped) + " files were skipped: carrel list says which and why")
		}
	} else {
		cmds = append(cmds, m.next())
	}
	cmds = append(cmds, m.showPreview())
	return tea.Batch(cmds...)
}

// filter asks for the list by a query.
func (m *Model) filter(query string) tea.Cmd {
	if query == "" {
		m.rank, m.result = m.rank.done(), nil
		return nil
	}
	ticket, ctx := m.rank.next(m.ctx)
	m.rank = ticket
	return m.rankBy(ctx, ticket.number, query)
}

func (m *Model) ranked(msg ranked) tea.Cmd {
	if msg.ticket != m.rank.number || msg.order != m.order {
		return nil
	}
	m.corpus = msg.corpus
	if msg.result == nil {
		return nil
	}
	m.result = msg.result
	return m.act(m.list.SetResult(msg.query, msg.result))
}
