package proof_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"carrel/store"
	"carrel/store/article"
	"carrel/store/query"
)

// words are few, so that phrases and exclusions meet, and of every kind that is
// treated on its own.
func words() []string {
	return strings.Fields("moss mosses Moss stone stones wall walls walled rust Rusty garden gardens café Cafe naïve über Straße strasse " +
		"Ångström smørrebrød Łódź œuvre the the the a of in memory safe safety x86 2018 2018 42 3rd go OR not Привет мир ёж ΣΊΣΥΦΟΣ " +
		"中国人民 中国 人民 国人 日本語の本 日本 がぎぐ カタカナ 한국어 한국 하늘 ภาษาไทย ภาษา ไทย 2026年 第3章 C++ e-mail don't")
}

// maker makes articles and queries about the same.
type maker struct {
	*rand.Rand
	words []string
}

func newMaker(seed uint64) *maker { return &maker{rand.New(rand.NewPCG(seed, 7)), words()} }

func (m *maker) oneIn(n int) bool { return m.IntN(n) == 0 }

func pick[T any](m *maker, list ...T) T { return list[m.IntN(len(list))] }

func (m *maker) some(least, most int) string {
	var list []string
	for range least + m.IntN(most-least+1) {
		list = append(list, pick(m, m.words...))
	}
	return strings.Join(list, pick(m, " ", " ", " ", ", ", " - ", "\n"))
}

func (m *maker) line(least, most int) string {
	return strings.ReplaceAll(m.some(least, most), "\n", " ")
}

func (m *maker) date() string {
	return fmt.Sprintf("%d-%02d-%02d", 2016+m.IntN(4), 1+m.IntN(12), 1+m.IntN(28))
}

// name is the path of the i-th article.
func (m *maker) name(i int) string {
	dir := pick(m, "", "Notes/", "Notes/Work/", "Notes/Work/old/", "Café/", "2018/Work/", "work/notes/")
	if m.oneIn(3) {
		dir += m.date() + "-"
	}
	return fmt.Sprintf("%s%s-%d.%s", dir, pick(m, "moss", "wall", "über", "日本"), i, pick(m, "md", "md", "markdown", "txt"))
}

// article makes the text of an article.
func (m *maker) article(name string) string {
	var b strings.Builder
	if strings.HasSuffix(name, "txt") {
		return m.some(0, 9) + "\n\n" + m.some(1, 9) + "\n"
	}
	if !m.oneIn(6) {
		b.WriteString("---\n")
		if !m.oneIn(4) {
			fmt.Fprintf(&b, "title: %q\n", m.line(1, 4))
		}
		if m.oneIn(2) {
			fmt.Fprintf(&b, "date: %s\n", pick(m, m.date(), m.date()+"T23:30:00-05:00", m.date()+"T00:30:00+09:00"))
		}
		if m.oneIn(2) {
			fmt.Fprintf(&b, "tags: [%q, %q]\n", m.line(1, 2), m.line(1, 1))
		}
		if m.oneIn(2) {
			fmt.Fprintf(&b, "authors: [%q, %q]\n", m.line(2, 2), m.line(1, 2))
		}
		if m.oneIn(2) {
			fmt.Fprintf(&b, "lang: %s\n", pick(m, "en", "de", "pt-BR", "pt", "zh_Hant"))
		}
		if m.oneIn(2) {
			fmt.Fprintf(&b, "source: %s\n", pick(m, "https://www.example.org/a/b", "http://blog.example.org:8080/x?y", "https://other.net", "https://ample.org/"))
		}
		b.WriteString("---\n")
	}
	if !m.oneIn(5) {
		b.WriteString("The a of the.\n\n") // in more than are ranked at once
	}
	for range m.IntN(7) {
		switch m.IntN(9) {
		case 0:
			fmt.Fprintf(&b, "%s %s\n\n", pick(m, "#", "##", "###"), m.line(1, 4))
		case 1:
			fmt.Fprintf(&b, "* %s\n* %s\n\n", m.line(1, 3), m.line(1, 3))
		case 2:
			fmt.Fprintf(&b, "> %s\n>\n> %s\n\n", m.line(1, 3), m.line(1, 3))
		case 3:
			fmt.Fprintf(&b, "```go\n%s\n\n%s\n```\n\n", m.some(1, 4), m.some(1, 3))
		case 4:
			fmt.Fprintf(&b, "| %s | %s |\n|---|---|\n| %s | %s |\n\n", m.line(1, 2), m.line(1, 2), m.line(1, 2), m.line(1, 2))
		case 5:
			fmt.Fprintf(&b, "%s *%s* [%s](other.md) `%s` %s\n\n", m.line(1, 2), m.line(1, 2), m.line(1, 2), m.line(1, 1), m.line(1, 2))
		default:
			fmt.Fprintf(&b, "%s\n\n", m.some(1, 12))
		}
	}
	return b.String()
}

