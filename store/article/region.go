package article

import (
	"slices"
	"strings"
)

// region follows, line by line, what may be open at the top level of a Markdown
// text: fenced code (CommonMark 0.31, section 4.5), raw HTML (4.6) and list
// items (5.2). It need not know what is inside a list item, for a line that is
// indented less ends all of that. Where it cannot tell how a line is to be read
// it is lost, and stays so.
type region struct {
	// fence is the run of marks that opened fenced code.
	fence string
	// until is what ends raw HTML; a newline stands for a blank line.
	until string
	// item is the column where the content of the open list item begins, zero
	// for none; unsure is set if the item may have ended, or may be none.
	item   int
	unsure bool
	// certain: the raw HTML that is open cannot be a paragraph.
	certain bool
	// maybe: what is open may be part of raw HTML that ends at a blank line; parted:
	// there was one since; lost: it cannot be told any more what is open.
	maybe, parted, lost bool
}

// outside tells whether a line of text without indentation that follows a blank
// line begins a block of its own.
func (r *region) outside() bool { return !r.lost && r.fence == "" && r.until == "" }

// see takes one line; afterBlank tells whether the line before it was blank.
func (r *region) see(line string, afterBlank bool) {
	if isBlank(line) {
		if r.until == "\n" {
			r.until = ""
		}
		r.parted = true
		return
	}
	indent, text := indentation(line, 0)
	switch {
	case r.lost:
	case r.fence != "":
		if indent < 4 && closesFence(text, r.fence) {
			r.fence = ""
			// If it was not open, this line opens it.
			r.agree(r.parted)
		} else if r.maybe && indent < 4 && opensLong(text) {
			r.lost = true
		}
	case r.until == "\n":
		// An element that is no block may begin raw HTML or a paragraph, which
		// matters if the line would open something.
		if !r.certain && indent < 4 && opensLong(text) {
			r.maybe, r.parted, r.fence, r.until = true, false, opensFence(text), opensHTML(text)
		} else if indent < 4 && markerLength(text) > 0 {
			r.item, r.unsure = 1, true
		}
	case r.until != "":
		if endsHTML(line, r.until) {
			r.until = ""
			r.agree(indent < 4 && opensLong(text))
		} else if r.maybe && indent < 4 && opensLong(text) {
			r.lost = true
		}
	case r.item > 0 && indent >= r.item:
		if r.unsure && indent < 4 && (opensLong(text) || text[0] == '<') {
			r.lost = true
		}
	case r.item > 0 && !afterBlank && !interrupts(text):
		// Text that goes on without indentation, or the end of the item.
		r.unsure = true
		if text[0] == '<' {
			r.until, r.certain = opensHTML(text), false
		}
	default:
		r.open(indent, text, afterBlank || r.item > 0)
	}
}

// agree ends what may not have been open, unless the two readings part here.
func (r *region) agree(parts bool) {
	if !r.maybe {
		return
	}
	r.maybe, r.lost = false, parts
	r.item, r.unsure = 1, true
	if !r.parted {
		r.until, r.certain = "\n", false
	}
}

// open looks at a line that stands in no container. sure tells that it cannot be
// the next line of a paragraph.
func (r *region) open(indent int, text string, sure bool) {
	r.item, r.unsure = 0, false
	if indent >= 4 {
		return
	}
	if r.fence = opensFence(text); r.fence != "" {
		return
	}
	if text[0] == '<' {
		r.until, r.certain = opensHTML(text), isBlockElement(text)
		return
	}
	n := markerLength(text)
	if n == 0 || isRule(strings.TrimRight(text, "\n")) {
		return
	}
	space, rest := indentation(text[n:], indent+n)
	first := text[:n] == "1." || text[:n] == "1)" || n == 1
	r.unsure = text[0] == ':' || rest == "" || !sure && !first
	if space > 4 && text[0] != ':' || rest == "" {
		space = 1
	}
	r.item = indent + n + space
}

