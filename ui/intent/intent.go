// Package intent holds what a pane may ask for. Intents are plain values that a
// pane returns from its Update; the root model reads each in one switch and
// decides. They carry ids and places, never models.
package intent

import "carrel/store/article"

// Intent is a wish of a pane. A nil Intent asks for nothing.
type Intent interface{ intent() }

// Query is what is typed into the search; one without a Text asks for nothing.
type Query struct {
	Text string
	// Typing: the last word is not finished.
	Typing bool
	// Within: only the articles that the filter of the list shows.
	Within bool
}

// Open asks for an article, at a place. With a Query its matches are marked.
type Open struct {
	ID    article.ID
	Place article.Place
	Query Query
}

// Search asks for the articles whose text answers a query.
type Search struct{ Query Query }

// Leave asks to go one level out of the pane.
type Leave struct{}

// Follow asks to go where a link of the open article leads.
type Follow struct{ Link int }

// Filter asks to rank the list by a query; an empty one shows all rows.
type Filter struct{ Query string }

// Focus asks to move the focus to the article or, if List is set, to the list.
type Focus struct{ List bool }

// Say asks to show a message in the status line.
type Say struct{ Text article.Text }

// Copy asks to send a text to the terminal's clipboard.
type Copy struct{ Text article.Text }

func (Open) intent()   {}
func (Search) intent() {}
func (Leave) intent()  {}
func (Follow) intent() {}
func (Filter) intent() {}
func (Focus) intent()  {}
func (Say) intent()    {}
func (Copy) intent()   {}
