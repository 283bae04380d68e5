// Package intent holds what a pane may ask for. Intents are plain values that a
// pane returns from its Update; the root model reads each in one switch and
// decides. They carry ids and places, never models.
package intent

import "carrel/store/article"

// Intent is a wish of a pane. A nil Intent asks for nothing.
type Intent interface{ intent() }

// Open asks for an article, at a place.
type Open struct {
	ID    article.ID
	Place article.Place
}

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
func (Follow) intent() {}
func (Filter) intent() {}
func (Focus) intent()  {}
func (Say) intent()    {}
func (Copy) intent()   {}
