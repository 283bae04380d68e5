package article

import "time"

// Input is one file, as it was read.
type Input struct {
	ID   ID
	Data []byte
	// ModTime dates an article that names no date; zero if unknown.
	ModTime time.Time
}

// Parse reads a whole article. It never fails: what cannot be understood is
// shown as text, and a warning says why.
func Parse(in Input) *Document { return &Document{Head: ReadHead(in)} }

// ReadHead reads the front matter of an article and as much of the body as it
// takes to find a title. Words stays zero.
func ReadHead(in Input) Head { return Head{Entry: Entry{ID: in.ID}} }
