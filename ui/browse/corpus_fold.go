package browse

import (
	"unicode/utf8"

	"carrel/store/fold"
)

// folder brings texts into the form in which they are compared, which is that of
// package fold: without marks, in lower case, with a few letters spelled out (ß is
// ss) and typographic punctuation as one types it. Runs of white space are one
// space, those at the ends are cut.
//
// Characters fold one by one, so the folded form of a longer query begins with
// that of the shorter one; narrowing relies on it.
type folder struct {
	text   []byte
	starts []uint64 // bit i is set if a word begins at text[i]
	trace  bool     // keep origin
	origin []extent // for each byte of text
	prev   fold.Kind
	first  int // where the current text begins in text
}

// extent is a range of bytes in a source: a character with its marks.
type extent struct{ start, end int }

// begins tells whether a word begins between characters of two kinds. Letters
// and digits part ("wasm|32"); the halves of "GitHub" do not, because people
// forget which names are written so.
func begins(prev, k fold.Kind) bool {
	switch k {
	case fold.Symbol, fold.Number, fold.Ideograph:
		return true
	case fold.Digit, fold.Letter:
		return prev != k
	}
	return false
}

// fold appends the folded form of s and returns where it begins in f.text. It
// stops after about limit bytes.
func (f *folder) fold(s string, limit int) int {
	f.first, f.prev = len(f.text), fold.Gap
	for i := 0; i < len(s) && len(f.text)-f.first < limit; {
		if c := s[i]; 'a' <= c && c <= 'z' && f.prev == fold.Letter && !f.trace {
			f.text = append(f.text, c) // most characters by far
			i++
			continue
		} else if c < utf8.RuneSelf {
			f.put(rune(c), extent{i, i + 1})
			i++
			continue
		}
		d, n := fold.Decompose(s[i:])
		from := extent{i, i + n}
		if d != nil {
			for _, r := range string(d) {
				f.put(r, from)
			}
		} else {
			r, _ := utf8.DecodeRuneInString(s[i:])
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
	k := fold.KindOf(r)
	at := len(f.text)
	switch {
	case k == fold.Mark:
		f.extend(from.end)
		return
	case k == fold.Gap && f.prev == fold.Gap:
		return
	case begins(f.prev, k):
		f.start(at)
	}
	f.prev = k
	if k == fold.Gap {
		r = ' '
	}
	f.text = fold.Append(f.text, r)
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
