package query

import (
	"cmp"
	"slices"
	"strings"

	"carrel/store/article"
)

// matcher finds phrases among the tokens of texts. Each phrase keeps a set of
// bits, of which bit k is set if its first k+1 words stand where the scanner is
// (the shift-and algorithm of Baeza-Yates and Gonnet, 1992, on words).
type matcher struct {
	phrases []phrase
	words   []word     // sorted by text, so that one first byte is one stretch
	firsts  [257]uint8 // where the words with a first byte begin in words
	longest int        // words of the longest phrase

	// Of the current token: for each phrase, which of its words it is; and the
	// phrases of which it is so by the first character of a pair only.
	now    []uint64
	halves uint64
}

type phrase struct {
	words int
	state uint64
}

// word is a word at its place in a phrase.
type word struct {
	text   string
	prefix bool
	phrase uint8
	bit    uint64
}

// match is what was found: bytes of the text, and the phrases that end there, a
// bit for each.
type match struct {
	start, end int
	phrases    uint64
}

// mostWords keeps the indices of words within a byte; a query of maxText bytes
// has no more by far, as each word takes two of them.
const mostWords = 255

func newMatcher(terms []Term) matcher {
	m := matcher{}
	seen := map[string]bool{}
	for _, t := range terms {
		id := strings.Join(t.Words, " ")
		if t.Prefix {
			id += "*"
		}
		if seen[id] || len(m.phrases) == maxTerms || len(m.words)+len(t.Words) > mostWords {
			continue
		}
		seen[id] = true
		for k, text := range t.Words {
			last := k == len(t.Words)-1
			m.words = append(m.words, word{text: text, prefix: t.Prefix && last, phrase: uint8(len(m.phrases)), bit: 1 << k})
		}
		m.phrases = append(m.phrases, phrase{words: len(t.Words)})
		m.longest = max(m.longest, len(t.Words))
	}
	slices.SortStableFunc(m.words, func(a, b word) int { return strings.Compare(a.text, b.text) })
	for _, w := range m.words {
		m.firsts[int(w.text[0])+1]++
	}
	for b := range m.firsts[1:] {
		m.firsts[b+1] += m.firsts[b]
	}
	m.now = make([]uint64, len(m.phrases))
	return m
}

func (m *matcher) ranges(s string) []article.Range {
	var out []article.Range
	for found := range m.all(s) {
		out = append(out, article.Range{Start: found.start, End: found.end})
	}
	return out
}

// all yields the matches in s, in order and without overlap.
func (m *matcher) all(s string) func(yield func(match) bool) {
	return func(yield func(match) bool) {
		if len(m.phrases) == 0 {
			return
		}
		for i := range m.phrases {
			m.phrases[i].state = 0
		}
		// recent are the starts of the last tokens, enough for every phrase.
		var recent [maxWords]int
		choice := chooser{yield: yield}
		if m.longest > 1 {
			choice.left = 32
		}
		live := false
		x := scanner{text: s}
		for n := 0; x.next(); n++ {
			recent[n%maxWords] = x.start
			if from, to := m.firsts[x.word[0]], m.firsts[int(x.word[0])+1]; from < to || live {
				live = m.step(&x, m.words[from:to], func(words int, found match) {
					found.start = recent[(n+maxWords-words+1)%maxWords]
					choice.open = append(choice.open, found)
				})
			}
			if len(choice.open) <= choice.left {
				continue
			}
			horizon := x.start + 1 // no match to come begins before this
			if m.longest > 1 {
				horizon = recent[(n-min(m.longest-2, n))%maxWords]
			}
			if !choice.settle(horizon) {
				return
			}
		}
		choice.settle(len(s) + 1)
		choice.flush()
	}
}

// step takes the scanner's token, which may be one of some words. It calls found
// for each phrase that ends with it, with its number of words, and tells whether
// the next token has to be looked at whatever it is.
func (m *matcher) step(x *scanner, words []word, found func(words int, f match)) (live bool) {
	m.halves = 0
	for _, w := range words {
		if string(x.word) == w.text {
			m.now[w.phrase] |= w.bit
		} else if w.prefix && len(w.text) < len(x.word) && string(x.word[:len(w.text)]) == w.text {
			m.now[w.phrase] |= w.bit
			if x.first > 0 {
				m.halves |= 1 << w.phrase
			}
		}
	}
	for i := range m.phrases {
		p := &m.phrases[i]
		p.state = (p.state<<1 | 1) & m.now[i]
		m.now[i] = 0
		live = live || p.state != 0
		if p.state>>(p.words-1)&1 == 0 {
			continue
		}
		end := x.end
		if m.halves>>i&1 != 0 {
			end = x.first
		}
		found(p.words, match{end: end, phrases: 1 << i})
	}
	return live
}

// chooser chooses among matches that overlap.
type chooser struct {
	yield func(match) bool
	open  []match // what a match to come may still push out
	left  int     // how many may be open before it is worth choosing
	last  match   // chosen, not yielded yet; none if it ends at 0
	done  bool
}

// settle chooses among the matches that begin before a place. It tells whether
// to go on.
func (c *chooser) settle(before int) bool {
	slices.SortFunc(c.open, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	n := 0
	for _, m := range c.open {
		if m.start >= before {
			break
		}
		n++
		if m.start < c.last.end {
			c.last.phrases |= m.phrases
			continue
		}
		if !c.flush() {
			return false
		}
		c.last = m
	}
	c.open = append(c.open[:0], c.open[n:]...)
	if c.left > 0 {
		c.left = 32 + 2*len(c.open)
	}
	return !c.done
}

func (c *chooser) flush() bool {
	if c.last.end > 0 && !c.done {
		c.done = !c.yield(c.last)
	}
	c.last = match{}
	return !c.done
}
