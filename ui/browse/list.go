package browse

import (
	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/keys"
	"carrel/ui/prompt"
	"carrel/ui/theme"
)

// Model is the list pane. The selection is an id: rows may arrive, vanish or be
// ranked anew without moving it.
type Model struct {
	theme theme.Theme
	name  article.Text
	// entries are those of the rows; latest are newer ones, in another order if
	// behind is set, which the filter has not been applied to yet.
	entries []article.Entry
	latest  []article.Entry
	behind  bool
	// rows are indices into entries in the order shown; nil shows all of them.
	rows []int32
	// result is what rows come from; nil without a filter.
	result *Result

	prompt prompt.Prompt
	typing bool
	// query is what was last asked for, moved whether the reader chose a row
	// since then: until then the best row is the selected one.
	query string
	moved bool
	// waiting: Enter came before the rows of the query; its best row opens when
	// they are there.
	waiting bool

	selected article.ID
	cursor   int // row of the selection
	top      int // first visible row

	width, height int
	focused       bool
	loading       bool
	// indexed is how much of the collection can be searched, in percent.
	indexed int
}

// New returns an empty list of a collection.
func New(t theme.Theme, name article.Text) Model {
	return Model{theme: t, name: name, loading: true, indexed: 100}
}

// SetTheme changes the look.
func (m *Model) SetTheme(t theme.Theme) { m.theme = t }

// SetSize changes the size in columns and rows.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.reveal()
}

// SetFocus tells whether keys go to the list.
func (m *Model) SetFocus(focused bool) { m.focused = focused }

// SetLoading tells whether more rows are on their way.
func (m *Model) SetLoading(loading bool) { m.loading = loading }

// SetIndexed tells how much of the collection can be searched, in percent.
func (m *Model) SetIndexed(percent int) { m.indexed = percent }

// SetEntries shows another snapshot of the collection, newest first. If it has
// the same articles in the same order as before, the rows of the filter stay;
// otherwise the caller ranks again, and until then the old rows do.
func (m *Model) SetEntries(entries []article.Entry, sameOrder bool) {
	m.latest = entries
	if m.query != "" && (!sameOrder || m.behind) {
		m.behind = true
		return
	}
	old := m.shown()
	m.entries = entries
	if m.query == "" {
		m.rows = nil
	}
	m.keep(old, m.moved || !m.loading && old.len() > 0)
}

// SetResult shows the answer to a query, about the latest entries. The answer to
// another query than the last one is dropped. It returns what the reader asked for
// before the answer came.
func (m *Model) SetResult(query string, r *Result) intent.Intent {
	if query != m.query {
		return nil
	}
	old := m.shown()
	m.entries, m.result, m.behind = m.latest, r, false
	if r == nil {
		m.rows = nil
	} else {
		m.rows = r.Rows
	}
	m.keep(old, m.moved)
	if !m.waiting {
		return nil
	}
	m.waiting = false
	return m.open()
}

// current tells whether the rows are those of the query.
func (m *Model) current() bool {
	return m.query == "" || m.result != nil && m.result.Query == m.query
}

// Query is what the list is filtered by, empty for nothing.
func (m *Model) Query() string { return m.query }

// Typing tells whether the prompt takes the keys.
func (m *Model) Typing() bool { return m.typing }

// Typed is the text of the prompt with the byte that its cursor stands before.
func (m *Model) Typed() (text string, cursor int) { return m.prompt.Value(), m.prompt.Cursor() }

// Offer takes in ways to go on from a text; see prompt.Prompt.Offer.
func (m *Model) Offer(text string, cursor int, offers []prompt.Offer) {
	m.prompt.Offer(text, cursor, offers)
}

// Offers are the ways to go on from what is typed.
func (m *Model) Offers() []prompt.Offer { return m.prompt.Offers() }

// Rows are the rows that a filter leaves, as indices into the entries.
func (m *Model) Rows() ([]article.Entry, []int32) { return m.entries, m.rows }

