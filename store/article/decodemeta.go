package article

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// fields is the metadata of an article: names in lower case without '-', '_'
// and spaces; values are strings, lists, further fields, and what TOML has types
// for. Of two fields with the same name the first counts.
type fields map[string]any

func fieldName(k string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, k)
}

// The bounds of what is taken over from a decoder: an alias of YAML can stand
// for the whole tree that it is in.
const (
	maxValues = 20000
	maxLevels = 20
)

var errNoFields = errors.New("no fields in it")

// decodeYAML reads YAML, and with it JSON. Scalars stay as they are written:
// "1.10" is no number here and "yes" no truth value.
func decodeYAML(raw string) (f fields, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			f, err = nil, fmt.Errorf("decode yaml: %v", failure)
		}
	}()
	if f := decodeJSON(raw); f != nil {
		return f, nil
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(raw), &root); err != nil {
		return nil, err
	}
	if root.Kind == 0 || len(root.Content) == 0 {
		return nil, nil
	}
	left := maxValues
	f, ok := yamlValue(root.Content[0], maxLevels, &left).(fields)
	if !ok {
		return nil, errNoFields
	}
	return f.lift(), nil
}

func yamlValue(n *yaml.Node, levels int, left *int) any {
	if *left--; *left < 0 || levels < 0 {
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		return yamlValue(n.Alias, levels-1, left)
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			return n.Value
		}
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, yamlValue(item, levels-1, left))
		}
		return list
	case yaml.MappingNode:
		f := fields{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := fieldName(n.Content[i].Value)
			if v := yamlValue(n.Content[i+1], levels-1, left); f[name] == nil && v != nil {
				f[name] = v
			}
		}
		return f
	}
	return nil
}

func decodeTOML(raw string) (f fields, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			f, err = nil, fmt.Errorf("decode toml: %v", failure)
		}
	}()
	var m map[string]any
	if err := toml.Unmarshal([]byte(raw), &m); err != nil {
		return nil, err
	}
	left := maxValues
	return normalise(m, maxLevels, &left).(fields).lift(), nil
}

// decodeJSON reads a JSON object; it returns nil if there is none.
func decodeJSON(raw string) fields {
	if raw = strings.TrimSpace(raw); !strings.HasPrefix(raw, "{") || !json.Valid([]byte(raw)) {
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(raw))
	dec.UseNumber()
	var m map[string]any
	if dec.Decode(&m) != nil {
		return nil
	}
	left := maxValues
	return normalise(m, maxLevels, &left).(fields).lift()
}

// splitJSON accepts a leading object only if it parses and ends its line:
// templates of other tools begin with a brace as well.
func splitJSON(src string) frontMatter {
	head := src[:min(len(src), maxFrontMatter)]
	dec := json.NewDecoder(strings.NewReader(head))
	dec.UseNumber()
	var m map[string]any
	if err := dec.Decode(&m); err != nil {
		if !strings.HasPrefix(strings.TrimLeft(head[1:], " \t\n"), `"`) {
			return frontMatter{body: src}
		}
		line := 1
		var at *json.SyntaxError
		if errors.As(err, &at) {
			line += strings.Count(head[:min(int(at.Offset), len(head))], "\n")
		}
		return frontMatter{salvageJSON(head), src, []Warning{{Line: line, Text: Line("front matter: " + err.Error())}}}
	}
	line, body, _ := strings.Cut(src[dec.InputOffset():], "\n")
	if strings.TrimSpace(line) != "" {
		return frontMatter{body: src}
	}
	left := maxValues
	return frontMatter{fields: normalise(m, maxLevels, &left).(fields).lift(), body: body}
}

var jsonField = regexp.MustCompile(`^\s*\{?\s*"([^"]{1,60})"\s*:\s*(.*?),?\s*$`)

// salvageJSON reads the fields of a broken object that stand on lines of their own.
func salvageJSON(raw string) fields {
	f, known := fields{}, knownFields()
	for line := range strings.Lines(raw) {
		m := jsonField.FindStringSubmatch(line)
		if m == nil || !known[fieldName(m[1])] || f[fieldName(m[1])] != nil {
			continue
		}
		if one := decodeJSON(`{"v":` + m[2] + `}`); one["v"] != nil {
			f[fieldName(m[1])] = one["v"]
		}
	}
	return f
}

// normalise turns the maps of a decoder into fields.
func normalise(v any, levels int, left *int) any {
	if *left--; *left < 0 || levels < 0 {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		f := make(fields, len(v))
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if name := fieldName(k); f[name] == nil {
				f[name] = normalise(v[k], levels-1, left)
			}
		}
		return f
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = normalise(v[i], levels-1, left)
		}
		return list
	case json.Number:
		return v.String()
	}
	return v
}

// lift brings Zola's [taxonomies] and [extra] to the top where they do not hide
// a field of the same name.
func (f fields) lift() fields {
	for _, table := range []string{"taxonomies", "extra"} {
		sub, _ := f[table].(fields)
		for name, v := range sub {
			if f[name] == nil {
				f[name] = v
			}
		}
	}
	return f
}

var lineNumber = regexp.MustCompile(`line (\d+): `)

// errorLine is the line of a block that its decoder's error is about, from 1.
func errorLine(err error) int {
	var at *toml.DecodeError
	if errors.As(err, &at) {
		row, _ := at.Position()
		return row
	}
	line := 1
	if m := lineNumber.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
		if strings.Contains(err.Error(), "did not find expected") {
			// The grammar of the YAML decoder counts from 0, its scanner from 1.
			line++
		}
	}
	return line
}

// errorText is the decoder's error without its name and line.
func errorText(err error) string {
	s := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "yaml: "), "toml: ")
	return lineNumber.ReplaceAllString(s, "")
}
