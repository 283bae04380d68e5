package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is inert text: valid UTF-8 without control characters other than
// newline and tab, without bidirectional controls, and without the invisible
// characters that are used to hide text. Nothing in it can drive a terminal.
//
// Text is made by Clean and Line only. Constants of the program convert by
// themselves; converting a variable by hand is a bug, which a test of the
// repository looks for.
type Text string

// Clean makes text inert. Line ends of every kind become newlines; what could
// drive a terminal, reorder or hide text is removed; broken UTF-8 becomes
// U+FFFD. Cleaning twice is cleaning once.
func Clean(s string) Text {
	if i := firstUnclean(s); i < len(s) {
		return Text(clean(s, i))
	}
	return Text(s)
}

// Line makes text inert and puts it on one line: runs of white space become
// one space, and those at the ends are cut.
func Line(s string) Text { return fold(string(Clean(s))) }

// fold is Line for a string that is inert already.
func fold(s string) Text {
	if !needsFold(s) {
		return Text(s)
	}
	return Text(strings.Join(strings.Fields(s), " "))
}

// Lines makes every string of a list a Line and leaves empty ones out.
func Lines(list []string) []Text {
	var out []Text
	for _, s := range list {
		if t := Line(s); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// needsFold tells whether s has white space other than single inner spaces.
func needsFold(s string) bool {
	space := true
	for _, r := range s {
		switch {
		case r > ' ' && r < 0x80:
			space = false
		case r == ' ' && !space:
			space = true
		case r <= ' ' || unicode.IsSpace(r):
			return true
		default:
			space = false
		}
	}
	return space && s != ""
}

// firstUnclean returns the index of the first byte that Clean may have to
// change, or len(s). Nearly all text is clean, so this loop is the usual cost.
func firstUnclean(s string) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || !Inert(r) || isMark(r) {
			return i
		}
		i += n
	}
	return len(s)
}

// maxMarks bounds the combining marks on one character: enough for every
// written language, too few to smear over the lines around it.
const maxMarks = 8

// isMark tells whether a character is drawn over the one before it. The ranges
// are shortcuts past the commonest scripts.
func isMark(r rune) bool {
	if r < 0x300 || r >= 0x3100 && r < 0xa66f || r >= 0xac00 && r < 0xfb00 {
		return false
	}
	return unicode.In(r, unicode.Mn, unicode.Me)
}

func clean(s string, from int) string {
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:from])
	marks := 0
	for i := from; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\r':
			if i < len(s) && s[i] == '\n' {
				continue
			}
			r = '\n'
		case endsLine(r):
			r = '\n'
		case !Inert(r):
			continue
		}
		if !isMark(r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// endsLine tells the characters that end a line besides LF and CR (Unicode
// Line Breaking Algorithm, UAX #14, class BK and NEL).
func endsLine(r rune) bool {
	return r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// Inert tells whether a character may reach a screen. The sets: C0 but newline
// and tab, DEL and C1 (ECMA-48); line and paragraph separators; the explicit
// and implicit controls of the Unicode Bidirectional Algorithm (UAX #9);
// annotation and tag characters and the other ignorable characters of their
// blocks; byte order marks; soft hyphens, whose width no two terminals agree on.
func Inert(r rune) bool {
	switch {
	case r < ' ':
		return r == '\n' || r == '\t'
	case r < 0x7f:
		return true
	case r <= 0x9f, r == 0xad:
		return false
	case r < 0x61c:
		return true
	case r == 0x61c, r == 0x200e, r == 0x200f,
		r >= 0x2028 && r <= 0x202e,
		r >= 0x2066 && r <= 0x206f,
		r == 0xfeff, r >= 0xfff0 && r <= 0xfffb,
		r >= 0xe0000 && r <= 0xe00ff, r >= 0xe01f0 && r <= 0xe0fff:
		return false
	}
	return true
}

// visible tells whether a text shows anything at all: a title of zero-width or
// blank characters would be a row that nobody can see or choose.
func visible(t Text) bool {
	for _, r := range t {
		if r > 0x7f && (r == 0x115f || r == 0x1160 || r == 0x2800 || r == 0x3164 || r == 0xffa0 || unicode.Is(unicode.Cf, r)) {
			continue
		}
		if !unicode.IsSpace(r) && !isMark(r) {
			return true
		}
	}
	return false
}
