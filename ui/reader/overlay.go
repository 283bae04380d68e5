package reader

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/ui/theme"
)

// span is a part of a row, in bytes of what it shows, and what is written before
// and after it. If plain is set, the part has no other styles.
type span struct {
	from, to      int
	before, after string
	plain         bool
}

// styled is a span in a style of its own.
func styled(from, to int, style lipgloss.Style) span {
	before, after := theme.Pen(style)
	return span{from, to, before, after, true}
}

// overlay writes spans, in order and without overlap, into a row that has styles.
// It goes through the row once: cutting it at every span would repeat all of its
// escape sequences each time, and a row may have as many spans as columns.
func overlay(row string, spans []span) string {
	var out strings.Builder
	pen := "" // the styles that are on
	open := false
	for at := 0; row != ""; {
		if !open && len(spans) > 0 && at >= spans[0].from {
			open = true
			if spans[0].plain && pen != "" {
				out.WriteString("\x1b[m")
			}
			out.WriteString(spans[0].before)
		}
		if row[0] == 0x1b {
			seq, _, n, _ := ansi.DecodeSequence(row, 0, nil)
			row = row[n:]
			if pen = penAfter(pen, seq); !open || !spans[0].plain || !isPen(seq) {
				out.WriteString(seq)
			}
			continue
		}
		n := len(row)
		if i := strings.IndexByte(row, 0x1b); i >= 0 {
			n = i
		}
		if len(spans) > 0 {
			edge := spans[0].from
			if open {
				edge = spans[0].to
			}
			n = min(n, max(edge-at, 1))
		}
		out.WriteString(row[:n])
		row, at = row[n:], at+n
		if open && at >= spans[0].to {
			out.WriteString(spans[0].after)
			if spans[0].plain {
				out.WriteString(pen)
			}
			open, spans = false, spans[1:]
		}
	}
	return out.String()
}

func isPen(seq string) bool { return strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m") }

func penAfter(pen, seq string) string {
	switch {
	case !isPen(seq):
		return pen
	case seq == "\x1b[m" || seq == "\x1b[0m":
		return ""
	}
	return pen + seq
}

// paint writes marks into a row.
func (m *Model) paint(row string, marks []mark) string {
	spans := make([]span, 0, len(marks))
	for _, k := range marks {
		style := m.theme.Match
		if k.current {
			style = m.theme.Current
		}
		spans = append(spans, styled(k.from, k.to, style))
	}
	return overlay(row, spans)
}

// byteAt is the byte of a text without styles that stands at a column.
func byteAt(text string, column int) int {
	at := 0
	for column > 0 && at < len(text) {
		cluster, width := ansi.FirstGraphemeCluster(text[at:], ansi.GraphemeWidth)
		at += len(cluster)
		column -= width
	}
	return at
}
