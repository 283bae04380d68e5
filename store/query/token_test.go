package query

import (
	"strings"
	"testing"
)

func tokensOf(s string) string {
	var out []string
	for t := range Tokens(s) {
		out = append(out, t.Text)
	}
	return strings.Join(out, " ")
}

func TestTextIsTakenApartIntoWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"Don't panic!", "don t panic"},
		{"foo_bar C++ utf8 x86-64 1.94", "foo bar c utf8 x86 64 1 94"},
		{"Größe CAFÉ cafe\u0301 Łódź Ærø", "grosse cafe cafe lodz aero"},
		{"co\u00adoperate zero\u200bwidth", "cooperate zerowidth"},
		{"\u0301\u0301 a", "a"},
		{"ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"},
		{"Привет, мир", "привет мир"},
		{"हिन्दी में", "हिनदी म"},
		{"m² ½ Ⅷ", "m ½ ⅷ"},
		{"Rust言語", "rust 言語 語"},
		{"日本語のRust2024年", "日本 本語 語の の rust2024 年"},
		{"カード", "カー ート ト"},
		{"한국어 각", "한국 국어 어 각"},
		{"\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국 국"},
		{"ภาษาไทย", "ภา าษ ษา าไ ไท ทย ย"},
		{"a\xffb", "a b"},
		{strings.Repeat("A", 100), strings.Repeat("a", 64)},
		{strings.Repeat("a", 63) + "äb", strings.Repeat("a", 64)},
		{strings.Repeat("a", 63) + "дb", strings.Repeat("a", 63)},
	} {
		if got := tokensOf(c.text); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

const english = `Memory safety is the property of a program where memory pointers always point to
valid memory, i.e. allocated and of the correct type and size. Memory safety is a correctness issue:
a memory-unsafe program may crash or produce nondeterministic output depending on the bug. It's 2024. `

func BenchmarkAppendWords(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"English", english},
		{"German", "Die Größe der Änderung überraschte viele, für die Übersetzung war's natürlich schön. "},
		{"Russian", "Безопасность памяти — это свойство программы, при котором указатели всегда верны. "},
		{"Japanese", "プログラミング言語の安全性とは、メモリの誤った使用を防ぐ性質である。"},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := strings.Repeat(c.text, 1+100_000/len(c.text))
			var dst []byte
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				dst = AppendWords(dst[:0], text)
			}
		})
	}
}
