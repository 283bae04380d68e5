package article

import "strings"

// maxNesting is how deep quotes and lists may stand in each other. Parsers and
// renderers take time that grows with the square of the depth or worse.
const maxNesting = 100

// tooDeep tells whether quotes, lists and footnotes are nested beyond reason. A
// line can only be as deep as its own marks and the columns between them say,
// two columns for a level, so that one pass over the text is enough.
func tooDeep(body string) bool {
	for len(body) > 0 {
		line, rest, _ := strings.Cut(body, "\n")
		if len(line) > maxNesting/2 && nesting(line) > maxNesting {
			return true
		}
		body = rest
	}
	return false
}

// nesting counts the levels that the marks at the beginning of a line open.
func nesting(line string) int {
	depth, marks, columns := 0, 0, 0
	for i := 0; i < len(line) && depth <= maxNesting; {
		n := 0
		switch c := line[i]; {
		case c == ' ':
			columns++
			i++
			continue
		case c == '\t':
			columns += 4
			i++
			continue
		case c == '>':
			n = 1
		case c == '-' || c == '+' || c == '*' || c == ':':
			if !isRule(line[i:]) && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t') {
				n = 1
			}
		case c >= '0' && c <= '9':
			n = orderedMarker(line[i:])
		case c == '[':
			n = noteMarker(line[i:])
		}
		if n == 0 {
			return depth
		}
		i += n
		marks++
		depth = marks + columns/2
	}
	return depth
}

// isRule tells whether a line is a thematic break, which opens nothing
// (CommonMark 0.31, section 4.1).
func isRule(line string) bool {
	mark := line[:1]
	return (mark == "-" || mark == "*") && strings.Trim(line, mark+" \t") == "" && strings.Count(line, mark) > 2
}

// orderedMarker is the length of a marker such as "12.", or zero.
func orderedMarker(s string) int {
	n := 0
	for n < len(s) && n < 10 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n < len(s) && (s[n] == '.' || s[n] == ')') && (n+1 == len(s) || s[n+1] == ' ' || s[n+1] == '\t') {
		return n + 1
	}
	return 0
}

// noteMarker is the length of the beginning of a footnote, "[^label]:", or zero.
func noteMarker(s string) int {
	if !strings.HasPrefix(s, "[^") {
		return 0
	}
	end := strings.Index(s[:min(len(s), 1010)], "]:")
	if end < 0 {
		return 0
	}
	return end + len("]:")
}
