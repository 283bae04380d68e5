package browse

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folder brings texts into the form in which they are compared: canonically
// decomposed (Unicode NFD) without the marks, in lower case, with a few letters
// spelled out (ß is ss) and typographic punctuation as one types it; runs of
// white space are one space, those at the ends are cut. Hangul stays whole.
//
// Characters fold one by one, so the folded form of a longer query begins with
// that of the shorter one; narrowing relies on it.
type folder struct {
	text   []byte
	starts []uint64 // bit i is set if a word begins at text[i]
	trace  bool     // keep origin
	origin []extent // for each byte of text
	prev   kind
	first  int // where the current text begins in text
}

// extent is a range of bytes in a source: a character with its marks.
type extent struct{ start, end int }

// kind is what matters about a character for the finding of words.
type kind uint8

const (
	gap    kind = iota // white space
	mark               // left out: combining marks and invisible characters
	symbol             // punctuation: each is a word of its own
	ideograph
	digit
	letter
)

// begins tells whether a word begins between characters of two kinds. Letters
// and digits part ("wasm|32"); the halves of "GitHub" do not, because people
// forget which names are written so.
func (k kind) begins(prev kind) bool {
	switch k {
	case symbol, ideograph:
		return true
	case digit, letter:
		return prev != k
	}
	return false
}

// fold appends the folded form of s and returns where it begins in f.text. It
// stops after about limit bytes.
func (f *folder) fold(s string, limit int) int {
	f.first, f.prev = len(f.text), gap
	for i := 0; i < len(s) && len(f.text)-f.first < limit; {
		if c := s[i]; 'a' <= c && c <= 'z' && f.prev == letter && !f.trace {
			f.text = append(f.text, c) // most characters by far
			i++
			continue
		} else if c < utf8.RuneSelf {
			f.put(rune(c), extent{i, i + 1})
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		from := extent{i, i + n}
		if d := norm.NFD.PropertiesString(s[i:]).Decomposition(); d != nil {
			for _, r := range string(d) {
				f.put(r, from)
			}
		} else {
			f.put(r, from)
		}
		i += n
	}
	if n := len(f.text); n > f.first && f.text[n-1] == ' ' {
		f.text = f.text[:n-1]
		if f.trace {
			f.origin = f.origin[:n-1]
		}
	}
	return f.first
}

// put appends the folded form of one decomposed character.
func (f *folder) put(r rune, from extent) {
	k := kindOf(r)
	at := len(f.text)
	switch {
	case k == mark:
		f.extend(from.end)
		return
	case k == gap && f.prev == gap:
		return
	case k.begins(f.prev):
		f.start(at)
	}
	f.prev = k
	switch {
	case k == gap:
		f.text = append(f.text, ' ')
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		f.text = append(f.text, byte(r))
	default:
		r = unicode.ToLower(r)
		if s := spelled(r); s != "" {
			f.text = append(f.text, s...)
		} else {
			f.text = utf8.AppendRune(f.text, r)
		}
	}
	for f.trace && len(f.origin) < len(f.text) {
		f.origin = append(f.origin, from)
	}
}

// extend adds a mark to the origin of the character before it.
func (f *folder) extend(end int) {
	if !f.trace || len(f.origin) == f.first {
		return
	}
	last := f.origin[len(f.origin)-1].start
	for i := len(f.origin) - 1; i >= f.first && f.origin[i].start == last; i-- {
		f.origin[i].end = end
	}
}

func (f *folder) start(at int) {
	for at>>6 >= len(f.starts) {
		f.starts = append(f.starts, 0)
	}
	f.starts[at>>6] |= 1 << (at & 63)
}

// passages returns all that was folded.
func (f *folder) passages() passages {
	for len(f.starts) <= len(f.text)>>6 {
		f.starts = append(f.starts, 0)
	}
	return passages{text: string(f.text), starts: f.starts}
}

func kindOf(r rune) kind {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return letter
	case '0' <= r && r <= '9':
		return digit
	case r == ' ' || '\t' <= r && r <= '\r':
		return gap
	case r < utf8.RuneSelf:
		return symbol
	case unicode.In(r, unicode.Mn, unicode.Cf):
		return mark
	case unicode.IsSpace(r):
		return gap
	case unicode.IsDigit(r):
		return digit
	case unicode.In(r, unicode.Ideographic, unicode.Hiragana, unicode.Katakana):
		return ideograph
	case unicode.IsLetter(r), unicode.Is(unicode.Mc, r):
		return letter
	}
	return symbol
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