// markerLength is the length of a list marker or of the colon of a definition.
func markerLength(text string) int {
	switch c := text[0]; {
	case c >= '0' && c <= '9':
		return orderedMarker(strings.TrimRight(text, "\n"))
	case c == '-' || c == '+' || c == '*' || c == ':':
		if len(text) == 1 || text[1] == ' ' || text[1] == '\t' || text[1] == '\n' {
			return 1
		}
	}
	return 0
}

// interrupts tells whether a line can surely not be the next line of a paragraph.
func interrupts(text string) bool {
	return text[0] == '>' || text[0] == '#' || opensLong(text) || markerLength(text) > 0 && text[0] != ':'
}

// opensLong tells whether a line opens what blank lines do not end.
func opensLong(text string) bool {
	return opensFence(text) != "" || opensHTML(text) != "" && opensHTML(text) != "\n"
}

// indentation returns the columns of white space before a text, if the line
// begins at the given column, and the text.
func indentation(line string, from int) (columns int, text string) {
	text = strings.TrimLeft(line, " \t")
	column := from
	for _, c := range line[:len(line)-len(text)] {
		if column++; c == '\t' {
			column = (column + 3) / 4 * 4
		}
	}
	return column - from, strings.TrimLeft(text, "\n")
}

func opensFence(text string) string {
	mark := text[:1]
	if mark != "`" && mark != "~" {
		return ""
	}
	info := strings.TrimLeft(text, mark)
	if len(text)-len(info) < 3 || mark == "`" && strings.Contains(info, "`") {
		return ""
	}
	return text[:len(text)-len(info)]
}

func closesFence(text, fence string) bool {
	rest, ok := strings.CutPrefix(text, fence)
	return ok && isBlank(strings.TrimLeft(rest, fence[:1]))
}

// opensHTML returns what ends the raw HTML that a line begins, empty if it ends
// on the line. All but five kinds end at a blank line.
func opensHTML(text string) string {
	if text[0] != '<' {
		return ""
	}
	until := "\n"
	switch lower := strings.ToLower(text); {
	case strings.HasPrefix(lower, "<!--"):
		until = "-->"
	case strings.HasPrefix(lower, "<?"):
		until = "?>"
	case strings.HasPrefix(text, "<![CDATA["):
		until = "]]>"
	case strings.HasPrefix(text, "<!") && len(text) > 2 && 'A' <= text[2] && text[2] <= 'Z':
		until = ">"
	case isRawElement(lower):
		until = "</"
	}
	if until != "\n" && endsHTML(text, until) {
		return ""
	}
	return until
}

// isRawElement tells whether a line begins one of the elements whose content
// may hold blank lines.
func isRawElement(lower string) bool {
	for _, name := range rawElements() {
		if rest, ok := strings.CutPrefix(lower, "<"+name); ok && (rest == "" || strings.ContainsAny(rest[:1], " \t\n>/")) {
			return true
		}
	}
	return false
}

// isBlockElement tells whether a line begins with a tag of one of the elements
// that are raw HTML wherever they stand (CommonMark 0.31, section 4.6, kind 6).
func isBlockElement(text string) bool {
	name := strings.TrimPrefix(strings.ToLower(text[1:]), "/")
	if end := strings.IndexAny(name, " \n>/"); end >= 0 {
		if strings.HasPrefix(name[end:], "/") && !strings.HasPrefix(name[end:], "/>") {
			return false
		}
		name = name[:end]
	}
	return slices.Contains(blockElements(), name)
}

func blockElements() []string {
	return strings.Fields(`address article aside base basefont blockquote body caption center col colgroup dd details
		dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html
		iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary table
		tbody td tfoot th thead title tr track ul`)
}

func rawElements() []string { return []string{"script", "pre", "style", "textarea"} }

func endsHTML(line, until string) bool {
	if until != "</" {
		return strings.Contains(line, until)
	}
	lower := strings.ToLower(line)
	for _, name := range rawElements() {
		if strings.Contains(lower, "</"+name+">") {
			return true
		}
	}
	return false
}
