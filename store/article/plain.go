package article

import "strings"

// parsePlain turns plain text into paragraphs: blank lines part them, and the
// lines of a paragraph stay as they are, with their indentation.
func parsePlain(doc *Document, body string) {
	start, end := 0, 0 // of the paragraph so far
	add := func() {
		if text := Clean(strings.TrimRight(body[start:end], " \t\n")); text != "" {
			doc.append([]Block{{Kind: Paragraph, Text: text}})
		}
	}
	for at := 0; at < len(body); {
		next := lineEnd(body, at)
		if isBlank(body[at:next]) {
			add()
			start = next
		}
		at, end = next, next
	}
	add()
}
