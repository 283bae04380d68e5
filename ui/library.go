package ui

import (
	"context"

	"carrel/store/article"
)

// Library is the collection as the reader sees it. Its methods are called from
// commands, outside of the loop, except Name and Resolve, which answer at once.
type Library interface {
	// Name is the title of the collection.
	Name() article.Text
	// Next waits for the next state of the list. It is called again until Done.
	Next(ctx context.Context) (Listing, error)
	// Open reads and parses an article, or the beginning of a long one. The text
	// of its error is fit for the status line.
	Open(ctx context.Context, id article.ID) (Opened, error)
	// Resolve tells where a link of an article leads. It looks at names in
	// memory only.
	Resolve(from article.ID, target article.Text) Target
}

// Listing is a state of the list while a collection is read.
type Listing struct {
	// Entries are all articles known so far, newest first. The slice is never
	// changed afterwards.
	Entries []article.Entry
	// SameOrder: the same articles in the same order as in the Listing before,
	// with more known about them.
	SameOrder bool
	// Listed: all articles are known; what follows tells more about them.
	Listed bool
	// Skipped counts the files that could not be read.
	Skipped int
	// Done: there will be no other Listing.
	Done bool
}

// Target is where a link leads: to one article, to one of several, to a place
// in the same article (only Fragment is set), to the web (Web), or nowhere.
type Target struct {
	IDs      []article.ID
	Titles   []article.Text // of IDs
	Fragment article.Text
	Web      article.Text
}

// Opened is an article, or the beginning of one with the way to the whole.
type Opened struct {
	Document *article.Document
	// Rest parses the whole article; nil if Document is the whole. It is called
	// outside of the loop.
	Rest func(ctx context.Context) (*article.Document, error)
}
