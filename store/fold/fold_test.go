package fold

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The shortcuts past Unicode's tables must say what the tables say.
func TestTheShortcutsAgreeWithUnicode(t *testing.T) {
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if got, want := KindOf(r), rareKind(r); got != want {
			t.Errorf("%U is of kind %d, not %d", r, want, got)
		}
		if got, _ := Decompose(string(r)); string(got) != string(norm.NFD.PropertiesString(string(r)).Decomposition()) {
			t.Errorf("%U decomposes into %q", r, got)
		}
		if low := unicode.ToLower(r); spelled(low) == "" && string(Append(nil, r)) != string(low) {
			t.Errorf("%U becomes %q", r, Append(nil, r))
		}
	}
}

func TestScriptsWithoutSpacesAreKnown(t *testing.T) {
	scripts := []*unicode.RangeTable{
		unicode.Ideographic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
		unicode.Tangut, unicode.Nushu, unicode.Khitan_Small_Script,
	}
	// The Common script has what several scripts share, as ー, and numbers in circles.
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if KindOf(r) <= Symbol || unicode.IsSymbol(r) || unicode.Is(unicode.Common, r) {
			continue
		}
		if got, want := Spaceless(r), unicode.In(r, scripts...); got != want {
			t.Errorf("%U %c: %v", r, r, got)
		}
	}
	for _, r := range "ー々〆" {
		if !Spaceless(r) {
			t.Errorf("%c parts a word", r)
		}
	}
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if once := String(string(r)); String(once) != once {
			t.Errorf("%U: %q, then %q", r, once, String(once))
		}
	}
}

func TestWordsAreComparedAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]string{
		"Größe": "grosse", "Łódź": "lodz", "CAFE\u0301": "cafe", "“Ærø”": `"aero"`, "한국": "한국", "がま": "かま", "x\u200by": "xy",
	} {
		if got := String(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}
