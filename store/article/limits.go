package article

import "strings"

// maxNesting is how deep quotes and lists may stand in each other. Parsers and
// renderers take time that grows with the square of the depth or worse.
const maxNesting = 100

// maxUnclosed is how many links may be begun and not ended in one run of lines:
// for each, a parser looks through all that follows.
const maxUnclosed = 1000

// tooHard tells, in words for a reader, why a Markdown body is not parsed; it is
// empty for all but hostile or broken ones. One pass over the text.
func tooHard(body string) Text {
	begun, ended := 0, 0
	for line := range strings.Lines(body) {
		if nesting(line) > maxNesting {
			return "shown as plain text: quotes or lists are nested too deeply"
		}
		if len(line) <= 2 && strings.TrimSpace(line) == "" {
			begun, ended = 0, 0
			continue
		}
		begun += strings.Count(line, "](")
		ended += strings.Count(line, ")")
		if begun-ended > maxUnclosed {
			return "shown as plain text: too many links are not closed"
		}
	}
	return ""
}

// nesting counts the quotes and list items that the beginning of a line opens,
// two columns of indentation before a list marker as one of them.
func nesting(line string) int {
	depth, indent := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4
		case c == '>':
			depth++
		case (c == '-' || c == '+' || c == '*') && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'),
			c >= '0' && c <= '9' && orderedMarker(line[i:]) > 0:
			if depth++; c >= '0' && c <= '9' {
				i += orderedMarker(line[i:]) - 1
			}
			if indent/2 > maxNesting {
				return indent / 2
			}
		default:
			return depth
		}
	}
	return depth
}

// orderedMarker is the length of a marker such as "12. " without its space, or zero.
func orderedMarker(s string) int {
	n := 0
	for n < len(s) && n < 9 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n > 0 && n+1 < len(s) && (s[n] == '.' || s[n] == ')') && s[n+1] == ' ' {
		return n + 1
	}
	return 0
}
