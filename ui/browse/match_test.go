package browse

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"carrel/store/article"
)

// bracketed writes an entry as entryOf does, with what is matched in brackets.
func bracketed(e article.Entry, ranges []Range) string {
	put := func(s article.Text, f Field, item int) string {
		out, at := "", 0
		for _, r := range ranges {
			if r.Field == f && r.Item == item {
				out += string(s[at:r.Start]) + "[" + string(s[r.Start:r.End]) + "]"
				at = r.End
			}
		}
		return out + string(s[at:])
	}
	list := func(l []article.Text, f Field) string {
		var out []string
		for i, s := range l {
			out = append(out, put(s, f, i))
		}
		return strings.Join(out, ";")
	}
	return strings.TrimRight(put(e.Title, FieldTitle, 0)+"|"+list(e.Authors, FieldAuthors)+"|"+list(e.Tags, FieldTags), "|")
}

func TestWhatMatchedIsMarked(t *testing.T) {
	for _, c := range []struct{ query, row, want string }{
		{"rust", "Trust in Rust", "Trust in [Rust]"},
		{"rus", "Trust", "T[rus]t"},
		{"announcing   RUST", "Announcing Rust 1.9", "[Announcing Rust] 1.9"},
		{"rust 1", "Announcing Rust 1.9", "Announcing [Rust 1].9"},
		{"1.9 rust", "Announcing Rust 1.9", "Announcing [Rust] [1.9]"},
		{"tyir", "This Year in Rust", "[T]his [Y]ear [i]n [R]ust"},
		{"srvy", "State of Rust Survey", "State of Rust [S]u[rv]e[y]"},
		{"goalsnov", "Goals update — November", "[Goals] update — [Nov]ember"},
		{"asyncawait", "Async-await on stable", "[Async]-[await] on stable"},
		{"niko goals", "Our goals|Jo;Niko", "Our [goals]|Jo;[Niko]"},
		{"nmat", "Our goals|Niko Matsakis", "Our goals|[N]iko [Mat]sakis"},
		{"wasm", "One|Jo|go;wasm", "One|Jo|go;[wasm]"},
		{"beranek", "Beránek", "[Beránek]"},
		{"bera", "Bera\u0301nek", "[Bera\u0301]nek"},
		{"stras", "Die Straße", "Die [Straß]e"},
		{"sse", "Die Straße", "Die Stra[ße]"},
		{"pair sv", "A pair of surveys", ""},
		{"", "Anything", "Anything"},
		{"zig", "Rust", ""},
	} {
		e := entryOf(c.row)
		got := NewCorpus([]article.Entry{e}).Positions(c.query, 0)
		if c.want == "" {
			c.want = c.row
		}
		if m := bracketed(e, got); m != c.want {
			t.Errorf("%q: %s, want %s", c.query, m, c.want)
		}
	}
}

func TestNoRowNoMarks(t *testing.T) {
	c := corpusOf("Rust")
	if got := append(c.Positions("rust", 1), c.Positions("rust", -1)...); got != nil {
		t.Error(got)
	}
}

func FuzzPositions(f *testing.F) {
	f.Add("Announcing Rust 1.94.1", "The Rust Team", "rust194")
	f.Add("Die Straße nach Łódź", "Jakub Beránek", "strasse lodz")
	f.Add("e\u0301\u0302 ’… 日本語 ﬁ Ⅷ İ", "한국어", "e 日語")
	f.Add("a b ab aab abab", "", "aba ab")
	f.Add("x\u200dy 👩‍💻 z", "\xff\xfe", "xy 👩")
	f.Add("0", "Th", "-|drunt1r1991994")
	f.Fuzz(func(t *testing.T, title, author, query string) {
		e := article.Entry{Title: article.Line(title), Authors: article.Lines([]string{author}), Tags: article.Lines([]string{title})}
		c := NewCorpus([]article.Entry{e})
		got := c.Positions(query, 0)
		for i, r := range got {
			s := e.Title
			switch r.Field {
			case FieldAuthors:
				s = e.Authors[r.Item]
			case FieldTags:
				s = e.Tags[r.Item]
			}
			if r.Start < 0 || r.Start >= r.End || r.End > len(s) {
				t.Fatalf("%+v is outside of %q", r, s)
			}
			if !utf8.RuneStart(s[r.Start]) || r.End < len(s) && !utf8.RuneStart(s[r.End]) {
				t.Fatalf("%+v cuts a character of %q", r, s)
			}
			if i > 0 && got[i-1].Field == r.Field && got[i-1].Item == r.Item && got[i-1].End >= r.Start {
				t.Fatalf("%+v and %+v touch", got[i-1], r)
			}
		}
		r, err := c.Rank(t.Context(), query, nil)
		if err != nil {
			t.Fatal(err)
		}
		// A condition may hold without anything to mark, such as that of a word that
		// must not be there.
		if _, where := split(query); len(where) == 0 && newQuery(query).text != "" && slices.Contains(r.Rows, 0) != (len(got) > 0) {
			t.Fatalf("%q in %q: found in rows %v, marked %v", query, title, r.Rows, got)
		}
	})
}
