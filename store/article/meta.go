package article

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// The names under which collections keep the same fact, the most specific
// first. They are compared in lower case without '-', '_' and spaces.
func titleFields() []string { return []string{"title", "linktitle"} }
func authorFields() []string {
	return []string{"authors", "author", "by", "byline", "creator", "dc:creator", "article:author"}
}
func dateFields() []string {
	return []string{"date", "publishdate", "pubdate", "published", "article:publishedtime", "datepublished", "lastmod", "modified",
		"created", "saved", "savedat", "datesaved", "timeadded", "clipped"}
}
func tagFields() []string {
	return []string{"tags", "tag", "keywords", "labels", "topics", "categories", "category"}
}
func summaryFields() []string {
	return []string{"summary", "description", "excerpt", "subtitle", "lead", "dek"}
}
func sourceFields() []string {
	return []string{"source", "sourceurl", "originalurl", "canonical", "canonicalurl", "uri", "url", "link", "permalink"}
}
func pathFields() []string    { return []string{"path", "permalink", "url"} }
func aliasFields() []string   { return []string{"aliases", "alias", "redirectfrom", "id", "uid"} }
func langFields() []string    { return []string{"lang", "language", "locale"} }
func relatedFields() []string { return []string{"related", "relatedposts", "seealso"} }

// knownFields are all names that mean something here.
func knownFields() map[string]bool {
	known := map[string]bool{"slug": true, "taxonomies": true, "extra": true}
	for _, names := range [][]string{titleFields(), authorFields(), dateFields(), tagFields(), summaryFields(), sourceFields(),
		pathFields(), aliasFields(), relatedFields(), langFields()} {
		for _, name := range names {
			known[name] = true
		}
	}
	return known
}

// hasScheme tells an address of the web from a path on the article's own site.
var hasScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://[^/\s]`)

// fill sets what the metadata says.
func (h *Head) fill(f fields) {
	h.Title = Line(f.text(titleFields()...))
	h.Authors = Lines(f.authors())
	h.Tags = Lines(f.tags())
	h.Summary = Line(f.text(summaryFields()...))
	h.Lang = Line(strings.ToLower(strings.ReplaceAll(f.text(langFields()...), "_", "-")))
	for _, name := range sourceFields() {
		if v := f.text(name); hasScheme.MatchString(v) {
			h.Source = Line(v)
			break
		}
	}
	for _, name := range pathFields() {
		if v := f.text(name); v != "" && !hasScheme.MatchString(v) {
			h.Names.Paths = addName(h.Names.Paths, strings.TrimPrefix(v, "/"))
		}
	}
	for _, name := range aliasFields() {
		for _, v := range listOf(f[name], titleOf) {
			h.Names.Aliases = addName(h.Names.Aliases, wikiTarget(v))
		}
	}
	for _, name := range relatedFields() {
		for _, v := range listOf(f[name], targetOf) {
			h.Names.Related = addName(h.Names.Related, wikiTarget(v))
		}
	}
	h.Names.Slug = string(Line(f.text("slug")))
	for _, name := range dateFields() {
		if t, ok := dateOf(f[name]); ok {
			h.Date, h.DateSource = t, DateFromField
			break
		}
	}
}

// addName adds a name that is not there yet. Names are inert as well: escapes in
// the metadata are decoded after the file was cleaned.
func addName(names []string, name string) []string {
	name = string(Line(name))
	if name == "" || len(names) >= maxNames {
		return names
	}
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}

// maxNames bounds the names and the values that one field may give.
const maxNames = 200

// text returns the first of the named fields that is a plain value.
func (f fields) text(names ...string) string {
	for _, name := range names {
		if s := textOf(f[name]); s != "" {
			return s
		}
	}
	return ""
}

func textOf(v any) string {
	switch v := v.(type) {
	case nil, fields:
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) == 1 {
			return textOf(v[0])
		}
	case time.Time:
		return v.Format(time.DateOnly)
	case bool, int64, float64, toml.LocalDate, toml.LocalDateTime, toml.LocalTime:
		return fmt.Sprint(v)
	}
	return ""
}

// listOf returns the values of a list, of a string parted by commas, or one
// value. inMap picks the value of a map.
func listOf(v any, inMap func(fields) string) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, item := range v[:min(len(v), maxNames)] {
			if m, ok := item.(fields); ok {
				out = append(out, inMap(m))
			} else {
				out = append(out, textOf(item))
			}
		}
	case fields:
		out = append(out, inMap(v))
	case string:
		out = strings.SplitN(v, ",", maxNames)
	default:
		out = append(out, textOf(v))
	}
	return out
}

func titleOf(f fields) string { return f.text("name", "title", "path", "slug", "url") }

func targetOf(f fields) string {
	return f.text("path", "permalink", "url", "slug", "link", "ref", "id", "title", "name")
}

// tags takes the first of its fields that has any. A string without commas is
// parted at spaces if the field's name is a plural, as Jekyll does.
func (f fields) tags() []string {
	for _, name := range tagFields() {
		list := listOf(f[name], titleOf)
		if s, ok := f[name].(string); ok && len(list) == 1 && strings.HasSuffix(name, "s") {
			list = strings.Fields(s)
		}
		var out []string
		for _, tag := range list[:min(len(list), maxNames)] {
			if tag = strings.TrimLeft(wikiLabel(tag), "#"); tag != "" {
				out = append(out, tag)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// wikiTarget takes the brackets off a target that is written as a wiki link,
// and the label that it may have.
func wikiTarget(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "[[") && strings.HasSuffix(s, "]]") {
		s, _, _ = strings.Cut(s[2:len(s)-2], "|")
	}
	return strings.TrimSpace(s)
}

// wikiLabel is what a wiki link shows: its label, or the last part of its target.
func wikiLabel(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "[[") && strings.HasSuffix(s, "]]") {
		target, label, _ := strings.Cut(s[2:len(s)-2], "|")
		if s = strings.TrimSpace(label); s == "" {
			s = path.Base(strings.TrimSpace(target))
		}
	}
	return s
}
