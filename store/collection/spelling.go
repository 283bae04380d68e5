package collection

import (
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"carrel/store/article"
)

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
