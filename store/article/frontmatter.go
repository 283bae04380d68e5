package article

import (
	"regexp"
	"strings"
)

// maxFrontMatter bounds the block of metadata that is decoded, in bytes: real
// ones are a few hundred bytes, and the decoders of all three formats can be
// made to take time that grows with the square of the length.
const maxFrontMatter = 24 << 10

// frontMatter is what stands before the text of an article. The body keeps all
// text that is not surely metadata: a broken block loses fields, never its
// article.
type frontMatter struct {
	fields   fields
	body     string
	warnings []Warning
}

// notation is a way to write metadata.
type notation struct {
	decode func(string) (fields, error)
	// field matches the first line of a field: its name and what follows.
	field *regexp.Regexp
	ends  []string
}

var (
	yamlField = regexp.MustCompile(`^["']?([A-Za-z][A-Za-z0-9_ .:-]{0,60}?)["']?[ \t]*:(?:[ \t]+(.*))?$`)
	tomlField = regexp.MustCompile(`^["']?([A-Za-z][A-Za-z0-9_ .:-]{0,60}?)["']?[ \t]*=[ \t]*(.*)$`)
)

func yamlNotation() notation { return notation{decodeYAML, yamlField, []string{"---", "..."}} }
func tomlNotation() notation { return notation{decodeTOML, tomlField, []string{"+++"}} }

// splitFrontMatter cuts the metadata off a text: YAML between "---" and "---"
// or "...", TOML between "+++", or a leading JSON object.
func splitFrontMatter(src string) frontMatter {
	first, rest, _ := strings.Cut(src, "\n")
	fence := strings.TrimRight(first, " \t")
	var n notation
	switch {
	case fence == "---":
		n = yamlNotation()
	case fence == "+++":
		n = tomlNotation()
	case strings.HasPrefix(src, "{"):
		return splitJSON(src)
	default:
		return frontMatter{body: src}
	}
	raw, body, closed := cutFence(rest, n.ends)
	if closed && strings.TrimSpace(raw) == "" {
		return frontMatter{body: body}
	}
	if !n.begins(raw) {
		// A line of dashes, and text: a rule.
		return frontMatter{body: src}
	}
	if !closed {
		return n.unclosed(src, raw, fence)
	}
	return n.read(rest, raw, body)
}

// match returns the name and the value of a field, with the whole before them,
// or nil. The value is cut where no plain one is that long.
func (n notation) match(line string) []string {
	return n.field.FindStringSubmatch(strings.TrimRight(firstBytes(line, 4<<10), " \t\n"))
}

// cutFence cuts a text at the first line that is one of ends.
func cutFence(text string, ends []string) (raw, body string, closed bool) {
	for at := 0; at < len(text); {
		next := lineEnd(text, at)
		line := strings.TrimRight(text[at:next], " \t\n")
		for _, end := range ends {
			if line == end {
				return text[:at], text[next:], true
			}
		}
		at = next
	}
	return text, "", false
}

// begins tells whether a block begins as metadata does.
func (n notation) begins(raw string) bool {
	for line := range strings.Lines(raw) {
		line = strings.TrimRight(line, " \t\n")
		if line == "" || line[0] == '#' {
			continue
		}
		return line[0] == '{' || line[0] == '[' && n.ends[0] == "+++" || n.match(line) != nil
	}
	return false
}

// unclosed reads a block that never ends. Where it should have ended nobody
// knows, so all of it is shown.
func (n notation) unclosed(src, raw, fence string) frontMatter {
	raw = raw[:min(len(raw), maxFrontMatter)]
	end, _ := n.surely(raw)
	f := n.salvage(raw[:end])
	if len(f) == 0 {
		return frontMatter{body: src}
	}
	return frontMatter{f, src, []Warning{{Line: 1, Text: Line("front matter is not closed by a line with " + fence)}}}
}

// read decodes a block, which is followed by the body, both parts of text. If it
// is broken, the fields that can be read one by one are used.
func (n notation) read(text, raw, body string) frontMatter {
	if len(raw) > maxFrontMatter {
		return frontMatter{n.salvage(raw[:maxFrontMatter]), body,
			[]Warning{{Line: 1, Text: "front matter is too long: only its first plain fields are used"}}}
	}
	f, err := n.decode(raw)
	if err == nil {
		return frontMatter{fields: f, body: body}
	}
	if end, prose := n.surely(raw); prose {
		// The fence that was found is a rule further down the text.
		return frontMatter{n.salvage(raw[:end]), text[end:],
			[]Warning{{Line: 1, Text: Line("front matter is not closed by a line with " + n.ends[0])}}}
	}
	return frontMatter{n.salvage(raw), body,
		[]Warning{{Line: errorLine(err) + 1, Text: Line("front matter: " + errorText(err))}}}
}

// surely returns where the lines end that cannot be anything but metadata, and
// whether text follows them that is none: a line after a blank one that is
// neither a field nor indented nor an item of a list.
func (n notation) surely(raw string) (end int, prose bool) {
	inField := false
	for at := 0; at < len(raw); {
		next := lineEnd(raw, at)
		line := strings.TrimRight(raw[at:next], " \t\n")
		switch {
		case line == "":
			inField = false
		case inField, line[0] == ' ', line[0] == '\t', n.match(line) != nil, line[0] == '[' && n.ends[0] == "+++":
			inField = true
			end = next
		case line[0] != '#' && line[0] != '-' && line[0] != ']' && line[0] != '}':
			return end, true
		}
		at = next
	}
	return len(raw), false
}

// salvage reads the fields of a block that its decoder refuses one by one, so
// that a title with a colon in it is still the title. The first of a name wins;
// names that mean nothing to this package are left out.
func (n notation) salvage(raw string) fields {
	f, known := fields{}, knownFields()
	for at := 0; at < len(raw); {
		next := lineEnd(raw, at)
		m := n.match(raw[at:next])
		if m == nil {
			at = next
			continue
		}
		for next < len(raw) && strings.ContainsAny(raw[next:next+1], " \t-]}") {
			next = lineEnd(raw, next)
		}
		// A tab may not indent YAML, but what it means is plain.
		name, entry := fieldName(m[1]), strings.ReplaceAll(raw[at:next], "\t", "  ")
		at = next
		if !known[name] || f[name] != nil {
			continue
		}
		if one, err := n.decode(entry); err == nil && one[name] != nil {
			f[name] = one[name]
		} else if value := plainValue(m[2]); value != "" {
			f[name] = value
		}
	}
	return f.lift()
}

// plainValue takes the quotes and the brackets of a broken list off a value.
func plainValue(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "[") && (strings.HasSuffix(s, "]") || !strings.Contains(s, "]")) {
		s = strings.Trim(s, "[]")
	}
	return strings.Trim(s, `"'`)
}
