package article

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// headings reads the attributes of a heading, "{#id}", unless there are so many
// braces that trying each would take too long.
type headings struct {
	parser.BlockParser
	attributes parser.BlockParser
}

const maxBraces = 4

func (h headings) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if line, _ := r.PeekLine(); bytes.Count(line, []byte("{")) <= maxBraces {
		return h.attributes.Open(parent, r, pc)
	}
	return h.BlockParser.Open(parent, r, pc)
}

// Close is where the attributes of an underlined heading are read.
func (h headings) Close(node ast.Node, r text.Reader, pc parser.Context) {
	braces := 0
	if p, ok := node.PreviousSibling().(*ast.Paragraph); ok && p.Lines().Len() > 0 {
		last := p.Lines().At(p.Lines().Len() - 1)
		braces = bytes.Count(last.Value(r.Source()), []byte("{"))
	}
	if braces <= maxBraces {
		h.attributes.Close(node, r, pc)
		return
	}
	h.BlockParser.Close(node, r, pc)
}

// definitionsInTurn gives the link definitions at the beginning of a paragraph
// to the parser in groups: it copies all lines that follow for each of them.
type definitionsInTurn struct{ parser.ParagraphTransformer }

const maxDefinitions = 500

func (d definitionsInTurn) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	first := p.Lines().At(0)
	if !bytes.HasPrefix(bytes.TrimLeft(first.Value(r.Source()), " \t"), []byte("[")) {
		return
	}
	for lines := p.Lines(); lines.Len() > 2*maxDefinitions; lines = p.Lines() {
		n := maxDefinitions
		for i := range 20 {
			// A definition may go on over lines; one that begins with a bracket is another.
			if line := lines.At(n + i); bytes.HasPrefix(line.Value(r.Source()), []byte("[")) {
				n += i
				break
			}
		}
		group, first := ast.NewParagraph(), text.NewSegments()
		first.AppendAll(lines.Sliced(0, n))
		group.SetLines(first)
		group.SetPos(p.Pos())
		p.Parent().InsertBefore(p.Parent(), p, group)
		d.ParagraphTransformer.Transform(group, r, pc)
		if group.Parent() != nil {
			// Some text is left, so what follows is text as well.
			left := text.NewSegments()
			left.AppendAll(group.Lines().Sliced(0, group.Lines().Len()))
			left.AppendAll(lines.Sliced(n, lines.Len()))
			p.SetLines(left)
			group.Parent().RemoveChild(group.Parent(), group)
			return
		}
		lines.SetSliced(n, lines.Len())
	}
	d.ParagraphTransformer.Transform(p, r, pc)
}

// tables leaves a paragraph as it is if it would become a table of many more
// cells than it has characters: a short row is filled up to the width of the
// first one.
type tables struct {
	parser.ParagraphTransformer
	*brake
}

func (t tables) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines := p.Lines()
	found := false
	for i := 1; i < lines.Len(); i++ {
		segment := lines.At(i)
		line := segment.Value(r.Source())
		if !isDelimiterRow(line) {
			continue
		}
		found = true
		size := lines.At(lines.Len()-1).Stop - lines.At(0).Start
		if cells := (bytes.Count(line, []byte("|")) + 1) * (lines.Len() - i); cells > 10000 && cells > size {
			t.used = true
			return
		}
	}
	if found {
		t.ParagraphTransformer.Transform(p, r, pc)
	}
}

func isDelimiterRow(line []byte) bool {
	for _, c := range line {
		if c != '-' && c != '|' && c != ':' && !util.IsSpace(c) {
			return false
		}
	}
	return true
}
