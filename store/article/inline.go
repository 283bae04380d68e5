package article

import (
	"html"
	"strings"
	"unicode/utf8"
)

// leaf collects the text of one paragraph, heading or cell, with its spans and links.
// Everything that is added is made inert after its references are decoded.
type leaf struct {
	doc   *Document
	text  strings.Builder
	spans []Span
	style Style
	link  int32
	// tags are the open inline HTML elements with the style and link that each replaced.
	tags []openTag
	// started holds, for the links of this leaf, index in doc.Links and byte offset.
	started []linkStart
	// anchors are ids set inside this leaf, with their byte offset.
	anchors []Anchor
}

type openTag struct {
	name  string
	style Style
	link  int32
}

type linkStart struct{ link, at int }

// add appends a piece of decoded text in the current style.
func (l *leaf) add(s string) {
	if s == "" {
		return
	}
	t := string(Clean(s))
	if t == "" {
		return
	}
	at := uint32(l.text.Len())
	l.text.WriteString(t)
	if l.style == 0 && l.link == 0 {
		return
	}
	end := uint32(l.text.Len())
	if n := len(l.spans); n > 0 {
		if last := &l.spans[n-1]; last.End == at && last.Style == l.style && last.Link == l.link {
			last.End = end
			return
		}
	}
	l.spans = append(l.spans, Span{Start: at, End: end, Style: l.style, Link: l.link})
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
	target = strings.TrimSpace(target)
	if l.link != 0 || target == "" {
		return false
	}
	l.doc.Links = append(l.doc.Links, Link{Target: Line(target)})
	l.link = int32(len(l.doc.Links))
	l.started = append(l.started, linkStart{len(l.doc.Links) - 1, l.text.Len()})
	return true
}

func (l *leaf) closeLink() {
	if l.link == 0 {
		return
	}
	s := l.started[len(l.started)-1]
	if l.text.Len() == s.at {
		// A link without text could be neither seen nor selected.
		l.add(string(l.doc.Links[s.link].Target))
	}
	l.doc.Links[s.link].Label = Line(l.text.String()[s.at:])
	l.link = 0
}

// take returns what was collected and is ready for the next leaf. block is the
// index of the top-level block and offset where the leaf begins in its flattened text.
func (l *leaf) take(block, offset int) (Text, []Span) {
	l.closeTags(0)
	l.closeLink()
	text, spans := trim(l.text.String(), l.spans)
	cut := strings.Index(l.text.String(), text)
	for _, s := range l.started {
		link := &l.doc.Links[s.link]
		at := min(max(s.at-cut, 0), len(text))
		link.Block, link.Offset = block, offset+at
		link.Sentence = sentence(text, at, min(at+len(link.Label), len(text)))
	}
	for _, a := range l.anchors {
		a.Block, a.Offset = block, offset+min(max(a.Offset-cut, 0), len(text))
		l.doc.Anchors = append(l.doc.Anchors, a)
	}
	*l = leaf{doc: l.doc}
	return Text(text), spans
}

// trim cuts white space off both ends of a text and moves its spans.
func trim(text string, spans []Span) (string, []Span) {
	left := len(text) - len(strings.TrimLeft(text, " \t\n"))
	text = strings.TrimSpace(text)
	out := spans[:0]
	for _, s := range spans {
		s.Start = uint32(min(max(int(s.Start)-left, 0), len(text)))
		s.End = uint32(min(max(int(s.End)-left, 0), len(text)))
		if s.Start < s.End {
			out = append(out, s)
		}
	}
	return text, out
}

// maxSentence bounds the text around a link, in bytes.
const maxSentence = 240

// sentence returns the sentence of text around the bytes from to to.
func sentence(text string, from, to int) Text {
	start := from
	for start > 0 && from-start < maxSentence/2 && !endsSentence(text, start-1) {
		start--
	}
	end := to
	for end < len(text) && end-start < maxSentence {
		end++
		if endsSentence(text, end-1) {
			break
		}
	}
	head, tail := "", ""
	if start > 0 && !endsSentence(text, start-1) {
		head = "… "
		if i := strings.IndexByte(text[start:from], ' '); i >= 0 {
			start += i
		}
	}
	if end < len(text) && !endsSentence(text, end-1) {
		tail = " …"
		if i := strings.LastIndexByte(text[to:end], ' '); i >= 0 {
			end = to + i
		}
	}
	for start < from && !utf8.RuneStart(text[start]) {
		start++
	}
	for end > to && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	return Line(head + strings.TrimSpace(text[start:end]) + tail)
}

// endsSentence tells whether the byte at i closes a sentence: a full stop,
// question or exclamation mark before a space, or a hard line break.
func endsSentence(text string, i int) bool {
	switch text[i] {
	case '\n':
		return true
	case '.', '!', '?':
		return i+1 == len(text) || text[i+1] == ' ' && !abbreviation(text[:i])
	}
	return false
}

// abbreviation tells whether the word before a full stop is a single letter or
// a form such as "e.g", which do not end a sentence.
func abbreviation(before string) bool {
	i := strings.LastIndexAny(before, " (\n") + 1
	word := before[i:]
	return len(word) == 1 || strings.Contains(word, ".") && len(word) <= 4
}

// unescape decodes the backslash escapes and character references of a piece of
// Markdown text (CommonMark 0.31, sections 2.4 and 2.5) in one pass, so that
// what a reference decodes to is never decoded again.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			b.WriteString(html.UnescapeString(s))
			return b.String()
		}
		b.WriteString(html.UnescapeString(s[:i]))
		if c := s[i+1]; !isPunctuation(c) {
			b.WriteByte('\\')
		} else {
			b.WriteByte(c)
			i++
		}
		s = s[i+1:]
	}
}

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !('0' <= c && c <= '9') && !('a' <= c && c <= 'z') && !('A' <= c && c <= 'Z')
}
