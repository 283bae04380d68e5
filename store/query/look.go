package query

import (
	"context"
	"math/bits"
	"strings"
	"unicode/utf8"

	"carrel/store/article"
	"carrel/store/fold"
)

// The bounds of an excerpt, in bytes without the ellipses: how long it may be,
// how far apart matches may be that it is chosen for, and how much of it may
// stand before the first of them.
const (
	maxExcerpt = 220
	reach      = 160
	maxBefore  = 90
)

// Look fills in what a hit shows of a document: TitleMarks, and the excerpt with
// the most different terms of the query, those that stand together first, then
// the first one; with it Marks, Place and Count, of which the last says how many
// matches the whole text has. A block that repeats the title counts for nothing.
// Without a match in the text the excerpt is the beginning of the article and the
// place is zero. The only error is ctx's.
func (f *Finder) Look(ctx context.Context, h article.Hit, doc *article.Document) (article.Hit, error) {
	h.TitleMarks = f.Title(&h.Entry)
	h.Count, h.Looked, h.Place = 0, true, article.Place{}
	c := chosen{terms: len(f.text.phrases)}
	for i := range doc.Blocks {
		if err := ctx.Err(); err != nil {
			return article.Hit{}, err
		}
		c.recent = c.recent[:0]
		for m := range f.text.all(flat(&doc.Blocks[i])) {
			h.Count++
			c.add(i, m)
		}
	}
	from := 0
	if h.Count > 0 {
		text := flat(&doc.Blocks[c.best.block])
		from = begin(text, c.best.start)
		first := c.best.start
		for m := range f.text.all(text[from:c.best.end]) {
			first = min(first, from+m.start)
			break
		}
		h.Place = doc.PlaceAt(c.best.block, first)
	}
	h.Excerpt = excerpt(doc, c.best.block, from, c.best.end)
	h.Marks = f.Find(string(h.Excerpt))
	return h, nil
}

// chosen is the best passage so far.
type chosen struct {
	terms  int
	best   passage
	recent []match // the last matches of the block, no farther apart than reach
}

// passage is a part of a block with matches.
type passage struct {
	block, start, end int
	// found is the number of different terms, together how many of them follow on
	// the one before as they do in the query.
	found, together int
}

// add considers the passage that ends with a match.
func (c *chosen) add(block int, m match) {
	if c.best.found == c.terms && c.best.together == c.terms-1 {
		return // nothing is better, and the first is wanted
	}
	drop := 0
	for drop < len(c.recent) && m.end-c.recent[drop].start > reach {
		drop++
	}
	c.recent = append(c.recent[:0], c.recent[drop:]...)
	c.recent = append(c.recent, m)
	p := passage{block: block, start: c.recent[0].start, end: m.end}
	all := uint64(0)
	for i, r := range c.recent {
		all |= r.phrases
		if i > 0 && r.start-c.recent[i-1].end <= 2 && r.phrases&(c.recent[i-1].phrases<<1) != 0 {
			p.together++
		}
	}
	p.found = bits.OnesCount64(all)
	if p.found > c.best.found || p.found == c.best.found && p.together > c.best.together {
		c.best = p
	}
}

// begin moves a cut before a match back to where a sentence begins, or else a
// word.
func begin(text string, match int) int {
	least := max(0, match-maxBefore)
	if least == 0 && !strings.Contains(text[:match], "\n") {
		return 0
	}
	before := text[least:match]
	at := strings.LastIndexByte(before, '\n') + 1
	for i := len(before) - 1; i > at; i-- {
		if before[i] == ' ' && strings.IndexByte(".!?:", before[i-1]) >= 0 {
			at = i + 1
		}
	}
	if at > 0 || least == 0 {
		return least + at
	}
	return least + afterCut(before)
}

// afterCut returns where in s, which begins anywhere, the first word begins.
func afterCut(s string) int {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return i + 1
	}
	for i, r := range s {
		if r != utf8.RuneError && fold.KindOf(r) != fold.Mark {
			return i
		}
	}
	return len(s)
}

// excerpt returns a piece of the document from a place on, on one line. It is cut
// behind a word, but not before the place end, if that can be. A short block is
// filled up with what follows it.
func excerpt(doc *article.Document, block, from, end int) article.Text {
	var b strings.Builder
	for i := block; i < len(doc.Blocks) && b.Len() <= maxExcerpt && i < block+8; i++ {
		text := flat(&doc.Blocks[i])
		if i == block {
			text = text[from:]
		}
		b.WriteString(firstBytes(text, 2*maxExcerpt))
		b.WriteByte('\n')
	}
	text := b.String()
	head, tail := "", ""
	if from > 0 {
		head = "… "
	}
	if len(text) > maxExcerpt {
		text, tail = cut(text, end-from), " …"
	}
	return article.Line(head + text + tail)
}

// cut shortens a text to maxExcerpt bytes, behind a word that ends at or after
// byte least if there is one.
func cut(text string, least int) string {
	text = firstBytes(text, maxExcerpt)
	if i := strings.LastIndexAny(text, " \n"); i >= min(least, len(text)) && i > 0 {
		return text[:i]
	}
	for len(text) > 0 {
		r, n := utf8.DecodeLastRuneInString(text)
		if fold.KindOf(r) != fold.Mark {
			break
		}
		text = text[:len(text)-n]
	}
	return text
}
