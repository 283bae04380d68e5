package query

import (
	"context"

	"carrel/store/article"
)

// maxMatches is the number of matches that Matches returns at most.
const maxMatches = 10_000

// Finder finds where the positive words of a query stand in text. It is made in
// microseconds and keeps what it needs from one call to the next: it belongs to
// one goroutine.
type Finder struct {
	text, title matcher
}

// Finder returns a finder for the terms that are not negated: those for anywhere
// in texts, in titles also those for titles.
func (q Query) Finder() *Finder {
	var inText, inTitle []Term
	for _, t := range q.Positive() {
		switch t.Field {
		case Anywhere:
			inText = append(inText, t)
			inTitle = append(inTitle, t)
		case Title:
			inTitle = append(inTitle, t)
		}
	}
	return &Finder{text: newMatcher(inText), title: newMatcher(inTitle)}
}

// Find returns the matches in a text, in order and without overlap. Of those
// that overlap the one that begins first counts, of those that begin together the
// longest. A word that a prefix finds is marked as a whole, in a script without
// spaces the prefix itself.
func (f *Finder) Find(s string) []article.Range { return f.text.ranges(s) }

// Title returns the matches in the title of an entry, as Find does.
func (f *Finder) Title(e *article.Entry) []article.Range { return f.title.ranges(string(e.Title)) }

// Matches returns the matches in all blocks of a document, at most 10,000, in
// order. The block that repeats the title is left out, since no page shows it.
// The only error is ctx's.
func (f *Finder) Matches(ctx context.Context, doc *article.Document) ([]article.Match, error) {
	var out []article.Match
	for i := range doc.Blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for found := range f.text.all(flat(&doc.Blocks[i])) {
			if len(out) == maxMatches {
				return out, nil
			}
			out = append(out, article.Match{Block: i, Offset: found.start, Len: found.end - found.start})
		}
	}
	return out, nil
}

// flat is the flattened text of a block, without a copy where that can be had,
// and empty for the block that repeats the title.
func flat(b *article.Block) string {
	switch {
	case b.Kind == article.Title:
		return ""
	case len(b.Blocks) == 0:
		return string(b.Text)
	}
	return b.Flat()
}
