package article

import "strings"

// cutParts cuts a Markdown text into parts of at least size bytes that can be
// parsed one by one with the same result. It cuts before a line that begins a
// top-level block under any reading of what stands before: a line that follows
// a blank one and begins with a letter or a heading in the first column. An
// indented continuation, a list marker, a quote or a table row may belong to
// what is open, so it never cuts at those; nor inside fenced code and raw HTML,
// which may hold anything; nor before the term of a definition, which may
// continue a list.
func cutParts(body string, size int) []string {
	if len(body) <= size {
		return []string{body}
	}
	var parts []string
	var r region
	start, blank := 0, false
	for at := 0; at < len(body); {
		end := lineEnd(body, at)
		line := body[at:end]
		if blank && at-start >= size && r.outside() && beginsBlock(line) && !isTerm(body[at:]) {
			parts = append(parts, body[start:at])
			start = at
		}
		r.see(line, blank)
		blank = isBlank(line)
		at = end
	}
	return append(parts, body[start:])
}

// lineEnd returns the index after the line that at stands in.
func lineEnd(s string, at int) int {
	if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(s)
}

func isBlank(line string) bool { return strings.Trim(line, " \t\n") == "" }

func beginsBlock(line string) bool {
	c := line[0]
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '#' || c >= 0x80
}

// isTerm tells whether the paragraph that a text begins with may be the term of
// a definition: a line that begins with a colon stands in it or after it.
func isTerm(text string) bool {
	for at, after := 0, false; at < len(text); {
		end := lineEnd(text, at)
		switch line := text[at:end]; {
		case line[0] == ':':
			return true
		case isBlank(line):
			after = true
		case after:
			return false
		}
		at = end
	}
	return false
}
