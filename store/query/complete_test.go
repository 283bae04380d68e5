package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"carrel/store/article"
)

func TestQueriesAreCompleted(t *testing.T) {
	v := Values{
		Authors: []string{"Jun Kwon", "Ada Lovelace", "Kwame"}, Tags: []string{"rust", "go", "ru\"st", "Größe"},
		Folders: []string{"notes", "notes/work"}, Langs: []string{"de"}, Sites: []string{"example.org"},
	}
	for _, c := range []struct{ typed, want string }{
		{"a|", "author:| after:|"},
		{"memory TA|", "memory tag:|"},
		{"-ti| x", "-title:| x"},
		{"|", ""},
		{"memory |", ""},
		{"memory|", ""},
		{"tag:ru|", `tag:rust | tag:"rust" |`},
		{"tag:gros|", "tag:Größe |"},
		{"-tag:g|o x", "-tag:go |x -tag:Größe |x"},
		{"author:kw|", `author:Kwame | author:"Jun Kwon" |`},
		{`author:"kw|`, `author:Kwame | author:"Jun Kwon" |`},
		{`author:"kw|am" x`, `author:Kwame |x author:"Jun Kwon" |x`},
		{"in:wo|", "in:notes/work |"},
		{"is:|", "is:unread | is:read | is:starred |"},
		{"lang:| site:", "lang:de |site:"},
		{"site:ex|", "site:example.org |"},
		{"foo:|", ""},
		{"after:2|", ""},
	} {
		at := strings.IndexByte(c.typed, '|')
		var got []string
		for _, x := range Complete(strings.Replace(c.typed, "|", "", 1), at, v) {
			got = append(got, x.Text[:x.Cursor]+"|"+x.Text[x.Cursor:])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.typed, strings.Join(got, " "), c.want)
		}
	}
}

func TestCompletionsAreFew(t *testing.T) {
	var v Values
	for i := range 100 {
		v.Tags = append(v.Tags, fmt.Sprint("t", i))
	}
	if n := len(Complete("tag:", 4, v)); n != maxCompletions {
		t.Errorf("%d completions", n)
	}
}

func TestValuesAreThoseOfTheEntries(t *testing.T) {
	entries := []article.Entry{
		{ID: "a/b/x.md", Tags: []article.Text{"go"}, Lang: "de", Source: "https://www.example.org/x"},
		{ID: "a/y.md", Tags: []article.Text{"go", "rust"}, Authors: []article.Text{"Ada"}},
		{ID: "z.md", Tags: []article.Text{"art"}},
	}
	if got := fmt.Sprint(ValuesOf(entries)); got != "{[Ada] [go art rust] [a a/b] [de] [example.org]}" {
		t.Error(got)
	}
	var many []article.Entry
	for i := range maxValues + 10 {
		many = append(many, article.Entry{ID: article.ID(fmt.Sprintf("%d/x.md", i))})
	}
	many = append(many, article.Entry{ID: article.ID(strings.Repeat("x/", 10_000) + "y.md")})
	if n := len(ValuesOf(many).Folders); n != maxValues {
		t.Errorf("%d folders", n)
	}
}

// What is completed is understood as the field with that value.
func TestCompletedQueriesMeanWhatTheySay(t *testing.T) {
	v := Values{Tags: []string{"rust", "memory safety", `say "hi"`, "Größe", "言語"}}
	rapid.Check(t, func(t *rapid.T) {
		before := queryTexts().Draw(t, "before")
		text := before + " tag:" + rapid.SampledFrom([]string{"", "r", "mem", `"`, "言"}).Draw(t, "typed")
		for _, c := range Complete(text, len(text), v) {
			if !strings.HasPrefix(c.Text, before) || c.Cursor != len(c.Text) {
				t.Fatalf("%q became %q, cursor %d", text, c.Text, c.Cursor)
			}
			if len(c.Text) > maxText || strings.ContainsFunc(before, isQuote) {
				continue
			}
			clauses := Parse(c.Text).Clauses
			last := clauses[len(clauses)-1]
			term, want := last[len(last)-1], Parse(`"` + strings.Map(dropQuotes, string(c.Label)) + `"`).Clauses[0][0]
			if term.Field != Tag || !slices.Equal(term.Words, want.Words) {
				t.Fatalf("%q means %+v", c.Text, term)
			}
		}
	})
}
