package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Decompose returns the canonical decomposition (Unicode NFD) of the character
// that s begins with, nil if it is its own, and the character's length in bytes.
// Hangul syllables stay whole. s must not be empty.
func Decompose(s string) (decomposed []byte, size int) {
	r, size := utf8.DecodeRuneInString(s)
	if r < 0xc0 || isCyrillic(r) || 0x4e00 <= r && r <= 0x9fff {
		return nil, size // the commonest that have none
	}
	return norm.NFD.PropertiesString(s).Decomposition(), size
}

// Append appends the form of a decomposed character in which it is compared: its
// lower case, or how people write it who do not have its key.
func Append(dst []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, byte(r))
	}
	if isCyrillic(r) || 0x3041 <= r && r <= 0x9fff || 0xac00 <= r && r <= 0xd7a3 {
		return utf8.AppendRune(dst, r) // neither case nor spelling
	}
	r = unicode.ToLower(r)
	if s := spelled(r); s != "" {
		return append(dst, s...)
	}
	return utf8.AppendRune(dst, r)
}

// isCyrillic tells the small letters that are their own decomposition, most of
// those that Cyrillic text has.
func isCyrillic(r rune) bool { return 0x430 <= r && r <= 0x44f && r != 'й' }

// String returns a whole text in the form in which it is compared.
func String(s string) string {
	out := make([]byte, 0, len(s))
	for len(s) > 0 {
		if c := s[0]; c < utf8.RuneSelf {
			out, s = Append(out, rune(c)), s[1:]
			continue
		}
		d, n := Decompose(s)
		if d == nil {
			d = []byte(s[:n])
		}
		s = s[n:]
		for len(d) > 0 {
			r, n := utf8.DecodeRune(d)
			d = d[n:]
			if KindOf(r) != Mark {
				out = Append(out, r)
			}
		}
	}
	return string(out)
}

// spelled returns how people write a character who do not have its key, where
// Unicode knows no decomposition, and the empty string for all others. r is in
// lower case.
func spelled(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ſ':
		return "s"
	case 'ς':
		return "σ"
	case '’', '‘', '‚':
		return "'"
	case '“', '”', '„', '«', '»':
		return `"`
	case '…':
		return "..."
	case '–', '—', '‐', '‑', '−':
		return "-"
	case '×':
		return "x"
	}
	return ""
}
