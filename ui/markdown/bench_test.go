package markdown

import (
	"strings"
	"testing"

	"carrel/store/article"
	"carrel/ui/theme"
)

const prose = "The team that maintains the *borrow checker* has, over the past months, rewritten **most of it**; " +
	"what follows is a [summary of the work](work.md), with `code` in it, and a few words on what is still to be done " +
	"before the next edition. Nobody has to change anything today.\n\n"

const listed = "- an item of a list with a few words in it\n- a second one, with enough words to go on in a second row of the page\n" +
	"  1. one that is nested\n  2. and another\n\n"

const code = "```rust\n/// Returns the larger one.\nfn larger<'a>(a: &'a str, b: &'a str) -> &'a str {\n\tif a.len() > b.len() { a } else { b }\n}\n```\n\n"

const grid = "| name | what it is | since |\n|:--|:--|--:|\n| one | the first of them, which has more words | 1.0 |\n| two | the second | 1.2 |\n\n"

// BenchmarkBlock lays out blocks of each kind at 72 columns; MB/s are of Markdown.
func BenchmarkBlock(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"prose", prose}, {"list", listed}, {"code", code}, {"table", grid}, {"cjk", "中文段落里有标点符号，每一行都不能以逗号或者句号开头。日本語の文章も同じです。\n\n"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			data := strings.Repeat(bench.text, 1+8<<10/len(bench.text))
			doc := article.Parse(article.Input{ID: "a.md", Data: []byte(data)})
			r := New(theme.New(theme.Options{Dark: true}))
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for _, block := range doc.Blocks {
					r.Block(block, 72)
				}
			}
		})
	}
}