// spelling writes a word as somebody may type it.
func (m *maker) spelling(s string) string {
	switch m.IntN(6) {
	case 0:
		return strings.ToUpper(s)
	case 1:
		return norm.NFD.String(s)
	case 2:
		return folded(s)
	}
	return s
}

// query makes a query and says what it means.
func (m *maker) query() (text string, list []asked) {
	for range 1 + m.IntN(3) + m.IntN(2) {
		c := m.condition()
		if c.or = len(list) > 0 && m.oneIn(4); c.or {
			text += " OR"
		}
		if c.not = m.oneIn(5); c.not {
			c.text = "-" + c.text
		}
		text = strings.TrimSpace(text + pick(m, " ", " ", " ", "  ", "\t", "\u3000") + c.text)
		list = append(list, c)
	}
	return text, list
}

func (m *maker) condition() asked {
	c := asked{field: pick(m, "", "", "", "", "", "", "", "title", "title", "author", "tag", "in", "after", "before", "lang", "site", "is")}
	value := ""
	switch c.field {
	case "in":
		value = pick(m, "Notes", "notes/work", "Work", "café", "2018", "work/notes", "work/", "./old", "ork")
		c.value = strings.Trim(strings.TrimPrefix(value, "./"), "/")
	case "after", "before":
		date := m.date()
		value = pick(m, date, date[:7], date[:4], date)
		c.from, _ = time.Parse("2006-01-02"[:len(value)], value)
	case "lang":
		value = pick(m, "de", "EN", "pt", "pt_BR", "zh", "p")
		c.value = strings.ToLower(strings.ReplaceAll(value, "_", "-"))
	case "site":
		value = pick(m, "example.org", "blog.example.org", "Example.ORG", "www.example.org", "ample.org", "org", "other.net")
		c.value = strings.ToLower(value)
	case "is":
		value = pick(m, "read", "unread", "starred")
		c.value = value
	default:
		return m.wording(c)
	}
	c.bare = true
	if m.oneIn(4) {
		value, c.bare = `"`+value+`"`, false
	}
	c.text = pick(m, c.field, strings.ToUpper(c.field)) + ":" + value
	return c
}

// wording gives a condition its words.
func (m *maker) wording(c asked) asked {
	for len(c.words) == 0 { // the word OR is none
		var list []string
		for range 1 + m.IntN(2)*m.IntN(3) {
			list = append(list, m.spelling(pick(m, m.words...)))
		}
		last := &list[len(list)-1]
		if c.prefix = m.oneIn(4); c.prefix {
			runes := []rune(norm.NFC.String(*last))
			*last = string(runes[:1+m.IntN(len(runes))])
		}
		text := strings.Join(list, pick(m, " ", "-", ", "))
		if c.bare = !strings.ContainsRune(text, ' ') && !strings.EqualFold(text, "or") && !m.oneIn(5); !c.bare {
			text = pick(m, `"`, "“", "„") + text + pick(m, `"`, "”")
		}
		if c.words = unitsOf(text); c.prefix {
			text += "*"
		}
		c.text = text
		if c.field != "" {
			c.text = c.field + ":" + text
		}
	}
	return c
}

