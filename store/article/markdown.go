package article

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// markdown turns parts of a Markdown body into blocks, one part after another.
type markdown struct {
	parser parser.Parser
	brake  *brake

	doc *Document
	// text is the part, source the same for the parser.
	text   string
	source []byte
	notes  *notes
	leaf   leaf
	// at is the length of the flattened text of the top-level block so far.
	at int
	// blocks is where the blocks of one top-level node are collected.
	blocks []Block
	// inCell: a backslash hides a bar even in code.
	inCell bool
}

func newMarkdown() *markdown {
	m := &markdown{}
	m.parser, m.brake = newParser()
	return m
}

func (m *markdown) begin(part string, known *notes) {
	m.text, m.source, m.notes = part, []byte(part), known
	m.inCell = false
	m.brake.reset(len(part))
}

// top converts the children of the root, one or more top-level blocks each. The
// footnotes go into a document of their own, for they follow all parts.
func (m *markdown) top(root ast.Node, out *part) {
	m.into(&out.text)
	m.doc.Blocks = make([]Block, 0, root.ChildCount())
	m.doc.Links = make([]Link, 0, strings.Count(m.text, "]("))
	var footnotes []ast.Node
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == east.KindFootnote {
			footnotes = append(footnotes, n)
			continue
		}
		m.add(n)
	}
	m.into(&out.notes)
	for _, n := range footnotes {
		m.add(n)
	}
}

func (m *markdown) into(doc *Document) { m.doc, m.leaf.doc = doc, doc }

func (m *markdown) add(n ast.Node) {
	m.at = 0
	m.blocks = m.block(n, m.blocks[:0])
	m.doc.append(m.blocks)
}

// block converts one node, which becomes no block, one, or several. This and
// the methods below append them to out.
func (m *markdown) block(n ast.Node, out []Block) []Block {
	switch n := n.(type) {
	case *ast.Heading:
		return m.heading(n, out)
	case *ast.Paragraph, *ast.TextBlock:
		return m.textBlock(n, Paragraph, out)
	case *ast.FencedCodeBlock:
		return append(out, m.code(n.Lines(), string(n.Language(m.source))))
	case *ast.CodeBlock:
		return append(out, m.code(n.Lines(), ""))
	case *ast.HTMLBlock:
		return append(out, m.html(n)...)
	case *ast.ThematicBreak:
		m.at++
		return append(out, Block{Kind: Rule})
	case *ast.Blockquote:
		return m.container(Block{Kind: Quote}, n, out)
	case *ast.List:
		return append(out, m.list(n))
	case *east.Table:
		return append(out, m.table(n))
	case *east.DefinitionList:
		return m.definitions(n, out)
	case *east.Footnote:
		return m.footnote(n, out)
	case *ast.LinkReferenceDefinition:
		return out
	}
	return m.children(n, out)
}

func (m *markdown) children(n ast.Node, out []Block) []Block {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = m.block(c, out)
	}
	return out
}

func (m *markdown) container(b Block, n ast.Node, out []Block) []Block {
	if b.Blocks = m.children(n, make([]Block, 0, n.ChildCount())); len(b.Blocks) == 0 {
		return out
	}
	return append(out, b)
}

// take ends a leaf of the given kind; one without text is none.
func (m *markdown) take(kind BlockKind) (leaf Block, ok bool) {
	t, spans := m.leaf.take(len(m.doc.Blocks), m.at)
	if t == "" {
		return leaf, false
	}
	m.at += len(t) + 1
	return Block{Kind: kind, Text: t, Spans: spans}, true
}

func (m *markdown) textBlock(n ast.Node, kind BlockKind, out []Block) []Block {
	m.inlines(n)
	if leaf, ok := m.take(kind); ok {
		return append(out, leaf)
	}
	return out
}

