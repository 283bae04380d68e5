package ui

import (
	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/reader"
)

// wish is what an article is opened for.
type wish struct {
	kind     wishKind
	visit    Visit
	fragment article.Text
	// found is what the article was found by.
	found intent.Query
	// resume: if this is where the reader was last, go on there.
	resume bool
	// turn moves the trail once the article is there; nil if it stays as it is.
	turn func(*Trail, Visit) (Visit, bool)
}

// query is what is to be marked in the article.
func (w wish) query() intent.Query {
	if w.visit.Marks != nil {
		return w.visit.Marks.query
	}
	return w.found
}

type wishKind uint8

const (
	visiting   wishKind = iota // the reader asked for it: a new stop of the trail
	travelling                 // back or forward along the trail
	previewing                 // shown beside the list: no stop
)

// here is the stop that the reader is at; ok is false before the first one.
func (m *Model) here() (v Visit, ok bool) {
	if m.focus == onSearch {
		return Visit{Search: &searched{m.search.Snapshot(), m.searching.scope, m.searching.from}, Link: -1}, true
	}
	return m.reading()
}

// reading is the article that the reader is in, also behind the search.
func (m *Model) reading() (v Visit, ok bool) {
	doc := m.page.Document()
	if doc == nil || !m.visited {
		return Visit{}, false
	}
	v = Visit{ID: doc.ID, Place: m.page.Place(), Link: m.page.Link()}
	if matches, live := m.page.Matches(); live {
		v.Marks = &marks{m.query, doc, matches}
	}
	return v, true
}

// request opens an article: at once if it is at hand, else when it was read. The
// screen stays as it is until then.
func (m *Model) request(w wish) tea.Cmd {
	if w.visit.Search != nil {
		m.open = m.open.done()
		return m.arriveSearch(w)
	}
	item, ok := m.cache.get(w.visit.ID)
	if known := w.visit.Marks; ok && (w.query().Text == "" || known != nil && known.doc == item.doc) {
		m.open = m.open.done()
		m.arrive(w, item, known)
		return nil
	}
	ticket, ctx := m.open.next(m.ctx)
	m.open, m.wish = ticket, w
	return m.read(ctx, ticket.number, w)
}

func (m *Model) opened(msg opened) tea.Cmd {
	if msg.ticket != m.open.number {
		return nil
	}
	m.open = m.open.done()
	m.cache.put(msg.item)
	m.arrive(m.wish, msg.item, msg.marks)
	if msg.rest != nil {
		return m.readRest(msg)
	}
	return nil
}

// completed puts the whole of an article in the place of its beginning.
func (m *Model) completed(msg completed) {
	if item, ok := m.cache.get(msg.item.doc.ID); ok && item.doc == msg.beginning {
		m.cache.put(msg.item)
	}
	if m.page.Document() != msg.beginning {
		return
	}
	m.page.Replace(msg.item.doc)
	if now, live := m.page.Matches(); live && msg.marks != nil && m.query == msg.marks.query {
		m.page.SetMatches(reader.Matches{List: msg.marks.List, Current: now.Current}, true)
	}
}

func (m *Model) openFailed(msg openFailed) {
	if msg.ticket != m.open.number {
		return
	}
	m.open = m.open.done()
	m.complain(msg.reason)
}

// arrive shows an article that was asked for. The trail moves only now: a
// request that failed leaves it as it was.
func (m *Model) arrive(w wish, item cached, found *marks) {
	doc := item.doc
	if w.kind == previewing {
		if now, stood := m.reading(); stood && now.ID == doc.ID {
			return
		} else if stood {
			m.left = now
		}
		m.visited = false
		m.page.Show(doc, item.related, w.visit.Place, -1)
		return
	}
	w = m.move(w, doc)
	m.stopSearch()
	m.visited, m.left = true, Visit{}
	place := w.visit.Place
	if w.fragment != "" {
		if at, ok := doc.Anchor(w.fragment); ok {
			place = at
		} else {
			m.complain(article.Line("there is no place called #" + string(w.fragment) + " in this article"))
		}
	}
	m.setFocus(onArticle)
	m.page.Show(doc, item.related, place, w.visit.Link)
	m.mark(w, found)
	m.message = m.arrival(w, doc)
	m.list.Select(doc.ID)
}

