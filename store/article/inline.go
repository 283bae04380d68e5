package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// leaf collects the text of one paragraph, heading or cell, with its spans and
// links. It is used again for the next one, so that its buffers grow only once.
type leaf struct {
	doc   *Document
	text  []byte
	spans []Span
	// style is that of the Markdown around, tagStyle that of the open HTML elements.
	style, tagStyle Style
	// link is one more than the index of the open link, zero for none.
	link int32
	// tags are the open inline HTML elements with the style that each replaced.
	tags []openTag
	// started are the links of this leaf.
	started []linkRange
	// anchors are ids set inside this leaf, with their byte offset.
	anchors []Anchor
}

type openTag struct {
	name  string
	style Style
	link  bool // the element opened the link
}

// linkRange is where a link of the document stands in the leaf.
type linkRange struct{ index, start, end int }

// add appends decoded text in the current style, made inert.
func (l *leaf) add(s string) { l.addInert(string(Clean(s))) }

// addSource appends a piece of Markdown; it decodes escapes and references.
func (l *leaf) addSource(s string) {
	if strings.IndexByte(s, '&') < 0 && strings.IndexByte(s, '\\') < 0 {
		l.addInert(s)
		return
	}
	l.add(unescape(s))
}

// addInert appends a piece of the source or of cleaned text.
func (l *leaf) addInert(s string) {
	if s != "" && s[0] >= utf8.RuneSelf {
		s = l.limitMarks(s)
	}
	if s == "" {
		return
	}
	at := uint32(len(l.text))
	l.text = append(l.text, s...)
	style := l.style | l.tagStyle
	if style == 0 && l.link == 0 {
		return
	}
	end := uint32(len(l.text))
	if n := len(l.spans); n > 0 {
		if last := &l.spans[n-1]; last.End == at && last.Style == style && last.Link == l.link {
			last.End = end
			return
		}
	}
	l.spans = append(l.spans, Span{Start: at, End: end, Style: style, Link: l.link})
}

// limitMarks keeps a run of combining marks that is put together from several
// pieces within the bound that Clean sets to one piece.
func (l *leaf) limitMarks(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if !isMark(r) {
		return s
	}
	marks := 0
	for end := len(l.text); end > 0 && marks < maxMarks; marks++ {
		before, size := utf8.DecodeLastRune(l.text[:end])
		if !isMark(before) {
			break
		}
		end -= size
	}
	at := 0
	for ; at < len(s) && isMark(r) && marks < maxMarks; marks++ {
		at += n
		r, n = utf8.DecodeRuneInString(s[at:])
	}
	return s[:at] + strings.TrimLeftFunc(s[at:], isMark)
}

// with adds in a further style.
func (l *leaf) with(style Style, add func()) {
	old := l.style
	l.style |= style
	add()
	l.style = old
}

// openLink starts a link; what is added until closeLink is its label. A link
// inside a link belongs to the outer one.
func (l *leaf) openLink(target string) (opened bool) {
	if l.link != 0 {
		return false
	}
	t := Line(target)
	if t == "" {
		return false
	}
	l.doc.Links = append(l.doc.Links, Link{Target: t})
	l.link = int32(len(l.doc.Links))
	l.started = append(l.started, linkRange{index: len(l.doc.Links) - 1, start: len(l.text)})
	return true
}

func (l *leaf) closeLink() {
	if l.link == 0 {
		return
	}
	s := &l.started[len(l.started)-1]
	link := &l.doc.Links[s.index]
	if link.Label = fold(string(l.text[s.start:])); link.Label == "" {
		// A link without text could be neither seen nor selected.
		l.addInert(string(link.Target))
		link.Label = link.Target
	}
	s.end = len(l.text)
	l.link = 0
}

// dropLink forgets an open link that has no text: its label is in another block.
func (l *leaf) dropLink() {
	if l.link != 0 {
		l.started = l.started[:len(l.started)-1]
		l.doc.Links = l.doc.Links[:l.link-1]
		l.link = 0
	}
}

// take returns what was collected, without white space at its ends, and is ready
// for the next leaf. block is the index of the top-level block and offset where
// the leaf begins in its flattened text.
func (l *leaf) take(block, offset int) (Text, []Span) {
	return l.takeTrimmed(block, offset, func(s string) string { return strings.TrimLeftFunc(s, unicode.IsSpace) })
}

// takeTrimmed is take with another way to trim the beginning.
func (l *leaf) takeTrimmed(block, offset int, trimLeft func(string) string) (Text, []Span) {
	l.closeTags(0)
	l.closeLink()
	whole := string(l.text)
	text := trimLeft(whole)
	left := len(whole) - len(text)
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	inside := func(at int) int { return min(max(at-left, 0), len(text)) }
	for _, s := range l.started {
		link := &l.doc.Links[s.index]
		start := inside(s.start)
		for start < len(text) && isSpace(text[start]) {
			start++
		}
		link.Block, link.Offset = block, offset+start
		link.Sentence = sentence(text, start, max(start, inside(s.end)))
	}
	for _, a := range l.anchors {
		a.Block, a.Offset = block, offset+inside(a.Offset)
		l.doc.Anchors = append(l.doc.Anchors, a)
	}
	spans := l.takeSpans(inside)
	*l = leaf{doc: l.doc, text: l.text[:0], spans: l.spans[:0], tags: l.tags[:0], started: l.started[:0], anchors: l.anchors[:0]}
	return Text(text), spans
}

func (l *leaf) takeSpans(inside func(int) int) []Span {
	if len(l.spans) == 0 {
		return nil
	}
	spans := make([]Span, 0, len(l.spans))
	for _, s := range l.spans {
		s.Start, s.End = uint32(inside(int(s.Start))), uint32(inside(int(s.End)))
		if s.Start < s.End {
			spans = append(spans, s)
		}
	}
	return spans
}

// blank tells whether there is nothing to see yet, and forgets the white space
// that is there. What is open stays open.
func (l *leaf) blank() bool {
	if strings.TrimSpace(string(l.text)) != "" {
		return false
	}
	l.text, l.spans = l.text[:0], l.spans[:0]
	for i := range l.started {
		l.started[i].start = 0
	}
	return true
}

// breakLine begins a new line, without space at the end of the one before.
func (l *leaf) breakLine() {
	n := len(l.text)
	for n > 0 && l.text[n-1] == ' ' {
		n--
	}
	l.text = l.text[:n]
	for i := len(l.spans) - 1; i >= 0 && int(l.spans[i].End) > n; i-- {
		l.spans[i].Start, l.spans[i].End = min(l.spans[i].Start, uint32(n)), uint32(n)
	}
	l.text = append(l.text, '\n')
}

// bullet begins an item of a list that is written in HTML.
const bullet = "• "

// atLineStart tells whether nothing stands on the current line yet, but perhaps
// a bullet.
func (l *leaf) atLineStart() bool {
	n := len(l.text)
	return n == 0 || l.text[n-1] == '\n' || strings.HasSuffix(string(l.text[max(0, n-len(bullet)):]), bullet)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }
