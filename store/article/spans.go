package article

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

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
		m.addText(n)
	case *ast.String:
		l.add(string(n.Value))
	case *ast.CodeSpan:
		l.with(CodeSpan, func() { m.addCode(n) })
	case *ast.Emphasis:
		style := Emphasis
		if n.Level > 1 {
			style = Strong
		}
		l.with(style, func() { m.inlines(n) })
	case *east.Strikethrough:
		l.with(Strike, func() { m.inlines(n) })
	case *ast.Link:
		m.linked(unescape(string(n.Destination)), func() { m.inlines(n) })
	case *ast.AutoLink:
		m.linked(address(n, m.source), func() { l.addInert(string(n.Label(m.source))) })
	case *ast.Image:
		l.addImage(m.plainText(n), unescape(string(n.Destination)))
	case *ast.RawHTML:
		var b strings.Builder
		for i := range n.Segments.Len() {
			b.WriteString(m.segment(n.Segments.At(i)))
		}
		l.addHTML(b.String())
	case *footnoteRef:
		m.linked("#"+string(noteAnchor(n.number)), func() {
			l.with(FootnoteRef, func() { l.addInert(superscript(n.number)) })
		})
	case *east.TaskCheckBox:
	default:
		m.inlines(n)
	}
}

// linked adds the label of a link.
func (m *markdown) linked(target string, label func()) {
	opened := m.leaf.openLink(target)
	label()
	if opened {
		m.leaf.closeLink()
	}
}

func address(n *ast.AutoLink, source []byte) string {
	target := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(target), "mailto:") {
		return "mailto:" + target
	}
	return target
}

func (m *markdown) addText(n *ast.Text) {
	l := &m.leaf
	s := m.segment(n.Segment)
	if l.atLineStart() {
		s = strings.TrimLeft(s, " \t")
	}
	if n.IsRaw() {
		l.addInert(s)
	} else {
		l.addSource(s)
	}
	switch {
	case n.HardLineBreak():
		l.breakLine()
	case n.SoftLineBreak() && !l.atLineStart():
		l.addInert(" ")
	}
}

func (m *markdown) addCode(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			s := strings.ReplaceAll(m.segment(t.Segment), "\n", " ")
			if m.inCell {
				s = strings.ReplaceAll(s, `\|`, "|")
			}
			m.leaf.addInert(s)
		}
	}
}

// plainText is the text below an inline node without any style.
func (m *markdown) plainText(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		switch {
		case c.Kind() == ast.KindAutoLink:
			b.Write(c.(*ast.AutoLink).Label(m.source))
		case !ok:
			b.WriteString(m.plainText(c))
		case t.IsRaw():
			b.WriteString(m.segment(t.Segment))
		default:
			b.WriteString(unescape(m.segment(t.Segment)))
		}
		if ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			b.WriteByte(' ')
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
