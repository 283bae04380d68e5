package article

import "strings"

// chunkSize is how much Markdown is parsed at once, in bytes. A syntax tree
// takes several times the memory of its text; an article that is longer than
// this is parsed in parts, so that few trees are alive at a time, and on all cores.
const chunkSize = 128 << 10

// chunks cuts a Markdown text into parts that can be parsed one by one. It cuts
// before a line that begins a new top-level block under any reading of what
// stands before: a line that follows a blank one, begins with a letter or a
// heading in the first column, and stands outside of fenced code and raw HTML.
// An indented continuation, a list marker, a quote or a table row may belong to
// what is open, so they are never cut at.
func chunks(body string) []string {
	if len(body) <= chunkSize {
		return []string{body}
	}
	var parts []string
	start, blank := 0, false
	var open opened
	for at := 0; at < len(body); {
		end := strings.IndexByte(body[at:], '\n') + 1
		if end == 0 {
			end = len(body) - at
		}
		line := body[at : at+end]
		if blank && at-start >= chunkSize && open.nothing() && beginsBlock(line) {
			parts = append(parts, body[start:at])
			start = at
		}
		open.see(line)
		blank = strings.TrimSpace(line) == ""
		at += end
	}
	return append(parts, body[start:])
}

func beginsBlock(line string) bool {
	c := line[0]
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '#' || c >= 0x80
}

// opened follows what may hold blank lines at the top level: fenced code
// (CommonMark 0.31, section 4.5) and HTML that ends at a certain word (4.6).
type opened struct {
	fence string
	until string
}

func (o opened) nothing() bool { return o.fence == "" && o.until == "" }

func (o *opened) see(line string) {
	t := strings.TrimLeft(line, " ")
	switch {
	case o.until != "":
		if strings.Contains(strings.ToLower(line), o.until) {
			o.until = ""
		}
	case o.fence != "":
		if rest, ok := strings.CutPrefix(t, o.fence); ok && strings.Trim(rest, o.fence[:1]+" \t\n") == "" {
			o.fence = ""
		}
	case len(line)-len(t) > 3:
	case strings.HasPrefix(t, "```"), strings.HasPrefix(t, "~~~"):
		o.fence = t[:len(t)-len(strings.TrimLeft(t, t[:1]))]
	case strings.HasPrefix(t, "<"):
		o.html(strings.ToLower(t))
	}
}

func (o *opened) html(t string) {
	for _, pair := range [][2]string{{"<!--", "-->"}, {"<script", "</script"}, {"<pre", "</pre"}, {"<style", "</style"}, {"<textarea", "</textarea"}, {"<?", "?>"}, {"<![cdata[", "]]>"}} {
		if rest, ok := strings.CutPrefix(t, pair[0]); ok {
			if !strings.Contains(rest, pair[1]) {
				o.until = pair[1]
			}
			return
		}
	}
}
