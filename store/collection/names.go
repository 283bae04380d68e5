package collection

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"carrel/store/article"
)

// names maps the names of one kind to articles. Names that differ in case or in
// Unicode form only are found by each other, but one that is spelled exactly as
// asked for goes first.
type names struct {
	// first leads from a folded name to one more than an index of rows.
	first map[string]int32
	rows  []name
}

// name is one spelling of one article's name.
type name struct {
	spelled string
	article int32
	// next is one more than the index of the next row with the same folded name.
	next int32
}

// The bounds on articles of one name. A chooser with more is of no use, and a
// collection must not make looking up a name slow.
const (
	maxSame     = 64
	maxCompared = 4096
)

func newNames(size int) names {
	return names{first: make(map[string]int32, size), rows: make([]name, 0, size)}
}

// add gives an article a name. Of articles with the same one, the last added is
// the first found.
func (n *names) add(spelled string, article int32) {
	if spelled == "" {
		return
	}
	key := fold(spelled)
	next := n.first[key]
	for at := next; at > 0 && n.rows[at-1].article == article; at = n.rows[at-1].next {
		if n.rows[at-1].spelled == spelled {
			return
		}
	}
	n.rows = append(n.rows, name{spelled, article, next})
	n.first[key] = int32(len(n.rows))
}

// find returns the articles of a name without repetition: those of exactly this
// spelling, or else all that fold to the same.
func (n *names) find(spelled string) []int32 {
	if spelled == "" {
		return nil
	}
	var exact, alike []int32
	at := n.first[fold(spelled)]
	for range maxCompared {
		if at == 0 || len(exact) >= maxSame {
			break
		}
		row := n.rows[at-1]
		if row.spelled == spelled && !slices.Contains(exact, row.article) {
			exact = append(exact, row.article)
		}
		if len(exact) == 0 && len(alike) < maxSame && !slices.Contains(alike, row.article) {
			alike = append(alike, row.article)
		}
		at = row.next
	}
	if len(exact) > 0 {
		return exact
	}
	return alike
}

// fold makes names comparable: inert, on one line, composed (NFC), lower case.
func fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return strings.ToLower(norm.NFC.String(string(article.Line(s))))
		}
	}
	return strings.ToLower(s)
}

// onSite gives an address on a site, or a part of one, the form in which it is
// looked up: no slashes around it, no "index.html" and no ".html" at its end.
func onSite(p string) string {
	if strings.Contains(p, "//") || strings.Contains(p, "./") || strings.HasSuffix(p, "..") {
		p = path.Clean("/" + p)
	}
	p = strings.Trim(p, "/")
	for _, index := range []string{"index.html", "index.htm"} {
		if rest, ok := cutEnd(p, index); ok && (rest == "" || strings.HasSuffix(rest, "/")) {
			return strings.TrimRight(rest, "/")
		}
	}
	return withoutHTML(p)
}

func withoutHTML(p string) string {
	for _, end := range []string{".html", ".htm"} {
		if rest, ok := cutEnd(p, end); ok {
			return rest
		}
	}
	return p
}

// cutEnd is strings.CutSuffix in any case.
func cutEnd(s, end string) (string, bool) {
	if at := len(s) - len(end); at >= 0 && strings.EqualFold(s[at:], end) {
		return s[:at], true
	}
	return s, false
}

// unescaped undoes percent-encoding; it is false if there is none, or a broken one.
func unescaped(s string) (string, bool) {
	if strings.IndexByte(s, '%') < 0 {
		return s, false
	}
	decoded, err := url.PathUnescape(s)
	return decoded, err == nil && decoded != s
}

// stem is the last part of a path without the ending of an article or a page.
// That of an index file is the name of its folder.
func stem(p string) string {
	p = strings.TrimRight(p, "/")
	base := path.Base(p)
	if _, ok := article.KindOf(base); ok {
		base = strings.TrimSuffix(base, path.Ext(base))
	}
	base = withoutHTML(base)
	switch strings.ToLower(base) {
	case "index", "_index", "readme":
		if dir := path.Dir(p); dir != "." && dir != "/" {
			return path.Base(dir)
		}
	case "", ".", "..", "/":
		return ""
	}
	return base
}