// move moves the trail for an article that has come. What opens the article again
// that was left last goes on there.
func (m *Model) move(w wish, doc *article.Document) wish {
	from, stood := m.here()
	if !stood {
		from, stood = m.left, m.left.is()
	}
	switch {
	case w.kind == travelling && w.turn != nil:
		w.turn(&m.trail, from)
	case w.kind == visiting && w.resume && stood && from.ID == doc.ID:
		w.visit = from
	case w.kind == visiting && stood:
		m.depart(from)
	}
	return w
}

// depart remembers a stop that is left for a new one. A search that was not on the
// trail leaves the article under it there as well.
func (m *Model) depart(from Visit) {
	if from.Search != nil && m.focus == onSearch && !m.searching.known {
		under, ok := m.reading()
		if !ok {
			under, ok = m.left, m.left.is()
		}
		if ok {
			m.trail.Leave(under)
		}
	}
	m.trail.Leave(from)
}

// mark marks what a query found in the article that has come: where the reader
// was, or at the match that the article was opened for.
func (m *Model) mark(w wish, found *marks) {
	if known := w.visit.Marks; known != nil && known.doc == m.page.Document() {
		m.query = known.query
		m.page.SetMatches(known.Matches, true)
		return
	}
	if found == nil {
		return
	}
	m.query = found.query
	if w.kind == travelling && w.visit.Marks != nil {
		found.Current = min(w.visit.Marks.Current, len(found.List)-1)
		m.page.SetMatches(found.Matches, true)
		return
	}
	if len(found.List) > 0 {
		m.page.Go(article.Place{}) // the title stays in sight, if the match is near it
	}
	m.page.SetMatches(found.Matches, true)
	m.page.GoMatch(w.visit.Place)
}

// arriveSearch shows a search as it was left.
func (m *Model) arriveSearch(w wish) tea.Cmd {
	from, stood := m.here()
	if !stood {
		from = m.left
	}
	if w.turn != nil {
		w.turn(&m.trail, from)
	}
	m.left = Visit{}
	m.stopSearch()
	was := w.visit.Search
	m.searching = searching{from: was.from, known: true, scope: was.scope}
	m.search.Restore(was.state)
	m.setFocus(onSearch)
	if m.search.Pending() {
		return m.ask(m.search.Query())
	}
	return m.lookAt()
}

// arrival is what to say of an article that was opened: its first warning.
func (m *Model) arrival(w wish, doc *article.Document) message {
	if m.message.problem && w.fragment != "" {
		return m.message
	}
	if len(doc.Warnings) > 0 {
		warning := doc.Warnings[0]
		text := string(warning.Text)
		if warning.Line > 0 {
			text = "line " + itoa(warning.Line) + ": " + text
		}
		return message{text: article.Line(text)}
	}
	return message{}
}

// visiting tells whether an article that the reader asked for is on its way.
func (m *Model) visiting() bool { return m.open.open() && m.wish.kind != previewing }

// showPreview shows the selected article beside the list, if there is room and
// the list has the focus.
func (m *Model) showPreview() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok || m.focus != onList || !m.split() || !m.listedAll || m.visiting() {
		return nil
	}
	if doc := m.page.Document(); doc != nil && doc.ID == e.ID {
		return nil
	}
	m.preview++
	if m.page.Document() == nil {
		return m.request(wish{kind: previewing, visit: Visit{ID: e.ID, Link: -1}})
	}
	return m.previewSoon(m.preview, e.ID)
}
