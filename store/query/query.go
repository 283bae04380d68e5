package query

import (
	"strings"
	"time"
)

// The bounds of a query. What is typed beyond them does not count.
const (
	maxText  = 512 // bytes of text
	maxTerms = 64
	maxWords = 64 // words of one phrase
)

// Field says what part of an article a term is about.
type Field uint8

// The fields. Anywhere is for words that stand alone; the others are written as
// their name, a colon and a value.
const (
	Anywhere Field = iota
	Title
	Author
	Tag
	In
	After
	Before
	Is
	Lang
	Site
)

// fields are the names of the fields but Anywhere, in their order.
const fields = "title author tag in after before is lang site"

// fieldOf returns the field of a name in any case.
func fieldOf(name string) (Field, bool) {
	f := Title
	for known := range strings.FieldsSeq(fields) {
		if strings.EqualFold(name, known) {
			return f, true
		}
		f++
	}
	return 0, false
}

// Term is one condition.
type Term struct {
	// Not: what the rest says must not hold.
	Not   bool
	Field Field
	// Words are folded tokens that must stand next to each other in this order.
	// They are set for Anywhere, Title, Author and Tag.
	Words []string
	// Prefix: the last of Words may be the beginning of a longer one.
	Prefix bool
	// Quoted: typed between quotes.
	Quoted bool
	// Value is folded, for In, Is, Lang and Site: a path without a slash at its
	// ends; unread, read or starred; a language tag; a host without www.
	Value string
	// Time is the start of the year, month or day that After (not before it) and
	// Before (before it) name, in UTC.
	Time time.Time
	// From and To are where the term stands in the text that was typed, in bytes,
	// with its minus, name, quotes and star.
	From, To int
}

// Query is what is looked for: every clause must hold, and of the terms of a
// clause at least one.
type Query struct {
	// Text is what was typed.
	Text    string
	Clauses [][]Term
}

// Parse reads a query. Words are parted by white space and all of them required.
//
//	memory safety       both words, in any order
//	"memory safety"     these words next to each other
//	-draft -"in short"  not this word, not this phrase
//	rust OR go          one of the two; it binds tighter than the space
//	compil*             words that begin so
//	title: author: tag: words within the title, one author, one tag
//	in:notes/work       in this folder
//	after: before:      by date: 2018, 2018-03 or 2018-03-07
//	is:                 unread, read or starred
//	lang:de             in this language or a variety of it
//	site:example.org    from this web site or a part of it
//
// Fields take a minus, quotes and, if they have words, a star as well. Nothing is
// an error: a quote that stays open goes to the end; a minus before a space or
// another minus, an OR that does not stand between two terms, a field that is not
// known, has no value or a value that it cannot have are words like others; a
// word of several tokens is a phrase of them, and text without a letter or digit
// is no term. Of the text the first 512 bytes count, and the first 64 terms.
func Parse(text string) Query { return parse(text, false) }

// ParseTyping is Parse for a query that is being typed: the last word, if neither
// white space nor a quote ends it, may be the beginning of a longer one. That goes
// for words that stand alone or in a field, and not for those with a minus, which
// would take away too much.
func ParseTyping(text string) Query { return parse(text, true) }

// Empty tells whether the query has no term: it restricts nothing.
func (q Query) Empty() bool { return len(q.Clauses) == 0 }

// Positive returns the terms that are not negated and have words, in order.
func (q Query) Positive() []Term {
	var out []Term
	for _, clause := range q.Clauses {
		for _, t := range clause {
			if !t.Not && len(t.Words) > 0 {
				out = append(out, t)
			}
		}
	}
	return out
}
