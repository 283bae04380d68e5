package query

import "unicode/utf8"

// composed returns the Hangul syllable that s begins with in pieces, the first of
// them r of n bytes, and their length, zero if it begins with none (The Unicode
// Standard, section 3.12).
func composed(r rune, n int, s string) (rune, int) {
	const (
		lead, vowel, tail    = 0x1100, 0x1161, 0x11a7
		leads, vowels, tails = 19, 21, 28
		syllables            = 0xac00
	)
	switch {
	case r < lead || r >= syllables+leads*vowels*tails:
		return 0, 0
	case r < lead+leads:
		v, size := utf8.DecodeRuneInString(s[n:])
		if v < vowel || v >= vowel+vowels {
			return 0, 0
		}
		r, n = syllables+((r-lead)*vowels+v-vowel)*tails, n+size
	case r < syllables || (r-syllables)%tails != 0:
		return 0, 0
	}
	if t, size := utf8.DecodeRuneInString(s[n:]); tail < t && t < tail+tails {
		r, n = r+t-tail, n+size
	}
	return r, n
}
