package browse

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"carrel/store/fold"
)

// How a term is found in a text, from the worst to the best.
type finding uint8

const (
	unknown   finding = iota
	missing           // not at all
	loose             // two letters that a longer term might find in pieces
	scattered         // in pieces: see passage.scattered
	inside            // as it is, within a word
	opening           // as it is, where a word begins
	whole             // as it is, from where a word begins to where one ends
)

// maxPattern is the length in characters from which a term is no longer looked
// for in pieces. It also keeps sahilm/fuzzy's bonus for neighbouring letters,
// which triples with each of them, within 64 bits.
const maxPattern = 32

// passages are folded texts in one string.
type passages struct {
	text   string
	starts []uint64
}

// passage is one folded text.
type passage struct {
	text   string
	starts []uint64
	base   int // where text begins, in bits of starts
}

func (p passages) slice(from, to uint32) passage {
	return passage{text: p.text[from:to], starts: p.starts, base: int(from)}
}

// term is a word of a query, folded.
type term struct {
	text    string
	pattern []rune // nil if it is not to be looked for in pieces
	mask    uint64 // of its bytes
	first   uint64 // of its first byte
}

// isPair tells whether a term has two letters. In pieces they find only what is
// shown for them, while a third letter may find more.
func (t *term) isPair() bool { return len(t.pattern) == 2 }

// mayBeIn tells whether a text with the mask m can have the term in one piece,
// and mayScatter whether it can have it in pieces, now or when it grows.
func (t *term) mayBeIn(m mask) bool { return m.all&t.mask == t.mask }

func (t *term) mayScatter(m mask) bool {
	return t.pattern != nil && m.initials&t.first != 0 && t.mayBeIn(m)
}

// fuzzyQuery is the part of a query that is found in pieces too. All terms are
// required.
type fuzzyQuery struct {
	text  string // the terms with single spaces
	terms []term
}

// maxQuery is the length in bytes, folded, after which a query is cut.
const maxQuery = 256

func newQuery(text string) fuzzyQuery {
	var f folder
	f.fold(text, maxQuery)
	q := fuzzyQuery{text: string(f.text)}
	for _, s := range strings.Fields(q.text) {
		t := term{text: s, first: maskBit(s[0])}
		for i := range len(s) {
			t.mask |= maskBit(s[i])
		}
		if n := utf8.RuneCountInString(s); 1 < n && n <= maxPattern {
			t.pattern = []rune(s)
		}
		q.terms = append(q.terms, t)
	}
	return q
}

// narrows tells whether whatever matches q must match old too: each of the old
// terms is the beginning of a new one.
func (q fuzzyQuery) narrows(old fuzzyQuery) bool {
	for _, o := range old.terms {
		found := false
		for _, t := range q.terms {
			found = found || strings.HasPrefix(t.text, o.text)
		}
		if !found {
			return false
		}
	}
	return true
}

// startsAt tells whether a word begins at byte i.
func (p passage) startsAt(i int) bool {
	i += p.base
	return p.starts[i>>6]>>(i&63)&1 != 0
}

// nextStart returns where the first word at or after byte i begins, or the
// length of the text.
func (p passage) nextStart(i int) int {
	for i < len(p.text) {
		at := p.base + i
		if w := p.starts[at>>6] >> (at & 63); w != 0 {
			return min(i+bits.TrailingZeros64(w), len(p.text))
		}
		i += 64 - at&63
	}
	return len(p.text)
}

// find returns how a term stands in the text in one piece, and where: the best
// place there is, the first one among equals.
func (p passage) find(term string) (finding, int) {
	best, place := missing, 0
	for from := 0; ; {
		i := strings.Index(p.text[from:], term)
		if i < 0 {
			return best, place
		}
		i += from
		got := inside
		if p.startsAt(i) {
			got = opening
			if p.endsAt(i + len(term)) {
				return whole, i
			}
		}
		if got > best {
			best, place = got, i
		}
		from = i + 1
	}
}

// endsAt tells whether a word ends before byte i.
func (p passage) endsAt(i int) bool {
	return i == len(p.text) || p.text[i] == ' ' || p.startsAt(i)
}

// scattered tells whether the pattern is found in order in pieces. A piece
// begins where a word begins and may leave out a few letters within the word;
// between the words of two pieces at most one other is passed over. So "tyir"
// finds "this year in rust", "anoncing" finds "announcing" and "rust194" finds
// "rust 1.94", while letters that merely occur one after the other find nothing.
// Of two letters each must begin a word. Whatever has a pattern of more than two
// letters so has all its beginnings so, but for the two-letter one.
//
// It returns the bytes of the word that has the whole pattern, if one has, or of
// the whole text; none if the pattern is not found.
func (p passage) scattered(pattern []rune) (from, to int) {
	var s scatter
	found := false
	for i := p.nextStart(0); i < len(p.text); {
		end := p.nextStart(i + 1)
		first, _ := p.rune(i)
		if first == pattern[0] && p.piece(i, end, pattern, 0, nil) == len(pattern) {
			return i, len(strings.TrimSuffix(p.text[:end], " "))
		}
		if !found && (first == pattern[0] || s != (scatter{})) {
			s = p.step(i, end, pattern, s)
			found = s.has(len(pattern))
		}
		i = end
	}
	if found {
		return 0, len(p.text)
	}
	return 0, 0
}

// scatter says how many characters of a pattern are found when a word ends: bit
// k is set if the first k are, the last of them in that word, or in the word
// before it.
type scatter struct{ last, before uint64 }

func (s scatter) has(k int) bool { return s.last>>k&1 != 0 }

// open returns the numbers of characters that the next word may follow.
func (s scatter) open() uint64 { return s.last | s.before | 1 }

// step goes on by one word, the bytes from i to end. Punctuation is no word that
// counts as passed over.
func (p passage) step(i, end int, pattern []rune, s scatter) scatter {
	first, _ := p.rune(i)
	var now uint64
	for left := s.open() &^ (1 << len(pattern)); left != 0; left &= left - 1 {
		if k := bits.TrailingZeros64(left); pattern[k] == first {
			n := p.piece(i, end, pattern, k, nil)
			now |= 1<<(n+1) - 1<<(k+1)
		}
	}
	if k := fold.KindOf(first); now == 0 && (k == fold.Symbol || k == fold.Number) {
		return s
	}
	return scatter{last: now, before: s.last}
}

// piece returns how many characters of the pattern are found after a word, the
// bytes from i to end, if the word begins with the one numbered from. Before each
// of the others it passes over one letter, two once the word gave three, three
// once it gave five: "srvy" finds "survey", "sec" does not find "search". It puts
// their places into at, which may end before the pattern, or be nil.
func (p passage) piece(i, end int, pattern []rune, from int, at []int) int {
	n, left := from, 0
	for i < end && n < len(pattern) {
		r, size := p.rune(i)
		switch {
		case r == pattern[n]:
			if n > from && len(pattern) == 2 {
				return n
			}
			if n < len(at) {
				at[n] = i
			}
			n++
			left = min((n-from+1)/2, 3)
		case left == 0:
			return n
		default:
			left--
		}
		i += size
	}
	return n
}

func (p passage) rune(i int) (rune, int) {
	if c := p.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(p.text[i:])
}
