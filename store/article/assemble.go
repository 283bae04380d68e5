package article

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The bounds of one top-level block. What is longer is split, so that showing a
// piece costs the same in an article of any length.
const (
	maxText  = 16 << 10 // bytes of a paragraph
	maxLines = 120      // lines of code
	maxItems = 40       // items of a list, rows of a table
)

// append adds a top-level block, in pieces if it is too long.
//
// Links, anchors and headings were recorded with the index and offset of the
// whole block; they move with the piece that holds them.
func (d *Document) append(b Block) {
	first := len(d.Blocks)
	pieces := split(b)
	for i := range pieces {
		pieces[i].Continues = i > 0
		pieces[i].From = d.Size
		d.Size += pieces[i].Len()
		d.Blocks = append(d.Blocks, pieces[i])
	}
	if len(pieces) > 1 {
		d.rehome(first, pieces)
	}
}

// rehome corrects the places recorded in a block that was split.
func (d *Document) rehome(first int, pieces []Block) {
	move := func(block, offset *int) {
		for *block < len(d.Blocks)-1 && *offset >= d.Blocks[*block].Len() {
			*offset -= d.Blocks[*block].Len()
			*block++
		}
	}
	for i := len(d.Links) - 1; i >= 0 && d.Links[i].Block >= first; i-- {
		move(&d.Links[i].Block, &d.Links[i].Offset)
	}
	for i := len(d.Anchors) - 1; i >= 0 && d.Anchors[i].Block >= first; i-- {
		move(&d.Anchors[i].Block, &d.Anchors[i].Offset)
	}
}

// join appends the blocks of a part of the article, with all that points at them.
func (d *Document) join(part *Document) {
	blocks, links := len(d.Blocks), int32(len(d.Links))
	for i := range part.Blocks {
		part.Blocks[i].From += d.Size
		if links > 0 {
			part.Blocks[i].shiftLinks(links)
		}
	}
	for i := range part.Links {
		part.Links[i].Block += blocks
	}
	for i := range part.Anchors {
		part.Anchors[i].Block += blocks
	}
	for i := range part.Outline {
		part.Outline[i].Block += blocks
	}
	d.Blocks = append(d.Blocks, part.Blocks...)
	d.Links = append(d.Links, part.Links...)
	d.Anchors = append(d.Anchors, part.Anchors...)
	d.Outline = append(d.Outline, part.Outline...)
	d.Size += part.Size
}

func (b *Block) shiftLinks(by int32) {
	for i := range b.Spans {
		if b.Spans[i].Link > 0 {
			b.Spans[i].Link += by
		}
	}
	for i := range b.Blocks {
		b.Blocks[i].shiftLinks(by)
	}
}

// notesLast brings the footnotes to the end, in the order of their numbers.
func (d *Document) notesLast() {
	order := make([]int, len(d.Blocks))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) int {
		if d.Blocks[i].Kind == Footnote {
			return 1 + d.Blocks[i].Level
		}
		return 0
	}
	sort.SliceStable(order, func(i, j int) bool { return rank(order[i]) < rank(order[j]) })
	d.reorder(order)
}

// reorder puts the blocks into another order; what points at them follows.
func (d *Document) reorder(order []int) {
	blocks := make([]Block, len(order))
	moved := make([]int, len(order))
	size := 0
	for to, from := range order {
		blocks[to] = d.Blocks[from]
		blocks[to].From = size
		size += blocks[to].Len()
		moved[from] = to
	}
	d.Blocks = blocks
	for i := range d.Links {
		d.Links[i].Block = moved[d.Links[i].Block]
	}
	for i := range d.Anchors {
		d.Anchors[i].Block = moved[d.Anchors[i].Block]
	}
	for i := range d.Outline {
		d.Outline[i].Block = moved[d.Outline[i].Block]
	}
}

