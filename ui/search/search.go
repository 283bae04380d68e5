package search

import (
	"slices"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/prompt"
	"carrel/ui/theme"
)

// Answer is what a search has found.
type Answer struct {
	// Hits are the articles to show, in order.
	Hits []article.Hit
	// Total is the number of articles that match, Outside of those that match but
	// are hidden by the filter; -1 while they are not counted.
	Total, Outside int
	// Instead is a question that has hits, if this one has none.
	Instead string
	// Ranked: this is the last answer; otherwise the order is preliminary.
	Ranked bool
}

// State is a search as a stop on the reader's way: what was typed, what was
// found, and which row is selected. It holds at any size.
type State struct {
	prompt prompt.Prompt
	// within: only the articles of the filter, which is called filter; that is
	// empty if there is none.
	within bool
	filter string

	// query is what was asked last; answered is what the hits belong to. A query
	// without a text has no hits.
	query, answered intent.Query
	answer          Answer
	// slow: the answer takes so long that it should be said.
	slow bool

	// moved: the reader has chosen a row. Until then the best one is selected.
	moved bool
	// waiting: Enter came before the answer; its best hit opens when it is there.
	waiting  bool
	selected article.ID
	cursor   int
	top      int
}

// Model is the search pane. The selection is an id: hits may be ranked anew
// without moving it.
type Model struct {
	State
	theme         theme.Theme
	width, height int
	// scopeKey is the name of the key that turns the scope.
	scopeKey string
	// indexed is how much of the collection can be searched, in percent.
	indexed int
}

// New returns an empty search. The name is that of the key that turns the scope.
func New(t theme.Theme, scopeKey string) Model {
	return Model{theme: t, scopeKey: scopeKey, indexed: 100}
}

// SetTheme changes the look.
func (m *Model) SetTheme(t theme.Theme) { m.theme = t }

// SetSize changes the size in columns and rows.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.reveal()
}

// SetIndexed tells how much of the collection can be searched, in percent.
func (m *Model) SetIndexed(percent int) { m.indexed = percent }

// Begin empties the search. The filter is what the list is filtered by, empty for
// nothing; the search begins with all articles, because what one looks for may be
// just what the filter hides.
func (m *Model) Begin(filter string) { m.State = State{filter: filter} }

// Snapshot is the search as it stands; Restore shows it again.
func (m *Model) Snapshot() State { return m.State }

// Restore shows a search as it was left.
func (m *Model) Restore(s State) {
	m.State = s
	m.waiting, m.slow = false, false
	m.reveal()
}

// Typed is the text of the prompt with the byte that its cursor stands before.
func (m *Model) Typed() (text string, cursor int) { return m.prompt.Value(), m.prompt.Cursor() }

// Offer takes in ways to go on from a text; see prompt.Prompt.Offer.
func (m *Model) Offer(text string, cursor int, offers []prompt.Offer) {
	m.prompt.Offer(text, cursor, offers)
}

// Offers are the ways to go on from what is typed.
func (m *Model) Offers() []prompt.Offer { return m.prompt.Offers() }

// Filtered tells whether the search may be kept within a filter, and whether it is.
func (m *Model) Filtered() (can, within bool) { return m.filter != "", m.within }

// Query is what was asked last.
func (m *Model) Query() intent.Query { return m.query }

// Pending tells whether the answer to the last query, or its order, is not known.
func (m *Model) Pending() bool {
	return m.query.Text != "" && (!m.current() || !m.answer.Ranked)
}

// SetSlow: the answer to the last query is still awaited.
func (m *Model) SetSlow() { m.slow = m.query != m.answered }

// SetAnswer shows what a query has found; an answer to another query than the
// last one is dropped. It returns what the reader asked for before it came.
func (m *Model) SetAnswer(q intent.Query, a Answer) intent.Intent {
	if q != m.query {
		return nil
	}
	a.Hits = keepLooks(a.Hits, m.answer.Hits, q == m.answered)
	row := m.cursor - m.top
	m.answered, m.answer, m.slow = q, a, false
	if m.moved && m.find(m.selected) {
		m.top = m.cursor - row
	} else {
		m.cursor, m.top = 0, 0
		m.choose()
	}
	m.reveal()
	if !m.waiting || !a.Ranked {
		return nil
	}
	m.waiting = false
	return m.open()
}

// Answered tells whether the hits on screen answer what is typed, and are ranked.
func (m *Model) Answered() bool {
	return m.query.Text != "" && m.query == m.answered && m.answer.Ranked
}

// keepLooks gives new hits the excerpts that older ones of the same articles
// have, so that the rows do not go blank until they were looked at. Those of
// another query are looked at again.
func keepLooks(hits, old []article.Hit, same bool) []article.Hit {
	if len(old) == 0 {
		return hits
	}
	at := make(map[article.ID]int, len(old))
	for i := range old {
		at[old[i].Entry.ID] = i
	}
	out := slices.Clone(hits)
	for i := range out {
		j, ok := at[out[i].Entry.ID]
		if !ok || out[i].Looked {
			continue
		}
		from := old[j]
		out[i].Excerpt, out[i].Marks, out[i].Count = from.Excerpt, from.Marks, from.Count
		if same {
			out[i].Looked, out[i].Place = from.Looked, from.Place
		}
	}
	return out
}

// SetLooked takes in hits that were looked at for a query.
func (m *Model) SetLooked(q intent.Query, hits []article.Hit) {
	if q != m.answered || len(hits) == 0 {
		return
	}
	looked := make(map[article.ID]article.Hit, len(hits))
	for _, h := range hits {
		h.Looked = true // what has no answer is not asked for again
		looked[h.Entry.ID] = h
	}
	out := slices.Clone(m.answer.Hits)
	for i := range out {
		if h, ok := looked[out[i].Entry.ID]; ok {
			h.Entry, h.TitleMarks, h.Rank = out[i].Entry, out[i].TitleMarks, out[i].Rank
			out[i] = h
		}
	}
	m.answer.Hits = out
}

// Unseen are the hits on screen, and on the next one, that were not looked at yet,
// with the query that they belong to. While an answer is awaited there are none.
func (m *Model) Unseen() (intent.Query, []article.Hit) {
	var out []article.Hit
	if !m.current() {
		return m.query, nil
	}
	from := max(m.top, 0)
	to := min(from+2*m.visible(), len(m.answer.Hits))
	for i := from; i < to; i++ {
		if !m.answer.Hits[i].Looked {
			out = append(out, m.answer.Hits[i])
		}
	}
	return m.answered, out
}

// current tells whether the hits are those of what is typed.
func (m *Model) current() bool { return m.query == m.answered }

// find moves the cursor to the row of an article.
func (m *Model) find(id article.ID) bool {
	for i := range m.answer.Hits {
		if m.answer.Hits[i].Entry.ID == id {
			m.cursor, m.selected = i, id
			return true
		}
	}
	return false
}

// choose makes the row under the cursor the selected one.
func (m *Model) choose() {
	m.cursor = min(max(m.cursor, 0), max(len(m.answer.Hits)-1, 0))
	m.selected = ""
	if m.cursor < len(m.answer.Hits) {
		m.selected = m.answer.Hits[m.cursor].Entry.ID
	}
}

// reveal scrolls so that the selection is on screen.
func (m *Model) reveal() {
	n := m.visible()
	if m.cursor < m.top {
		m.top = m.cursor
	}
	if m.cursor >= m.top+n {
		m.top = m.cursor - n + 1
	}
	m.top = max(0, min(m.top, len(m.answer.Hits)-n))
}
