package article

import "strings"

// parsePlain turns plain text into paragraphs: blank lines part them, and the
// lines of a paragraph stay as they are.
func parsePlain(doc *Document, body string) {
	l := leaf{doc: doc}
	add := func(lines []string) {
		if len(lines) == 0 {
			return
		}
		l.add(strings.Join(lines, "\n"))
		t, spans := l.take(len(doc.Blocks), 0)
		doc.append(Block{Kind: Paragraph, Text: t, Spans: spans})
	}
	var lines []string
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, " \t\n")
		if line == "" {
			add(lines)
			lines = nil
			continue
		}
		lines = append(lines, line)
	}
	add(lines)
}
