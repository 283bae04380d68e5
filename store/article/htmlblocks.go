package article

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// html turns an HTML block into blocks.
func (m *markdown) html(n *ast.HTMLBlock) []Block {
	raw := m.lines(n.Lines())
	if n.HasClosure() {
		raw += m.segment(n.ClosureLine)
	}
	b := &htmlBlocks{markdown: m, frames: []htmlFrame{{}}}
	b.text = htmlText{leaf: &m.leaf, blocks: b}
	b.text.read(raw)
	return b.all()
}

// htmlBlocks builds the blocks of one piece of HTML. A piece may begin and end
// anywhere, in the middle of a table for example, since Markdown ends it at a
// blank line; what it leaves open is closed, and what it lacks is assumed.
type htmlBlocks struct {
	*markdown
	text htmlText
	// frames are the open containers; the first is the piece itself.
	frames []htmlFrame
	// kind is what the current leaf is to become, level the one of a heading,
	// info the language of code.
	kind  BlockKind
	level int
	info  string
	// cell: the current leaf is a cell, in which no block begins.
	cell bool
}

type htmlFrame struct {
	block Block
	tag   atom.Atom
	// number counts the items of an ordered list, zero in others.
	number int
	// plain: a cell of the row is no heading.
	plain bool
}

// start takes a tag if it begins a block.
func (b *htmlBlocks) start(t html.Token) bool {
	a := t.DataAtom
	if b.cell && (a != atom.Td && a != atom.Th && a != atom.Tr) || b.text.pre && a != atom.Code {
		return false
	}
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.flush()
		b.kind, b.level = HeadingBlock, int(a.String()[1]-'0')
	case atom.Pre:
		b.flush()
		b.text.pre, b.kind, b.info = true, Code, language(t)
	case atom.Code:
		if !b.text.pre {
			return false
		}
		b.info += language(t)
	case atom.Ul, atom.Dl, atom.Ol, atom.Blockquote, atom.Table:
		b.container(t)
	case atom.Li, atom.Dd, atom.Tr:
		b.part(a)
	case atom.Dt:
		b.within(List, atom.Dl)
		b.kind = Term
	case atom.Td, atom.Th:
		b.beginCell(a == atom.Td)
	case atom.Hr:
		b.flush()
		b.at++
		b.put(Block{Kind: Rule})
	case atom.Summary, atom.Figcaption, atom.Caption:
		b.flush()
		return false
	default:
		if !breaksLine(a) {
			return false
		}
		b.flush()
	}
	b.text.addAnchor(t)
	return true
}

// end takes a tag if it ends a block.
func (b *htmlBlocks) end(t html.Token) bool {
	a := t.DataAtom
	if b.cell {
		if a == atom.Td || a == atom.Th || a == atom.Tr || a == atom.Table {
			b.endCell()
		}
		if a != atom.Tr && a != atom.Table {
			return a == atom.Td || a == atom.Th
		}
	}
	if !breaksLine(a) || b.text.pre && a != atom.Pre {
		return b.text.pre && a == atom.Code
	}
	b.flush()
	for i := len(b.frames) - 1; i > 0; i-- {
		if b.frames[i].tag == a {
			b.closeTo(i)
			break
		}
	}
	return true
}

// container begins a list, a quote or a table.
func (b *htmlBlocks) container(t html.Token) {
	b.flush()
	f := htmlFrame{tag: t.DataAtom, block: Block{Kind: List, Tight: true}}
	switch t.DataAtom {
	case atom.Ol:
		if f.number, _ = strconv.Atoi(attr(t, "start")); f.number <= 0 {
			f.number = 1
		}
	case atom.Blockquote:
		f.block = Block{Kind: Quote}
	case atom.Table:
		f.block = Block{Kind: Table}
	}
	b.push(f)
}

// part begins an item, a definition or a row.
func (b *htmlBlocks) part(a atom.Atom) {
	f := htmlFrame{tag: a, block: Block{Kind: Item}}
	switch a {
	case atom.Li:
		b.within(List, atom.Ul)
		if list := b.top(); list.number > 0 {
			f.block.Level = list.number
			list.number++
		}
	case atom.Dd:
		b.within(List, atom.Dl)
		f.block.Kind = Definition
	case atom.Tr:
		b.endCell()
		b.within(Table, atom.Table)
		f.block.Kind = Row
	}
	b.push(f)
}

func (b *htmlBlocks) beginCell(plain bool) {
	b.endCell()
	if b.top().block.Kind != Row {
		b.part(atom.Tr)
	}
	b.top().plain = b.top().plain || plain
	b.cell = b.top().block.Kind == Row
}

