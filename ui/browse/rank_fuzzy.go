package browse

import (
	"iter"
	"math/bits"
	"strings"

	"github.com/sahilm/fuzzy"
)

// ranked is a row under its key: the key in the high half, so that numeric
// order is the order of the result.
type ranked uint64

func newRanked(k key, row int) ranked { return ranked(k)<<32 | ranked(row) }

func (r ranked) key() key { return key(r >> 32) }
func (r ranked) row() int { return int(uint32(r)) }

// worsen sets the quality to q if that is worse.
func (r *ranked) worsen(q uint32) {
	const shift = 32 + qualityShift
	const mask = ranked(1<<qualityBits-1) << shift
	if n := ranked(q) << shift; n > *r&mask {
		*r = *r&^mask | n
	}
}

// batch collects the rows of one segment that match, and has those with
// scattered terms judged together, because sahilm/fuzzy is cheaper by the dozen.
type batch struct {
	found     []ranked
	scattered [][]part // for each term
}

// part is the part of a title that a term is scattered in.
type part struct {
	found int // index of the row in batch.found
	text  string
}

// add takes a row with the key that the scorer just gave it.
func (b *batch) add(k key, row int, s *scorer) {
	if k != hiddenKey && class(k>>classShift) >= titleScattered {
		for i, c := range s.classes {
			if c == titleScattered && !s.query.terms[i].isPair() {
				b.scattered[i] = append(b.scattered[i], part{len(b.found), s.parts[i]})
			}
		}
	}
	b.found = append(b.found, newRanked(k, row))
}

// judge completes the keys.
func (b *batch) judge(terms []term) {
	for i, parts := range b.scattered {
		texts := func(yield func(string) bool) {
			for _, p := range parts {
				if !yield(p.text) {
					return
				}
			}
		}
		for n, q := range terms[i].judge(texts) {
			b.found[parts[n].found].worsen(q)
		}
	}
}

// judge yields sahilm/fuzzy's opinion of texts that have the term scattered: the
// index of each and its quality, from 0, the best, to 63. The better half is for
// single words. In longer texts the library's penalty for the letters that were
// not matched is given back, since the length of a title says little.
// Neighbouring letters make its scores grow as powers of three, so the high ones
// count by their magnitude.
func (t *term) judge(texts iter.Seq[string]) iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		for _, m := range fuzzy.FindFromIterNoSort(t.text, texts) {
			score, q := m.Score, 0
			if strings.Contains(m.Str, " ") {
				score, q = score+len(m.Str)-len(t.pattern), 32
			}
			if score < 128 {
				q += 31 - (max(score, -32)+32)/8
			} else {
				q += max(11-(bits.Len(uint(score))-8), 0)
			}
			if !yield(m.Index, uint32(q)) {
				return
			}
		}
	}
}

// quality returns the quality of one text.
func (t *term) quality(text string) uint32 {
	for _, q := range t.judge(func(yield func(string) bool) { yield(text) }) {
		return q
	}
	return 0
}