// heading keeps an id that the heading names in Info; the others get theirs
// when all headings are known.
func (m *markdown) heading(n *ast.Heading, out []Block) []Block {
	m.inlines(n)
	b, ok := m.take(HeadingBlock)
	if !ok {
		return out
	}
	b.Level = n.Level
	if id, ok := n.AttributeString("id"); ok {
		if id, ok := id.([]byte); ok {
			b.Info = Line(string(id))
		}
	}
	return append(out, b)
}

func (m *markdown) code(lines *text.Segments, language string) Block {
	t := Clean(strings.TrimRight(m.lines(lines), "\n \t"))
	m.at += len(t) + 1
	// Some generators put options behind the language, parted by a comma.
	language, _, _ = strings.Cut(unescape(language), ",")
	return Block{Kind: Code, Info: Line(language), Text: t}
}

func (m *markdown) list(n *ast.List) Block {
	list := Block{Kind: List, Tight: n.IsTight, Blocks: make([]Block, 0, n.ChildCount())}
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		item := Block{Kind: Item, Task: task(c)}
		if n.IsOrdered() {
			item.Level = number
			number++
		}
		if n := c.ChildCount(); n > 0 {
			item.Blocks = m.children(c, make([]Block, 0, n))
		}
		list.Blocks = append(list.Blocks, item)
	}
	return list
}

func task(item ast.Node) Task {
	if first := item.FirstChild(); first != nil {
		if box, ok := first.FirstChild().(*east.TaskCheckBox); ok {
			if box.IsChecked {
				return DoneTask
			}
			return OpenTask
		}
	}
	return NoTask
}

func (m *markdown) table(n *east.Table) Block {
	t := Block{Kind: Table, Info: alignment(n.Alignments)}
	m.inCell = true
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		row := Block{Kind: Row, Blocks: make([]Block, 0, len(n.Alignments))}
		if r.Kind() == east.KindTableHeader {
			row.Level = 1
		}
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			m.inlines(c)
			text, spans := m.leaf.take(len(m.doc.Blocks), m.at)
			m.at += len(text) + 1
			row.Blocks = append(row.Blocks, Block{Kind: Cell, Text: text, Spans: spans})
		}
		t.Blocks = append(t.Blocks, row)
	}
	m.inCell = false
	return t
}

func alignment(columns []east.Alignment) Text {
	var b strings.Builder
	for _, a := range columns {
		switch a {
		case east.AlignLeft:
			b.WriteByte('l')
		case east.AlignRight:
			b.WriteByte('r')
		case east.AlignCenter:
			b.WriteByte('c')
		default:
			b.WriteByte('-')
		}
	}
	return Line(b.String())
}

func (m *markdown) definitions(n ast.Node, out []Block) []Block {
	list := Block{Kind: List, Tight: true}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == east.KindDefinitionTerm {
			list.Blocks = m.textBlock(c, Term, list.Blocks)
		} else {
			list.Blocks = m.container(Block{Kind: Definition}, c, list.Blocks)
		}
	}
	if len(list.Blocks) == 0 {
		return out
	}
	return append(out, list)
}

func (m *markdown) footnote(n *east.Footnote, out []Block) []Block {
	number, at, before := m.notes.number(string(n.Ref)), m.at, len(out)
	out = m.container(Block{Kind: Footnote, Level: number}, n, out)
	if len(out) > before {
		m.doc.Anchors = append(m.doc.Anchors, Anchor{Name: noteAnchor(number), Block: len(m.doc.Blocks), Offset: at})
	}
	return out
}

// noteAnchor is the anchor of a footnote.
func noteAnchor(number int) Text { return Line("fn:" + strconv.Itoa(number)) }

// lines is the source of some lines.
func (m *markdown) lines(lines *text.Segments) string {
	var b strings.Builder
	for i := range lines.Len() {
		b.WriteString(m.segment(lines.At(i)))
	}
	return b.String()
}

// segment is a piece of the source; it costs no copy but where a tab was cut.
func (m *markdown) segment(s text.Segment) string {
	if s.Padding == 0 && !s.ForceNewline {
		return m.text[s.Start:s.Stop]
	}
	return string(s.Value(m.source))
}
