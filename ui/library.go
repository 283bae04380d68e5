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
	Searcher
}

// Searcher finds articles by their text. Its methods are called from commands.
type Searcher interface {
	// Search finds the articles whose text answers a question. What people type
	// is never an error. The first answer comes within a few screens' time; if it
	// has More, its order is preliminary.
	Search(ctx context.Context, q Question) (Found, error)
	// Look completes hits of a question (see article.Hit.Looked) and returns them
	// in the same order.
	Look(ctx context.Context, q Question, hits []article.Hit) ([]article.Hit, error)
	// Matches are the parts of a document that a question asks for, in reading order.
	Matches(ctx context.Context, q Question, doc *article.Document) ([]article.Match, error)
	// Complete returns what the word before the cursor, a byte of text, may be
	// continued to: names of fields, and values of those that have few.
	Complete(text string, cursor int) []Completion
}

// Question is what a reader searches for.
type Question struct {
	// Text is what was typed, in the language that the handbook describes.
	Text string
	// Typing: the last word is not finished, so it also finds longer ones.
	Typing bool
	// Scope restricts the search to these articles; nil for all.
	Scope []article.ID
}

// Found is an answer to a question.
type Found struct {
	// Hits are the best articles, the best first; while there is More, some of the
	// newest, the newest first.
	Hits []article.Hit
	// Total is the number of articles that match within the scope, Outside of those
	// that match but are hidden by it. -1 while they are not counted.
	Total, Outside int
	// Instead is the nearest question that has hits, if this one has none.
	Instead string
	// More ranks all hits; nil if that is done. It is called outside of the loop.
	More func(ctx context.Context) (Found, error)
}

// Completion is a way to go on with a question: Text with the cursor at Cursor,
// a byte of it. Label is what a list of them shows.
type Completion struct {
	Text   string
	Cursor int
	Label  article.Text
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
	// Complete: all is known that is to be known for now.
	Complete bool
	// Percent is how much of the collection can be searched; 100 for all of it.
	Percent int
	// Notice is something to tell the reader once, such as that the index cannot
	// be kept; empty for nothing.
	Notice article.Text
	// Done: there will be no other Listing. Without it Next is called again, also
	// when all is Complete: it then waits for the files to change.
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
