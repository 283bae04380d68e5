package markdown

import (
	"strings"

	"carrel/store/article"
)

// gutter parts the columns of a table.
const gutter = 2

// A column is not narrowed below its longest word, but where that is longer
// than maxLeast, nor below minLeast; a table that would need it becomes records.
const (
	minLeast = 6
	maxLeast = 12
)

// table lays out rows and columns: as wide as the text needs, narrowed to fit by
// wrapping the widest columns, with one rule under the head. Where even that
// does not fit, every row becomes a record of "name: text" lines. No word is lost.
func (r *Renderer) table(b article.Block, width, offset int) ([]Line, int) {
	widths, least := columns(b)
	if len(widths) == 0 {
		return nil, offset
	}
	if !shrink(widths, least, width-gutter*(len(widths)-1)) {
		return r.records(b, width, offset)
	}
	var out []Line
	for _, tr := range b.Blocks {
		var lines []Line
		lines, offset = r.tableRow(tr, widths, string(b.Info), offset)
		out = append(out, lines...)
		if tr.Level == 1 {
			total := gutter * (len(widths) - 1)
			for _, w := range widths {
				total += w
			}
			out = append(out, Line{Text: r.theme.Rule.Render(strings.Repeat(r.theme.Glyphs.Rule, total)), Width: total, Offset: max(offset-1, 0)})
		}
	}
	return out, offset
}

// columns returns the width that every column would like, and the least one.
func columns(b article.Block) (widths, least []int) {
	for _, tr := range b.Blocks {
		for i, c := range tr.Blocks {
			if i == len(widths) {
				widths, least = append(widths, 1), append(least, minLeast)
			}
			text := strings.ReplaceAll(string(c.Text), "\t", " ")
			for line := range strings.Lines(text) {
				widths[i] = max(widths[i], textWidth(strings.TrimSuffix(line, "\n")))
			}
			for word := range strings.FieldsSeq(text) {
				least[i] = max(least[i], min(textWidth(word), maxLeast))
			}
		}
	}
	return widths, least
}

// shrink narrows the widest columns until all fit into room; it tells whether
// they do without a column becoming narrower than its least width.
func shrink(widths, least []int, room int) bool {
	total := 0
	for _, w := range widths {
		total += w
	}
	for total > room {
		widest, second := -1, 0
		for i, w := range widths {
			switch {
			case w <= least[i]:
			case widest < 0:
				widest = i
			case w > widths[widest]:
				second = widths[widest]
				widest = i
			default:
				second = max(second, w)
			}
		}
		if widest < 0 {
			return false
		}
		cut := min(total-room, max(1, widths[widest]-max(second, least[widest])))
		widths[widest] -= cut
		total -= cut
	}
	return true
}

func (r *Renderer) tableRow(tr article.Block, widths []int, align string, offset int) ([]Line, int) {
	cells := make([][]Line, len(widths))
	height := 1
	first := offset
	for i, c := range tr.Blocks {
		if tr.Level == 1 {
			c.Spans = restyle(c, article.Strong)
		}
		if i < len(widths) {
			cells[i] = r.leaf(c, 0, widths[i], offset)
			height = max(height, len(cells[i]))
		}
		offset += len(c.Text) + 1
	}
	out := make([]Line, height)
	for y := range out {
		at := 0
		// A row of text takes more characters than lines, so these stay in it.
		line := Line{Offset: first + y}
		for x, w := range widths {
			if x > 0 {
				at += gutter
			}
			if y < len(cells[x]) {
				cell := cells[x][y]
				pad := at + aligned(align, x, w-cell.Width) - line.Width
				cell = cell.indent(strings.Repeat(" ", pad), pad)
				for _, s := range cell.Links {
					line.Links = append(line.Links, LinkSpan{s.Link, s.From + line.Width, s.To + line.Width})
				}
				if cell.Width > pad {
					line.Text += cell.Text
					line.Width += cell.Width
				}
			}
			at += w
		}
		out[y] = line
	}
	return out, offset
}

// aligned returns how much of the room in a cell stands before its text.
func aligned(align string, column, room int) int {
	if column < len(align) {
		switch align[column] {
		case 'r':
			return room
		case 'c':
			return room / 2
		}
	}
	return 0
}

// records lays a table out for a narrow page: one "name: text" paragraph a cell
// and a blank line between rows. Empty cells are left out; a column without any
// text stands in the first record with its name alone.
func (r *Renderer) records(b article.Block, width, offset int) ([]Line, int) {
	var out []Line
	var names []article.Block
	rows := b.Blocks
	if len(rows) > 1 && rows[0].Level == 1 {
		names, rows = rows[0].Blocks, rows[1:]
		offset += b.Blocks[0].Len()
	}
	for y, tr := range rows {
		if len(out) > 0 {
			out = append(out, blank(out, offset))
		}
		for i, c := range tr.Blocks {
			if c.Text != "" || i >= len(names) || y == 0 && emptyColumn(rows, i) {
				out = append(out, r.record(names, i, c, width, offset)...)
			}
			offset += len(c.Text) + 1
		}
		for i := len(tr.Blocks); y == 0 && i < len(names); i++ {
			if emptyColumn(rows, i) {
				out = append(out, r.record(names, i, article.Block{}, width, offset)...)
			}
		}
	}
	return out, offset
}

func emptyColumn(rows []article.Block, i int) bool {
	for _, tr := range rows {
		if i < len(tr.Blocks) && tr.Blocks[i].Text != "" {
			return false
		}
	}
	return true
}

func (r *Renderer) record(names []article.Block, i int, c article.Block, width, offset int) []Line {
	lines := r.leaf(c, 0, max(width-2, 1), offset)
	if i >= len(names) || names[i].Text == "" {
		return lines
	}
	head := r.leaf(names[i], 0, max(width, 1), offset)
	for j := range head {
		head[j].Text = r.theme.Muted.Render(head[j].Text)
		// The name stands before the text of the cell.
		head[j].Offset = max(offset-len(head)+j, 0)
	}
	if c.Text == "" {
		return head
	}
	for j := range lines {
		lines[j] = lines[j].indent("  ", 2)
	}
	return append(head, lines...)
}
