package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
)

// atom is one character as a reader sees it (a grapheme cluster), with the
// styles that it stands in.
type atom struct {
	text  string
	width int
	// at is the offset of the character in the text of its leaf.
	at int
	// pen is what begins the character's style; empty for none.
	pen string
	// link is one more than the index of the link that it belongs to.
	link int
}

// atoms takes a styled string apart. text is what the string shows; offsets and
// the spans' links are measured in it. A character that a style or a link cuts
// is not parted: it has those of its first byte. atoms returns nil if the string
// shows anything else, so that no caller can go on with wrong offsets.
func atoms(styled, text string, spans []article.Span) []atom {
	out := make([]atom, 0, len(text))
	var pen string
	span := 0
	for at := 0; at < len(text); {
		styled, pen = pens(styled, pen)
		n, width := 1, 1
		if c := text[at]; c < ' ' || c >= 0x7f || at+1 < len(text) && text[at+1] >= 0x80 {
			var cluster string
			cluster, width = ansi.FirstGraphemeCluster(text[at:], ansi.GraphemeWidth)
			n = len(cluster)
		}
		for span < len(spans) && int(spans[span].End) <= at {
			span++
		}
		a := atom{text: text[at : at+n], width: width, at: at, pen: pen}
		if span < len(spans) && int(spans[span].Start) <= at {
			a.link = int(spans[span].Link)
		}
		out = append(out, a)
		for end := at + n; at < end; at++ {
			styled, pen = pens(styled, pen)
			if styled == "" || styled[0] != text[at] {
				return nil
			}
			styled = styled[1:]
		}
	}
	if rest, _ := pens(styled, pen); rest != "" {
		return nil
	}
	return out
}

// pens takes the style sequences off the beginning of a string.
func pens(styled, pen string) (rest, after string) {
	for styled != "" && styled[0] == 0x1b {
		seq, _, n, _ := ansi.DecodeSequence(styled, 0, nil)
		styled, pen = styled[n:], penAfter(pen, seq)
	}
	return styled, pen
}

// penAfter is the style after an SGR sequence. Sequences add up until a reset.
func penAfter(pen, seq string) string {
	switch {
	case !strings.HasSuffix(seq, "m") || len(seq) < 3 || seq[1] != '[':
		return pen
	case seq == "\x1b[m" || seq == "\x1b[0m":
		return ""
	case seq == "\x1b[27m":
		return strings.Replace(pen, "\x1b[7m", "", 1)
	case seq == "\x1b[24m":
		return strings.Replace(pen, "\x1b[4m", "", 1)
	}
	return pen + seq
}

// wrap breaks atoms into rows of at most width columns and calls emit for each,
// with the offset at which it begins, also if it is empty.
// It breaks at spaces (which vanish there), after hyphens and dashes inside
// words, between wide characters but where their punctuation forbids it, and
// anywhere in a word that is longer than a row. A newline ends a row.
func wrap(line []atom, width int, emit func(row []atom, at int)) {
	width = max(width, 1)
	start, breakAt, columns := 0, -1, 0
	flush := func(end int) {
		row, at := line[start:end], 0
		switch {
		case start < len(line):
			at = line[start].at
		case len(line) > 0:
			at = line[len(line)-1].at
		}
		for len(row) > 0 && isSpace(row[len(row)-1]) {
			row = row[:len(row)-1]
		}
		emit(row, at)
		breakAt = -1
	}
	measure := func(from, to int) int {
		n := 0
		for _, a := range line[from:to] {
			n += a.width
		}
		return n
	}
	for i := 0; i < len(line); i++ {
		a := line[i]
		if a.text == "\n" {
			flush(i)
			start, columns = i+1, 0
			continue
		}
		if i > start && mayBreak(line, i) {
			breakAt = i
		}
		columns += a.width
		if columns <= width || isSpace(a) || i == start {
			continue
		}
		end := i
		if breakAt > start {
			end = breakAt
		}
		flush(end)
		for end < len(line) && isSpace(line[end]) && line[end].text != "\n" {
			end++
		}
		start = end
		columns = measure(start, i+1)
		if start > i || columns > width && start < i {
			// What is left may need another break, if the row had no width.
			columns = 0
			i = start - 1
		}
	}
	if start < len(line) || start == 0 {
		flush(len(line))
	}
}

func isSpace(a atom) bool { return a.text == " " }

// mayBreak tells whether a row may end before line[i].
func mayBreak(line []atom, i int) bool {
	before, after := line[i-1], line[i]
	if isSpace(after) {
		return false
	}
	if isSpace(before) {
		return true
	}
	prev, _ := utf8.DecodeLastRuneInString(before.text)
	next, _ := utf8.DecodeRuneInString(after.text)
	switch prev {
	case '\u200b', '—':
		return true
	case '-', '\u2010', '–':
		return i >= 2 && isLetter(line[i-2]) && isLetter(after)
	case '/':
		return i >= 2 && isLetter(line[i-2]) && isLetter(after) && before.link == 0
	}
	if before.width < 2 && after.width < 2 {
		return false
	}
	return !strings.ContainsRune(noLineStart, next) && !strings.ContainsRune(noLineEnd, prev) && next != '\u00a0' && prev != '\u00a0'
}

// noLineStart and noLineEnd hold the punctuation that may not begin or end a
// row of Chinese, Japanese or Korean text (after JIS X 4051 and GB/T 15834).
const (
	noLineStart = "、。，．・：；？！ー〜）］｝〉》」』】〕〗〙〛’”‥…ぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;?!)]}%"
	noLineEnd   = "（［｛〈《「『【〔〖〘〚‘“([{$"
)

func isLetter(a atom) bool {
	r, _ := utf8.DecodeRuneInString(a.text)
	return unicode.IsLetter(r)
}

// row writes atoms as one Line that begins at an offset. base is a style under
// all others (a background).
func row(as []atom, base string, offset int) Line {
	l := Line{Offset: offset}
	var b strings.Builder
	pen := ""
	if base != "" && len(as) > 0 {
		b.WriteString(base)
	}
	for _, a := range as {
		if a.pen != pen {
			if pen != "" {
				b.WriteString("\x1b[m" + base)
			}
			b.WriteString(a.pen)
			pen = a.pen
		}
		if a.link != 0 {
			if n := len(l.Links); n > 0 && l.Links[n-1].Link == a.link-1 && l.Links[n-1].To == l.Width {
				l.Links[n-1].To += a.width
			} else {
				l.Links = append(l.Links, LinkSpan{a.link - 1, l.Width, l.Width + a.width})
			}
		}
		b.WriteString(a.text)
		l.Width += a.width
	}
	if pen != "" || base != "" && len(as) > 0 {
		b.WriteString("\x1b[m")
	}
	l.Text = b.String()
	return l
}

// textWidth is the number of columns that plain text takes.
func textWidth(s string) int {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] < ' ' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}
