package collection

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"carrel/store/article"
)

// rustBlog opens the source of a real blog that lies beside the repository.
func rustBlog(t testing.TB) *Folder {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "collections", "rust-blog")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the collection is not here")
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// contents is all that is read of the files of a folder: their heads, and then
// the whole of them.
type contents struct {
	heads   []article.Head
	docs    []article.Head
	links   [][]article.Link
	skipped []Skipped
	// gone are files that were found and are not there any more.
	gone []article.ID
}

// readFolder walks through a folder and reads what it finds.
func readFolder(t testing.TB, f *Folder) contents {
	t.Helper()
	files, skipped, _, err := f.Walk(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r := readFiles(t, f, files, true)
	r.heads, r.skipped = readFiles(t, f, files, false).heads, append(r.skipped, skipped...)
	return r
}

func readFiles(t testing.TB, f *Folder, files []File, whole bool) (r contents) {
	t.Helper()
	var mu sync.Mutex
	err := f.ReadAll(context.Background(), files, whole, func() func(Result) {
		return func(res Result) {
			mu.Lock()
			defer mu.Unlock()
			id := files[res.Index].ID
			switch {
			case res.Gone:
				r.gone = append(r.gone, id)
			case res.Reason != "":
				r.skipped = append(r.skipped, Skipped{id.Text(), res.Reason})
			case whole:
				r.docs, r.links = append(r.docs, res.Document.Head), append(r.links, res.Document.Links)
			default:
				r.heads = append(r.heads, res.Head)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLinksOfARealBlogToItsOwnSiteLeadToItsArticles(t *testing.T) {
	f := rustBlog(t)
	w := readFolder(t, f)
	c := catalogOf(w.heads, f.Site(context.Background()))
	own, found := 0, map[How]int{}
	for i, h := range w.docs {
		for _, l := range w.links[i] {
			if !strings.Contains(string(l.Target), "://blog.rust-lang.org") {
				continue
			}
			own++
			r := c.Resolve(h.ID, string(l.Target))
			found[r.How]++
			if len(r.To) != 1 {
				t.Logf("%s: %s: %s %v", h.ID, l.Target, r.How, r.To)
			}
		}
	}
	resolved := own - found[External] - found[None] - found[Ambiguous]
	t.Logf("%d of %d: %v", resolved, own, found)
	if own < 725 || resolved < 725 {
		t.Errorf("%d of %d links lead to an article, want at least 725 of 734", resolved, own)
	}
}

func TestEveryArticleOfARealBlogIsListedOnceAsHeadAndWhole(t *testing.T) {
	w := readFolder(t, rustBlog(t))
	if len(w.heads) != 754 || len(w.docs) != 754 || len(w.skipped) != 0 {
		t.Fatalf("%d heads, %d whole, %d skipped: want 754, 754, 0", len(w.heads), len(w.docs), len(w.skipped))
	}
	heads := map[article.ID]article.Head{}
	for _, h := range w.heads {
		heads[h.ID] = h
	}
	for _, d := range w.docs {
		if h := heads[d.ID]; Compare(h.Entry, d.Entry) != 0 {
			t.Errorf("%s moves in the list: %q %v, then %q %v", d.ID, h.Title, h.Date, d.Title, d.Date)
		}
	}
	if s := rustBlog(t).Site(context.Background()); s.Base != "https://blog.rust-lang.org" {
		t.Errorf("site %+v", s)
	}
}

func BenchmarkHeads(b *testing.B) {
	f := rustBlog(b)
	files := walkAll(b, f).files
	for b.Loop() {
		readFiles(b, f, files, false)
	}
}

func BenchmarkWhole(b *testing.B) {
	f := rustBlog(b)
	files := walkAll(b, f).files
	for b.Loop() {
		readFiles(b, f, files, true)
	}
}

func BenchmarkCatalog(b *testing.B) {
	f := rustBlog(b)
	w := readFolder(b, f)
	for b.Loop() {
		catalogOf(w.heads, Site{Base: "https://blog.rust-lang.org"})
	}
}

func BenchmarkResolve(b *testing.B) {
	f := rustBlog(b)
	c := catalogOf(readFolder(b, f).heads, f.Site(context.Background()))
	for _, target := range []string{
		"#heading", "https://blog.rust-lang.org/2025/06/26/Rust-1.88.0/", "https://example.org/a?utm_source=x", "./rust-vision-doc.md",
		"/2015/02/13/Final-1.0-timeline/", "Rust-1.88.0", "../%61/b/c.html?d#e", "Announcing Rust 1.88.0",
	} {
		b.Run(strings.ReplaceAll(target, "/", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Resolve("content/inside-rust/async.md", target)
			}
		})
	}
}
