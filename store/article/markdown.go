package article

import (
	"html"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// markdown turns one part of a Markdown body into the blocks of a document.
type markdown struct {
	doc   *Document
	src   []byte
	notes notes
	leaf  leaf
	// at is the length of the flattened text of the top-level block so far.
	at int
	// footnotes are the definitions of this part; they follow its text.
	footnotes []ast.Node
}

// parseMarkdown parses a body, in parts on all cores if it is long, and joins
// the parts. A body that would hold a parser up is shown as plain text.
func parseMarkdown(doc *Document, body string) {
	if reason := tooHard(body); reason != "" {
		doc.Warnings = append(doc.Warnings, Warning{Text: reason})
		parsePlain(doc, body)
		return
	}
	parts := chunks(body)
	shared := findNotes(body)
	refs := references(parts)
	docs := make([]Document, len(parts))
	var next atomic.Int32
	var wait sync.WaitGroup
	for range min(len(parts), runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			p := newParser()
			for i := int(next.Add(1)) - 1; i < len(parts); i = int(next.Add(1)) - 1 {
				m := &markdown{doc: &docs[i], src: []byte(parts[i]), notes: shared, leaf: leaf{doc: &docs[i]}}
				m.parse(p, refs)
			}
		})
	}
	wait.Wait()
	for i := range docs {
		doc.join(&docs[i])
		docs[i] = Document{}
	}
	if len(shared) > 0 {
		doc.notesLast()
	}
	doc.nameHeadings()
}

func (m *markdown) parse(p parser.Parser, refs []parser.Reference) {
	pc := parser.NewContext()
	pc.Set(notesKey, m.notes)
	for _, r := range refs {
		pc.AddReference(r)
	}
	m.top(p.Parse(text.NewReader(m.src), parser.WithContext(pc)))
	for _, n := range m.footnotes {
		m.add(n)
	}
}

// references collects the link definitions of an article that is parsed in
// parts: any part may use the definitions of another.
func references(parts []string) []parser.Reference {
	if len(parts) == 1 {
		return nil
	}
	var refs []parser.Reference
	p := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
	for _, part := range parts {
		if linkDefinition.MatchString(part) {
			pc := parser.NewContext()
			p.Parse(text.NewReader([]byte(part)), parser.WithContext(pc))
			for _, r := range pc.References() {
				// A reference into the tree would keep the whole tree alive.
				refs = append(refs, parser.NewReference(r.Label(), r.Destination(), r.Title()))
			}
		}
	}
	return refs
}

var linkDefinition = regexp.MustCompile(`(?m)^[ >]{0,6}\[[^\]\n]+\]:`)

// top converts the children of the root, one top-level block each.
func (m *markdown) top(root ast.Node) {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == east.KindFootnote {
			m.footnotes = append(m.footnotes, n)
			continue
		}
		m.add(n)
	}
}

func (m *markdown) add(n ast.Node) {
	m.at = 0
	for _, b := range m.block(n, 0) {
		m.doc.append(b)
	}
}

// block converts one node; it is no block, one, or several pieces of a long one.
func (m *markdown) block(n ast.Node, depth int) []Block {
	if depth > maxNesting {
		return m.paragraph(m.plainText(n))
	}
	switch n := n.(type) {
	case *ast.Heading:
		return m.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		return m.textBlock(n, Paragraph)
	case *ast.FencedCodeBlock:
		return m.code(n, string(n.Language(m.src)))
	case *ast.CodeBlock:
		return m.code(n, "")
	case *ast.HTMLBlock:
		return m.html(n)
	case *ast.ThematicBreak:
		m.at++
		return []Block{{Kind: Rule}}
	case *ast.Blockquote:
		return m.container(Block{Kind: Quote}, n, depth)
	case *ast.List:
		return m.list(n, depth)
	case *east.Table:
		return m.table(n)
	case *east.DefinitionList:
		return m.definitions(n, depth)
	case *east.Footnote:
		return m.footnote(n, depth)
	case *ast.LinkReferenceDefinition:
		return nil
	}
	return m.children(n, depth)
}

func (m *markdown) children(n ast.Node, depth int) []Block {
	var out []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, m.block(c, depth+1)...)
	}
	return out
}

func (m *markdown) container(b Block, n ast.Node, depth int) []Block {
	if b.Blocks = m.children(n, depth); len(b.Blocks) == 0 {
		return nil
	}
	return []Block{b}
}

func (m *markdown) take() (Text, []Span) {
	t, spans := m.leaf.take(len(m.doc.Blocks), m.at)
	m.at += len(t) + 1
	return t, spans
}

func (m *markdown) textBlock(n ast.Node, kind BlockKind) []Block {
	m.inlines(n)
	t, spans := m.take()
	if t == "" {
		m.at--
		return nil
	}
	return []Block{{Kind: kind, Text: t, Spans: spans}}
}

func (m *markdown) paragraph(s string) []Block {
	m.leaf.add(s)
	t, _ := m.take()
	return []Block{{Kind: Paragraph, Text: t}}
}

func (m *markdown) heading(n *ast.Heading) []Block {
	m.inlines(n)
	t, spans := m.take()
	if t == "" {
		m.at--
		return nil
	}
	h := Heading{Level: n.Level, Text: Line(string(t)), Block: len(m.doc.Blocks)}
	if id, ok := n.AttributeString("id"); ok {
		if b, ok := id.([]byte); ok {
			h.Anchor = Line(string(b))
		}
	}
	m.doc.Outline = append(m.doc.Outline, h)
	return []Block{{Kind: HeadingBlock, Level: n.Level, Text: t, Spans: spans}}
}

