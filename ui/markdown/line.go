package markdown

import "strings"

// Line is one row of the page, ready for the screen.
type Line struct {
	// Text is the row with its styles, without trailing blanks; every style that
	// it begins, it ends.
	Text string
	// Width is the number of columns that Text takes.
	Width int
	// Offset is where the row's text begins in the flattened text of its block, or
	// near it: no two rows of a block have the same one, as far as it has bytes.
	Offset int
	// Links are the links on the row, from left to right.
	Links []LinkSpan
}

// LinkSpan is the part of a row, in columns from From up to To, that belongs to
// a link: its index in Document.Links.
type LinkSpan struct {
	Link     int
	From, To int
}

// indent puts a prefix of the given width before a line.
func (l Line) indent(prefix string, width int) Line {
	if l.Text == "" {
		// Blanks at the end of the prefix would be trailing blanks.
		trimmed := strings.TrimRight(prefix, " ")
		l.Text, l.Width = trimmed, width-(len(prefix)-len(trimmed))
		return l
	}
	l.Text = prefix + l.Text
	l.Width += width
	if len(l.Links) > 0 {
		moved := make([]LinkSpan, len(l.Links))
		for i, s := range l.Links {
			moved[i] = LinkSpan{s.Link, s.From + width, s.To + width}
		}
		l.Links = moved
	}
	return l
}
