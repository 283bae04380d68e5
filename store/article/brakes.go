package article

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// brake keeps the time for a text in proportion to its length.
//
// Goldmark looks for the end of a code span, a link or an emphasis through all
// that follows in the paragraph, and forgets what it did not find; hostile text
// makes it do so at every character. The types below stand before its parsers.
// Some know an answer without looking (there is no second run of five
// backticks); the others charge what was looked through in vain to an allowance,
// and when that is used up the marks of the rest are left as they are written.
// Ordinary text uses less than a hundredth of it.
type brake struct {
	allowance int
	// used tells that text was left as it is written.
	used bool

	// The rest is about one block of text.
	block ast.Node
	end   int // where its text ends in the source
	lines int
	// unclosed are the lengths of backtick runs that nothing closes in the rest
	// of the block.
	unclosed [maxBackticks + 1]bool
	// brackets are the places of the open square brackets.
	brackets []int
	// delimiters counts the runs of emphasis marks.
	delimiters int
}

const (
	// maxBackticks is the longest run that opens a code span, as in cmark.
	maxBackticks = 80
	// maxRun is the longest run of emphasis marks; each two make a level of nesting.
	maxRun = 60
	// freeDelimiters may stand in every block without a charge.
	freeDelimiters = 200
)

// reset makes the brake ready for a text of n bytes.
func (b *brake) reset(n int) {
	*b = brake{allowance: 1<<20 + 100*n, brackets: b.brackets[:0]}
}

// enter notes which block is being parsed.
func (b *brake) enter(block ast.Node) {
	if b.block == block {
		return
	}
	*b = brake{allowance: b.allowance, used: b.used, block: block, brackets: b.brackets[:0]}
	if b.lines = block.Lines().Len(); b.lines > 0 {
		b.end = block.Lines().At(b.lines - 1).Stop
	}
}

// spend takes n from the allowance; ok is false if there is none left.
func (b *brake) spend(n int) (ok bool) {
	if b.allowance <= 0 {
		b.used = true
		return false
	}
	b.allowance -= n
	return true
}

// literal consumes n bytes as text.
func literal(block text.Reader, n int) ast.Node {
	_, segment := block.PeekLine()
	block.Advance(n)
	return ast.NewTextSegment(segment.WithStop(segment.Start + n))
}

// runLength is how often the first byte of line is repeated.
func runLength(line []byte) int {
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	return n
}

type codeSpans struct {
	parser.InlineParser
	*brake
}

func (c codeSpans) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c.enter(parent)
	line, _ := block.PeekLine()
	n := runLength(line)
	if n > maxBackticks || c.unclosed[n] {
		return literal(block, n)
	}
	node := c.InlineParser.Parse(parent, block, pc)
	if _, isText := node.(*ast.Text); isText {
		c.unclosed[n] = true
	}
	return node
}

// emphasis is charged for the runs that it adds: when a block is closed, each
// may be compared with all before it.
type emphasis struct {
	parser.InlineParser
	*brake
}

func (e emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	e.enter(parent)
	line, _ := block.PeekLine()
	n := runLength(line)
	switch {
	case line[0] == '~' && n > 2:
		// No strikethrough; but the last tilde may stand before an address.
		return literal(block, n-1)
	case n > maxRun:
		return literal(block, n)
	}
	if e.delimiters++; e.delimiters > freeDelimiters && !e.spend(4*e.delimiters) {
		return nil
	}
	return e.InlineParser.Parse(parent, block, pc)
}

type links struct {
	parser.InlineParser
	*brake
}

func (l links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	l.enter(parent)
	line, segment := block.PeekLine()
	if line[0] != ']' {
		node := l.InlineParser.Parse(parent, block, pc)
		if node != nil {
			l.brackets = append(l.brackets, segment.Start)
		}
		return node
	}
	from := segment.Start
	if n := len(l.brackets); n > 0 {
		from = l.brackets[n-1]
		l.brackets = l.brackets[:n-1]
	}
	if !l.spend(0) {
		return nil
	}
	node := l.InlineParser.Parse(parent, block, pc)
	link, ok := node.(*ast.Link)
	if ok && link.Reference == nil {
		return node
	}
	// A label was looked up, which takes as long as it is and as there are lines.
	cost := segment.Start - from + l.lines
	if len(line) > 1 && (line[1] == '(' || line[1] == '[') && !ok {
		cost += l.end - segment.Start
	}
	l.spend(cost)
	return node
}

func (l links) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := l.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// bareLinks asks for an address only where one may begin, for the parser behind
// it is called at every space; and it charges for what is none after all.
type bareLinks struct {
	parser.InlineParser
	*brake
}

func (p bareLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	p.enter(parent)
	line, _ := block.PeekLine()
	switch line[0] {
	case ' ', '*', '_', '~', '(':
		line = line[1:]
	}
	if !mayBeAddress(line) || !p.spend(0) {
		return nil
	}
	node := p.InlineParser.Parse(parent, block, pc)
	if node == nil {
		// The pattern for a host name takes many steps for a character.
		p.spend(16 * hostLength(line))
	}
	return node
}

func mayBeAddress(line []byte) bool {
	if len(line) < 4 {
		return false
	}
	for _, prefix := range []string{"http:", "https:", "ftp:", "www."} {
		if line[0] == prefix[0] && bytes.HasPrefix(line, []byte(prefix)) {
			return true
		}
	}
	for i, c := range line[:min(len(line), 65)] {
		if c == '@' {
			return i > 0
		}
		if c <= ' ' || c >= 0x80 {
			return false
		}
	}
	return false
}

// hostLength is how much of a line may belong to the name of a host.
func hostLength(line []byte) int {
	for i, c := range line[:min(len(line), 260)] {
		if c <= ' ' || c == '<' || c == '>' || c == '/' && i > 8 {
			return i
		}
	}
	return min(len(line), 260)
}
