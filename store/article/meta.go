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
	return []string{"date", "publishdate", "pubdate", "published", "article:publishedtime", "datepublished", "lastmod", "modified", "created", "saved", "savedat", "datesaved", "clipped"}
}
func tagFields() []string {
	return []string{"tags", "tag", "keywords", "labels", "topics", "categories", "category"}
}
func summaryFields() []string {
	return []string{"summary", "description", "excerpt", "subtitle", "lead", "dek"}
}
func sourceFields() []string {
	return []string{"source", "sourceurl", "originalurl", "canonical", "canonicalurl", "uri", "url", "link"}
}
func pathFields() []string  { return []string{"path", "permalink", "url"} }
func aliasFields() []string { return []string{"aliases", "alias", "redirectfrom", "id", "uid"} }
func relatedFields() []string {
	return []string{"related", "relatedposts", "seealso"}
}

// fill sets what the metadata says.
func (h *Head) fill(f fields) {
	h.Title = Line(f.text(titleFields()))
	h.Authors = Lines(f.list(authorFields(), false))
	h.Tags = Lines(f.list(tagFields(), true))
	h.Summary = Line(f.text(summaryFields()))
	for _, name := range sourceFields() {
		if v := f.text([]string{name}); strings.Contains(v, "://") {
			h.Source = Line(v)
			break
		}
	}
	for _, name := range pathFields() {
		if v := f.text([]string{name}); v != "" && !strings.Contains(v, "://") {
			h.Names.Paths = append(h.Names.Paths, strings.TrimPrefix(v, "/"))
		}
	}
	h.Names.Aliases = f.list(aliasFields(), false)
	h.Names.Related = f.list(relatedFields(), false)
	h.Names.Slug = f.text([]string{"slug"})
	for _, name := range dateFields() {
		if t, ok := parseDate(f[name]); ok {
			h.Date, h.DateSource = t, DateFromField
			break
		}
	}
}

// text returns the first of the named fields that is a plain value.
func (f fields) text(names []string) string {
	for _, name := range names {
		switch v := f[name].(type) {
		case nil, map[string]any, []any:
		case string:
			if s := strings.TrimSpace(v); s != "" {
				return s
			}
		default:
			return fmt.Sprint(v)
		}
	}
	return ""
}

// list returns the values of the first of the named fields that has any: of a
// list, of a map with a name in it, of a string parted by commas; and by
// spaces if words is set and there are no commas, as Jekyll writes tags.
func (f fields) list(names []string, words bool) []string {
	for _, name := range names {
		if out := listOf(f[name], words); len(out) > 0 {
			return out
		}
	}
	return nil
}

func listOf(v any, words bool) []string {
	var out []string
	switch v := v.(type) {
	case nil:
	case []any:
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				out = append(out, nameOf(m)...)
			} else if s := unwiki(fmt.Sprint(item)); s != "" && item != nil {
				out = append(out, s)
			}
		}
	case map[string]any:
		out = nameOf(v)
	case string:
		parts := strings.Split(v, ",")
		if len(parts) == 1 && words {
			parts = strings.Fields(v)
		}
		for _, p := range parts {
			if s := unwiki(p); s != "" {
				out = append(out, s)
			}
		}
	default:
		out = []string{fmt.Sprint(v)}
	}
	return out
}

func nameOf(m map[string]any) []string {
	n := normalise(m)
	for _, key := range []string{"name", "title", "path", "slug", "url"} {
		if s, ok := n[key].(string); ok && s != "" {
			return []string{s}
		}
	}
	return nil
}

// unwiki takes the brackets off a name that is written as a wiki link.
func unwiki(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "[[") && strings.HasSuffix(s, "]]") {
		return strings.TrimSpace(s[2 : len(s)-2])
	}
	return s
}

// dateLayouts are tried in order. None is ambiguous between day and month.
func dateLayouts() []string {
	return []string{
		time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00",
		"2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "2006/01/02", "2006.01.02",
		time.RFC1123Z, time.RFC1123, "2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", "20060102", "2006-01", "2006",
	}
}

func parseDate(v any) (time.Time, bool) {
	switch v := v.(type) {
	case time.Time:
		return v, plausible(v)
	case toml.LocalDate:
		t := v.AsTime(time.UTC)
		return t, plausible(t)
	case toml.LocalDateTime:
		t := v.AsTime(time.UTC)
		return t, plausible(t)
	case int, int64:
		return parseDate(fmt.Sprint(v))
	case string:
		s := strings.TrimSpace(v)
		if len(s) > 64 {
			return time.Time{}, false
		}
		for _, layout := range dateLayouts() {
			if t, err := time.Parse(layout, s); err == nil {
				return t, plausible(t)
			}
		}
	}
	return time.Time{}, false
}

func plausible(t time.Time) bool { return t.Year() >= 1000 && t.Year() <= 9999 }

var (
	datedName = regexp.MustCompile(`^((?:1[5-9]|20|21)\d\d)[-_.](\d\d)[-_.](\d\d)(?:[-_. T]+|$)`)
	datedPath = regexp.MustCompile(`(?:^|/)((?:1[5-9]|20|21)\d\d)/(\d\d?)(?:/(\d\d?))?/`)
)

// fallbacks fills what the metadata left open from the names of the file.
func (h *Head) fallbacks(in Input) {
	base := path.Base(string(in.ID))
	stem := strings.TrimSuffix(base, path.Ext(base))
	if l := strings.ToLower(stem); (l == "index" || l == "_index" || l == "readme") && path.Dir(string(in.ID)) != "." {
		stem = path.Base(path.Dir(string(in.ID)))
	}
	name := datedName.ReplaceAllString(stem, "")
	if name == "" {
		name = stem
	}
	if h.Names.Slug == "" {
		h.Names.Slug = name
	}
	if h.Title == "" {
		h.Title = Line(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	}
	if h.Title == "" {
		h.Title = in.ID.Text()
	}
	if h.Title == "" {
		h.Title = "(no title)"
	}
	if h.DateSource == NoDate {
		h.Date, h.DateSource = h.guessDate(in, stem)
	}
}

func (h *Head) guessDate(in Input, stem string) (time.Time, DateSource) {
	if t, ok := dateOf(datedName.FindStringSubmatch(stem)); ok {
		return t, DateFromName
	}
	for _, p := range append(h.Names.Paths, string(in.ID)) {
		if t, ok := dateOf(datedPath.FindStringSubmatch(p)); ok {
			return t, DateFromPath
		}
	}
	if !in.ModTime.IsZero() {
		return in.ModTime, DateFromModTime
	}
	return time.Time{}, NoDate
}

// dateOf makes a date of year, month and day; a month without a day is its first.
func dateOf(m []string) (time.Time, bool) {
	if m == nil {
		return time.Time{}, false
	}
	day := m[3]
	if day == "" {
		day = "1"
	}
	t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+day)
	return t, err == nil
}
