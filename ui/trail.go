package ui

import (
	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/reader"
	"carrel/ui/search"
)

// Visit is a stop on the way through the articles: where the reader was and
// which link was selected there; or a search as it stood. It is content, not view
// state, so it holds at any size.
type Visit struct {
	ID    article.ID
	Place article.Place
	// Link is the index of the selected link, -1 for none.
	Link int
	// Marks are what was marked in the text; nil for nothing.
	Marks *marks
	// Search is what the reader had found; nil for an article.
	Search *searched
}

// marks are the matches of a query in a document. They are of no use for
// another document, even one of the same file.
type marks struct {
	query intent.Query
	doc   *article.Document
	reader.Matches
}

// searched is a search that the reader went on from.
type searched struct {
	state search.State
	scope *scope
	// from is the pane that it was opened from. An article is the stop before it.
	from focus
}

// is tells whether there is a stop at all.
func (v Visit) is() bool { return v.ID != "" || v.Search != nil }

// maxTrail bounds how many stops are remembered in each direction.
const maxTrail = 500

// Trail is the way back and forward. The stop that the reader is at is in neither.
type Trail struct{ back, forward []Visit }

// Leave remembers the stop that is being left for a new one; what was forward
// is forgotten.
func (t *Trail) Leave(from Visit) {
	t.back = push(t.back, from)
	t.forward = nil
}

// Back exchanges the present stop for the one before it.
func (t *Trail) Back(now Visit) (to Visit, ok bool) {
	return exchange(&t.back, &t.forward, now)
}

// Forward exchanges the present stop for the one that Back left.
func (t *Trail) Forward(now Visit) (to Visit, ok bool) {
	return exchange(&t.forward, &t.back, now)
}

// Before is the stop that Back leads to.
func (t *Trail) Before() (v Visit, ok bool) {
	if len(t.back) == 0 {
		return Visit{}, false
	}
	return t.back[len(t.back)-1], true
}

func exchange(from, onto *[]Visit, now Visit) (Visit, bool) {
	n := len(*from)
	if n == 0 {
		return Visit{}, false
	}
	to := (*from)[n-1]
	*from = (*from)[:n-1]
	*onto = push(*onto, now)
	return to, true
}

// push copies before it appends, because an older model may hold the same array.
func push(list []Visit, v Visit) []Visit {
	if len(list) == maxTrail {
		list = list[1:]
	}
	out := make([]Visit, 0, len(list)+1)
	return append(append(out, list...), v)
}
