package proof_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"carrel/store/article"
)

// The plain scan that searches are held to: it goes through all articles, one
// after the other, and compares. It shares the parser of articles with the
// store, and nothing else.

// folded is a text as it is compared: decomposed, without marks, in lower case,
// and the few letters that have no decomposition as people spell them.
func folded(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	spelled := strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "ς", "σ").Replace(b.String())
	return norm.NFC.String(spelled) // Hangul in syllables again: nothing else has marks left
}

// unit is a word, or a run of a script that is written without spaces.
type unit struct {
	text string
	run  bool
}

func unitsOf(s string) (units []unit) {
	before := byte(' ')
	for _, r := range folded(s) {
		now := byte(' ')
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai):
			now = 'r'
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mc, r):
			now = 'w'
		}
		if now != ' ' {
			if now != before {
				units = append(units, unit{run: now == 'r'})
			}
			units[len(units)-1].text += string(r)
		}
		before = now
	}
	return units
}

// stands tells whether words stand in a text, next to each other: a word as a
// whole, or by its beginning if it is the last and prefix is set; a run anywhere
// in a run, but where it touches other words.
func stands(text, words []unit, prefix bool) bool {
	last := len(words) - 1
	for i := range len(text) - last {
		ok := true
		for j, w := range words {
			t := text[i+j]
			switch {
			case t.run != w.run:
				ok = false
			case w.run && last == 0:
				ok = strings.Contains(t.text, w.text)
			case w.run && j == 0:
				ok = strings.HasSuffix(t.text, w.text)
			case w.run && j == last, prefix && j == last:
				ok = strings.HasPrefix(t.text, w.text)
			default:
				ok = t.text == w.text
			}
			if !ok {
				break
			}
		}
		if ok {
			return true
		}
	}
	return false
}

// scanned is an article with its text in parts that phrases do not leave: the
// title, each heading, author and tag, and each other block.
type scanned struct {
	entry                       article.Entry
	title, authors, tags, parts [][]unit
}

func scan(in article.Input) *scanned {
	doc := article.Parse(in)
	s := &scanned{entry: doc.Entry, title: [][]unit{unitsOf(string(doc.Title))}}
	for _, a := range doc.Authors {
		s.authors = append(s.authors, unitsOf(string(a)))
	}
	for _, a := range doc.Tags {
		s.tags = append(s.tags, unitsOf(string(a)))
	}
	for _, b := range doc.Blocks {
		var part []unit
		b.Leaves(func(leaf article.Block, _ int) { part = append(part, unitsOf(string(leaf.Text))...) })
		s.parts = append(s.parts, part)
	}
	return s
}

// scanAll scans all articles of a folder.
func scanAll(t *testing.T, dir string) (list []*scanned) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		id, err := filepath.Rel(dir, name)
		list = append(list, scan(article.Input{ID: article.ID(filepath.ToSlash(id)), Data: data, ModTime: info.ModTime()}))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// asked is one condition of a query: how it is typed, and what it means.
type asked struct {
	text    string
	not, or bool // or: one of this and the condition before it
	// bare: what is typed after it would belong to it.
	bare  bool
	field string
	words []unit
	// prefix: the last word may be the beginning of a longer one.
	prefix bool
	value  string
	from   time.Time
}

func (c *asked) holds(s *scanned) bool {
	in := func(parts ...[][]unit) bool {
		for _, list := range parts {
			for _, text := range list {
				if stands(text, c.words, c.prefix) {
					return true
				}
			}
		}
		return false
	}
	switch c.field {
	case "":
		return in(s.title, s.authors, s.tags, s.parts)
	case "title":
		return in(s.title)
	case "author":
		return in(s.authors)
	case "tag":
		return in(s.tags)
	case "in":
		folders := strings.Split(folded(string(s.entry.ID)), "/")
		return strings.Contains("/"+strings.Join(folders[:len(folders)-1], "/")+"/", "/"+folded(c.value)+"/")
	case "lang":
		return s.entry.Lang == article.Line(c.value) || strings.HasPrefix(string(s.entry.Lang), c.value+"-")
	case "site":
		u, err := url.Parse(string(s.entry.Source))
		return err == nil && strings.HasSuffix("."+strings.TrimPrefix(u.Hostname(), "www."), "."+strings.TrimPrefix(c.value, "www."))
	case "is":
		switch id := s.entry.ID; c.value {
		case "starred":
			return starred(id)
		case "read":
			return wasRead(id)
		default:
			return !wasRead(id)
		}
	}
	if s.entry.DateSource == article.NoDate {
		return false
	}
	y, m, d := s.entry.Date.Date() // as the article names it
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return day.Before(c.from) == (c.field == "before")
}

// What a reader has done with articles.
func starred(id article.ID) bool { return len(id)%3 == 0 }
func wasRead(id article.ID) bool { return len(id)%2 == 0 }

// plainScan returns the ids of the articles for which everything holds.
func plainScan(list []*scanned, query []asked) map[article.ID]bool {
	found := map[article.ID]bool{}
	for _, s := range list {
		ok := true
		for i := 0; i < len(query); {
			any := query[i].holds(s) != query[i].not
			for i++; i < len(query) && query[i].or; i++ {
				any = any || query[i].holds(s) != query[i].not
			}
			if !any {
				ok = false
				break
			}
		}
		if ok {
			found[s.entry.ID] = true
		}
	}
	return found
}
