package article

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// difference tells how a document that was parsed in parts differs from the
// same one parsed whole, or is empty.
func difference(body string, size int) string {
	in := Input{ID: "x.md", Data: []byte(body)}
	whole, parts := parse(in, 1<<30), parse(in, size)
	if reflect.DeepEqual(whole, parts) {
		return ""
	}
	a, b := strings.Split(dump(whole), "\n"), strings.Split(dump(parts), "\n")
	d := firstDifference(a, b)
	if d < 0 {
		return "they differ, but not in their dumps"
	}
	return fmt.Sprintf("line %d of the dump:\nwhole: %q\nparts: %q", d+1, a[max(0, d-2):min(d+3, len(a))], b[max(0, d-2):min(d+3, len(b))])
}

// TestPartsAreParsedLikeTheWhole puts texts together from lines that open,
// continue and close everything that may be open over a blank line.
func TestPartsAreParsedLikeTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom(partLines()), 1, 60).Draw(t, "lines")
		size := rapid.IntRange(1, 80).Draw(t, "size")
		if d := difference(strings.Join(lines, "\n"), size); d != "" {
			t.Fatal(d)
		}
	})
}

func partLines() []string {
	return []string{
		"", "", "", "", "Text", "word", "More [link](x.md) text", "See [ref] and [two][b].", "Note[^1] and[^n].", "# Heading", "## Heading", "Écrit",
		"- item", "  - inner", "  text in it", "    deeper", "1. one", "2. two", "10. ten", "100. hundred", "-", "+\titem", "   three", " one", "* * *", "---", "===",
		"> quote", ">", "> - item", "> ```", "```", "```go", "~~~", "  ```", "   ~~~", "    ```", "````", "``` `", "```` x", "\t```", "- ```", "1. ~~~", " ```",
		"<div>", "</div>", "<!-- c", "c -->", "<!-- c -->", "  <!-- c", "- <!-- c", "> <!-- c", "<pre>", "</pre>", "<script>", "</script>", "<style", "<?php", "?>", "<!DOCTYPE", "<!doctype", ">",
		"<![CDATA[", "]]>", "<b>x</b>", "<a", "<p>text", "<div\tx", "<p/x", "<i>", "</i >", "  <pre>", "</textarea >", "</textarea>",
		": definition", ":  definition", " : no definition", ":definition", "Term", "[^1]: note", "[^n]:", "    in the note", "[ref]: /url", "[b]:", "/url", "  'title'", "[ref]: /other",
		"| a | b |", "|---|---|", "|c|d|", "    code", "\tcode", "  ", "\u00a0", "\u3000x", "[x]: /y \"t", "t\"", "{#id}", "# H {#id}", "\\", "&amp;", "<https://a.example>", "a\\",
	}
}

// TestGluedPostsAreParsedLikeTheWhole does the same with real posts behind each
// other, at several sizes.
func TestGluedPostsAreParsedLikeTheWhole(t *testing.T) {
	posts := realPosts(t)
	for i := 0; i < len(posts); i += 40 {
		var b strings.Builder
		for _, in := range posts[i:min(i+40, len(posts))] {
			_, body := open(in)
			b.WriteString(body + "\n\n")
		}
		for _, size := range []int{1 << 10, 20 << 10, partSize} {
			if d := difference(b.String(), size); d != "" {
				t.Errorf("posts from %s, size %d: %s", posts[i].ID, size, d)
			}
		}
	}
}

// TestLongArticlesAreCutAtAll guards against a tracker of regions that is lost
// at once: the parts of real posts are not much larger than they may be.
func TestLongArticlesAreCutAtAll(t *testing.T) {
	const size = 8 << 10
	total, large := 0, 0
	for _, in := range realPosts(t) {
		_, body := open(in)
		for _, part := range cutParts(body, size) {
			total++
			if len(part) > 3*size {
				large++
			}
		}
	}
	if large > total/50 {
		t.Errorf("%d of %d parts are larger than %d bytes", large, total, 3*size)
	}
}

// FuzzParts looks for texts that TestPartsAreParsedLikeTheWhole does not think of.
func FuzzParts(f *testing.F) {
	for i := range partLines() {
		l := partLines()
		f.Add(l[i]+"\n"+l[(i*7+3)%len(l)]+"\n\nText\n\n"+l[(i*5+1)%len(l)]+"\n\nText", 8)
	}
	f.Fuzz(func(t *testing.T, body string, size int) {
		if d := difference(body, max(size, 1)%200+1); d != "" {
			t.Fatal(d)
		}
	})
}
