package markdown

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

// maxDepth bounds how deep quotes and lists are indented; what stands deeper is
// laid out at that depth.
const maxDepth = 12

// Renderer lays blocks out in the look of one theme. It keeps state while it
// renders, so every goroutine needs its own.
type Renderer struct {
	theme   theme.Theme
	glamour glamour
	code    string // begins the background of code; empty for none
}

// New returns a renderer for a theme.
func New(t theme.Theme) *Renderer {
	r := &Renderer{theme: t, glamour: newGlamour(glamourStyle(t))}
	if c := t.Palette.Code; c != "" {
		r.code = ansi.Style{}.BackgroundColor(lipgloss.Color(c)).String()
	}
	return r
}

// Block lays out one block at a width in columns. No line is wider, but where a
// single character is. The block has no blank lines around it.
func (r *Renderer) Block(b article.Block, width int) []Line {
	lines, end := r.block(b, max(width, 1), 0, 0)
	apart(lines, end)
	return lines
}

// apart gives every row an offset of its own, as far as the text is long enough
// for it: a place must name one row.
func apart(lines []Line, end int) {
	for i := 1; i < len(lines); i++ {
		if before := lines[i-1].Offset; lines[i].Offset <= before {
			lines[i].Offset = min(before+1, end)
		}
	}
}

// block returns the lines of a block whose flattened text begins at offset, and
// the offset after it.
func (r *Renderer) block(b article.Block, width, offset, depth int) ([]Line, int) {
	switch b.Kind {
	case article.Title:
		return nil, offset + b.Len()
	case article.HeadingBlock:
		return r.leaf(b, b.Level, width, offset), offset + len(b.Text) + 1
	case article.Code:
		return r.codeBlock(b, width, offset), offset + len(b.Text) + 1
	case article.Rule:
		return []Line{r.rule(width, offset)}, offset + 1
	case article.Table:
		return r.table(b, width, offset)
	case article.Quote:
		bar := r.theme.Rule.Render(r.theme.Glyphs.Quote) + " "
		return r.hang(b, bar, bar, 2, width, offset, depth)
	case article.List:
		return r.list(b, width, offset, depth)
	case article.Footnote:
		mark := superscript(b.Level)
		w := ansi.StringWidth(mark) + 1
		return r.hang(b, r.theme.Muted.Render(mark)+" ", strings.Repeat(" ", w), w, width, offset, depth)
	case article.Definition:
		return r.hang(b, "    ", "    ", 4, width, offset, depth)
	case article.Item, article.Row:
		return r.children(b, width, offset, depth, true)
	case article.Term:
		bold := b
		bold.Spans = restyle(b, article.Strong)
		return r.leaf(bold, 0, width, offset), offset + len(b.Text) + 1
	}
	return r.leaf(b, 0, width, offset), offset + len(b.Text) + 1
}

// leaf lays out running text. A tab in it is a space.
func (r *Renderer) leaf(b article.Block, level, width, offset int) []Line {
	text := strings.ReplaceAll(string(b.Text), "\t", " ")
	var as []atom
	if level > 0 || len(b.Spans) > 0 {
		as = atoms(r.glamour.inline(text, b.Spans, level), text, b.Spans)
	}
	if as == nil {
		as = atoms(text, text, b.Spans)
	}
	var lines []Line
	wrap(as, width, func(as []atom, at int) { lines = append(lines, row(as, "", offset+at)) })
	return lines
}

// children lays out the parts of a block one below the other, with blank lines
// between them unless they stand tight.
func (r *Renderer) children(b article.Block, width, offset, depth int, tight bool) ([]Line, int) {
	var out []Line
	for i, c := range b.Blocks {
		lines, next := r.block(c, width, offset, depth)
		if i > 0 && len(lines) > 0 && len(out) > 0 && !(tight && (c.Kind == article.List || c.Kind == article.Paragraph && b.Blocks[i-1].Kind == article.List)) {
			out = append(out, blank(out, offset))
		}
		out = append(out, lines...)
		offset = next
	}
	return out, offset
}

// blank is a row that parts two pieces of a block: it stands for the separator
// before the offset at which the second begins, if there is text between them.
func blank(above []Line, offset int) Line {
	return Line{Offset: max(offset-1, above[len(above)-1].Offset)}
}

// hang lays out the parts of a block behind a prefix of the given columns: first
// before the first row, rest before the others.
func (r *Renderer) hang(b article.Block, first, rest string, columns, width, offset, depth int) ([]Line, int) {
	if depth >= maxDepth || width <= columns+4 {
		return r.children(b, width, offset, depth+1, false)
	}
	lines, next := r.children(b, width-columns, offset, depth+1, b.Tight)
	for i := range lines {
		if i == 0 {
			lines[i] = lines[i].indent(first, columns)
		} else {
			lines[i] = lines[i].indent(rest, columns)
		}
	}
	if len(lines) == 0 {
		lines = []Line{{Text: strings.TrimRight(first, " "), Width: ansi.StringWidth(strings.TrimRight(first, " ")), Offset: offset}}
	}
	return lines, next
}

func (r *Renderer) list(b article.Block, width, offset, depth int) ([]Line, int) {
	var out []Line
	numbers := 0
	for _, item := range b.Blocks {
		numbers = max(numbers, len(strconv.Itoa(item.Level)))
	}
	for _, item := range b.Blocks {
		var lines []Line
		at := offset
		if item.Kind == article.Item {
			marker := r.marker(item, numbers, depth)
			w := ansi.StringWidth(marker)
			item.Tight = b.Tight
			lines, offset = r.hang(item, marker, strings.Repeat(" ", w), w, width, offset, depth)
		} else {
			lines, offset = r.block(item, width, offset, depth)
		}
		if len(out) > 0 && len(lines) > 0 && !b.Tight {
			out = append(out, blank(out, at))
		}
		out = append(out, lines...)
	}
	return out, offset
}

func (r *Renderer) marker(item article.Block, numbers, depth int) string {
	g := r.theme.Glyphs
	var m string
	switch {
	case item.Level > 0:
		n := strconv.Itoa(item.Level)
		m = strings.Repeat(" ", numbers-len(n)) + n + ". "
	default:
		m = g.Bullets[min(depth, len(g.Bullets)-1)] + " "
	}
	switch item.Task {
	case article.OpenTask:
		m = g.Unchecked + " "
	case article.DoneTask:
		m = g.Checked + " "
	}
	return r.theme.Muted.Render(m[:len(m)-1]) + " "
}

func (r *Renderer) rule(width, offset int) Line {
	n := min(width, max(3, width/4))
	pad := (width - n) / 2
	return Line{
		Text:   strings.Repeat(" ", pad) + r.theme.Rule.Render(strings.Repeat(r.theme.Glyphs.Rule, n)),
		Width:  pad + n,
		Offset: offset,
	}
}

// restyle adds a style to all of a block's text.
func restyle(b article.Block, style article.Style) []article.Span {
	var out []article.Span
	at := uint32(0)
	for _, s := range b.Spans {
		if s.Start > at {
			out = append(out, article.Span{Start: at, End: s.Start, Style: style})
		}
		s.Style |= style
		out = append(out, s)
		at = s.End
	}
	if end := uint32(len(b.Text)); end > at {
		out = append(out, article.Span{Start: at, End: end, Style: style})
	}
	return out
}

func superscript(n int) string {
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0'])
	}
	return b.String()
}
