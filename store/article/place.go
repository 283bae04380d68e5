package article

import (
	"math"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much of the text a place remembers: enough to be rare, little enough to
// survive most edits. The second bound is for scripts without spaces.
const (
	placeWords = 6
	placeBytes = 64
)

// PlaceAt returns the place at an offset in the flattened text of a block,
// with the words that stand there. What is out of range is moved into it.
func (d *Document) PlaceAt(block, offset int) Place {
	if len(d.Blocks) == 0 {
		return Place{}
	}
	block, offset = d.clamp(block, offset)
	var words []string
	room := placeBytes
	rest := d.Blocks[block].Flat()[offset:]
	for next := block + 1; ; next++ {
		for word := range strings.FieldsSeq(rest) {
			if len(words) == placeWords || room <= 0 {
				break
			}
			words = append(words, firstBytes(word, room))
			room -= len(word) + 1
		}
		if len(words) == placeWords || room <= 0 || next == len(d.Blocks) || next > block+placeWords {
			return Place{Block: block, Offset: offset, Words: Line(strings.Join(words, " "))}
		}
		rest = d.Blocks[next].Flat()
	}
}

// Locate finds a place again in an article that may have been edited since: at
// the same block and offset if its words still stand there, else where the
// words occur nearest, block by block outward, else at the same block as far
// as there is one.
func (d *Document) Locate(p Place) (block, offset int) {
	if len(d.Blocks) == 0 {
		return 0, 0
	}
	block, offset = d.clamp(p.Block, p.Offset)
	words := strings.Fields(string(p.Words))
	if len(words) == 0 || d.wordsAt(block, d.Blocks[block].Flat()[offset:], words) {
		return block, offset
	}
	if found := d.find(block, offset, words); found >= 0 {
		return block, found
	}
	for away := 1; away < len(d.Blocks); away++ {
		before := d.find(block-away, math.MaxInt, words)
		after := d.find(block+away, 0, words)
		if before >= 0 && (after < 0 || d.distance(block-away, before, block, offset) <= d.distance(block, offset, block+away, after)) {
			return block - away, before
		}
		if after >= 0 {
			return block + away, after
		}
	}
	return block, offset
}

// Anchor finds the place that a #fragment names: as it is written, in another
// case, percent-decoded, or as the text of a heading. The empty fragment and
// "top" are the beginning, as in HTML.
func (d *Document) Anchor(name Text) (Place, bool) {
	want := strings.TrimPrefix(string(name), "#")
	decoded := want
	if s, err := url.PathUnescape(want); err == nil {
		decoded = string(Line(s))
	}
	asSlug := slug(decoded)
	for _, matches := range []func(have string) bool{
		func(have string) bool { return have == want },
		func(have string) bool { return strings.EqualFold(have, want) },
		func(have string) bool { return strings.EqualFold(have, decoded) },
		func(have string) bool { return asSlug != "" && strings.EqualFold(have, asSlug) },
	} {
		for _, a := range d.Anchors {
			if matches(string(a.Name)) {
				return d.PlaceAt(a.Block, a.Offset), true
			}
		}
	}
	for _, h := range d.Outline {
		if asSlug != "" && slug(string(h.Text)) == asSlug {
			return d.PlaceAt(h.Block, h.Offset), true
		}
	}
	if want == "" || strings.EqualFold(want, "top") {
		return d.PlaceAt(0, 0), true
	}
	return Place{}, false
}

// clamp moves a block and offset into the document and to the beginning of a
// character.
func (d *Document) clamp(block, offset int) (int, int) {
	block = min(max(block, 0), len(d.Blocks)-1)
	flat := d.Blocks[block].Flat()
	offset = min(max(offset, 0), max(len(flat)-1, 0))
	for offset > 0 && !utf8.RuneStart(flat[offset]) {
		offset--
	}
	return block, offset
}

// find returns the offset in a block at which the words begin nearest to near,
// or -1. They may run on into the blocks that follow.
func (d *Document) find(block, near int, words []string) int {
	if block < 0 || block >= len(d.Blocks) {
		return -1
	}
	flat, found := d.Blocks[block].Flat(), -1
	for at := 0; at < len(flat) && (found < 0 || at <= near); at++ {
		i := strings.Index(flat[at:], words[0])
		if i < 0 {
			break
		}
		at += i
		if (found < 0 || abs(at-near) < abs(found-near)) && d.wordsAt(block, flat[at:], words) {
			found = at
		}
	}
	return found
}

// wordsAt tells whether a text, and then the blocks after it, begins with the
// words, whatever white space is between them. The last may be longer.
func (d *Document) wordsAt(block int, text string, words []string) bool {
	for i, w := range words {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		for text == "" {
			if block++; block >= len(d.Blocks) {
				return false
			}
			text = strings.TrimLeftFunc(d.Blocks[block].Flat(), unicode.IsSpace)
		}
		rest, ok := strings.CutPrefix(text, w)
		if !ok {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsSpace(r) && i < len(words)-1 {
			return false
		}
		text = rest
	}
	return true
}

// distance is how far two places of the document are apart, in bytes of text.
func (d *Document) distance(block, offset, block2, offset2 int) int {
	return abs(d.Blocks[block2].From + offset2 - d.Blocks[block].From - offset)
}

func abs(n int) int { return max(n, -n) }

// firstBytes returns at most n bytes of s, ending at a whole character.
func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