// Selected is the entry of the selected row; ok is false if there is none.
func (m *Model) Selected() (e article.Entry, ok bool) {
	if m.cursor < 0 || m.cursor >= m.len() {
		return article.Entry{}, false
	}
	return m.entry(m.cursor), true
}

// Select moves the selection to an article, if it is among the rows.
func (m *Model) Select(id article.ID) {
	if m.find(id) {
		m.moved = true
		m.reveal()
	}
}

// Update reacts to an action, or to a key while the prompt is open.
func (m Model) Update(msg tea.Msg) (Model, intent.Intent, tea.Cmd) {
	m.waiting = false
	switch msg := msg.(type) {
	case keys.Press:
		return m.act(msg)
	case tea.KeyPressMsg:
		if m.typing {
			return m.typed(msg)
		}
	case tea.PasteMsg:
		if m.typing {
			return m.edit(msg)
		}
	}
	return m, nil, nil
}

func (m Model) act(p keys.Press) (Model, intent.Intent, tea.Cmd) {
	n := p.Times()
	page := max(m.visible()-1, 1)
	switch p.Action {
	case keys.Down, keys.NextArticle, keys.NextParagraph:
		m.move(n)
	case keys.Up, keys.PrevArticle, keys.PrevParagraph:
		m.move(-n)
	case keys.PageDown:
		m.move(n * page)
	case keys.PageUp:
		m.move(-n * page)
	case keys.HalfDown:
		m.move(n * max(page/2, 1))
	case keys.HalfUp:
		m.move(-n * max(page/2, 1))
	case keys.Top:
		m.move(-m.len())
	case keys.Bottom:
		m.move(m.len())
	case keys.Percent:
		m.move(m.len()*min(p.Count, 100)/100 - m.cursor)
	case keys.Filter:
		m.typing = true
		m.prompt.Set(m.query)
	case keys.Leave:
		return m.clear()
	case keys.Open, keys.FocusArticle:
		if m.waiting = !m.current(); m.waiting {
			return m, nil, nil
		}
		ask := m.open()
		return m, ask, nil
	}
	return m, nil, nil
}

func (m *Model) open() intent.Intent {
	if e, ok := m.Selected(); ok {
		m.moved = true
		return intent.Open{ID: e.ID}
	}
	return intent.Say{Text: "there is no article to open"}
}

func (m *Model) move(n int) {
	m.cursor += n
	m.moved = true
	m.choose()
	m.reveal()
}

// clear takes the filter away and keeps the selected article.
func (m Model) clear() (Model, intent.Intent, tea.Cmd) {
	m.typing = false
	if m.query == "" {
		return m, nil, nil
	}
	m.query, m.moved = "", true
	m.SetResult("", nil)
	return m, intent.Filter{}, nil
}

// typed reacts to a key in the prompt.
func (m Model) typed(msg tea.KeyPressMsg) (Model, intent.Intent, tea.Cmd) {
	switch msg.String() {
	case "esc":
		return m.clear()
	case "enter", "tab":
		if msg.String() == "tab" && m.prompt.Take() {
			return m.asked()
		}
		m.typing = false
		if m.query == "" || msg.String() == "tab" {
			return m, nil, nil
		}
		return m.act(keys.Press{Action: keys.Open})
	case "up", "ctrl+p":
		m.move(-1)
	case "down", "ctrl+n":
		m.move(1)
	case "pgup":
		m.move(-m.visible())
	case "pgdown":
		m.move(m.visible())
	case "backspace":
		if m.prompt.Value() == "" {
			return m.clear()
		}
		return m.edit(msg)
	default:
		return m.edit(msg)
	}
	return m, nil, nil
}

func (m Model) edit(msg tea.Msg) (Model, intent.Intent, tea.Cmd) {
	m.prompt = m.prompt.Update(msg)
	return m.asked()
}

// asked asks for the rows of what is typed now.
func (m Model) asked() (Model, intent.Intent, tea.Cmd) {
	if m.prompt.Value() == m.query {
		return m, nil, nil
	}
	m.query, m.moved = m.prompt.Value(), false
	if m.query == "" {
		m.SetResult("", nil)
	}
	return m, intent.Filter{Query: m.query}, nil
}
