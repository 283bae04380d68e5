package fold

import (
	"unicode"
	"unicode/utf8"
)

// Kind is what matters about a character for the finding of words.
type Kind uint8

// The kinds of characters.
const (
	Gap       Kind = iota // white space
	Mark                  // left out of what is compared: combining marks and invisible characters
	Symbol                // punctuation and whatever is nothing else
	Number                // what Unicode calls a number and is no digit: ½, Ⅷ
	Ideograph             // Chinese characters and Japanese kana
	Digit
	Letter // also the marks that take room of their own, such as vowels of India
)

// KindOf returns the kind of a character.
func KindOf(r rune) Kind {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return Letter
	case '0' <= r && r <= '9':
		return Digit
	case r == ' ' || '\t' <= r && r <= '\r':
		return Gap
	case r < utf8.RuneSelf:
		return Symbol
	case isCommonLetter(r):
		return Letter
	case 0x4e00 <= r && r <= 0x9fff, 0x3041 <= r && r <= 0x3096, 0x30a1 <= r && r <= 0x30fa:
		return Ideograph
	}
	return rareKind(r)
}

// isCommonLetter is a shortcut past the tables, for the letters of Latin, Greek,
// Cyrillic and Hangul. It knows not all of them.
func isCommonLetter(r rune) bool {
	return 0xc0 <= r && r <= 0x24f && r != 0xd7 && r != 0xf7 || 0x3a3 <= r && r <= 0x3ff && r != 0x3f6 ||
		0x400 <= r && r <= 0x481 || 0xac00 <= r && r <= 0xd7a3
}

func rareKind(r rune) Kind {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return Mark
	case unicode.IsSpace(r):
		return Gap
	case unicode.IsDigit(r):
		return Digit
	case unicode.In(r, unicode.Ideographic, unicode.Hiragana, unicode.Katakana):
		return Ideograph
	case unicode.IsLetter(r), unicode.Is(unicode.Mc, r):
		return Letter
	case isRaised(r):
		return Symbol
	case unicode.IsNumber(r):
		return Number
	}
	return Symbol
}

// isRaised tells the digits that stand above or below the line: most of them
// point to a footnote and are no part of the word before them.
func isRaised(r rune) bool {
	return r == '²' || r == '³' || r == '¹' || 0x2070 <= r && r <= 0x2089
}

// Spaceless tells whether a character belongs to a script that is written
// without spaces, or with few that mean anything to a search: Chinese, Japanese,
// Korean, Thai, Lao, Tibetan, Burmese and Khmer. It is meant for characters of
// the kinds Number, Ideograph, Digit and Letter.
func Spaceless(r rune) bool {
	switch {
	case r < 0xe00:
		return false
	case r < 0x1100:
		return r < 0x10a0 // Thai, Lao, Tibetan, Burmese; Georgian follows
	case r < 0x2e80:
		return r < 0x1200 || 0x1780 <= r && r < 0x1800 || 0x19e0 <= r && r < 0x1a00 // jamo, Khmer
	case r < 0xa000:
		return true // kana, Bopomofo, Chinese characters
	}
	return 0xa960 <= r && r < 0xa980 || 0xa9e0 <= r && r < 0xaa00 || 0xaa60 <= r && r < 0xaa80 ||
		0xac00 <= r && r < 0xd800 || 0xf900 <= r && r < 0xfb00 || 0xff66 <= r && r < 0xffe0 ||
		0x16fe0 <= r && r < 0x1b300 || 0x20000 <= r && r < 0x40000
}
