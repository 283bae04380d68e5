package article

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser returns a parser for CommonMark with GitHub's tables, strikethrough,
// bare addresses and task lists, PHP Markdown Extra's definition lists and
// footnotes, and heading attributes.
func newParser() parser.Parser {
	blocks := append(parser.DefaultBlockParsers(),
		util.Prioritized(extension.NewDefinitionListParser(), 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		util.Prioritized(footnoteBlocks{extension.NewFootnoteBlockParser()}, 999),
	)
	inlines := append(parser.DefaultInlineParsers(),
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(footnoteRefs{}, 101),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewLinkifyParser(), 999),
	)
	paragraphs := append(parser.DefaultParagraphTransformers(),
		util.Prioritized(extension.NewTableParagraphTransformer(), 200))
	return parser.NewParser(parser.WithBlockParsers(blocks...), parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(paragraphs...), parser.WithAttribute(),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)))
}

// footnoteBlocks parses footnote definitions and leaves them where they stand;
// the extension's own parser moves them into a list of which the text of a
// block knows nothing.
type footnoteBlocks struct{ parser.BlockParser }

func (footnoteBlocks) Close(ast.Node, text.Reader, parser.Context) {}

// notes are the numbers of an article's footnotes by label, in the order of
// their first mention; a label without a definition is none.
type notes map[string]int

var (
	notesKey   = parser.NewContextKey()
	definition = regexp.MustCompile(`(?m)^[ >]{0,6}\[\^([^\]\n]{1,80})\]:`)
	mention    = regexp.MustCompile(`\[\^([^\]\n]{1,80})\]`)
)

func findNotes(body string) notes {
	if !strings.Contains(body, "[^") {
		return nil
	}
	defined := map[string]bool{}
	for _, m := range definition.FindAllStringSubmatch(body, -1) {
		defined[m[1]] = true
	}
	n := notes{}
	count := func(label string) {
		if defined[label] && n[label] == 0 {
			n[label] = len(n) + 1
		}
	}
	for _, m := range mention.FindAllStringSubmatchIndex(body, -1) {
		if !strings.HasPrefix(body[m[1]:], ":") {
			count(body[m[2]:m[3]])
		}
	}
	for _, m := range definition.FindAllStringSubmatch(body, -1) {
		count(m[1])
	}
	return n
}

// footnoteRef is the mention of a footnote in running text.
type footnoteRef struct {
	ast.BaseInline
	number int
}

var kindFootnoteRef = ast.NewNodeKind("CarrelFootnoteRef")

func (*footnoteRef) Kind() ast.NodeKind { return kindFootnoteRef }
func (f *footnoteRef) Dump(src []byte, level int) {
	ast.DumpHelper(f, src, level, map[string]string{"Number": strconv.Itoa(f.number)}, nil)
}

type footnoteRefs struct{}

func (footnoteRefs) Trigger() []byte { return []byte{'['} }

func (footnoteRefs) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 4 || line[1] != '^' {
		return nil
	}
	end := bytes.IndexByte(line[:min(len(line), 84)], ']')
	if end < 3 {
		return nil
	}
	known, _ := pc.Get(notesKey).(notes)
	number := known[string(line[2:end])]
	if number == 0 {
		return nil
	}
	block.Advance(end + 1)
	return &footnoteRef{number: number}
}
