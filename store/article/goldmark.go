package article

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser returns a parser for CommonMark with GitHub's tables, strikethrough,
// bare addresses and task lists, PHP Markdown Extra's definition lists and
// footnotes, and heading attributes. The brake is its own and serves one text
// at a time.
func newParser() (parser.Parser, *brake) {
	b := &brake{}
	inlines := []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(codeSpans{parser.NewCodeSpanParser(), b}, 100),
		util.Prioritized(footnoteRefs{}, 101),
		util.Prioritized(links{parser.NewLinkParser(), b}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasis{parser.NewEmphasisParser(), b}, 500),
		util.Prioritized(emphasis{extension.NewStrikethroughParser(), b}, 500),
		util.Prioritized(bareLinks{extension.NewLinkifyParser(), b}, 999),
	}
	return parser.NewParser(blockParsers(b), parser.WithInlineParsers(inlines...)), b
}

// newBlockParser returns a parser that finds the same blocks and looks at no
// text inside them.
func newBlockParser() parser.Parser { return parser.NewParser(blockParsers(&brake{})) }

func blockParsers(b *brake) parser.Option {
	attributes := parser.WithHeadingAttribute()
	return options{
		parser.WithBlockParsers(
			util.Prioritized(headings{parser.NewSetextHeadingParser(), parser.NewSetextHeadingParser(attributes)}, 100),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headings{parser.NewATXHeadingParser(), parser.NewATXHeadingParser(attributes)}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnotes{extension.NewFootnoteBlockParser()}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithParagraphTransformers(
			util.Prioritized(definitionsInTurn{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tables{extension.NewTableParagraphTransformer(), b}, 200)),
	}
}

type options []parser.Option

func (o options) SetParserOption(c *parser.Config) {
	for _, option := range o {
		option.SetParserOption(c)
	}
}

// footnotes parses footnote definitions and leaves them where they stand; the
// extension's own parser moves them into a list of which the text of a block
// knows nothing. It tells the notes of the context which labels are defined.
type footnotes struct{ parser.BlockParser }

func (f footnotes) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := f.BlockParser.Open(parent, r, pc)
	if n, ok := pc.Get(notesKey).(*notes); ok && node != nil {
		n.define(label(node))
	}
	return node, state
}

func (footnotes) Close(ast.Node, text.Reader, parser.Context) {}

// footnoteRef is the mention of a footnote in running text.
type footnoteRef struct {
	ast.BaseInline
	number int
}

var (
	notesKey        = parser.NewContextKey()
	kindFootnoteRef = ast.NewNodeKind("CarrelFootnoteRef")
)

func (*footnoteRef) Kind() ast.NodeKind { return kindFootnoteRef }
func (f *footnoteRef) Dump(src []byte, level int) {
	ast.DumpHelper(f, src, level, map[string]string{"Number": strconv.Itoa(f.number)}, nil)
}

// footnoteRefs also asks for "!": an exclamation mark before a footnote would
// begin a picture otherwise.
type footnoteRefs struct{}

func (footnoteRefs) Trigger() []byte { return []byte{'[', '!'} }

func (footnoteRefs) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	start := 0
	if line[0] == '!' {
		start = 1
	}
	if len(line) < start+4 || line[start] != '[' || line[start+1] != '^' {
		return nil
	}
	name := line[start+2 : min(len(line), start+maxLabel+3)]
	end := bytes.IndexByte(name, ']')
	if end < 1 {
		return nil
	}
	known, _ := pc.Get(notesKey).(*notes)
	number := known.number(string(name[:end]))
	if number == 0 {
		return nil
	}
	if start > 0 {
		ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+1))
	}
	block.Advance(start + 2 + end + 1)
	return &footnoteRef{number: number}
}
