package theme

import (
	"strconv"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
)

// Paint writes s in one style and parts of it, in order, in another. Parts that
// are not in s, which may have been cut, are left out.
func Paint(s string, parts []article.Range, base, match lipgloss.Style) string {
	var b strings.Builder
	open, shut := Pen(base)
	openMatch, shutMatch := "", ""
	if len(parts) > 0 {
		openMatch, shutMatch = Pen(match)
	}
	at := 0
	for _, r := range parts {
		if r.Start < at || r.End <= r.Start {
			continue
		}
		if r.End > len(s) {
			break
		}
		if r.Start > at {
			b.WriteString(open + s[at:r.Start] + shut)
		}
		b.WriteString(openMatch + s[r.Start:r.End] + shutMatch)
		at = r.End
	}
	if at < len(s) {
		b.WriteString(open + s[at:] + shut)
	}
	return b.String()
}

// Pen is what begins a style and what ends it. Lip Gloss itself writes what is
// underlined letter by letter, which parts marks from their letters and takes ten
// times the bytes.
func Pen(style lipgloss.Style) (begin, end string) {
	begin, end, _ = strings.Cut(style.Render("x"), "x")
	return begin, end
}

// Cut shortens a text to a width, at the end of a word if one is near, with an
// ellipsis. What is kept are the first bytes of s.
func (t Theme) Cut(s string, width int) string {
	if ansi.StringWidth(s) <= width {
		return s
	}
	if width <= 1 {
		return ansi.Truncate(s, max(width, 0), "")
	}
	short := ansi.Truncate(s, width-1, "")
	if i := strings.LastIndexByte(short, ' '); i > 2*len(short)/3 && len(short) < len(s) && s[len(short)] != ' ' {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.-") + t.Glyphs.Ellipsis
}

// Day is a date in a list. One that is only a guess is marked as about.
func Day(date time.Time, source article.DateSource) string {
	switch source {
	case article.NoDate:
		return ""
	case article.DateFromModTime:
		return "~" + date.Format("2 Jan 2006")
	}
	return date.Format("2 Jan 2006")
}

// Number writes a count with a comma before every three digits.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Count is a number of things in words: "1 article", "2,000 articles".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Number(n) + " " + thing
}
