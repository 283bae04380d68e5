package query

import (
	"fmt"
	"strings"
	"testing"
)

// notation writes clauses so that tests can be read: a term is its words with
// spaces, in quotes if they were quoted, after its minus and field; * is a
// prefix; clauses are parted by "; ", terms by " | ".
func notation(q Query) string {
	var clauses []string
	for _, clause := range q.Clauses {
		var terms []string
		for _, t := range clause {
			s := strings.Join(t.Words, " ") + t.Value
			if !t.Time.IsZero() {
				s = t.Time.Format("2006-01-02")
			}
			if t.Quoted {
				s = `"` + s + `"`
			}
			if t.Field != Anywhere {
				s = strings.Fields(fields)[t.Field-1] + ":" + s
			}
			if t.Not {
				s = "-" + s
			}
			if t.Prefix {
				s += "*"
			}
			terms = append(terms, s)
		}
		clauses = append(clauses, strings.Join(terms, " | "))
	}
	return strings.Join(clauses, "; ")
}

func TestWhatPeopleTypeIsUnderstood(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"", ""},
		{"  \t ", ""},
		{"memory safety", "memory; safety"},
		{"Größe CAFÉ", "grosse; cafe"},
		{`"memory safety" first`, `"memory safety"; first`},
		{`“memory safety” first`, `"memory safety"; first`},
		{`rust -draft -"in short" -tag:old`, `rust; -draft; -"in short"; -tag:old`},
		{"a b OR c d", "a; b | c; d"},
		{"a OR b OR -c", "a | b | -c"},
		{`"a b" OR tag:c d`, `"a b" | tag:c; d`},
		{"compil*", "compil*"},
		{`"memory saf"* x`, `"memory saf"*; x`},
		{`title:rust author:"Jun Kwon" TAG:Go*`, `title:rust; author:"jun kwon"; tag:go*`},
		{"in:/Notes/Work/ lang:DE_at site:https://www.Example.org:80/x", "in:notes/work; lang:de-at; site:example.org"},
		{"after:2018 before:2018-3 -after:2018-03-07", "after:2018-01-01; before:2018-03-01; -after:2018-03-07"},
		{"is:unread is:READ -is:starred", "is:unread; is:read; -is:starred"},

		// A word of several tokens is a phrase.
		{"don't foo_bar x-ray C++ 1.94 utf8", "don t; foo bar; x ray; c; 1 94; utf8"},

		// What cannot be meant is text.
		{`an "open quote goes on`, `an; "open quote goes on"`},
		{`a "`, "a"},
		{"a - b -- --flag -", "a; b; flag"},
		{"OR", "or"},
		{"OR a", "or; a"},
		{"a OR", "a; or"},
		{"a OR OR b", "a; or; or; b"},
		{"a or b -OR", "a; or; b; -or"},
		{"a OR ... b", "a | b"},
		{"foo:bar http://x.org/y", "foo bar; http x org y"},
		{"tag: title:++ is:new after:soon before:2018-02-30 in:/", "tag; title; is new; after soon; before 2018 02 30; in"},
		{`foo:"a b"`, `foo; "a b"`},
		{"... !? * -*", ""},
		{`it"s`, `it; "s"`},

		// Scripts without spaces: pairs, and the last character only before more.
		{"言語", "言語"},
		{"日本語", "日本 本語"},
		{"語", "語*"},
		{"Rust言語", "rust 言語"},
		{`"言語 rust"`, `"言語 語 rust"`},
		{`"rust 語"`, `"rust 語"*`},
		{"한국어 각", "한국 국어; 각*"},
	} {
		if got := notation(Parse(c.typed)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.typed, got, c.want)
		}
	}
}

func TestTheLastWordMayBeHalfTyped(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"memory saf", "memory; saf*"},
		{"memory saf ", "memory; saf"},
		{`"memory saf`, `"memory saf"`},
		{`"memory saf"`, `"memory saf"`},
		{"tag:ru", "tag:ru*"},
		{"rust -dra", "rust; -dra"},
		{"rust -tag:dra", "rust; -tag:dra"},
		{"in:no", "in:no"},
		{"don't", "don t*"},
		{"a OR b", "a | b*"},
		{"a OR", "a; or*"},
		{"+", ""},
	} {
		if got := notation(ParseTyping(c.typed)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.typed, got, c.want)
		}
	}
}

func TestTermsKnowWhereTheyStand(t *testing.T) {
	const text = ` rust  -"in short" OR tag:"a b"* foo:x end`
	var got []string
	for _, clause := range Parse(text).Clauses {
		for _, term := range clause {
			got = append(got, text[term.From:term.To])
		}
	}
	want := `[rust -"in short" tag:"a b"* foo:x end]`
	if fmt.Sprint(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestQueriesHaveBounds(t *testing.T) {
	long := Parse(strings.Repeat("a ", 1000))
	if len(long.Clauses) != maxTerms {
		t.Errorf("%d terms", len(long.Clauses))
	}
	if n := len(Parse(strings.Repeat("aa.", 1000)).Clauses[0][0].Words); n != maxWords {
		t.Errorf("%d words in one phrase", n)
	}
	if q := Parse(strings.Repeat(" ", maxText) + "x"); !q.Empty() {
		t.Errorf("%v", q)
	}
}
