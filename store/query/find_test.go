package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"carrel/store/article"
)

// marked writes a text with its matches in brackets.
func marked(s string, ranges []article.Range) string {
	var b strings.Builder
	at := 0
	for _, r := range ranges {
		fmt.Fprintf(&b, "%s[%s]", s[at:r.Start], s[r.Start:r.End])
		at = r.End
	}
	return b.String() + s[at:]
}

func TestMatchesAreMarkedInText(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"memory", "In [memory], by [MEMORY]-safe code; memories"},
		{"memor*", "In [memory], by [MEMORY]-safe code; [memories]"},
		{`"memory safe"`, "In memory, by [MEMORY-safe] code; memories"},
		{`memory "memory safe"`, "In [memory], by [MEMORY-safe] code; memories"},
		{`"a b c" b "c d"`, "a [b] x [a b c] d [b]"},
		{`"a a"`, "[a a] [a a] a"},
		{"grosse", "Die [Größe]? Nein: groß, [Gro\u0308\u00dfe]."},
		{"cafe", "[café] [cafe\u0301], cafes"},
		{"-memory safe", "memory [safe]"},
		{"title:memory author:code", "memory code"},
		{"言", "[言]語と[言]"},
		{"言語", "方[言語]と[言語]学"},
		{"語", "言[語]と[語]"},
		{"日本語", "[日本語]の日本の[日本語]"},
		{`"rust 言"`, "[Rust 言]語"},
		{"a OR b", "[a] [b]"},
		{"", "nothing"},
	} {
		text := strings.NewReplacer("[", "", "]", "").Replace(c.want)
		if got := marked(text, Parse(c.query).Finder().Find(text)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}

func TestTitlesAreMarkedForTheirOwnField(t *testing.T) {
	e := article.Entry{Title: "Memory safety in Rust"}
	f := Parse(`title:"memory safety" rust`).Finder()
	if got := marked(string(e.Title), f.Title(&e)); got != "[Memory safety] in [Rust]" {
		t.Error(got)
	}
	if got := marked(string(e.Title), f.Find(string(e.Title))); got != "Memory safety in [Rust]" {
		t.Error(got)
	}
}

// texts are made of words that have much in common.
func texts() *rapid.Generator[string] {
	words := rapid.SampledFrom([]string{
		"a", "b", "ab", "aab", "a-b", "foo_bar", "don't", "Größe", "Gro\u0308ße", "é", "言語", "言", "語", "日本語", "Rust言語の",
		"한국어", "\u1112\u1161\u11ab", "ไทย", "x\u200by", "\xff", "…", "\n", "M²", "ŋ", strings.Repeat("aä", 40),
	})
	seps := rapid.SampledFrom([]string{" ", " ", " ", "", "\n", ", ", "-"})
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 14).Draw(t, "words") {
			b.WriteString(words.Draw(t, "word"))
			b.WriteString(seps.Draw(t, "separator"))
		}
		return b.String()
	})
}

func queryTexts() *rapid.Generator[string] {
	item := rapid.Custom(func(t *rapid.T) string {
		s := texts().Draw(t, "text")
		return rapid.SampledFrom([]string{"%s", "%s", `"%s"`, "%s*", `"%s"*`, "-%s", "title:%s", "OR", "tag:", "in:%s", `"%s`}).Draw(t, "form") + "\x00" + s
	})
	return rapid.Custom(func(t *rapid.T) string {
		var out []string
		for range rapid.IntRange(0, 5).Draw(t, "terms") {
			form, s, _ := strings.Cut(item.Draw(t, "term"), "\x00")
			out = append(out, strings.Replace(form, "%s", s, 1))
		}
		return strings.Join(out, " ")
	})
}

// slowly finds matches as one would explain it: at each token try each term.
func slowly(q Query, s string) []article.Range {
	tokens := slices.Collect(Tokens(s))
	var all []article.Range
	for i := range tokens {
		for _, t := range q.Positive() {
			if t.Field != Anywhere || i+len(t.Words) > len(tokens) {
				continue
			}
			found, end := true, 0
			for k, w := range t.Words {
				token := tokens[i+k]
				end = token.End
				if token.Text == w {
					continue
				}
				if found = found && t.Prefix && k == len(t.Words)-1 && strings.HasPrefix(token.Text, w); !found {
					break
				}
				// The second character of a pair begins the next token.
				if r, n := utf8.DecodeRuneInString(w); isUnspaced(r) && n == len(w) {
					end = tokens[i+k+1].Start
					end = max(end, token.Start+1)
				}
			}
			if found {
				all = append(all, article.Range{Start: tokens[i].Start, End: end})
			}
		}
	}
	slices.SortFunc(all, func(a, b article.Range) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var out []article.Range
	for _, r := range all {
		if len(out) == 0 || r.Start >= out[len(out)-1].End {
			out = append(out, r)
		}
	}
	return out
}

func TestFindingIsWhatTryingEachTermAtEachTokenFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, s := Parse(queryTexts().Draw(t, "query")), texts().Draw(t, "text")
		got, want := q.Finder().Find(s), slowly(q, s)
		if !slices.Equal(got, want) {
			t.Fatalf("%q in %q\n got %s\nwant %s", q.Text, s, marked(s, got), marked(s, want))
		}
	})
}

func TestEveryPartOfATextFindsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Filter(func(s string) bool { return tokensOf(s) != "" }).Draw(t, "text")
		tokens := slices.Collect(Tokens(s))
		from := rapid.IntRange(0, len(tokens)-1).Draw(t, "from")
		to := rapid.IntRange(from, len(tokens)-1).Draw(t, "to")
		part := s[tokens[from].Start:tokens[to].End]
		for _, form := range []string{`"` + part + `"`, `"` + part, `title:"` + part + `"*`} {
			term := Parse(form).Clauses[0][0]
			if !term.FoundIn(s) {
				t.Fatalf("%s is not found in %q", form, s)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(english, 1+1_000_000/len(english))
	for _, query := range []string{"zebra", "memory", `"memory safety" pointer* crash OR bug`} {
		b.Run(query, func(b *testing.B) {
			f := Parse(query).Finder()
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for range f.text.all(text) {
				}
			}
		})
	}
}
