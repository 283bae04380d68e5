package edge_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"carrel/ui/edge"
)

// frame is what a reading program sends for a full screen: moves, styled
// lines, links, rules and some text that is not ASCII.
func frame() string {
	var b strings.Builder
	b.WriteString("\x1b[?2026h\x1b[?25l\x1b[H\x1b[2J")
	for row := range 40 {
		fmt.Fprintf(&b, "\x1b[%d;1H\x1b[38;2;120;130;140m│\x1b[m ", row+1)
		b.WriteString("The files are the truth: Carrel reads a folder as it is and never writes to it. ")
		if row%5 == 0 {
			fmt.Fprintf(&b, "\x1b[4;38;5;111m\x1b]8;;https://example.org/articles/%d\x07see — “quoted”\x1b]8;;\x07\x1b[m", row)
		}
		b.WriteString("\x1b[K\r\n")
	}
	b.WriteString("\x1b[1;40r\x1b[3S\x1b[r\x1b[40;1H\x1b[?2026l")
	return b.String()
}

func BenchmarkEdge(b *testing.B) {
	for name, s := range map[string]string{
		"frame":  strings.Repeat(frame(), 8),
		"plain":  strings.Repeat("Nothing waits. No keystroke costs more than the screen it changes.\r\n", 500),
		"wide":   strings.Repeat("読書のための机。記事を読む。\r\n", 800),
		"refuse": strings.Repeat("a line with one refused title \x1b]0;x\x1b[1m and styles\r\n", 500),
	} {
		b.Run(name, func(b *testing.B) {
			p := []byte(s)
			w := edge.New(io.Discard, edge.Screen)
			b.SetBytes(int64(len(p)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = w.Write(p)
			}
		})
	}
}
