// Package pager is a viewport over blocks that are laid out when they come into
// view. It knows rows, blocks and positions; it knows nothing of what a block
// is, of keys or of colours. A position is a block and a row inside it, never a
// row of the whole, so that nothing needs to lay out the whole. Start reading at
// Pager.
package pager

import "carrel/ui/markdown"

// Source gives the blocks of a page.
type Source interface {
	// Len is the number of blocks.
	Len() int
	// Lines lays block i out for a width in columns. Blank lines that part it
	// from the block before belong to it.
	Lines(i, width int) []markdown.Line
}

// Row is one visible row: a line and the block that it comes from.
type Row struct {
	markdown.Line
	Block int
}

// Position is a place in the text: a block and an offset in its flattened text.
// Offset zero is the first row of the block with the air above it, -1 the same
// without the air; the rows of air themselves have offsets below -1.
type Position struct{ Block, Offset int }

// Pager shows the part of a source that fits a height. The zero Pager shows nothing.
type Pager struct {
	source        Source
	width, height int
	// block and line are the first visible row.
	block, line int
	// anchor is the text that the reader put at the top. It stays as it is while
	// sizes change, so that a change there and back ends where it began.
	anchor Position
	memo   map[memoKey][]markdown.Line
}

type memoKey struct{ block, width int }

// withoutAir is the offset of a block's first row with no air above it.
const withoutAir = -1

// maxMemo bounds the blocks that are remembered.
const maxMemo = 400

// New returns a pager at the top of a source.
func New(source Source) Pager {
	return Pager{source: source, memo: map[memoKey][]markdown.Line{}}
}

// SetSize changes the size in columns and rows and keeps the anchored text at
// the top, or as near to it as the end of the page allows.
func (p *Pager) SetSize(width, height int) {
	if width == p.width && height == p.height {
		return
	}
	p.width, p.height = max(width, 0), max(height, 0)
	p.restore()
}

// Reset forgets all lines, because the look of the source changed, and keeps the place.
func (p *Pager) Reset() {
	clear(p.memo)
	p.restore()
}

func (p *Pager) restore() {
	anchor := p.anchor
	p.show(anchor)
	p.anchor = anchor
}

// empty tells whether there is nothing to show, or no room for it.
func (p *Pager) empty() bool {
	return p.source == nil || p.source.Len() == 0 || p.width <= 0 || p.height <= 0
}

func (p *Pager) lines(i int) []markdown.Line {
	key := memoKey{i, p.width}
	if lines, ok := p.memo[key]; ok {
		return lines
	}
	if len(p.memo) >= maxMemo {
		clear(p.memo)
	}
	lines := p.source.Lines(i, p.width)
	p.memo[key] = lines
	return lines
}

// Visible returns the rows on screen, at most the height.
func (p *Pager) Visible() []Row {
	if p.empty() {
		return nil
	}
	rows := make([]Row, 0, p.height)
	for b, from := p.block, p.line; b < p.source.Len() && len(rows) < p.height; b, from = b+1, 0 {
		lines := p.lines(b)
		for i := from; i < len(lines) && len(rows) < p.height; i++ {
			rows = append(rows, Row{lines[i], b})
		}
	}
	return rows
}

// Warm lays out the blocks of the next page, so that paging down costs nothing.
func (p *Pager) Warm() {
	if p.empty() {
		return
	}
	room := 2 * p.height
	for b := p.block; b < p.source.Len() && room > 0; b++ {
		room -= len(p.lines(b))
	}
}

// Scroll moves by n rows, down if n is positive; it tells whether anything moved.
func (p *Pager) Scroll(n int) bool {
	if p.empty() {
		return false
	}
	block, line := p.block, p.line
	p.move(n)
	p.clamp()
	p.setAnchor()
	return block != p.block || line != p.line
}

// Page moves by n pages, keeping two rows of the last one for the eye.
func (p *Pager) Page(n int) bool { return p.Scroll(n * max(p.height-2, 1)) }

// Half moves by n half pages.
func (p *Pager) Half(n int) bool { return p.Scroll(n * max(p.height/2, 1)) }

