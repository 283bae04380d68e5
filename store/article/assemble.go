package article

import (
	"cmp"
	"slices"
	"strconv"
)

// append adds what one node of the syntax tree became, in pieces where it is
// too long. Links and anchors were recorded with the index of the first block
// and offsets in the text of all of them; they move with the piece that holds
// them.
func (d *Document) append(blocks []Block) {
	if len(blocks) == 1 && blocks[0].size().fits() {
		d.Blocks = append(d.Blocks, blocks[0])
		return
	}
	first, at := len(d.Blocks), 0
	var pieces []piece
	for _, b := range blocks {
		for _, p := range split(b) {
			p.start += at
			pieces = append(pieces, p)
			d.Blocks = append(d.Blocks, p.block)
		}
		at += b.length()
	}
	if len(pieces) < 2 {
		return
	}
	for i := len(d.Links) - 1; i >= 0 && d.Links[i].Block >= first; i-- {
		n, offset := rehome(pieces, d.Links[i].Offset)
		d.Links[i].Block, d.Links[i].Offset = first+n, offset
	}
	for i := len(d.Anchors) - 1; i >= 0 && d.Anchors[i].Block >= first; i-- {
		n, offset := rehome(pieces, d.Anchors[i].Offset)
		d.Anchors[i].Block, d.Anchors[i].Offset = first+n, offset
	}
}

// grow makes room for all that the parts hold.
func (d *Document) grow(parts []part) {
	var blocks, links, anchors int
	for i := range parts {
		for _, p := range []*Document{&parts[i].text, &parts[i].notes} {
			blocks, links, anchors = blocks+len(p.Blocks), links+len(p.Links), anchors+len(p.Anchors)
		}
	}
	d.Blocks = slices.Grow(d.Blocks, blocks)
	d.Links = slices.Grow(d.Links, links)
	d.Anchors = slices.Grow(d.Anchors, anchors)
}

// join appends the blocks of a part of the article, with all that points at them.
func (d *Document) join(part *Document) {
	blocks, links := len(d.Blocks), int32(len(d.Links))
	for i := range part.Blocks {
		if links > 0 && len(part.Links) > 0 {
			part.Blocks[i].renumberLinks(func(n int32) int32 { return n + links })
		}
	}
	for i := range part.Links {
		part.Links[i].Block += blocks
	}
	for i := range part.Anchors {
		part.Anchors[i].Block += blocks
	}
	d.Blocks = append(d.Blocks, part.Blocks...)
	d.Links = append(d.Links, part.Links...)
	d.Anchors = append(d.Anchors, part.Anchors...)
	d.Words += part.Words
	for _, w := range part.Warnings {
		d.warn(string(w.Text))
	}
}

func (b *Block) renumberLinks(to func(int32) int32) {
	for i := range b.Spans {
		if b.Spans[i].Link > 0 {
			b.Spans[i].Link = to(b.Spans[i].Link)
		}
	}
	for i := range b.Blocks {
		b.Blocks[i].renumberLinks(to)
	}
}

// settle brings the blocks into reading order and derives what depends on all
// of them: where each begins, the outline, the order of links and anchors.
func (d *Document) settle() {
	d.notesLast()
	d.sortLinks()
	for i := range d.Blocks {
		d.Blocks[i].From = d.Size
		d.Size += d.Blocks[i].length()
	}
	d.makeOutline()
	d.sortAnchors()
}

// notesLast brings the footnotes to the end, in the order of their numbers.
func (d *Document) notesLast() {
	rank := func(b *Block) int {
		if b.Kind == Footnote {
			return 1 + b.Level
		}
		return 0
	}
	order := make([]int, len(d.Blocks))
	for i := range order {
		order[i] = i
	}
	inOrder := func(i, j int) int { return cmp.Compare(rank(&d.Blocks[i]), rank(&d.Blocks[j])) }
	if slices.IsSortedFunc(order, inOrder) {
		return
	}
	slices.SortStableFunc(order, inOrder)
	blocks, moved := make([]Block, len(order)), make([]int, len(order)+1)
	for to, from := range order {
		blocks[to], moved[from] = d.Blocks[from], to
	}
	// An id at the very end of the text belongs to no block yet.
	moved[len(order)] = len(order)
	d.Blocks = blocks
	for i := range d.Links {
		d.Links[i].Block = moved[d.Links[i].Block]
	}
	for i := range d.Anchors {
		d.Anchors[i].Block = moved[d.Anchors[i].Block]
	}
}

// sortLinks puts the links into reading order, which footnotes disturb.
func (d *Document) sortLinks() {
	before := func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Offset, b.Offset))
	}
	if slices.IsSortedFunc(d.Links, before) {
		return
	}
	order := make([]int32, len(d.Links))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(i, j int32) int { return before(d.Links[i], d.Links[j]) })
	links, moved := make([]Link, len(order)), make([]int32, len(order))
	for to, from := range order {
		links[to], moved[from] = d.Links[from], int32(to)
	}
	d.Links = links
	for i := range d.Blocks {
		d.Blocks[i].renumberLinks(func(n int32) int32 { return moved[n-1] + 1 })
	}
}

// sortAnchors puts the anchors into reading order. One that stands behind the
// last text belongs to the end of it.
func (d *Document) sortAnchors() {
	if len(d.Blocks) == 0 {
		d.Anchors = nil
		return
	}
	for i := range d.Anchors {
		a := &d.Anchors[i]
		if a.Block >= len(d.Blocks) {
			a.Block, a.Offset = len(d.Blocks)-1, d.Size
		}
		a.Offset = min(a.Offset, max(d.Blocks[a.Block].length()-1, 0))
	}
	slices.SortStableFunc(d.Anchors, func(a, b Anchor) int {
		return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Offset, b.Offset))
	})
}

// makeOutline lists the headings and gives each an anchor that no other has:
// the one that it names, or one made of its text, numbered from -1 on if it is
// taken (as GitHub does).
func (d *Document) makeOutline() {
	taken := map[string]int{}
	unique := func(name string) Text {
		free := name
		for {
			if _, used := taken[free]; !used {
				taken[free] = 0
				return Line(free)
			}
			taken[name]++
			free = name + "-" + strconv.Itoa(taken[name])
		}
	}
	for i := range d.Blocks {
		d.Blocks[i].leaves(0, func(b *Block, offset int) {
			if b.Kind != HeadingBlock || b.Continues {
				return
			}
			name := string(b.Info)
			if name == "" {
				name = cmp.Or(slug(string(b.Text)), "section")
			}
			b.Info = unique(name)
			d.Outline = append(d.Outline, Heading{Level: b.Level, Text: Line(string(b.Text)), Anchor: b.Info, Block: i, Offset: offset})
			d.Anchors = append(d.Anchors, Anchor{Name: b.Info, Block: i, Offset: offset})
		})
	}
}
