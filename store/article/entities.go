package article

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

// unescape decodes the backslash escapes and character references of a piece of
// Markdown (CommonMark 0.31, sections 2.4 and 2.5) in one pass, so that what a
// reference decodes to is never decoded again. The result is not inert yet.
func unescape(s string) string {
	i := strings.IndexAny(s, `\&`)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		text, n := s[:1], 1
		if s[0] == '&' {
			text, n = reference(s)
		} else if len(s) > 1 && util.IsPunct(s[1]) {
			text, n = s[1:2], 2
		}
		b.WriteString(text)
		s = s[n:]
		i = strings.IndexAny(s, `\&`)
	}
	b.WriteString(s)
	return b.String()
}

// maxReference bounds a character reference: the longest name that HTML knows
// has 31 letters.
const maxReference = 33

// reference decodes the character reference that s begins with, or returns its
// ampersand. Markdown wants the semicolon, which keeps the "&copy=" of an
// address as it is.
func reference(s string) (text string, n int) {
	end := strings.IndexByte(s[:min(len(s), maxReference+1)], ';')
	if end < 2 {
		return s[:1], 1
	}
	name := s[1:end]
	if name[0] == '#' {
		if isNumber(name[1:]) {
			return html.UnescapeString(s[:end+1]), end + 1
		}
	} else if _, known := util.LookUpHTML5EntityByName(name); known {
		return html.UnescapeString(s[:end+1]), end + 1
	}
	return s[:1], 1
}

// isNumber tells whether s is a decimal number of 1 to 7 digits, or an x and 1
// to 6 hexadecimal digits.
func isNumber(s string) bool {
	digits, most := "0123456789", 7
	if s != "" && (s[0] == 'x' || s[0] == 'X') {
		s, digits, most = s[1:], digits+"abcdefABCDEF", 6
	}
	return s != "" && len(s) <= most && strings.Trim(s, digits) == ""
}
