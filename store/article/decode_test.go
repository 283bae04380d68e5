package article

import (
	"strings"
	"testing"
)

// TestFilesAreReadInTheirEncoding: UTF-8 and UTF-16 with a byte order mark,
// UTF-8 without, and Windows-1252, which contains Latin-1.
func TestFilesAreReadInTheirEncoding(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"UTF-8", "naïve – “q”", "naïve – “q”"},
		{"byte order mark", "\xef\xbb\xbftext", "text"},
		{"byte order mark and nothing", "\xef\xbb\xbf", ""},
		{"UTF-16 LE", "\xff\xfeh\x00i\x00\xe9\x00\x3d\xd8\x00\xde", "hié😀"},
		{"UTF-16 BE", "\xfe\xff\x00h\x00i\x00\xe9\xd8\x3d\xde\x00", "hié😀"},
		{"UTF-16 of odd length", "\xff\xfeh\x00i", "h\ufffd"},
		{"UTF-16 with half a pair", "\xff\xfe\x3d\xd8a\x00\x00\xde", "\ufffda\ufffd"},
		{"UTF-16 with a line end", "\xff\xfea\x00\r\x00\n\x00b\x00", "a\nb"},
		{"UTF-16 with an escape", "\xff\xfe\x1b\x00[\x00m\x00", "[m"},
		{"Latin-1", "caf\xe9 na\xefve", "café naïve"},
		{"Windows-1252", "\x93q\x94 \x96 \x85 \x80", "“q” – … €"},
		{"Windows-1252 without meaning", "\xe9 \x81\x8d", "é \ufffd\ufffd"},
		{"UTF-8 with a broken byte", "naïve caf\xe9 – yes", "naïve caf\ufffd – yes"},
		{"UTF-8 cut off", "é\xc3", "é\ufffd"},
		{"CRLF", "a\r\nb", "a\nb"},
		{"lone CR", "a\rb", "a\nb"},
		{"NUL", "a\x00b", "ab"},
	} {
		if got := string(Clean(decode([]byte(c.in)))); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		doc := Parse(Input{ID: "x.md", Data: []byte(c.in)})
		mustHold(t, doc)
		if got := strings.Join(strings.Fields(allText(doc)), " "); got != strings.Join(strings.Fields(c.want), " ") {
			t.Errorf("%s: the article reads %q", c.name, got)
		}
	}
}

// TestEmptyArticlesCanBeOpened: there is nothing in them, and that is all.
func TestEmptyArticlesCanBeOpened(t *testing.T) {
	for _, src := range []string{"", "\n", "   \n\t\n", "---\n---\n", "---\ntitle: T\n---\n", "<!-- nothing -->", "[a]: /b\n"} {
		for _, id := range []ID{"x.md", "x.txt"} {
			doc := Parse(Input{ID: id, Data: []byte(src)})
			mustHold(t, doc)
			if id == "x.md" && (doc.Words != 0 || len(doc.Blocks) != 0) {
				t.Errorf("%q: %s", src, dump(doc))
			}
			if p := doc.PlaceAt(3, 5); len(doc.Blocks) == 0 && p != (Place{}) {
				t.Errorf("%q: place %+v", src, p)
			}
		}
	}
}
