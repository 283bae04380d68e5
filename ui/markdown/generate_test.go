package markdown

import (
	"strings"
	"unicode/utf8"

	"pgregory.net/rapid"

	"carrel/store/article"
)

// words are what generated text is made of: plain words, long ones, wide
// characters, clusters of several code points, and what Markdown and Glamour
// might take for markup.
var words = []string{
	"a", "the", "word", "harbour,", "tide.", "well-known", "and/or", "1.", "-", "–", "“quoted”", "…", "x—y",
	"Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "https://example.org/a/long/path/to/nowhere?at=all&more=1#end",
	"中文段落，有标点。", "「日本語」の文章っゃ、", "한국어 문장", "👨‍👩‍👧‍👦", "🇫🇷🇩🇪", "👍🏽", "❤️", "☎︎", "e\u0301", "n\u0303\u0323", "\u0301", "\u200b", "a\u00a0b",
	"שלום", "عربي", "नमस्ते", "ไทย", "&amp;", "&#42;", `\*`, `\\`, `\`, "&", "<tag>", "*", "_", "``", "[x]", "$", "％", "\u3000", "ﷺ", "𝔘", "①",
}

func genWord() *rapid.Generator[string] { return rapid.SampledFrom(words) }

func genText(t *rapid.T, seps []string) string {
	var b strings.Builder
	for i := range rapid.IntRange(0, 12).Draw(t, "words") {
		if i > 0 {
			b.WriteString(rapid.SampledFrom(seps).Draw(t, "sep"))
		}
		b.WriteString(genWord().Draw(t, "word"))
	}
	return b.String()
}

var blanks = []string{" ", " ", " ", " ", "", "\n", "\t", "  "}

// genLeaf gives a block of text with spans that begin and end anywhere.
func genLeaf(t *rapid.T, kind article.BlockKind) article.Block {
	b := article.Block{Kind: kind, Text: article.Clean(genText(t, blanks))}
	if kind == article.Code {
		b.Info = rapid.SampledFrom([]article.Text{"", "go", "rust", "sh", "diff", "nonsense"}).Draw(t, "language")
		return b
	}
	at := 0
	for at < len(b.Text) && rapid.IntRange(0, 2).Draw(t, "span") > 0 {
		from := boundary(b.Text, rapid.IntRange(at, len(b.Text)).Draw(t, "from"))
		to := boundary(b.Text, rapid.IntRange(from, min(from+40, len(b.Text))).Draw(t, "to"))
		if to > from {
			b.Spans = append(b.Spans, article.Span{
				Start: uint32(from), End: uint32(to),
				Style: article.Style(rapid.IntRange(0, 1<<10-1).Draw(t, "style")),
				Link:  int32(rapid.IntRange(0, 4).Draw(t, "link")),
			})
		}
		at = max(to, at+1)
	}
	return b
}

func boundary(s article.Text, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

// genBlock gives a block of any kind with all kinds of parts, also such as no
// parser makes.
func genBlock(t *rapid.T, depth int) article.Block {
	kinds := []article.BlockKind{article.Paragraph, article.HeadingBlock, article.Code, article.Rule, article.Term}
	if depth < 4 {
		kinds = append(kinds, article.Quote, article.List, article.List, article.Table, article.Footnote, article.Definition)
	}
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	switch kind {
	case article.Rule:
		return article.Block{Kind: kind}
	case article.HeadingBlock:
		b := genLeaf(t, kind)
		b.Level = rapid.IntRange(1, 6).Draw(t, "level")
		return b
	case article.List:
		return genList(t, depth)
	case article.Table:
		return genTable(t)
	case article.Quote, article.Footnote, article.Definition:
		b := article.Block{Kind: kind, Blocks: genBlocks(t, depth)}
		if kind == article.Footnote {
			b.Level = rapid.IntRange(1, 120).Draw(t, "number")
		}
		return b
	}
	return genLeaf(t, kind)
}

func genBlocks(t *rapid.T, depth int) []article.Block {
	var out []article.Block
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		out = append(out, genBlock(t, depth+1))
	}
	return out
}

func genList(t *rapid.T, depth int) article.Block {
	b := article.Block{Kind: article.List, Tight: rapid.Bool().Draw(t, "tight")}
	number := 0
	if rapid.Bool().Draw(t, "ordered") {
		number = rapid.SampledFrom([]int{1, 9, 99998}).Draw(t, "first")
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "items") {
		item := article.Block{Kind: article.Item, Blocks: genBlocks(t, depth)}
		if number > 0 {
			item.Level = number + i
		}
		item.Task = article.Task(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "task"))
		b.Blocks = append(b.Blocks, item)
	}
	return b
}

func genTable(t *rapid.T) article.Block {
	columns := rapid.IntRange(1, 6).Draw(t, "columns")
	b := article.Block{Kind: article.Table, Info: article.Text(strings.Repeat("lcr-", 2)[:columns])}
	for y := range rapid.IntRange(1, 4).Draw(t, "rows") {
		row := article.Block{Kind: article.Row}
		if y == 0 && rapid.Bool().Draw(t, "head") {
			row.Level = 1
		}
		cells := columns
		if rapid.IntRange(0, 9).Draw(t, "ragged") == 0 {
			cells = rapid.IntRange(0, columns).Draw(t, "cells")
		}
		for range cells {
			row.Blocks = append(row.Blocks, genLeaf(t, article.Cell))
		}
		b.Blocks = append(b.Blocks, row)
	}
	return b
}

// genMarkdown gives the text of an article, put together from pieces.
func genMarkdown(t *rapid.T) string {
	prefixes := []string{"", "", "", "> ", ">> ", "- ", "  - ", "1. ", "   ", "    ", "# ", "### ", "- [x] ", ": ", "| ", "[^1]: ", "```go\n", "```\n", "---\n", "|-|:-:|-|\n"}
	wraps := [][2]string{{"", ""}, {"", ""}, {"*", "*"}, {"**", "**"}, {"`", "`"}, {"[", "](to.md)"}, {"~~", "~~"}, {"<kbd>", "</kbd>"}, {"[^1]", ""}, {"| ", " |"}}
	var b strings.Builder
	for range rapid.IntRange(1, 14).Draw(t, "lines") {
		b.WriteString(rapid.SampledFrom(prefixes).Draw(t, "prefix"))
		for range rapid.IntRange(0, 4).Draw(t, "pieces") {
			w := rapid.SampledFrom(wraps).Draw(t, "wrap")
			b.WriteString(w[0] + genText(t, []string{" ", " ", "", "\t"}) + w[1] + " ")
		}
		b.WriteString(rapid.SampledFrom([]string{"\n", "\n", "\n\n", "\\\n"}).Draw(t, "end"))
	}
	return b.String()
}
