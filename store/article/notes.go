package article

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// maxLabel bounds the name of a footnote, in bytes.
const maxLabel = 80

// notes number an article's footnotes in the order of their first mention. The
// labels are defined while the blocks are parsed and numbered when the first
// mention is met, which is after all blocks; from then on notes only answer, so
// that all parts of an article can share them.
type notes struct {
	body    string
	labels  []string // in the order of their definitions
	numbers map[string]int
}

func label(n ast.Node) string {
	if f, ok := n.(*east.Footnote); ok {
		return string(f.Ref)
	}
	return ""
}

func (n *notes) define(label string) {
	if n.numbers == nil && label != "" {
		n.labels = append(n.labels, label)
	}
}

// number returns the number of a label, zero for one that is not defined.
func (n *notes) number(label string) int {
	if n == nil {
		return 0
	}
	n.settle()
	return n.numbers[label]
}

// settle numbers the labels by one pass over the text. It takes every "[^label]"
// for a mention that does not begin a definition; those that stand in code only
// cost their neighbours the better number.
func (n *notes) settle() {
	if n.numbers != nil {
		return
	}
	n.numbers = map[string]int{}
	if len(n.labels) == 0 {
		return
	}
	defined := map[string]bool{}
	for _, l := range n.labels {
		defined[l] = true
	}
	count := func(label string) {
		if defined[label] && n.numbers[label] == 0 {
			n.numbers[label] = len(n.numbers) + 1
		}
	}
	for at := 0; ; {
		i := strings.Index(n.body[at:], "[^")
		if i < 0 {
			break
		}
		at += i + 2
		rest := n.body[at:]
		end := strings.IndexByte(rest[:min(len(rest), maxLabel+1)], ']')
		if end > 0 && !(strings.HasPrefix(rest[end+1:], ":") && startsLine(n.body[:at-2])) {
			count(rest[:end])
		}
	}
	for _, l := range n.labels {
		count(l)
	}
}

// startsLine tells whether nothing but the marks of a quote stands between the
// last line end and the end of a text.
func startsLine(before string) bool {
	before = strings.TrimRight(before, " \t>")
	return before == "" || before[len(before)-1] == '\n'
}