func (p *Pager) move(n int) {
	for ; n > 0; n-- {
		if p.line++; p.line >= len(p.lines(p.block)) {
			if !p.nextBlock() {
				return
			}
		}
	}
	for ; n < 0; n++ {
		if p.line > 0 {
			p.line--
			continue
		}
		b := p.block - 1
		for b >= 0 && len(p.lines(b)) == 0 {
			b--
		}
		if b < 0 {
			return
		}
		p.block, p.line = b, len(p.lines(b))-1
	}
}

// nextBlock goes to the first row of the next block that has one; without one
// it stays at the last row.
func (p *Pager) nextBlock() bool {
	for b := p.block + 1; b < p.source.Len(); b++ {
		if len(p.lines(b)) > 0 {
			p.block, p.line = b, 0
			return true
		}
	}
	p.line = max(0, len(p.lines(p.block))-1)
	return false
}

// clamp moves up as far as it takes to fill the height.
func (p *Pager) clamp() {
	missing := p.height
	for b, from := p.block, p.line; b < p.source.Len() && missing > 0; b, from = b+1, 0 {
		missing -= max(len(p.lines(b))-from, 0)
	}
	if missing > 0 {
		p.move(-missing)
	}
	if missing == p.height && p.line >= len(p.lines(p.block)) {
		p.block, p.line = 0, 0 // there is no row at all
	}
}

func (p *Pager) setAnchor() {
	p.anchor = Position{Block: p.block}
	lines := p.lines(p.block)
	if p.line >= len(lines) {
		return
	}
	p.anchor.Offset = lines[p.line].Offset
	if p.anchor.Offset == 0 && p.line > 0 && lines[p.line-1].Offset < 0 {
		p.anchor.Offset = withoutAir
	}
}

// Top goes to the first row.
func (p *Pager) Top() bool { return p.Go(Position{}) }

// Bottom goes to the last page.
func (p *Pager) Bottom() bool {
	if p.empty() {
		return false
	}
	block, line := p.block, p.line
	p.block = p.source.Len() - 1
	p.line = max(0, len(p.lines(p.block))-1)
	p.clamp()
	p.setAnchor()
	return block != p.block || line != p.line
}

// Go puts a position at the top, or as near to it as the end of the page allows.
func (p *Pager) Go(to Position) bool {
	block, line := p.block, p.line
	p.anchor = to
	if !p.empty() {
		p.show(to)
	}
	return block != p.block || line != p.line
}

// show finds the row that holds a position and puts it at the top.
func (p *Pager) show(to Position) {
	if p.empty() {
		return
	}
	p.block = min(max(to.Block, 0), p.source.Len()-1)
	p.line = p.rowOf(Position{p.block, to.Offset})
	if p.line >= len(p.lines(p.block)) {
		// A block without rows cannot be at the top; the next one that has some is.
		p.nextBlock()
	}
	p.clamp()
}

// rowOf is the row of a block that holds an offset: the first of those that
// begin nearest before it. Offset zero is the first row, with the air above it.
func (p *Pager) rowOf(at Position) int {
	if at.Offset == 0 {
		return 0
	}
	lines, found := p.lines(at.Block), 0
	for i, l := range lines {
		if at.Offset == withoutAir && l.Offset >= 0 {
			return i
		}
		if l.Offset > at.Offset {
			break
		}
		if l.Offset > lines[found].Offset {
			found = i
		}
	}
	return found
}

// Place is the position at the top: the reader's own until something moved.
func (p *Pager) Place() Position { return p.anchor }

// Block is the block at the top of the screen.
func (p *Pager) Block() int { return p.block }

// AtTop tells whether the first row is on screen.
func (p *Pager) AtTop() bool {
	if p.empty() {
		return true
	}
	for b := range p.block {
		if len(p.lines(b)) > 0 {
			return false
		}
	}
	return p.line == 0
}

// AtEnd tells whether the last row is on screen.
func (p *Pager) AtEnd() bool {
	if p.empty() {
		return true
	}
	room := p.height
	for b, from := p.block, p.line; b < p.source.Len(); b, from = b+1, 0 {
		if room -= max(len(p.lines(b))-from, 0); room < 0 {
			return false
		}
	}
	return true
}

// End is the position of the last visible row.
func (p *Pager) End() Position {
	rows := p.Visible()
	if len(rows) == 0 {
		return Position{}
	}
	last := rows[len(rows)-1]
	return Position{last.Block, last.Offset}
}
