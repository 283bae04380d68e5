package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
)

// checkWords: nothing of the text is lost, doubled or moved. Words may be broken
// at the end of a row, so it is their characters that are compared.
func checkWords(_ *Renderer, b article.Block, lines []Line, width int) error {
	if b.Kind == article.Table {
		return checkTable(b, lines, width)
	}
	var got strings.Builder
	for _, l := range lines {
		got.WriteString(solid(ansi.Strip(l.Text)))
	}
	parts := expect(b, nil)
	if has(b, article.Table) {
		// The cells of a table stand side by side and the heads of its records come
		// again: all characters must be there.
		for _, p := range parts {
			if !p.optional && !within(p.text, got.String()) {
				return fmt.Errorf("%q is not in %q", p.text, got.String())
			}
		}
		return nil
	}
	rest := got.String()
	for _, p := range parts {
		cut, ok := strings.CutPrefix(rest, p.text)
		if !ok && !p.optional {
			return fmt.Errorf("after all but %q comes not %q", rest, p.text)
		}
		rest = cut
	}
	if rest != "" {
		return fmt.Errorf("there is %q too much", rest)
	}
	return nil
}

// part is a piece of what rows should show; numbers are left out where the page
// is too narrow for them.
type part struct {
	text     string
	optional bool
}

func expect(b article.Block, parts []part) []part {
	switch b.Kind {
	case article.Title, article.Rule:
		return parts
	case article.Item:
		if b.Level > 0 && b.Task == article.NoTask {
			parts = append(parts, part{strconv.Itoa(b.Level) + ".", true})
		}
	case article.Footnote:
		parts = append(parts, part{superscript(b.Level), true})
	}
	if len(b.Blocks) == 0 {
		return append(parts, part{text: solid(string(b.Text))})
	}
	for _, c := range b.Blocks {
		parts = expect(c, parts)
	}
	return parts
}

// checkTable compares every column, or every record.
func checkTable(b article.Block, lines []Line, width int) error {
	widths, least := columns(b)
	if !shrink(widths, least, width-gutter*(len(widths)-1)) {
		return checkRecords(b, lines)
	}
	want, got := make([]string, len(widths)), make([]string, len(widths))
	for _, row := range b.Blocks {
		for x, c := range row.Blocks {
			want[x] += solid(string(c.Text))
		}
	}
	for _, l := range lines {
		at := 0
		for x, w := range widths {
			got[x] += solid(ansi.Cut(ansi.Strip(l.Text), at, at+w))
			at += w + gutter
		}
	}
	if !slices.Equal(want, got) {
		return fmt.Errorf("the columns %q show %q", want, got)
	}
	return nil
}

func checkRecords(b article.Block, lines []Line) error {
	var got strings.Builder
	for _, l := range lines {
		got.WriteString(solid(ansi.Strip(l.Text)))
	}
	var names []string
	var want string
	for _, row := range b.Blocks {
		for x, c := range row.Blocks {
			switch {
			case row.Level == 1 && len(b.Blocks) > 1:
				names = append(names, solid(string(c.Text)))
			case x >= len(names):
				want += solid(string(c.Text))
			case c.Text != "":
				want += names[x] + solid(string(c.Text))
			}
		}
	}
	if got.String() != want {
		return fmt.Errorf("the records %q show %q", want, got.String())
	}
	return nil
}