// nameHeadings gives every heading an anchor that no other has: the one that it
// names, or one made of its text, numbered from -1 on if it is taken.
func (d *Document) nameHeadings() {
	taken := map[string]int{}
	for i := range d.Outline {
		h := &d.Outline[i]
		if h.Anchor == "" {
			name := slug(string(h.Text))
			n := taken[name]
			taken[name]++
			if n > 0 {
				name += "-" + strconv.Itoa(n)
			}
			h.Anchor = Line(name)
		}
		if b := &d.Blocks[h.Block]; b.Kind == HeadingBlock {
			b.Info = h.Anchor
		}
		d.Anchors = append(d.Anchors, Anchor{Name: h.Anchor, Block: h.Block})
	}
}

// Len is the length of the block's flattened text: its own text and that of
// its parts in reading order, each followed by one separator.
func (b Block) Len() int {
	n := 0
	b.Leaves(func(leaf Block, _ int) { n += len(leaf.Text) + 1 })
	return n
}

// Leaves calls f for every part of the block that holds text of its own, in
// reading order, with the offset of that text in the block's flattened text.
func (b Block) Leaves(f func(leaf Block, offset int)) { b.leaves(f, 0) }

func (b Block) leaves(f func(Block, int), at int) int {
	if b.isLeaf() {
		f(b, at)
		return at + len(b.Text) + 1
	}
	for _, c := range b.Blocks {
		at = c.leaves(f, at)
	}
	return at
}

func (b Block) isLeaf() bool {
	switch b.Kind {
	case Quote, List, Item, Table, Row, Footnote, Definition:
		return false
	}
	return true
}

// split cuts a top-level block into bounded pieces.
func split(b Block) []Block {
	switch {
	case b.Kind == Paragraph && len(b.Text) > maxText:
		return splitText(b)
	case b.Kind == Code:
		return splitCode(b)
	case (b.Kind == List || b.Kind == Table || b.Kind == Quote || b.Kind == Footnote) && len(b.Blocks) > maxItems:
		return splitParts(b)
	}
	return []Block{b}
}

func splitParts(b Block) []Block {
	var out []Block
	for from := 0; from < len(b.Blocks); from += maxItems {
		piece := b
		piece.Blocks = b.Blocks[from:min(from+maxItems, len(b.Blocks))]
		out = append(out, piece)
	}
	return out
}

// splitCode cuts at line ends. A line that is longer than a piece may be is cut
// as well.
func splitCode(b Block) []Block {
	var out []Block
	text := string(b.Text)
	for {
		end, lines := 0, 0
		for end < len(text) && lines < maxLines && end < maxText {
			i := strings.IndexByte(text[end:], '\n')
			if i < 0 || end+i > 2*maxText {
				i = min(len(text)-end, 2*maxText) - 1
				for end+i+1 < len(text) && !utf8.RuneStart(text[end+i+1]) {
					i--
				}
			}
			end += i + 1
			lines++
		}
		piece := b
		piece.Text = Text(strings.TrimSuffix(text[:end], "\n"))
		out = append(out, piece)
		if text = text[end:]; text == "" {
			return out
		}
	}
}

// splitText cuts a long paragraph at spaces, or anywhere between two characters
// where there is none. The space at a cut becomes the separator.
func splitText(b Block) []Block {
	var out []Block
	text, at := string(b.Text), 0
	spans := b.Spans
	for len(text) > 0 {
		end := len(text)
		skip := 0
		if end > maxText {
			if end = strings.LastIndexByte(text[:maxText], ' '); end > 0 {
				skip = 1
			} else {
				for end = maxText; !utf8.RuneStart(text[end]); {
					end--
				}
			}
		}
		piece := b
		piece.Text = Text(text[:end])
		piece.Spans, spans = cutSpans(spans, at, at+end)
		out = append(out, piece)
		at += end + skip
		text = text[end+skip:]
	}
	return out
}

// cutSpans returns the spans between from and to, measured from from, and the
// spans that are needed after to.
func cutSpans(spans []Span, from, to int) (inside, rest []Span) {
	for i, s := range spans {
		if int(s.Start) >= to {
			return inside, spans[i:]
		}
		if int(s.End) > to {
			rest = spans[i:]
		}
		start, end := max(int(s.Start), from), min(int(s.End), to)
		if start < end {
			inside = append(inside, Span{Start: uint32(start - from), End: uint32(end - from), Style: s.Style, Link: s.Link})
		}
		if rest != nil {
			return inside, rest
		}
	}
	return inside, nil
}
