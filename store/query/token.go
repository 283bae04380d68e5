package query

import (
	"iter"
	"unicode/utf8"

	"carrel/store/fold"
)

// maxToken is the length in bytes at which the folded form of a token is cut, in
// texts and in queries alike.
const maxToken = 64

// Break is a word that no token is. Put between two texts of one index, followed
// by a space, it keeps phrases from reaching from the one into the other.
const Break = "¶"

// Token is a word of a text, or a part of one.
type Token struct {
	// Text is the folded form: decomposed, without marks, in lower case. It holds
	// nothing but a to z, 0 to 9 and characters beyond ASCII, in at most 64 bytes.
	Text string
	// Start and End are the bytes of the source that the token stands for.
	Start, End int
}

// Tokens yields the tokens of s in order.
//
// A token is a longest run of letters and digits; whatever else there is parts
// tokens, but for combining marks and invisible characters, which count for
// nothing. A run c1 c2 ... cn of a script that is written without spaces gives
// the overlapping pairs c1c2, c2c3 ... and the single cn at last, so that each of
// its parts can be found: two characters or more as neighbouring tokens, one as
// what a token begins with.
func Tokens(s string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		for x := (scanner{text: s}); x.next(); {
			// Most words are written as they are compared: those need no copy.
			word := s[x.start:x.end]
			if word != string(x.word) {
				word = string(x.word)
			}
			if !yield(Token{Text: word, Start: x.start, End: x.end}) {
				return
			}
		}
	}
}

// AppendWords appends the tokens of s to dst, each followed by one space: the
// form in which text is indexed.
func AppendWords(dst []byte, s string) []byte {
	for x := (scanner{text: s}); x.next(); {
		dst = append(append(dst, x.word...), ' ')
	}
	return dst
}

// scanner walks over the tokens of a text. The token that next has found is word,
// which the following call overwrites, the bytes start to end of the text.
type scanner struct {
	text       string
	at         int
	word       []byte
	start, end int
	// first is where the first character of a pair ends, zero for other tokens.
	first int

	run part // the last character of a run that goes on, if there is one

	// What char has looked at: the character before byte seen, its folded form, its
	// class and its length.
	seen   int
	folded []byte
	class  class
	size   int
}

// part is one character of a run without spaces.
type part struct {
	folded     [2 * utf8.UTFMax]byte
	n          int // bytes of folded
	start, end int
}

// class is what a character is to a token.
type class uint8

const (
	outside class = iota // parts tokens
	nothing              // a mark: neither parts nor counts
	letter
	unspaced // a letter of a script without spaces
)

// next goes on to the next token and tells whether there is one.
func (x *scanner) next() bool {
	x.word, x.first = x.word[:0], 0
	if x.run.n > 0 {
		x.pair()
		return true
	}
	for x.at < len(x.text) {
		if c := x.text[x.at]; c < utf8.RuneSelf {
			if lower[c] != 0 {
				x.letters()
				return true
			}
			x.at++
			continue
		}
		switch c, n := x.char(x.at); c {
		case letter:
			x.letters()
			return true
		case unspaced:
			x.keep(n)
			x.pair()
			return true
		default:
			x.at += n
		}
	}
	return false
}

// letters reads a token of ordinary letters, which begins at x.at.
func (x *scanner) letters() {
	text, i, room := x.text, x.at, maxToken
	x.start = i
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			if c = lower[c]; c == 0 {
				break
			}
			if room > 0 {
				x.word = append(x.word, c)
				room--
			}
			i++
			continue
		}
		class, n := x.char(i)
		if class != letter && class != nothing {
			break
		}
		if room -= len(x.folded); room >= 0 {
			x.word = append(x.word, x.folded...)
		}
		i += n
	}
	x.at, x.end = i, i
}

// pair reads the token that begins with the character kept in x.run: that and
// the next one, or itself alone if the run ends.
func (x *scanner) pair() {
	x.word = append(x.word, x.run.folded[:x.run.n]...)
	x.start, x.end = x.run.start, x.run.end
	x.run.n = 0
	for x.at < len(x.text) {
		c, n := x.char(x.at)
		if c == nothing {
			x.at += n
			continue
		}
		if c == unspaced {
			x.keep(n)
			x.word = append(x.word, x.run.folded[:x.run.n]...)
			x.first, x.end = x.end, x.run.end
		}
		return
	}
}

// keep makes the character at x.at, of n bytes, the last one of a run. The marks
// on it are part of it.
func (x *scanner) keep(n int) {
	x.run.n = copy(x.run.folded[:], x.folded)
	x.run.start = x.at
	for x.at += n; x.at < len(x.text) && x.text[x.at] >= utf8.RuneSelf; x.at += n {
		var c class
		if c, n = x.char(x.at); c != nothing {
			break
		}
	}
	x.run.end = x.at
}

// char looks at the character at byte i, leaves its folded form in x.folded and
// returns what it is, and how many bytes of the text.
func (x *scanner) char(i int) (class, int) {
	// In a run each character is looked at as what follows one, then for itself.
	if x.size == 0 || i+x.size != x.seen {
		x.class, x.size = x.look(i)
		x.seen = i + x.size
	}
	return x.class, x.size
}

func (x *scanner) look(i int) (class, int) {
	x.folded = x.folded[:0]
	if c := x.text[i]; c < utf8.RuneSelf {
		if c = lower[c]; c == 0 {
			return outside, 1
		}
		x.folded = append(x.folded, c)
		return letter, 1
	}
	r, n := utf8.DecodeRuneInString(x.text[i:])
	if r, n := composed(r, n, x.text[i:]); n > 0 {
		x.folded = utf8.AppendRune(x.folded, r)
		return unspaced, n
	}
	parts, _ := fold.Decompose(x.text[i:])
	if parts == nil {
		return x.add(r), n
	}
	found := nothing
	for len(parts) > 0 {
		r, n := utf8.DecodeRune(parts)
		parts = parts[n:]
		if c := x.add(r); found == nothing {
			found = c
		}
	}
	return found, n
}

// add appends the folded form of a decomposed character to x.folded, if it is of
// a word, and returns what it is.
func (x *scanner) add(r rune) class {
	switch fold.KindOf(r) {
	case fold.Gap, fold.Symbol:
		return outside
	case fold.Mark:
		return nothing
	}
	x.folded = fold.Append(x.folded, r)
	if fold.Spaceless(r) {
		return unspaced
	}
	return letter
}

// lower has for each ASCII letter its lower case, for each digit itself, and zero
// for the characters that are in no token.
const (
	none5 = "\x00\x00\x00\x00\x00"
	none6 = none5 + "\x00"
	az    = "abcdefghijklmnopqrstuvwxyz"
	lower = none6 + none6 + none6 + none6 + none6 + none6 + none6 + none6 + // 48
		"0123456789" + none6 + "\x00" + az + none6 + az + none5
)
