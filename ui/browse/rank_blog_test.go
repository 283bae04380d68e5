package browse

import (
	"context"
	"os"
	"strings"
	"testing"

	"carrel/store/article"
)

// blog returns the posts of the Rust blog, newest first: path, date, title and
// authors, as testdata/rust-blog.tsv has them.
func blog(t testing.TB) []article.Entry {
	t.Helper()
	var entries []article.Entry
	for _, f := range readTable(t, "testdata/rust-blog.tsv") {
		entries = append(entries, article.Entry{
			ID:      article.ID(f[0]),
			Title:   article.Line(f[2]),
			Authors: article.Lines(strings.Split(f[3], ";")),
		})
	}
	return entries
}

func readTable(t testing.TB, file string) [][]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return rows
}

func mustRank(t testing.TB, c *Corpus, query string, prev *Result) *Result {
	t.Helper()
	r, err := c.Rank(context.Background(), query, prev)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// top returns the titles of the first n rows.
func (r *Result) top(n int) []string {
	var titles []string
	for _, row := range r.Rows[:min(n, len(r.Rows))] {
		titles = append(titles, string(r.corpus.entries[row].Title))
	}
	return titles
}

func TestTheArticleOneMeansComesFirst(t *testing.T) {
	c := NewCorpus(blog(t))
	for _, f := range readTable(t, "testdata/queries.tsv") {
		query, want := f[0], f[1:]
		got := mustRank(t, c, query, nil).top(len(want))
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%q finds\n\t%s\nwant\n\t%s", query, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
		}
	}
}

// Of the words of the blog's titles, each inner letter may be left out: the
// first result still has the word in nearly every case.
func TestALetterLeftOutStillFindsTheWord(t *testing.T) {
	c := NewCorpus(blog(t))
	words := map[string]bool{}
	for _, e := range c.entries {
		for _, w := range newQuery(string(e.Title)).terms {
			if len(w.text) >= 6 && strings.Trim(w.text, "abcdefghijklmnopqrstuvwxyz") == "" {
				words[w.text] = true
			}
		}
	}
	slips, found := 0, 0
	for w := range words {
		for i := 1; i < len(w); i++ {
			slip := w[:i] + w[i+1:]
			first := newQuery(strings.Join(mustRank(t, c, slip, nil).top(1), "")).text
			if strings.Contains(first, slip) && !strings.Contains(first, w) {
				continue // another word altogether
			}
			slips++
			if strings.Contains(first, w) {
				found++
			}
		}
	}
	if slips < 2000 || found*100 < slips*99 {
		t.Errorf("%d of %d slips find their word", found, slips)
	}
}
