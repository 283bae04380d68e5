package search

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/keys"
)

// Update reacts to a key, to what was pasted, or to an action. The prompt always
// has the keys: what types, types.
func (m Model) Update(msg tea.Msg) (Model, intent.Intent, tea.Cmd) {
	m.waiting = false
	var ask intent.Intent
	switch msg := msg.(type) {
	case keys.Press:
		if msg.Action == keys.SearchScope {
			ask = m.turnScope()
		}
	case tea.KeyPressMsg:
		ask = m.press(msg)
	case tea.PasteMsg:
		ask = m.edit(msg)
	}
	return m, ask, nil
}

func (m *Model) press(msg tea.KeyPressMsg) intent.Intent {
	page := max(m.visible()-1, 1)
	switch msg.String() {
	case "esc":
		return intent.Leave{}
	case "enter":
		return m.enter()
	case "tab":
		if m.prompt.Take() {
			return m.asked()
		}
	case "up", "ctrl+p":
		m.move(-1)
	case "down", "ctrl+n":
		m.move(1)
	case "pgup":
		m.move(-page)
	case "pgdown":
		m.move(page)
	default:
		return m.edit(msg)
	}
	return nil
}

func (m *Model) move(n int) {
	if len(m.answer.Hits) == 0 {
		return
	}
	m.cursor += n
	m.moved = true
	m.choose()
	m.reveal()
}

func (m *Model) edit(msg tea.Msg) intent.Intent {
	before := m.prompt.Value()
	m.prompt = m.prompt.Update(msg)
	if m.prompt.Value() == before {
		return nil
	}
	return m.asked()
}

// asked asks for what is typed now. Hits stay until others come, but without a
// question there are none.
func (m *Model) asked() intent.Intent {
	text := m.prompt.Value()
	q := intent.Query{Text: text, Typing: !strings.HasSuffix(text, " "), Within: m.within}
	if strings.TrimSpace(text) == "" {
		q = intent.Query{}
	}
	if q == m.query {
		return nil
	}
	m.query, m.moved, m.slow = q, false, false
	if q.Text == "" {
		m.answered, m.answer = q, Answer{}
		m.cursor, m.top, m.selected = 0, 0, ""
	}
	return intent.Search{Query: q}
}

// turnScope searches all articles instead of those that the filter shows, or the
// other way round.
func (m *Model) turnScope() intent.Intent {
	if m.filter == "" {
		return intent.Say{Text: "the list has no filter: all articles are searched"}
	}
	m.within = !m.within
	return m.asked()
}

// enter opens the selected hit; without hits it searches for what has some.
func (m *Model) enter() intent.Intent {
	if !m.current() {
		// What is selected is an answer to something else.
		if m.moved {
			return m.open()
		}
		m.waiting = true
		return nil
	}
	if len(m.answer.Hits) == 0 && m.answer.Instead != "" {
		m.prompt.Set(strings.TrimSpace(m.answer.Instead) + " ")
		return m.asked()
	}
	return m.open()
}

func (m *Model) open() intent.Intent {
	switch {
	case m.cursor < len(m.answer.Hits):
		m.moved = true
		h := m.answer.Hits[m.cursor]
		return intent.Open{ID: h.Entry.ID, Place: h.Place, Query: m.answered}
	case m.query.Text == "":
		return intent.Say{Text: article.Line("type what to search for")}
	}
	return intent.Say{Text: "there is no article to open"}
}
