package article

import "strings"

// Len is the length of the block's flattened text: its own text and that of
// its parts in reading order, each followed by one separator.
func (b Block) Len() int { return b.length() }

// Flat is the flattened text of the block: the text of every leaf, each
// followed by one newline. Offsets of links, anchors and places count in it.
func (b Block) Flat() string {
	var s strings.Builder
	s.Grow(b.Len())
	b.Leaves(func(leaf Block, _ int) {
		s.WriteString(string(leaf.Text))
		s.WriteByte('\n')
	})
	return s.String()
}

// Leaves calls f for every part of the block that holds text of its own, in
// reading order, with the offset of that text in the block's flattened text.
func (b Block) Leaves(f func(leaf Block, offset int)) {
	b.leaves(0, func(leaf *Block, offset int) { f(*leaf, offset) })
}

func (b *Block) leaves(at int, f func(*Block, int)) int {
	if b.isLeaf() {
		f(b, at)
		return at + len(b.Text) + 1
	}
	for i := range b.Blocks {
		at = b.Blocks[i].leaves(at, f)
	}
	return at
}

func (b *Block) length() int {
	if b.isLeaf() {
		return len(b.Text) + 1
	}
	n := 0
	for i := range b.Blocks {
		n += b.Blocks[i].length()
	}
	return n
}

func (b *Block) isLeaf() bool {
	switch b.Kind {
	case Quote, List, Item, Table, Row, Footnote, Definition:
		return false
	}
	return true
}
