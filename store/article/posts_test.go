package article

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// realPosts are the articles of a blog beside the repository; the tests that
// need them are skipped where there are none.
func realPosts(t testing.TB) []Input {
	root := filepath.Join("..", "..", "..", "shared", "collections", "rust-blog", "content")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no collection beside the repository")
	}
	var posts []Input
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(root, name)
		posts = append(posts, Input{ID: ID(filepath.ToSlash(rel)), Data: data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return posts
}

// TestNoWordOfAPostIsLost compares the words of every post with those of
// another rendering, goldmark's own HTML without its tags. Three things differ
// on purpose: pictures are left out on both sides, footnotes stand where
// goldmark puts them only if both are numbered alike, so their marks are left
// out, and scripts and style sheets are no text.
func TestNoWordOfAPostIsLost(t *testing.T) {
	posts := realPosts(t)
	agree := 0
	for _, in := range posts {
		doc := Parse(in)
		mustHold(t, doc)
		got, want := docWords(doc), htmlWords(t, in)
		if d := firstDifference(got, want); d >= 0 {
			t.Errorf("%s: word %d of %d: got %q, want %q", in.ID, d, len(want), around(got, d), around(want, d))
			continue
		}
		agree++
	}
	t.Logf("%d of %d posts agree", agree, len(posts))
}

func firstDifference(a, b []string) int {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return -1
}

func around(words []string, i int) string {
	return strings.Join(words[max(0, min(i-4, len(words))):min(i+5, len(words))], " ")
}

func textWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) || strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r)
	})
}

// docWords are the words of the blocks, without pictures and footnote marks.
func docWords(doc *Document) []string {
	var b strings.Builder
	for _, block := range doc.Blocks {
		block.Leaves(func(leaf Block, _ int) {
			at := 0
			for _, s := range leaf.Spans {
				if s.Style&(Image|FootnoteRef) != 0 {
					b.WriteString(string(leaf.Text[at:s.Start]))
					at = int(s.End)
				}
			}
			b.WriteString(string(leaf.Text[at:]) + "\n")
		})
	}
	return textWords(b.String())
}

// htmlWords are the words of a post as goldmark renders it.
func htmlWords(t *testing.T, in Input) []string {
	_, body := open(in)
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.DefinitionList, extension.Footnote),
		goldmark.WithParserOptions(parser.WithAttribute()), goldmark.WithRendererOptions(html.WithUnsafe()))
	var out bytes.Buffer
	if err := md.Convert([]byte(body), &out); err != nil {
		t.Fatal(err)
	}
	root, err := xhtml.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*xhtml.Node)
	walk = func(n *xhtml.Node) {
		switch {
		case n.Type == xhtml.TextNode:
			b.WriteString(string(Clean(n.Data)))
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style, isFootnoteMark(n):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == xhtml.ElementNode && (breaksLine(n.DataAtom) || n.DataAtom == atom.Td || n.DataAtom == atom.Th || n.DataAtom == atom.Br) {
			b.WriteByte('\n')
		}
	}
	walk(root)
	return textWords(b.String())
}

func isFootnoteMark(n *xhtml.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "class" && strings.HasPrefix(a.Val, "footnote-") {
			return true
		}
	}
	return false
}
