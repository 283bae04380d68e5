package query

import (
	"strings"
	"testing"
	"time"

	"carrel/store/article"
)

// Each of these would take minutes if anything grew with the square of a text.
func TestNoTextHangsTheFinder(t *testing.T) {
	const size = 256 << 10
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	f := Parse(`a "a a" "a a a a a a a a a a a a" a* "a b" 言 "言言" "言言 言" -b x OR "a x"`).Finder()
	for name, text := range map[string]string{
		"one word": fill("a"), "words": fill("a "), "marks": "a" + fill("\u0301"), "marks in a run": "言" + fill("\u3099"),
		"ideographs": fill("言"), "parted ideographs": fill("言 "), "jamo": fill("\u1100"), "syllables in pieces": fill("\u1112\u1161\u11ab"),
		"invisible": fill("\u200b"), "broken": fill("\xff"), "white": fill(" "), "lines": fill("\n"), "long letters": fill("ŋÞ"),
	} {
		start := time.Now()
		AppendWords(nil, text)
		f.Find(text)
		doc := article.Document{Blocks: []article.Block{{Text: article.Clean(text)}}}
		if _, err := f.Look(t.Context(), article.Hit{}, &doc); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		} else if testing.Verbose() {
			t.Logf("%s: %v", name, took)
		}
	}
}

func TestNoPathHangsTheFolders(t *testing.T) {
	start := time.Now()
	for _, part := range []string{"a/", "é/", "aé/"} {
		e := article.Entry{ID: article.ID(strings.Repeat(part, 4096/len(part)) + "x.md")}
		if Parse("in:"+strings.Repeat(part, 100)+"b").Accepts(&e, Facts{}) {
			t.Errorf("found in %s", part)
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Error(took)
	}
}
