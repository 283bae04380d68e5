package article

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTextIsMadeInert holds what drives a terminal, hides text or reorders it,
// and what natural languages need.
func TestTextIsMadeInert(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"}, {"a\tb\nc", "a\tb\nc"},
		{"\x1b[31mred\x1b]52;c;aGk=\x07", "[31mred]52;c;aGk="}, {"a\u009b31m\u009d0;t\u009c", "a31m0;t"}, {"a\x00b\x7fc", "abc"},
		{"a\r\nb\rc\u0085d\u2028e\u2029f\vg\fh", "a\nb\nc\nd\ne\nf\ng\nh"}, {"a\r\r\nb", "a\n\nb"},
		{"a\u202eb\u2066c\u2069d\u200ee\u061cf", "abcdef"}, {"\U000e0041a\U000e007f", "a"}, {"\ufeffa\ufff9b", "ab"}, {"so\u00adft", "soft"},
		{"\xff\xc3(", "\ufffd\ufffd("}, {"\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		{"سلام شلوم שלום", "سلام شلوم שלום"}, {"می\u200cخواهم", "می\u200cخواهم"}, {"👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"}, {"日本語。한국어", "日本語。한국어"}, {"e\u0301 ạ̈", "e\u0301 ạ̈"},
		{"e" + strings.Repeat("\u0301", 20), "e" + strings.Repeat("\u0301", 8)},
		{strings.Repeat("\u0301", 8) + "\u200e" + strings.Repeat("\u0301", 8), strings.Repeat("\u0301", 8)},
		{"a" + strings.Repeat("\u20dd", 9), "a" + strings.Repeat("\u20dd", 8)},
	} {
		if got := string(Clean(c.in)); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLinesAreOnOneLine(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"a b", "a b"}, {" a  b\n\tc ", "a b c"}, {"a\u00a0b", "a b"}, {"\u3000a\u2003\u2003b", "a b"}, {"\x1b[2K\ra", "[2K a"}, {"\n\n", ""},
	} {
		if got := string(Line(c.in)); got != c.want {
			t.Errorf("Line(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestInvisibleTitlesAreNone: nobody could see or choose such a row of a list.
func TestInvisibleTitlesAreNone(t *testing.T) {
	for _, s := range []string{"", " ", "\u200b", "\u200d\u200c", "\u00a0", "\u3164", "\u2800", "\u2060\ufe0f", "\u0301"} {
		if visible(Clean(s)) {
			t.Errorf("%q is said to be visible", s)
		}
	}
	for _, s := range []string{"a", ".", "語", "👩", "א"} {
		if !visible(Clean(s)) {
			t.Errorf("%q is said to be invisible", s)
		}
	}
}

// FuzzClean: the promise of this package, for every string.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a\x1b[0mb", "\u0301\u200e\u0301", "\r\n\r", "\xff\xfe", "e" + strings.Repeat("\u0301", 12), "\u2028\u0085\v", "👩\u200d👩", "\U000e0100\U000e0041"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := string(Clean(s))
		if bad := badText(once, "Clean"); bad != "" {
			t.Fatal(bad)
		}
		line := string(Line(s))
		if bad := badText(line, "Line"); bad != "" {
			t.Fatal(bad)
		}
		if strings.ContainsAny(line, "\n\t") || string(Line(line)) != line || strings.TrimSpace(line) != line {
			t.Fatalf("Line gives %q", line)
		}
		// Every inert character is kept, in order; the bound on marks is the one exception.
		rest := once
		for _, r := range s {
			if !Inert(r) || isMark(r) {
				continue
			}
			i := strings.IndexRune(rest, r)
			if i < 0 {
				t.Fatalf("%q lost from %q, which became %q", r, s, once)
			}
			rest = rest[i+utf8.RuneLen(r):]
		}
	})
}
