package browse

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"carrel/store/article"
)

// texts are titles and names of words that have much in common, so that terms
// are found in every way there is.
func texts(most int) *rapid.Generator[article.Text] {
	words := rapid.SampledFrom([]string{
		"Rust", "rustup", "trust", "Straße", "Beránek", "survey", "results", "1.94.1", "x86_64", "async-await",
		"a", "b", "ab", "aab", "in", "of", "日本", "GitHub", "’s", "Søren", "team", "the",
	})
	return rapid.Map(rapid.SliceOfN(words, 1, most), func(w []string) article.Text {
		return article.Line(strings.Join(w, " "))
	})
}

func corpora() *rapid.Generator[*Corpus] {
	entries := rapid.Custom(func(t *rapid.T) article.Entry {
		return article.Entry{
			Title:   texts(7).Draw(t, "title"),
			Authors: rapid.SliceOfN(texts(2), 0, 2).Draw(t, "authors"),
			Tags:    rapid.SliceOfN(texts(1), 0, 3).Draw(t, "tags"),
		}
	})
	return rapid.Map(rapid.SliceOfN(entries, 1, 30), NewCorpus)
}

// queries are typed by someone who knows what is there, more or less.
func queries() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var q []rune
		for _, r := range string(texts(3).Draw(t, "from")) {
			if rapid.IntRange(0, 3).Draw(t, "keep") > 0 {
				q = append(q, r)
			}
		}
		return string(q) + rapid.SampledFrom([]string{"", " ", "a", "R", "\u0301", "-"}).Draw(t, "end")
	})
}

func folded(t article.Text) string { return newQuery(string(t)).text }

// has tells whether the letters of a term are in a text, in order.
func has(text, term string) bool {
	letters := []rune(term)
	for _, r := range text {
		if len(letters) > 0 && r == letters[0] {
			letters = letters[1:]
		}
	}
	return len(letters) == 0
}

func TestEveryRowHasEveryTermAndShowsWhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, query := corpora().Draw(t, "corpus"), queries().Draw(t, "query")
		r, err := c.Rank(t.Context(), query, nil)
		if err != nil {
			t.Fatal(err)
		}
		terms := strings.Fields(folded(article.Text(query)))
		for i := range c.Len() {
			e := c.entries[i]
			listed := slices.Contains(r.Rows, int32(i))
			if shown := len(c.Positions(query, i)) > 0; len(terms) > 0 && shown != listed {
				t.Fatalf("%q in %q: found is %v, shown is %v", query, e.Title, listed, shown)
			}
			if !listed {
				continue
			}
			for _, term := range terms {
				fields := append(append([]article.Text{e.Title}, e.Authors...), e.Tags...)
				if !slices.ContainsFunc(fields, func(f article.Text) bool { return has(folded(f), term) }) {
					t.Fatalf("%q is not in %+v", term, e)
				}
			}
		}
	})
}

func TestTypingOnFindsWhatStartingAnewFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, query := corpora().Draw(t, "corpus"), []rune(queries().Draw(t, "query"))
		var typed []string
		for n := 0; n <= len(query); n += rapid.IntRange(1, 3).Draw(t, "step") {
			typed = append(typed, string(query[:n]))
		}
		// Then a term in front, and something else altogether.
		other := queries().Draw(t, "other")
		typed = append(typed, other+" "+string(query), other)
		var prev *Result
		for _, text := range typed {
			anew, err := c.Rank(t.Context(), text, nil)
			if err != nil {
				t.Fatal(err)
			}
			on, err := c.Rank(t.Context(), text, prev)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(anew.Rows, on.Rows) {
				t.Fatalf("%q after %q: %v, anew %v", on.Query, prev.Query, on.Rows, anew.Rows)
			}
			prev = on
		}
	})
}

func TestTitlesThatBeginWithTheQueryComeFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, query := corpora().Draw(t, "corpus"), queries().Draw(t, "query")
		r, err := c.Rank(t.Context(), query, nil)
		if err != nil {
			t.Fatal(err)
		}
		begins := func(row int32) bool {
			return strings.HasPrefix(folded(c.entries[row].Title), folded(article.Text(query)))
		}
		first := len(r.Rows)
		for i, row := range r.Rows {
			if !begins(row) {
				first = min(first, i)
			} else if i > first {
				t.Fatalf("%q: %q is below %q", query, c.entries[row].Title, c.entries[r.Rows[first]].Title)
			}
		}
		for row := range int32(c.Len()) {
			if begins(row) && !slices.Contains(r.Rows, row) {
				t.Fatalf("%q does not find %q", query, c.entries[row].Title)
			}
		}
	})
}

// Above 2,000 rows the order is made in another way, and over several segments.
func TestManyRowsAreOrderedAsFewAre(t *testing.T) {
	entries := synthetic(3*segmentRows + 17)
	c := NewCorpus(entries)
	for _, query := range []string{"e", "in t", "sta", "srvy", "on", "zzz"} {
		s := newScorer(newQuery(query))
		var want []ranked
		for i := range entries {
			one := NewCorpus(entries[i : i+1])
			s.enter(&one.segments[0])
			if k := s.key(0); k < hiddenKey {
				b := batch{scattered: make([][]part, len(s.query.terms))}
				b.add(k, 0, s)
				b.judge(s.query.terms)
				want = append(want, newRanked(b.found[0].key(), i))
			}
		}
		slices.Sort(want)
		if got := mustRank(t, c, query, nil).Rows; !slices.Equal(got, rowsOf(want)) {
			t.Errorf("%q: %d rows in another order than %d", query, len(got), len(want))
		}
	}
}
