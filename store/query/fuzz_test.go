package query

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "memory safety", `"memory safety" -draft`, `-"in short" -tag:old`, "a b OR c d", "OR a OR OR b OR", "compil* \"saf\"*",
		`author:"Jun Kwon" tag:go*`, "in:/notes/work/ lang:DE_at site:https://www.x.org:80/y", "after:2018 before:2018-3 -after:2018-02-30",
		"is:unread is:new", "foo:bar http://x tag: -", `“Größe„ "open`, "日本語 語 ภาษา 한국어", "\xff\"\xfe:", strings.Repeat("a-", 300),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range []Query{Parse(s), ParseTyping(s)} {
			n, at := 0, 0
			for _, clause := range q.Clauses {
				if len(clause) == 0 {
					t.Fatalf("an empty clause in %q", s)
				}
				for _, term := range clause {
					if n++; term.From < at || term.To <= term.From || term.To > min(len(s), maxText) {
						t.Fatalf("%+v is at no place of its own in %q", term, s)
					}
					at = term.To
					if len(term.Words) == 0 && term.Value == "" && term.Time.IsZero() || len(term.Words) > maxWords || slices.Contains(term.Words, "") {
						t.Fatalf("%+v asks for nothing", term)
					}
				}
			}
			if n > maxTerms || q.Text != s {
				t.Fatalf("%d terms in %q", n, q.Text)
			}
			for _, r := range q.Finder().Find(s) {
				if r.Start >= r.End || r.End > len(s) {
					t.Fatalf("%v in %q", r, s)
				}
			}
			for _, c := range Complete(s, len(s)/2, Values{Tags: []string{"a b", `"`, "言語"}}) {
				if c.Cursor < 0 || c.Cursor > len(c.Text) {
					t.Fatalf("%+v", c)
				}
			}
		}
	})
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{
		"", "Don't panic", english, "Größe cafe\u0301", "日本語のRust2024年", "한국어 \u1112\u1161\u11ab", "ภาษาไทย", "a\xffb\xf0\x9f", "x\u200by\u00ad",
		strings.Repeat("aä", 100), "\u0301\u0301", "ㅎㅏㄴ½²Ⅷ",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var joined []byte
		last := 0
		for token := range Tokens(s) {
			if token.Start < last || token.End <= token.Start || token.End > len(s) {
				t.Fatalf("%+v in %q", token, s)
			}
			last = token.Start
			if len(token.Text) == 0 || len(token.Text) > maxToken || strings.ContainsFunc(token.Text, isOutside) {
				t.Fatalf("%+v in %q", token, s)
			}
			// What a token stands for reads the same alone.
			if again := tokensOf(s[token.Start:token.End]); !strings.HasPrefix(again+" ", token.Text+" ") {
				t.Fatalf("%q in %q, alone %q", token.Text, s, again)
			}
			joined = append(append(joined, token.Text...), ' ')
		}
		if got := AppendWords(nil, s); string(got) != string(joined) {
			t.Fatalf("%q is indexed as %q", joined, got)
		}
		// Where white space stands a text can be cut.
		if i := strings.IndexByte(s, ' '); i >= 0 {
			if got := AppendWords(AppendWords(nil, s[:i]), s[i:]); string(got) != string(joined) {
				t.Fatalf("%q in two parts is %q", joined, got)
			}
		}
		if strings.Contains(string(joined), Break) {
			t.Fatalf("%q is a token of %q", Break, s)
		}
	})
}

// isOutside tells whether SQLite's tokenizer "ascii" would part a token here.
func isOutside(r rune) bool {
	return r < utf8.RuneSelf && !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
}
