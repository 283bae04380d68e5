package article

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// The bounds of one top-level block. What is larger is split, so that showing a
// piece costs the same in an article of any length.
const (
	maxText = 16 << 10 // bytes of flattened text
	maxRows = 120      // lines of code, hard lines of text, rows of a table, leaves of a list
)

// piece is a part of a top-level block and where its text begins in the
// flattened text of the whole.
type piece struct {
	block Block
	start int
}

// size is what the bounds are measured in.
type size struct{ text, rows int }

func (s size) plus(t size) size { return size{s.text + t.text, s.rows + t.rows} }
func (s size) fits() bool       { return s.text <= maxText && s.rows <= maxRows }

func (b *Block) size() size {
	switch {
	case b.Kind == Row:
		return size{b.length(), 1}
	case b.isLeaf():
		return size{len(b.Text) + 1, 1 + strings.Count(string(b.Text), "\n")}
	}
	s := size{}
	for i := range b.Blocks {
		s = s.plus(b.Blocks[i].size())
	}
	if len(b.Blocks) == 0 {
		s.rows = 1
	}
	return s
}

// split cuts a top-level block into bounded pieces. It packs the leaves in
// reading order; a piece repeats the containers that its first leaf stands in,
// marked as continuing. A leaf that is too large is cut itself.
func split(b Block) []piece {
	if b.size().fits() {
		return []piece{{block: b}}
	}
	var s splitter
	s.place(b)
	s.cut()
	return s.out
}

type splitter struct {
	out []piece
	// open are the containers around the current place, the outermost first,
	// with the parts that the current piece has of them.
	open []Block
	// full is how much the current piece holds, start and at are where it began
	// and where the next leaf begins in the flattened text of the whole.
	full      size
	start, at int
}

func (s *splitter) place(b Block) {
	need := b.size()
	switch {
	case s.full.plus(need).fits():
		s.take(b, need)
	case need.fits():
		s.cut()
		s.take(b, need)
	case b.isLeaf():
		s.placeText(b)
	default:
		parts := b.Blocks
		b.Blocks = nil
		s.open = append(s.open, b)
		for _, part := range parts {
			s.place(part)
		}
		s.close()
	}
}

func (s *splitter) take(b Block, n size) {
	s.full = s.full.plus(n)
	s.at += b.length()
	s.hold(b)
}

// hold puts a block into the innermost open container, or out if there is none.
func (s *splitter) hold(b Block) {
	if len(s.open) == 0 {
		s.out = append(s.out, piece{b, s.start})
		s.full, s.start = size{}, s.at
		return
	}
	inner := &s.open[len(s.open)-1]
	inner.Blocks = append(inner.Blocks, b)
}

// close ends the innermost container.
func (s *splitter) close() {
	b := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	if len(b.Blocks) > 0 {
		s.hold(b)
	}
}

// cut ends the current piece; the containers that it is in go on in the next.
func (s *splitter) cut() {
	var inner []Block
	for i := len(s.open) - 1; i >= 0; i-- {
		b := s.open[i]
		if b.Blocks = append(b.Blocks, inner...); len(b.Blocks) == 0 {
			continue
		}
		inner = []Block{b}
		s.open[i].Blocks, s.open[i].Continues = nil, true
	}
	for _, b := range inner {
		s.out = append(s.out, piece{b, s.start})
	}
	s.full, s.start = size{}, s.at
}

// placeText cuts a leaf. A space or a line end at a cut becomes the separator
// between the pieces.
func (s *splitter) placeText(b Block) {
	text, spans, at := string(b.Text), b.Spans, 0
	for {
		end, skip := cutText(text[at:], b.Kind == Code)
		part := b
		part.Continues = b.Continues || at > 0
		part.Text = Text(text[at : at+end])
		part.Spans, spans = cutSpans(spans, at, at+end)
		s.cut()
		s.full = part.size()
		s.at += end + skip
		if at += end + skip; at >= len(text) {
			s.at++
			s.hold(part)
			return
		}
		s.hold(part)
	}
}

// cutText returns where a text that may be too large is to be cut, and whether
// the character there is left out. Code is cut at line ends only, as long as
// its lines are shorter than a piece.
func cutText(text string, code bool) (end, skip int) {
	window := text[:min(len(text), maxText-1)]
	for at, rows := 0, 1; ; rows++ {
		i := strings.IndexByte(window[at:], '\n')
		if i < 0 {
			break
		}
		if at += i + 1; rows == maxRows {
			return at - 1, 1
		}
	}
	if len(text) < maxText {
		return len(text), 0
	}
	chars := " \n"
	if code {
		chars = "\n"
	}
	if i := strings.LastIndexAny(window, chars); i > 0 {
		return i, 1
	}
	end = len(window)
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return end, 0
}

// cutSpans returns the spans between from and to, measured from from, and the
// spans that are needed after to.
func cutSpans(spans []Span, from, to int) (inside, rest []Span) {
	for i, s := range spans {
		if int(s.Start) >= to {
			return inside, spans[i:]
		}
		start, end := max(int(s.Start), from), min(int(s.End), to)
		if start < end {
			inside = append(inside, Span{Start: uint32(start - from), End: uint32(end - from), Style: s.Style, Link: s.Link})
		}
		if int(s.End) > to {
			return inside, spans[i:]
		}
	}
	return inside, nil
}

// rehome finds the piece that holds an offset of the whole.
func rehome(pieces []piece, offset int) (index, inside int) {
	i := sort.Search(len(pieces), func(i int) bool { return pieces[i].start > offset }) - 1
	i = max(i, 0)
	return i, min(offset-pieces[i].start, max(pieces[i].block.length()-1, 0))
}
