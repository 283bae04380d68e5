package article

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// maxFrontMatter bounds the block of metadata, in bytes: real ones are a few
// hundred bytes, and parsers of all three formats can be made slow.
const maxFrontMatter = 64 << 10

// fields is the metadata of an article: keys in lower case without '-', '_'
// and spaces, values as the decoders of YAML, TOML and JSON give them.
type fields map[string]any

// splitFrontMatter cuts the metadata off a text. The body keeps all text that
// is not surely metadata: a broken block loses its fields, never its article.
// line is the number of the body's first line.
func splitFrontMatter(src string) (meta fields, body string, line int, warning *Warning) {
	var raw string
	var decode func(string) (fields, error)
	first, rest, _ := strings.Cut(src, "\n")
	fence := strings.TrimRight(first, " \t")
	switch {
	case fence == "---":
		raw, body, line = cutFence(rest, "---", "...")
		decode = decodeYAML
		if strings.HasPrefix(strings.TrimSpace(raw), "{") {
			decode = decodeYAMLOrJSON
		}
	case fence == "+++":
		raw, body, line = cutFence(rest, "+++")
		decode = decodeTOML
	case strings.HasPrefix(src, "{"):
		return splitJSON(src)
	default:
		return nil, src, 1, nil
	}
	if line == 0 {
		return nil, src, 1, unclosed(fence, rest)
	}
	if len(raw) > maxFrontMatter {
		return nil, body, line, &Warning{Line: 1, Text: Line(fmt.Sprintf("front matter of %d KB is too long to be read", len(raw)>>10))}
	}
	meta, err := decode(raw)
	if err != nil {
		return salvage(raw), body, line, &Warning{Line: errorLine(err) + 1, Text: Line("front matter: " + err.Error())}
	}
	return meta, body, line, nil
}

// cutFence cuts text at the first line that is one of ends; line is the number
// of the line after it, counted from 1 at the opening fence, or zero if there is none.
func cutFence(text string, ends ...string) (raw, body string, line int) {
	for at, n := 0, 2; at < len(text); n++ {
		l, _, more := strings.Cut(text[at:], "\n")
		trimmed := strings.TrimRight(l, " \t")
		for _, end := range ends {
			if trimmed == end {
				return text[:at], text[min(len(text), at+len(l)+1):], n + 1
			}
		}
		if !more {
			break
		}
		at += len(l) + 1
	}
	return "", "", 0
}

// unclosed warns of a front matter that never ends. A line of dashes is also a
// rule in Markdown, so it counts as front matter only if a field follows.
func unclosed(fence, rest string) *Warning {
	l, _, _ := strings.Cut(rest, "\n")
	if fence == "+++" && strings.Contains(l, "=") || simpleField.MatchString(l) {
		return &Warning{Line: 1, Text: Line("front matter is not closed by a line with " + fence)}
	}
	return nil
}

// splitJSON accepts a leading object only if it parses and ends its line:
// templates of other tools begin with a brace as well.
func splitJSON(src string) (fields, string, int, *Warning) {
	head := src[:min(len(src), maxFrontMatter)]
	dec := json.NewDecoder(strings.NewReader(head))
	var m map[string]any
	if err := dec.Decode(&m); err != nil {
		if strings.HasPrefix(strings.TrimSpace(src[1:min(len(src), 200)]), `"`) {
			return nil, src, 1, &Warning{Line: 1, Text: Line("front matter: " + err.Error())}
		}
		return nil, src, 1, nil
	}
	end := int(dec.InputOffset())
	line, body, _ := strings.Cut(src[end:], "\n")
	if strings.TrimSpace(line) != "" {
		return nil, src, 1, nil
	}
	return normalise(m), body, strings.Count(src[:end], "\n") + 2, nil
}

func decodeYAML(raw string) (fields, error) {
	var m map[string]any
	err := yaml.Unmarshal([]byte(raw), &m)
	if err != nil {
		// Tabs and duplicate keys are errors to the decoder, not to a reader.
		return nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	return normalise(m), nil
}

func decodeYAMLOrJSON(raw string) (fields, error) {
	var m map[string]any
	if json.Unmarshal([]byte(raw), &m) == nil {
		return normalise(m), nil
	}
	return decodeYAML(raw)
}

func decodeTOML(raw string) (fields, error) {
	var m map[string]any
	if err := toml.NewDecoder(strings.NewReader(raw)).Decode(&m); err != nil && !errors.Is(err, io.EOF) {
		var at *toml.DecodeError
		if errors.As(err, &at) {
			row, _ := at.Position()
			return nil, fmt.Errorf("line %d: %s", row, strings.TrimPrefix(at.Error(), "toml: "))
		}
		return nil, err
	}
	return normalise(m), nil
}

// normalise makes keys comparable. Zola's [taxonomies] and [extra] are lifted
// to the top where they do not hide a field of the same name.
func normalise(m map[string]any) fields {
	f := make(fields, len(m))
	for k, v := range m {
		f[fieldName(k)] = v
	}
	for _, table := range []string{"taxonomies", "extra"} {
		sub, _ := f[table].(map[string]any)
		for k, v := range sub {
			if name := fieldName(k); f[name] == nil {
				f[name] = v
			}
		}
	}
	return f
}

func fieldName(k string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, k)
}

var (
	simpleField = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_ -]{0,40}?)\s*[:=]\s*(\S.*)$`)
	lineNumber  = regexp.MustCompile(`line (\d+)`)
)

// salvage reads the plain "key: value" lines of a block that its decoder
// refuses, so that a title with a colon in it is still the title.
func salvage(raw string) fields {
	f := fields{}
	for l := range strings.Lines(raw) {
		if m := simpleField.FindStringSubmatch(strings.TrimRight(l, " \t\n")); m != nil {
			value := strings.TrimSpace(m[2])
			if name := fieldName(m[1]); f[name] == nil && !strings.HasPrefix(value, "[") && !strings.HasPrefix(value, "{") {
				f[name] = strings.Trim(value, `"'`)
			}
		}
	}
	return f
}

// errorLine finds the line inside the block that a decoder names in its error.
func errorLine(err error) int {
	if m := lineNumber.FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}
