package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"carrel/store/article"
	"carrel/store/query"
)

// Record is an article made ready to be written. Making it is most of the work
// of an index, and needs no index: see Preparer.
type Record struct {
	// Row is what lists and links need, with the summary. The caller sets Doc; zero
	// is a new number, above all others.
	Row Row
	// columns are the words of the text by the columns of the table.
	columns  [5]string
	openings string
	links    []byte
	// words are the different words, for the vocabulary.
	words []string
}

// breakMark stands between two blocks, two tags and two authors, so that no
// phrase goes across.
const breakMark = query.Break + " "

// openingLength is the length in characters up to which the beginnings of a word
// are kept. Longer ones have so few words that FTS5 can merge them; and what is
// written without spaces is kept in pairs, of which one character is the beginning.
func openingLength(word string) int {
	if r, _ := utf8.DecodeRuneInString(word); r >= firstDense {
		return 1
	}
	return 3
}

// firstDense is below all scripts that are written without spaces, the lowest
// of which is Thai.
const firstDense = 0x0e00

// Preparer makes articles ready to be written. Each goroutine has its own.
type Preparer struct {
	links linkEncoder
	// seen is a set that is used again for every article.
	seen map[string]struct{}
}

// Prepare makes an article ready to be written.
func (p *Preparer) Prepare(doc *article.Document, file File) Record {
	r := Record{Row: Row{Entry: doc.Entry, Names: EncodeNames(doc.ID, doc.Names), File: file}}
	r.links = p.links.encode(doc.Links)
	var headings, body []byte
	for i, b := range doc.Blocks {
		if i > 0 && !b.Continues {
			body = append(body, breakMark...)
		}
		switch b.Kind {
		case article.Title:
		case article.HeadingBlock:
			headings = append(query.AppendWords(headings, string(b.Text)), breakMark...)
		default:
			b.Leaves(func(leaf article.Block, _ int) { body = query.AppendWords(body, string(leaf.Text)) })
		}
	}
	title := query.AppendWords(nil, string(doc.Title))
	r.columns = [5]string{string(body), string(title), string(headings), separate(doc.Tags), separate(doc.Authors)}
	r.words = p.different(r.columns[:])
	r.openings = openings(r.words)
	return r
}

func separate(list []article.Text) string {
	var b []byte
	for _, s := range list {
		b = append(query.AppendWords(b, string(s)), breakMark...)
	}
	return string(b)
}

// different returns the words of the columns, each once and in order.
func (p *Preparer) different(columns []string) []string {
	if p.seen == nil {
		p.seen = map[string]struct{}{}
	}
	seen := p.seen
	clear(seen)
	for _, c := range columns {
		for word := range strings.SplitSeq(c, " ") {
			seen[word] = struct{}{}
		}
	}
	delete(seen, "")
	delete(seen, query.Break)
	words := make([]string, 0, len(seen))
	for w := range seen {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}

// openings returns the short beginnings of words that are in order, each once.
func openings(words []string) string {
	var b strings.Builder
	before := ""
	for _, w := range words {
		most := openingLength(w)
		for i, n := 0, 0; i < len(w) && n < most; n++ {
			_, size := utf8.DecodeRuneInString(w[i:])
			i += size
			if !strings.HasPrefix(before, w[:i]) {
				b.WriteString(w[:i])
				b.WriteByte(' ')
			}
		}
		before = w
	}
	return b.String()
}
