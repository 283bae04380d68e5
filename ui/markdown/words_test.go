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
			if !p.optional && !within(visible(p.text), got.String()) {
				return fmt.Errorf("%q is not in %q", p.text, got.String())
			}
		}
		return nil
	}
	if !matches(parts, got.String()) {
		return fmt.Errorf("the words are %v, shown are %q", parts, got.String())
	}
	return nil
}

func matches(parts []part, s string) bool {
	for i, p := range parts {
		if p.optional && matches(parts[i+1:], s) {
			return true
		}
		cut, ok := strings.CutPrefix(s, p.text)
		if !ok {
			return false
		}
		s = cut
	}
	return s == ""
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
			want[x] += visible(string(c.Text))
		}
	}
	for _, l := range lines {
		at := 0
		for x, w := range widths {
			got[x] += visible(ansi.Cut(ansi.Strip(l.Text), at, at+w))
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
	rows := b.Blocks
	var names []article.Block
	if len(rows) > 1 && rows[0].Level == 1 {
		names, rows = rows[0].Blocks, rows[1:]
	}
	var want string
	for y, row := range rows {
		for x := range max(len(row.Blocks), len(names)) {
			var cell string
			if x < len(row.Blocks) {
				cell = string(row.Blocks[x].Text)
			}
			if x < len(names) && (cell != "" || y == 0 && emptyColumn(rows, x)) {
				want += solid(string(names[x].Text))
			}
			want += solid(cell)
		}
	}
	if got.String() != want {
		return fmt.Errorf("the records %q show %q", want, got.String())
	}
	return nil
}
