package markdown

import (
	"strings"

	"carrel/store/article"
)

// tab is the width of a tab stop in code.
const tab = 4

// codeBlock lays out code: indented by two, on its own background from edge to
// edge where there are colours. A row that is too long goes on in the next one,
// behind a mark; no character is lost.
func (r *Renderer) codeBlock(b article.Block, width, offset int) []Line {
	text := string(b.Text)
	var as []atom
	// Without a language the highlighter would guess one, for more time and the
	// wrong colours.
	if b.Info != "" && r.theme.Palette.Highlight != "" {
		as = atoms(r.glamour.code(b), text, nil)
	}
	if as == nil {
		as = atoms(text, text, nil)
	}
	const margin = 2
	inner := max(width-2*margin, 1)
	if width < 12 {
		inner = width
	}
	var lines []Line
	start := 0
	flush := func(end int) {
		at := len(text)
		if start < len(as) {
			at = as[start].at
		}
		lines = append(lines, r.codeLine(as[start:end], inner, width, offset, offset+at)...)
		start = end + 1
	}
	for i, a := range as {
		if a.text == "\n" {
			flush(i)
		}
	}
	flush(len(as))
	return lines
}

// codeLine lays out one line of code, which begins at an offset, in as many rows
// as it takes.
func (r *Renderer) codeLine(as []atom, inner, width, offset, at int) []Line {
	as = expandTabs(as)
	var out []Line
	for first := true; first || len(as) > 0; first = false {
		room, lead := inner, ""
		if !first && inner >= 6 {
			lead = r.theme.Glyphs.Wrap
			room = inner - 2
		}
		n, columns := 0, 0
		for n < len(as) && (columns+as[n].width <= room || n == 0) {
			columns += as[n].width
			n++
		}
		if n > 0 {
			at = offset + as[0].at
		}
		out = append(out, r.codeRow(as[:n], lead, width-inner, width, at))
		as = as[n:]
	}
	return out
}

// codeRow writes one row with its margin, continuation mark and background.
func (r *Renderer) codeRow(as []atom, lead string, margins, width, offset int) Line {
	l := row(as, r.code, offset)
	left := strings.Repeat(" ", margins/2)
	columns := margins / 2
	if lead != "" {
		left += lead + " "
		columns += 2
	}
	if r.code == "" {
		if len(as) > 0 {
			l = l.indent(left, columns)
		}
		trimmed := strings.TrimRight(l.Text, " ")
		l.Text, l.Width = trimmed, l.Width-(len(l.Text)-len(trimmed))
		return l
	}
	right := max(width-columns-l.Width, 0)
	l.Text = r.code + left + strings.TrimPrefix(l.Text, r.code)
	if right > 0 || len(as) == 0 {
		l.Text = strings.TrimSuffix(l.Text, "\x1b[m")
		if n := len(as); n > 0 && as[n-1].pen != "" {
			l.Text += "\x1b[m" + r.code
		}
		l.Text += strings.Repeat(" ", right) + "\x1b[m"
	}
	l.Width += columns + right
	return l
}

// expandTabs replaces tabs by the blanks up to the next tab stop.
func expandTabs(as []atom) []atom {
	tabs := false
	for _, a := range as {
		tabs = tabs || a.text == "\t"
	}
	if !tabs {
		return as
	}
	var out []atom
	column := 0
	for _, a := range as {
		if a.text != "\t" {
			out = append(out, a)
			column += a.width
			continue
		}
		for n := tab - column%tab; n > 0; n-- {
			blank := a
			blank.text, blank.width = " ", 1
			out = append(out, blank)
			column++
		}
	}
	return out
}
