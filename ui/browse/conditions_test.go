package browse

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"carrel/store/article"
	"carrel/store/query"
)

func library() []article.Entry {
	entries := []article.Entry{
		entryOf("Memory safety in Rust | Jun Kwon | rust; memory safety"),
		entryOf("Safety of memory | Ada Lovelace; Jun Kwon | draft"),
		entryOf("Rusty nails | Kwon Jun | rust-lang"),
		entryOf("C++ and foo:bar | Ada Lovelace | c++"),
	}
	for i, id := range []article.ID{"2018/Notes/a.md", "notes/work/b.md", "c.md", "2019/d.md"} {
		e := &entries[i]
		e.ID, e.DateSource = id, article.DateFromField
		e.Date = time.Date(2018, time.Month(3*i+1), 7, 0, 0, 0, 0, time.UTC)
	}
	entries[0].Lang, entries[1].Lang = "de-at", "de"
	entries[2].Source = "https://blog.example.org/x"
	return entries
}

func TestTheListIsChosenByConditions(t *testing.T) {
	starred := func(id article.ID) bool { return id == "c.md" }
	c := NewCorpus(library()).WithFacts(query.Facts{Starred: starred})
	for _, x := range []struct{ query, rows string }{
		{`"memory safety"`, "0"},
		{`safety -draft`, "0"},
		{`-safety`, "2 3"},
		{`safety OR nails`, "0 1 2"},
		{`rust*`, "0 2"},
		{`mem kwn tag:draft`, "1"},
		{`author:"jun kwon"`, "0 1"},
		{`author:"jun kwon" -author:ada`, "0"},
		{`title:rust `, "0"},
		{`title:rust`, "0 2"},
		{`-title:rust`, "1 2 3"},
		{`in:notes`, "0 1"},
		{`in:notes/work`, "1"},
		{`in:2018/notes OR in:2019`, "0 3"},
		{`after:2018-04 before:2018-07-08`, "1 2"},
		{`is:starred`, "2"},
		{`is:unread -is:starred`, "0 1 3"},
		{`lang:de safety`, "0 1"},
		{`site:example.org`, "2"},

		// Text is fuzzy, whatever signs it has.
		{`foo:bar`, "3"},
		{`c++`, "3"},
		{`rst`, "0 2"},
		{`tag:`, ""},
	} {
		got := mustRank(t, c, x.query, nil).Rows
		slices.Sort(got)
		if s := strings.Trim(fmt.Sprint(got), "[]"); s != x.rows {
			t.Errorf("%s: rows %s, want %s", x.query, s, x.rows)
		}
	}
}

func TestConditionsKeepTheOrder(t *testing.T) {
	c := NewCorpus(library())
	if got := mustRank(t, c, "-draft", nil).Rows; !slices.IsSorted(got) {
		t.Errorf("rows %v", got)
	}
	plain, mixed := mustRank(t, c, "rust", nil).Rows, mustRank(t, c, "rust -in:nowhere", nil).Rows
	if !slices.Equal(plain, mixed) {
		t.Errorf("rows %v, without the condition %v", mixed, plain)
	}
}

func TestConditionsShowWhatTheyFound(t *testing.T) {
	c := NewCorpus(library())
	for _, x := range []struct {
		query string
		row   int
		want  string
	}{
		{`"memory safety" author:kwon`, 0, "[{0 0 0 13} {1 0 4 8} {2 1 0 13}]"},
		{`rst -draft title:memory`, 0, "[{0 0 0 6} {0 0 17 18} {0 0 19 21}]"},
		{`author:ada`, 0, "[]"},
		{`-draft`, 0, "[]"},
	} {
		if got := fmt.Sprint(c.Positions(x.query, x.row)); got != x.want {
			t.Errorf("%s: %s, want %s", x.query, got, x.want)
		}
	}
}

// conditional are queries with conditions on what texts have.
func conditional() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var parts []string
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			form := rapid.SampledFrom([]string{"%s", "-%s", `"%s"`, `"%s`, "%s*", "tag:%s", "author:%s", `title:"%s"`, "%s OR team", "-tag:%s"}).Draw(t, "form")
			parts = append(parts, fmt.Sprintf(form, texts(2).Draw(t, "words")))
		}
		return strings.Join(parts, " ")
	})
}

func TestConditionsChooseAmongTheRowsOfThePlainWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, text := corpora().Draw(t, "corpus"), conditional().Draw(t, "query")
		words, where := split(text)
		var want []int32
		for _, row := range mustRankRapid(t, c, words, nil).Rows {
			of := query.Query{Clauses: where}
			if of.Accepts(&c.entries[row], c.facts) {
				want = append(want, row)
			}
		}
		if where != nil && newQuery(words).terms == nil {
			slices.Sort(want)
		}
		if got := mustRankRapid(t, c, text, nil).Rows; !slices.Equal(got, want) {
			t.Fatalf("%q: rows %v, want %v", text, got, want)
		}
	})
}

func TestTypingConditionsFindsWhatStartingAnewFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, text := corpora().Draw(t, "corpus"), []rune(conditional().Draw(t, "query"))
		var prev *Result
		for n := range len(text) + 1 {
			typed := string(text[:n])
			anew, on := mustRankRapid(t, c, typed, nil), mustRankRapid(t, c, typed, prev)
			if !slices.Equal(anew.Rows, on.Rows) {
				t.Fatalf("%q after %q: %v, anew %v", typed, prev.Query, on.Rows, anew.Rows)
			}
			prev = on
		}
	})
}

func mustRankRapid(t *rapid.T, c *Corpus, text string, prev *Result) *Result {
	r, err := c.Rank(t.Context(), text, prev)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// BenchmarkTypingConditions is BenchmarkTyping for queries with conditions.
func BenchmarkTypingConditions(b *testing.B) {
	entries := synthetic(100_000)
	for i := range entries {
		e := &entries[i]
		e.ID = article.ID(fmt.Sprintf("posts/%d/%02d/article-number-%d.md", 2000+i%26, i%12+1, i))
		e.Date, e.DateSource = time.Date(2000+i%26, time.Month(i%12+1), 1, 0, 0, 0, 0, time.UTC), article.DateFromField
		e.Source = article.Line(fmt.Sprintf("https://www.blog%d.example.org/%d", i%40, i))
	}
	c := NewCorpus(entries)
	var keys []float64
	for b.Loop() {
		for _, q := range []string{
			"the -rust", `"in the"`, "rust OR the OR go", "tag:the state", "title:e", "author:a* -the", "in:posts/2018 rust", "-in:2018",
			"after:2010 before:2015-06 guide", "is:unread", "site:blog7.example.org survey", "comp* -title:the",
		} {
			var prev *Result
			for n := range len(q) {
				start := time.Now()
				r, err := c.Rank(context.Background(), q[:n+1], prev)
				if err != nil {
					b.Fatal(err)
				}
				keys = append(keys, float64(time.Since(start))/1e6)
				prev = r
			}
		}
	}
	report(b, "key", keys)
}
