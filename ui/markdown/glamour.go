package markdown

import (
	"bytes"
	"strings"

	"charm.land/glamour/v2/ansi"
	ansitext "github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"carrel/store/article"
)

// glamour renders leaf blocks through Glamour without any wrapping or padding:
// one styled string whose characters are those of the block's text.
type glamour struct {
	renderer renderer.Renderer
}

func newGlamour(style ansi.StyleConfig) glamour {
	g := ansi.NewRenderer(ansi.Options{
		Styles:           style,
		PreserveNewLines: true,
		ChromaFormatter:  "terminal16m",
	})
	return glamour{renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(g, 1000)))}
}

// inline renders a paragraph or, if level is not zero, a heading.
func (g glamour) inline(text string, spans []article.Span, level int) string {
	s := tree{spans: spans}
	var parent ast.Node = ast.NewParagraph()
	if level > 0 {
		parent = ast.NewHeading(level)
	}
	s.build(parent, text)
	return strings.TrimSuffix(g.render(parent, s.src), "\n")
}

// code renders a code block, highlighted if its language is known.
func (g glamour) code(b article.Block) string {
	src := []byte(string(b.Info) + "\n" + string(b.Text) + "\n")
	begin := len(b.Info) + 1
	var info *ast.Text
	if b.Info != "" {
		info = ast.NewTextSegment(text.NewSegment(0, len(b.Info)))
	}
	n := ast.NewFencedCodeBlock(info)
	lines := text.NewSegments()
	for at := begin; at < len(src); {
		end := at + bytes.IndexByte(src[at:], '\n') + 1
		lines.Append(text.NewSegment(at, end))
		at = end
	}
	n.SetLines(lines)
	styled := strings.TrimPrefix(g.render(n, src), "\n")
	// The newline at the end is no part of the text; styles may close after it.
	if i := strings.LastIndexByte(styled, '\n'); i >= 0 && ansitext.Strip(styled[i:]) == "\n" {
		styled = styled[:i] + styled[i+1:]
	}
	return styled
}

func (g glamour) render(block ast.Node, src []byte) string {
	doc := ast.NewDocument()
	doc.AppendChild(doc, block)
	var out bytes.Buffer
	if err := g.renderer.Render(&out, src, doc); err != nil {
		// A buffer takes every write, so this is a node that Glamour refuses; the
		// caller sees that the text is missing and shows it unstyled.
		return ""
	}
	return out.String()
}

// tree builds the syntax tree that Glamour expects from the spans of a block.
// The characters are written to src in the form that Glamour decodes.
type tree struct {
	src   []byte
	spans []article.Span
}

func (t *tree) build(parent ast.Node, s string) {
	at := 0
	for i := 0; i < len(t.spans); {
		span := t.spans[i]
		t.plain(parent, s[at:span.Start])
		// A link that holds several styles is several spans and one node.
		end := i + 1
		for span.Link != 0 && end < len(t.spans) && t.spans[end].Link == span.Link && t.spans[end].Start == t.spans[end-1].End {
			end++
		}
		into := parent
		if span.Link != 0 {
			link := ast.NewLink()
			// Glamour neither prints nor links a bare fragment; the reader shows targets itself.
			link.Destination = []byte("#")
			parent.AppendChild(parent, link)
			into = link
		}
		for ; i < end; i++ {
			t.styled(into, s[t.spans[i].Start:t.spans[i].End], t.spans[i])
			at = int(t.spans[i].End)
		}
	}
	t.plain(parent, s[at:])
}

func (t *tree) plain(parent ast.Node, s string) {
	if s != "" {
		parent.AppendChild(parent, t.text(escapeText(s)))
	}
}

func (t *tree) styled(parent ast.Node, s string, span article.Span) {
	add := func(n ast.Node) {
		parent.AppendChild(parent, n)
		parent = n
	}
	if span.Style&article.Strong != 0 {
		add(ast.NewEmphasis(2))
	}
	if span.Style&(article.Emphasis|article.Image) != 0 {
		add(ast.NewEmphasis(1))
	}
	switch {
	case span.Style&article.CodeSpan != 0:
		add(ast.NewCodeSpan())
		s = strings.ReplaceAll(s, "&", "&amp;")
		if span.Link != 0 {
			s = strings.ReplaceAll(s, `\`, `\\`)
		}
	case span.Style&article.Strike != 0:
		add(east.NewStrikethrough())
		s = escapeText(s)
	default:
		s = escapeText(s)
	}
	// Glamour has no element for these; the sequences end what they begin.
	if span.Style&article.Mark != 0 {
		s = "\x1b[7m" + s + "\x1b[27m"
	}
	if span.Style&article.Underline != 0 {
		s = "\x1b[4m" + s + "\x1b[24m"
	}
	parent.AppendChild(parent, t.text(s))
}

func (t *tree) text(s string) ast.Node {
	at := len(t.src)
	t.src = append(t.src, s...)
	n := ast.NewTextSegment(text.NewSegment(at, len(t.src)))
	n.SetRaw(true)
	return n
}

// escapeText writes text so that Glamour, which decodes character references
// and then backslash escapes, gives back the same characters.
func escapeText(s string) string {
	if !strings.ContainsAny(s, `&\`) {
		return s
	}
	return strings.NewReplacer("&", "&amp;", `\`, `\\`).Replace(s)
}