func (m *markdown) code(n ast.Node, language string) []Block {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(m.src))
	}
	t := Clean(strings.TrimRight(b.String(), "\n \t"))
	m.at += len(t) + 1
	// Some generators put options behind the language, parted by a comma.
	language, _, _ = strings.Cut(language, ",")
	return []Block{{Kind: Code, Info: Line(language), Text: t}}
}

func (m *markdown) html(n *ast.HTMLBlock) []Block {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(m.src))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(m.src))
	}
	m.leaf.addHTML(b.String())
	t, spans := m.take()
	if t == "" {
		m.at--
		return nil
	}
	return []Block{{Kind: Paragraph, Text: t, Spans: spans}}
}

func (m *markdown) list(n *ast.List, depth int) []Block {
	list := Block{Kind: List, Tight: n.IsTight}
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		item := Block{Kind: Item}
		if n.IsOrdered() {
			item.Level = number
			number++
		}
		item.Task = task(c)
		item.Blocks = m.children(c, depth)
		list.Blocks = append(list.Blocks, item)
	}
	return []Block{list}
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

func (m *markdown) table(n *east.Table) []Block {
	align := make([]byte, len(n.Alignments))
	for i, a := range n.Alignments {
		align[i] = "lrc-"[a-east.AlignLeft]
	}
	t := Block{Kind: Table, Info: Line(string(align))}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		row := Block{Kind: Row}
		if r.Kind() == east.KindTableHeader {
			row.Level = 1
		}
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			m.inlines(c)
			text, spans := m.take()
			row.Blocks = append(row.Blocks, Block{Kind: Cell, Text: text, Spans: spans})
		}
		t.Blocks = append(t.Blocks, row)
	}
	return []Block{t}
}

func (m *markdown) definitions(n ast.Node, depth int) []Block {
	var out []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == east.KindDefinitionTerm {
			out = append(out, m.textBlock(c, Term)...)
		} else {
			out = append(out, m.container(Block{Kind: Definition}, c, depth)...)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []Block{{Kind: List, Tight: true, Blocks: out}}
}

func (m *markdown) footnote(n *east.Footnote, depth int) []Block {
	number := m.notes[string(n.Ref)]
	m.doc.Anchors = append(m.doc.Anchors, Anchor{Name: noteAnchor(number), Block: len(m.doc.Blocks)})
	return m.container(Block{Kind: Footnote, Level: number}, n, depth)
}

func noteAnchor(number int) Text { return Line("fn:" + strconv.Itoa(number)) }

// inlines adds the inline children of a node to the current leaf.
func (m *markdown) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		m.inline(c)
	}
}

func (m *markdown) inline(n ast.Node) {
	l := &m.leaf
	switch n := n.(type) {
	case *ast.Text:
		m.text(n)
	case *ast.String:
		l.add(html.UnescapeString(string(n.Value)))
	case *ast.CodeSpan:
		l.with(CodeSpan, func() {
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					l.add(strings.ReplaceAll(string(t.Segment.Value(m.src)), "\n", " "))
				}
			}
		})
	case *ast.Emphasis:
		style := Emphasis
		if n.Level > 1 {
			style = Strong
		}
		l.with(style, func() { m.inlines(n) })
	case *east.Strikethrough:
		l.with(Strike, func() { m.inlines(n) })
	case *ast.Link:
		opened := l.openLink(html.UnescapeString(string(n.Destination)))
		m.inlines(n)
		if opened {
			l.closeLink()
		}
	case *ast.AutoLink:
		target := string(n.URL(m.src))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(target), "mailto:") {
			target = "mailto:" + target
		}
		opened := l.openLink(target)
		l.add(string(n.Label(m.src)))
		if opened {
			l.closeLink()
		}
	case *ast.Image:
		l.addImage(m.plainText(n), html.UnescapeString(string(n.Destination)))
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			l.addHTML(string(s.Value(m.src)))
		}
	case *footnoteRef:
		opened := l.openLink("#" + string(noteAnchor(n.number)))
		l.with(FootnoteRef, func() { l.add(superscript(n.number)) })
		if opened {
			l.closeLink()
		}
	case *east.TaskCheckBox:
	default:
		m.inlines(n)
	}
}

func (m *markdown) text(n *ast.Text) {
	s := string(n.Segment.Value(m.src))
	if !n.IsRaw() {
		s = unescape(s)
	}
	m.leaf.add(s)
	switch {
	case n.HardLineBreak():
		m.leaf.add("\n")
	case n.SoftLineBreak():
		m.leaf.add(" ")
	}
}

// plainText is the text below a node without any structure.
func (m *markdown) plainText(n ast.Node) string {
	var b strings.Builder
	// An iterative walk: the nodes may be nested without bound.
	stack := []ast.Node{n}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if t, ok := n.(*ast.Text); ok {
			b.WriteString(unescape(string(t.Segment.Value(m.src))))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		} else if n.Type() == ast.TypeBlock && n.FirstChild() == nil && n.Kind() != ast.KindThematicBreak {
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b.Write(line.Value(m.src))
			}
		}
		for c := n.LastChild(); c != nil; c = c.PreviousSibling() {
			stack = append(stack, c)
		}
	}
	return b.String()
}

func superscript(n int) string {
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0'])
	}
	return b.String()
}