// TestASearchFindsWhatAPlainScanFinds asks thousands of random questions about
// articles of few words, and again after every change of the files.
func TestASearchFindsWhatAPlainScanFinds(t *testing.T) {
	m := newMaker(20261124)
	dir, cache := t.TempDir(), t.TempDir()
	var names []string
	for i := range 1400 / slow { // more than are ranked at once
		names = append(names, m.name(i))
		write(t, dir, names[i], m.article(names[i]))
	}
	s := open(t, dir, cache)
	update(t, s)
	rounds := times(6, 50)
	asked, hits, more := 0, 0, 0
	for round := range rounds {
		list := scanAll(t, dir)
		if len(list) != len(s.Entries()) {
			t.Fatalf("%d articles, want %d", len(s.Entries()), len(list))
		}
		for range times(2040, 50_000) / rounds {
			q, found := m.ask(t, s, list)
			asked, hits = asked+1, hits+found.Total
			if f, err := s.Search(context.Background(), q); err == nil && f.More != nil {
				more++
			}
			if t.Failed() {
				return
			}
		}
		names = m.edit(t, dir, names, round)
		if m.oneIn(2) {
			if _, err := s.List(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if m.oneIn(4) {
			s.Close()
			s = open(t, dir, cache)
		}
		update(t, s)
		if notice := s.State().Notice; notice != "" {
			t.Fatalf("after edits: %s", notice)
		}
	}
	t.Logf("%d questions, %d hits, %d of them with more to rank", asked, hits, more)
}

// ask asks a random question and compares the answer with the one of a scan.
func (m *maker) ask(t *testing.T, s *store.Store, list []*scanned) (store.Question, store.Found) {
	t.Helper()
	text, query := m.query()
	q := store.Question{Text: text, Limit: all, Facts: facts()}
	if q.Typing = m.oneIn(3); q.Typing {
		last := &query[len(query)-1]
		last.prefix = last.prefix || last.bare && !last.not
	}
	if utf8.RuneCountInString(text) > 200 {
		return q, store.Found{}
	}
	want := plainScan(list, query)
	outside := 0
	if m.oneIn(8) {
		q.Scope = []article.ID{}
		for _, s := range list {
			switch {
			case m.oneIn(2):
				q.Scope = append(q.Scope, s.entry.ID)
			case want[s.entry.ID]:
				outside++
				delete(want, s.entry.ID)
			}
		}
	}
	ids, found, err := search(s, q)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if found.Total != len(want) || found.Outside != outside {
		t.Errorf("%q (typing %v): %d hits and %d outside, want %d and %d", text, q.Typing, found.Total, found.Outside, len(want), outside)
	}
	for _, id := range ids {
		if !want[id] {
			t.Errorf("%q (typing %v) finds %s, a scan does not", text, q.Typing, id)
			return q, found
		}
		delete(want, id)
	}
	for id := range want {
		t.Errorf("%q (typing %v) does not find %s, a scan does", text, q.Typing, id)
		break
	}
	return q, found
}

func facts() query.Facts { return query.Facts{Read: wasRead, Starred: starred} }

// edit changes some of the files and returns the names of all.
func (m *maker) edit(t *testing.T, dir string, names []string, round int) []string {
	t.Helper()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := names[:0:0]
	for _, name := range names {
		switch m.IntN(40) {
		case 0:
			check(os.Remove(filepath.Join(dir, name)))
			continue
		case 1, 2:
			write(t, dir, name, m.article(name))
		case 3:
			to := fmt.Sprintf("%s/moved-%d-%s", filepath.Dir(name), round, filepath.Base(name))
			check(os.Rename(filepath.Join(dir, name), filepath.Join(dir, to)))
			name = to
		case 4: // an article in the place of another
			other := pick(m, names...)
			if slices.Contains(kept, other) && !strings.EqualFold(other, name) {
				check(os.Rename(filepath.Join(dir, other), filepath.Join(dir, name)))
				kept = slices.DeleteFunc(kept, func(s string) bool { return s == other })
			}
		}
		kept = append(kept, name)
	}
	for i := range 20 {
		name := m.name(10_000 + 100*round + i)
		write(t, dir, name, m.article(name))
		kept = append(kept, name)
	}
	if dirs, _ := filepath.Glob(filepath.Join(dir, "*", "Work*")); len(dirs) > 0 && m.oneIn(2) {
		from := pick(m, dirs...)
		to := filepath.Join(filepath.Dir(from), fmt.Sprintf("Work %d", round))
		check(os.Rename(from, to))
		for i, name := range kept {
			if rest, ok := strings.CutPrefix(filepath.Join(dir, name), from+"/"); ok {
				rel, err := filepath.Rel(dir, filepath.Join(to, rest))
				check(err)
				kept[i] = rel
			}
		}
	}
	return kept
}
