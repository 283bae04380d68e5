package article

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPiecesHoldAllTheText: whatever block is split, its pieces are bounded,
// hold its text in order, and know where they begin in it.
func TestPiecesHoldAllTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := drawBlock(t, 0)
		flat := whole.Flat()
		pieces := split(whole)
		at := 0
		for i, p := range pieces {
			if bad := badBlock(&p.block, 1<<20); bad != "" {
				t.Fatalf("piece %d: %s", i, bad)
			}
			text := strings.TrimSuffix(p.block.Flat(), "\n")
			if p.start != at && p.start != at-1 || p.start > len(flat) || !strings.HasPrefix(flat[p.start:], text) {
				t.Fatalf("piece %d of %d begins at %d, not at %d: %.60q", i, len(pieces), p.start, at, text)
			}
			at = p.start + p.block.Len()
			if p.block.Continues != (i > 0) {
				t.Fatalf("piece %d: continues is %v", i, p.block.Continues)
			}
			if n, offset := rehome(pieces, p.start); offset != 0 || n != i && pieces[n].start != p.start {
				t.Fatalf("the beginning of piece %d is said to be at %d+%d", i, n, offset)
			}
		}
		if at != len(flat) {
			t.Fatalf("the pieces end at %d, the whole at %d", at, len(flat))
		}
	})
}

// drawBlock makes a tree of blocks as the parser may, with some large leaves.
func drawBlock(t *rapid.T, depth int) Block {
	kinds := []BlockKind{Paragraph, Code, HeadingBlock, Quote, List, Table, Rule, Footnote}
	if depth > 2 {
		kinds = kinds[:3]
	}
	b := Block{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	part := Block{Kind: Item}
	switch b.Kind {
	case Rule:
		return b
	case List:
	case Table:
		part.Kind = Row
	case Quote, Footnote:
		for range rapid.IntRange(1, 5).Draw(t, "parts") {
			b.Blocks = append(b.Blocks, drawBlock(t, depth+1))
		}
		return b
	default:
		b.Text, b.Spans = drawText(t)
		return b
	}
	n := rapid.SampledFrom([]int{0, 1, 3, 119, 120, 121, 400}).Draw(t, "items")
	for i := range n {
		p := part
		p.Level = i
		switch {
		case p.Kind == Row:
			p.Blocks = []Block{{Kind: Cell, Text: "cell"}, {Kind: Cell}, {Kind: Cell, Text: Line(strings.Repeat("x", i))}}
		case i < 3:
			p.Blocks = []Block{drawBlock(t, depth+1), {Kind: Paragraph, Text: "after"}}
		case i%3 == 0:
			p.Blocks = nil
		default:
			p.Blocks = []Block{{Kind: Paragraph, Text: "item"}}
		}
		b.Blocks = append(b.Blocks, p)
	}
	return b
}

func drawText(t *rapid.T) (Text, []Span) {
	size := rapid.SampledFrom([]int{1, 50, maxText - 2, maxText - 1, maxText, maxText + 1, 3 * maxText}).Draw(t, "size")
	word := rapid.SampledFrom([]string{"x", "word ", "日本語", "line\n", "\n", "long line of text with several words\n", "a  b "}).Draw(t, "word")
	text := strings.TrimSpace("." + strings.Repeat(word, size/len(word)) + ".")
	var spans []Span
	for at := 0; at+1 < len(text) && len(spans) < 100; at += len(text)/7 + 1 {
		spans = append(spans, Span{Start: uint32(len(firstBytes(text, at))), End: uint32(len(firstBytes(text, at+len(text)/7))), Style: Strong})
	}
	kept := spans[:0]
	for _, s := range spans {
		if s.Start < s.End {
			kept = append(kept, s)
		}
	}
	return Clean(text), kept
}

// TestLongBlocksAreSplitWithTheirLinks: every link of a long list, paragraph,
// table and nested list stands where its piece says, and so do anchors and headings.
func TestLongBlocksAreSplitWithTheirLinks(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i, i)
		}
		return b.String()
	}
	for name, src := range map[string]string{
		"list":        many(1000, "- item [label%d](to%d)\n"),
		"numbers":     many(1000, "1. item [label%d](to%d)\n"),
		"paragraph":   many(3000, "word [label%d](to%d) and\n"),
		"hard breaks": many(1000, "word [label%d](to%d)  \n"),
		"one word":    strings.Repeat("x", 40000) + "[label](to)" + strings.Repeat("y", 40000),
		"long label":  "a [" + strings.Repeat("label ", 10000) + "](to) b [label](to)",
		"table":       "|a|b|\n|-|-|\n" + many(1000, "|[label%d](to%d)|text|\n"),
		"quote":       strings.ReplaceAll("\n"+many(1000, "- item [label%d](to%d)\n"), "\n", "\n> "),
		"nested":      "- outer\n" + strings.ReplaceAll("\n"+many(1000, "- item [label%d](to%d)\n"), "\n", "\n  ") + "\n- [last](x)\n",
		"headings":    "> " + strings.ReplaceAll(many(500, "# heading [label%d](to%d)\n\ntext\n\n"), "\n", "\n> "),
		"footnote":    "a[^1]\n\n[^1]: note\n" + strings.ReplaceAll("\n"+many(1000, "- item [label%d](to%d)\n"), "\n", "\n    "),
		"html":        "<ul>" + many(1000, "<li>item <a href=to%[2]d id=i%[1]d>label%[1]d</a>") + "</ul>",
		"definitions": many(1000, "Term %d\n: [label%d](to)\n\n"),
		"code":        "- a\n\n  ```\n" + many(1000, "  line %d %d\n") + "  ```\n\n  [label](to)\n",
	} {
		doc := parseText(src)
		mustHold(t, doc)
		if len(doc.Blocks) < 2 || len(doc.Links) < 1 {
			t.Errorf("%s: %d blocks, %d links", name, len(doc.Blocks), len(doc.Links))
		}
		for _, l := range doc.Links {
			if flat := doc.Blocks[l.Block].Flat()[l.Offset:]; name != "one word" && name != "long label" && !strings.HasPrefix(flat, string(l.Label)) {
				t.Errorf("%s: %q stands before %.30q", name, l.Label, flat)
				break
			}
		}
		if name == "numbers" {
			last := doc.Blocks[len(doc.Blocks)-1].Blocks
			if got := last[len(last)-1].Level; got != 1000 {
				t.Errorf("the last of 1000 items has number %d", got)
			}
		}
	}
}
