package browse

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"carrel/store/article"
	"carrel/store/query"
)

// Limits that keep matching quick whatever a collection holds. What lies past
// them is not found by the filter.
const (
	maxTitle = 1024 // bytes of a folded title
	maxName  = 256  // bytes of a folded author or tag
	maxNames = 64   // authors, and tags, of one entry
)

// segmentRows is the number of rows in a segment: enough to make repeated
// author and tag names worth sharing, few enough to spread over workers.
const segmentRows = 4096

// Corpus is an immutable snapshot of the list's rows in a form made for
// matching. A row is an index into the entries that it was made from, which are
// in the list's order. It may be shared between goroutines.
type Corpus struct {
	entries  []article.Entry
	segments []segment
	facts    query.Facts
}

// segment is the folded text of up to segmentRows neighbouring rows. Author and
// tag names repeat all over a collection, so each is kept once a segment, and
// is matched once.
type segment struct {
	titles passages
	rows   []rowAt // one more than there are rows: the last one is the end
	masks  []mask
	// simple has a bit for each row, set if the words of the folded title are those
	// of the title, to the letter.
	simple []uint64
	refs   []uint32 // indices of names: each row's authors, then its tags

	names     passages
	nameAt    []uint32 // one more than there are names
	nameTexts []article.Text
	nameMasks []mask
}

// rowAt says where a row's parts begin; they end where the next row's begin.
type rowAt struct {
	title   uint32 // in titles
	refs    uint32 // in refs
	authors uint32 // how many of the refs are authors
}

// NewCorpus folds the titles, authors and tags of entries, which must not change
// afterwards. It works on all cores and takes about 110 bytes of memory a row.
func NewCorpus(entries []article.Entry) *Corpus {
	c := &Corpus{entries: entries, segments: make([]segment, (len(entries)+segmentRows-1)/segmentRows)}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(c.segments)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(c.segments); i = int(next.Add(1)) - 1 {
				from := i * segmentRows
				c.segments[i] = newSegment(entries[from:min(from+segmentRows, len(entries))])
			}
		})
	}
	wg.Wait()
	return c
}

// WithFacts returns the same corpus with what a query needs to know besides the
// entries. Its functions are called from several goroutines. Results of the one
// are no start for the other, since what is read may have become another.
func (c *Corpus) WithFacts(f query.Facts) *Corpus {
	other := *c
	other.facts = f
	return &other
}

// Len returns the number of rows.
func (c *Corpus) Len() int { return len(c.entries) }

func newSegment(entries []article.Entry) segment {
	s := segment{
		rows:   make([]rowAt, 0, len(entries)+1),
		masks:  make([]mask, 0, len(entries)),
		simple: make([]uint64, (len(entries)+63)/64),
	}
	var titles, names folder
	titles.text = make([]byte, 0, 48*len(entries))
	seen := map[article.Text]uint32{}
	intern := func(list []article.Text) uint32 {
		list = list[:min(len(list), maxNames)]
		for _, name := range list {
			n, ok := seen[name]
			if !ok {
				n = uint32(len(s.nameAt))
				seen[name] = n
				at := names.fold(string(name), maxName)
				s.nameAt = append(s.nameAt, uint32(at))
				s.nameTexts = append(s.nameTexts, name)
				s.nameMasks = append(s.nameMasks, names.mask(at))
			}
			s.refs = append(s.refs, n)
		}
		return uint32(len(list))
	}
	for i := range entries {
		e := &entries[i]
		at := titles.fold(string(e.Title), maxTitle)
		r := rowAt{title: uint32(at), refs: uint32(len(s.refs)), authors: intern(e.Authors)}
		intern(e.Tags)
		s.rows = append(s.rows, r)
		s.masks = append(s.masks, titles.mask(at))
		if isSimple(string(e.Title)) {
			s.simple[i>>6] |= 1 << (i & 63)
		}
	}
	s.rows = append(s.rows, rowAt{title: uint32(len(titles.text)), refs: uint32(len(s.refs))})
	s.nameAt = append(s.nameAt, uint32(len(names.text)))
	s.titles, s.names = titles.passages(), names.passages()
	return s
}

// isSimple tells whether a title has nothing but ASCII, is not cut, and has no
// word that is.
func isSimple(s string) bool {
	letters := 0
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || letters == maxSimple {
			return false
		}
		if letters++; s[i] == ' ' {
			letters = 0
		}
	}
	return len(s) < maxTitle
}

// maxSimple is less than the length at which package query cuts words.
const maxSimple = 48

func (s *segment) title(row int) passage {
	return s.titles.slice(s.rows[row].title, s.rows[row+1].title)
}

func (s *segment) name(n uint32) passage {
	return s.names.slice(s.nameAt[n], s.nameAt[n+1])
}

// authorsAndTags returns the indices of the names of a row.
func (s *segment) authorsAndTags(row int) (authors, tags []uint32) {
	r := s.rows[row]
	all := s.refs[r.refs:s.rows[row+1].refs]
	return all[:r.authors], all[r.authors:]
}

// mask tells roughly which characters a text has, and which begin its words.
type mask struct{ all, initials uint64 }

// mask returns the mask of the text that begins at byte from.
func (f *folder) mask(from int) mask {
	var m mask
	for i := from; i < len(f.text); i++ {
		bit := maskBit(f.text[i])
		m.all |= bit
		if w := i >> 6; w < len(f.starts) && f.starts[w]>>(i&63)&1 != 0 {
			m.initials |= bit
		}
	}
	return m
}

// maskBit returns the bit of a byte: a to z and 0 to 9 have one each, the other
// bytes share the rest.
func maskBit(c byte) uint64 {
	switch {
	case 'a' <= c && c <= 'z':
		return 1 << (c - 'a')
	case '0' <= c && c <= '9':
		return 1 << (c - '0' + 26)
	}
	return 1 << (c%28 + 36)
}
