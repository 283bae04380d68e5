package article

import (
	"strings"
	"unicode"
)

// countWords counts the words of a text: runs of letters, digits and what joins
// them. Scripts that do not part words by spaces count two characters as one
// word, which is near the reading pace of their readers.
func countWords(s string) int {
	words, wide, in := 0, 0, false
	for _, r := range s {
		switch {
		case r <= ' ':
			in = false
		case r < 0x80:
			if !in && ('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9') {
				words++
				in = true
			}
		case r >= 0x2e80 && isWide(r):
			wide++
			in = false
		case !in && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			words++
			in = true
		case in && unicode.IsSpace(r):
			in = false
		}
	}
	return words + (wide+1)/2
}

func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// slug makes the anchor of a heading as GitHub does: lower case, letters,
// digits, '-' and '_' kept, spaces to '-', all else dropped.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case r == ' ' || r == '-' || r == '\n':
			b.WriteByte('-')
		case r == '_' || unicode.In(r, unicode.Letter, unicode.Mark, unicode.Nd, unicode.Pc):
			b.WriteRune(r)
		}
	}
	return b.String()
}
