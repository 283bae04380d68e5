package ui

import (
	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
)

// wish is what an article is opened for.
type wish struct {
	kind     wishKind
	visit    Visit
	fragment article.Text
	// resume: if this is where the reader was last, go on there.
	resume bool
	// turn moves the trail once the article is there; nil if it stays as it is.
	turn func(*Trail, Visit) (Visit, bool)
}

type wishKind uint8

const (
	visiting   wishKind = iota // the reader asked for it: a new stop of the trail
	travelling                 // back or forward along the trail
	previewing                 // shown beside the list: no stop
)

// here is the stop that the reader is at; ok is false before the first one.
func (m *Model) here() (v Visit, ok bool) {
	doc := m.page.Document()
	if doc == nil || !m.visited {
		return Visit{}, false
	}
	return Visit{ID: doc.ID, Place: m.page.Place(), Link: m.page.Link()}, true
}

// request opens an article: at once if it is at hand, else when it was read. The
// screen stays as it is until then.
func (m *Model) request(w wish) tea.Cmd {
	if item, ok := m.cache.get(w.visit.ID); ok {
		m.open = m.open.done()
		m.arrive(w, item)
		return nil
	}
	ticket, ctx := m.open.next(m.ctx)
	m.open, m.wish = ticket, w
	return m.read(ctx, ticket.number, w.visit.ID)
}

func (m *Model) opened(msg opened) tea.Cmd {
	if msg.ticket != m.open.number {
		return nil
	}
	m.open = m.open.done()
	m.cache.put(msg.item)
	m.arrive(m.wish, msg.item)
	if msg.rest != nil {
		return m.complete(msg)
	}
	return nil
}

// completed puts the whole of an article in the place of its beginning.
func (m *Model) completed(msg completed) {
	if item, ok := m.cache.get(msg.item.doc.ID); ok && item.doc == msg.beginning {
		m.cache.put(msg.item)
	}
	if m.page.Document() == msg.beginning {
		m.page.Replace(msg.item.doc)
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
func (m *Model) arrive(w wish, item cached) {
	doc := item.doc
	from, stood := m.here()
	if w.kind == previewing {
		if stood && from.ID == doc.ID {
			return
		}
		if stood {
			m.left = from
		}
		m.visited = false
		m.page.Show(doc, item.related, w.visit.Place, -1)
		return
	}
	if !stood {
		from, stood = m.left, m.left.ID != ""
	}
	switch {
	case w.kind == travelling && w.turn != nil:
		w.turn(&m.trail, from)
	case w.kind == visiting && w.resume && stood && from.ID == doc.ID:
		w.visit = from
	case w.kind == visiting && stood:
		m.trail.Leave(from)
	}
	m.visited, m.left = true, Visit{}
	place := w.visit.Place
	if w.fragment != "" {
		if at, ok := doc.Anchor(w.fragment); ok {
			place = at
		} else {
			m.complain(article.Line("there is no place called #" + string(w.fragment) + " in this article"))
		}
	}
	m.page.Show(doc, item.related, place, w.visit.Link)
	m.message = m.arrival(w, doc)
	m.list.Select(doc.ID)
	m.setFocus(onArticle)
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