func (b *htmlBlocks) endCell() {
	if !b.cell {
		return
	}
	b.cell, b.text.pre, b.text.cells = false, false, 0
	text, spans := b.leaf.take(len(b.doc.Blocks), b.at)
	b.at += len(text) + 1
	b.put(Block{Kind: Cell, Text: text, Spans: spans})
}

// within ends what is open inside the innermost container of a kind, or begins one.
func (b *htmlBlocks) within(kind BlockKind, tag atom.Atom) {
	b.flush()
	if i := b.innermost(kind); i > 0 {
		b.closeTo(i + 1)
		return
	}
	b.push(htmlFrame{tag: tag, block: Block{Kind: kind, Tight: kind == List}})
}

func (b *htmlBlocks) top() *htmlFrame { return &b.frames[len(b.frames)-1] }

func (b *htmlBlocks) innermost(kind BlockKind) int {
	i := len(b.frames) - 1
	for i > 0 && b.frames[i].block.Kind != kind {
		i--
	}
	return i
}

// push opens a container. A table holds rows only; what else begins in it ends it.
func (b *htmlBlocks) push(f htmlFrame) {
	if k := b.top().block.Kind; (k == Table || k == Row) && f.block.Kind != Row {
		b.closeTo(b.innermost(Table))
	}
	if len(b.frames) < maxNesting {
		b.frames = append(b.frames, f)
	}
}

// closeTo closes the containers from index i on.
func (b *htmlBlocks) closeTo(i int) {
	for len(b.frames) > max(i, 1) {
		f := *b.top()
		b.frames = b.frames[:len(b.frames)-1]
		if f.block.Kind == Row && !f.plain {
			f.block.Level = 1
		}
		if len(f.block.Blocks) > 0 {
			b.put(f.block)
		}
	}
}

// flush ends the current leaf. If it has no text yet, what is open in it is for
// the next one.
func (b *htmlBlocks) flush() {
	kind, level, info := b.kind, b.level, b.info
	b.kind, b.level, b.info = Paragraph, 0, ""
	if b.leaf.blank() {
		b.text.pre = false
		return
	}
	if b.text.pre {
		b.text.pre = false
		b.putCode(info)
		return
	}
	if leaf, ok := b.take(kind); ok {
		leaf.Level = level
		b.put(leaf)
	}
}

// putCode ends preformatted text. With a link in it, it is a paragraph.
func (b *htmlBlocks) putCode(info string) {
	linked := len(b.leaf.started) > 0
	text, spans := b.leaf.takeTrimmed(len(b.doc.Blocks), b.at, func(s string) string { return strings.TrimLeft(s, "\n") })
	b.at += len(text) + 1
	code := Block{Kind: Code, Info: Line(info), Text: text}
	if linked {
		code = Block{Kind: Paragraph, Text: text, Spans: spans}
	}
	b.put(code)
}

// put adds a block to the innermost container, in the form that it must have there.
func (b *htmlBlocks) put(block Block) {
	into := &b.top().block
	switch {
	case into.Kind == List && block.Kind != Item && block.Kind != Term && block.Kind != Definition:
		block = Block{Kind: Item, Blocks: []Block{block}}
	case into.Kind == Table && block.Kind != Row:
		block.Kind, block.Level, block.Info = Cell, 0, ""
		block = Block{Kind: Row, Blocks: []Block{block}}
	case into.Kind == Row:
		block.Kind, block.Level, block.Info = Cell, 0, ""
	}
	into.Blocks = append(into.Blocks, block)
}

// all closes what is open and returns the blocks.
func (b *htmlBlocks) all() []Block {
	b.endCell()
	b.flush()
	b.closeTo(1)
	b.leaf.dropLink()
	b.leaf.take(len(b.doc.Blocks), b.at)
	for i := range b.frames[0].block.Blocks {
		alignColumns(&b.frames[0].block.Blocks[i])
	}
	return b.frames[0].block.Blocks
}

// alignColumns says of every table how many columns it has.
func alignColumns(b *Block) {
	for i := range b.Blocks {
		alignColumns(&b.Blocks[i])
	}
	if b.Kind == Table {
		widest := slices.MaxFunc(b.Blocks, func(x, y Block) int { return len(x.Blocks) - len(y.Blocks) })
		b.Info = Line(strings.Repeat("-", len(widest.Blocks)))
	}
}

// language is the language that the class of an element names.
func language(t html.Token) string {
	for class := range strings.FieldsSeq(attr(t, "class")) {
		for _, prefix := range []string{"language-", "lang-"} {
			if name, ok := strings.CutPrefix(class, prefix); ok {
				return name
			}
		}
	}
	return ""
}
