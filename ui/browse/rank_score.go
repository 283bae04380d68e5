package browse

import "strings"

// class is the chief thing about a match: what was found where, the best first.
// A row is in the class of its worst term.
type class uint32

const (
	titlePrefix  class = iota // the whole query begins the title
	titleOpening              // in one piece, where a word begins
	titleInside               // in one piece, within a word
	authorOpening
	authorInside
	tagOpening
	tagInside
	titleScattered
	authorScattered
	notYet // a pair of letters that a third one might find
	noMatch
)

// A key holds everything that orders two rows but their row numbers; the lower
// one is first. From the high bits to the low: the class (4 bits), the sum of the
// terms' classes (5), how close together the terms are (2), quality (6), length
// of the title (2).
type key = uint32

const (
	keyBits      = 19
	classShift   = 15
	qualityBits  = 6
	qualityShift = 2
	hiddenKey    = key(1) << keyBits // may match when there is more of the query
	noKey        = hiddenKey + 1
)

// scorer gives rows of one segment their keys for one query. It belongs to one
// goroutine.
type scorer struct {
	query   fuzzyQuery
	where   *conditions // nil if there are none
	segment *segment
	names   [][]nameScore // for each term, and for the whole query, by name

	// What is known of each term in the row that was scored last: its class and,
	// if it is scattered in the title, the part of the title that it is in.
	classes []class
	parts   []string
}

// nameScore is how a term is found in an author or tag.
type nameScore struct {
	finding finding
	quality uint8
}

func newScorer(q fuzzyQuery) *scorer {
	n := len(q.terms)
	return &scorer{query: q, names: make([][]nameScore, n+1), classes: make([]class, n), parts: make([]string, n)}
}

// enter makes a segment the one whose rows are scored.
func (s *scorer) enter(g *segment) {
	s.segment = g
	for i := range s.names {
		if n := len(g.nameMasks); cap(s.names[i]) < n {
			s.names[i] = make([]nameScore, n)
		} else {
			s.names[i] = s.names[i][:n]
			clear(s.names[i])
		}
	}
}

// key returns the key of a row, noKey if the row does not match. It lacks the
// quality of the terms that are scattered in the title.
func (s *scorer) key(row int) key {
	title, m := s.segment.title(row), s.segment.masks[row]
	if strings.HasPrefix(title.text, s.query.text) {
		return pack(titlePrefix, 0, 0, prefixQuality(title, len(s.query.text)), len(title.text))
	}
	worst, sum, quality := titlePrefix, class(0), uint32(0)
	end, ordered := 0, true
	for i := range s.query.terms {
		t := &s.query.terms[i]
		c, f, at := s.classify(t, i, row, title, m)
		if c == noMatch {
			return noKey
		}
		if f != whole {
			quality = 1
		}
		s.classes[i] = c
		worst, sum = max(worst, c), sum+c
		ordered = ordered && at >= end
		end = at + len(t.text)
	}
	switch {
	case worst == notYet:
		return hiddenKey
	case worst >= titleScattered:
		quality = s.authorQuality(row)
	}
	return pack(worst, sum, s.distance(row, title, worst, ordered), quality, len(title.text))
}

// pack makes a key. Titles of up to 48 bytes are equally short, so that a word
// that is in many of them finds the newest; where an author or a tag was found
// the title's length means nothing.
func pack(c, sum class, distance, quality uint32, length int) key {
	size := uint32(2)
	switch {
	case length <= 48, authorOpening <= c && c <= tagInside, c == authorScattered:
		size = 0
	case length <= 96:
		size = 1
	}
	return uint32(c)<<classShift | min(uint32(sum), 31)<<10 | distance<<8 | quality<<qualityShift | size
}

// prefixQuality puts the title that is the query first, then those where the
// query ends with a word.
func prefixQuality(title passage, n int) uint32 {
	switch {
	case n == len(title.text):
		return 0
	case title.endsAt(n):
		return 1
	}
	return 2
}

// classify finds term number i in a row. The place is meant for titles only.
func (s *scorer) classify(t *term, i, row int, title passage, m mask) (class, finding, int) {
	if t.mayBeIn(m) {
		switch f, at := title.find(t.text); f {
		case whole, opening:
			return titleOpening, f, at
		case inside:
			return titleInside, f, at
		}
	}
	authors, tags := s.segment.authorsAndTags(row)
	author := s.bestName(i, authors)
	if author.finding >= opening {
		return authorOpening, author.finding, 0
	}
	if author.finding == inside {
		return authorInside, inside, 0
	}
	switch f := s.bestName(i, tags).finding; f {
	case whole, opening:
		return tagOpening, f, 0
	case inside:
		return tagInside, f, 0
	}
	may := t.mayScatter(m)
	if may {
		if from, to := title.scattered(t.pattern); from < to {
			s.parts[i] = title.text[from:to]
			return titleScattered, scattered, 0
		}
	}
	switch {
	case author.finding == scattered:
		return authorScattered, scattered, 0
	case may && t.isPair() || author.finding == loose:
		return notYet, loose, 0
	}
	return noMatch, missing, 0
}

// bestName returns how term number i, or the whole query if i is their number,
// is found in the best of some names.
func (s *scorer) bestName(i int, names []uint32) nameScore {
	best := nameScore{finding: missing}
	for _, n := range names {
		got := &s.names[i][n]
		if got.finding == unknown {
			*got = s.scoreName(i, n)
		}
		if got.finding > best.finding || got.finding == best.finding && got.quality < best.quality {
			best = *got
		}
	}
	return best
}

func (s *scorer) scoreName(i int, n uint32) nameScore {
	name := s.segment.name(n)
	if i == len(s.query.terms) {
		f, _ := name.find(s.query.text)
		return nameScore{finding: f}
	}
	t := &s.query.terms[i]
	m := s.segment.nameMasks[n]
	if !t.mayBeIn(m) {
		return nameScore{finding: missing}
	}
	if f, _ := name.find(t.text); f != missing {
		return nameScore{finding: f}
	}
	if !t.mayScatter(m) {
		return nameScore{finding: missing}
	}
	if from, to := name.scattered(t.pattern); from < to {
		return nameScore{finding: scattered, quality: uint8(t.quality(name.text[from:to]))}
	}
	if t.isPair() {
		return nameScore{finding: loose}
	}
	return nameScore{finding: missing}
}

// authorQuality returns the quality of the worst of the terms that are scattered
// in authors.
func (s *scorer) authorQuality(row int) uint32 {
	var worst uint8
	for i, c := range s.classes {
		if c == authorScattered {
			authors, _ := s.segment.authorsAndTags(row)
			worst = max(worst, s.bestName(i, authors).quality)
		}
	}
	return uint32(worst)
}

// distance returns how far the terms are from standing together as typed: 0
// they do, 1 they stand in that order, 2 they do not.
func (s *scorer) distance(row int, title passage, worst class, ordered bool) uint32 {
	switch {
	case len(s.query.terms) == 1:
		return 0
	case worst <= titleInside && strings.Contains(title.text, s.query.text):
		return 0
	case worst <= titleInside && ordered:
		return 1
	case worst == authorOpening || worst == authorInside:
		authors, _ := s.segment.authorsAndTags(row)
		if s.bestName(len(s.query.terms), authors).finding >= inside {
			return 0
		}
	}
	return 2
}
