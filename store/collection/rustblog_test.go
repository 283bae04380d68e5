package collection

import (
	"context"
	"os"
	"path/filepath"
	"strings"
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

// whole is all that a scan finds.
type whole struct {
	heads   []article.Head
	docs    []article.Head
	links   [][]article.Link
	skipped []Skipped
	batches int
}

func scanAll(t testing.TB, f *Folder) whole {
	t.Helper()
	var w whole
	scan := f.Scan(context.Background())
	defer scan.Close()
	for {
		b, err := scan.Next(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		w.batches++
		w.skipped = append(w.skipped, b.Skipped...)
		if b.Whole {
			w.docs, w.links = append(w.docs, b.Heads...), append(w.links, b.Links...)
		} else {
			w.heads = append(w.heads, b.Heads...)
		}
		if b.Done {
			return w
		}
	}
}

func TestLinksOfARealBlogToItsOwnSiteLeadToItsArticles(t *testing.T) {
	f := rustBlog(t)
	w := scanAll(t, f)
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

func TestEveryArticleOfARealBlogIsListedOnceInEachPass(t *testing.T) {
	w := scanAll(t, rustBlog(t))
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
	for b.Loop() {
		scan := f.Scan(context.Background())
		for {
			batch, err := scan.Next(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			if batch.Listed {
				break
			}
		}
		scan.Close()
	}
}

func BenchmarkFirstBatch(b *testing.B) {
	f := rustBlog(b)
	for b.Loop() {
		scan := f.Scan(context.Background())
		if _, err := scan.Next(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		scan.Close()
		b.StartTimer()
	}
}

func BenchmarkBothPasses(b *testing.B) {
	f := rustBlog(b)
	for b.Loop() {
		scanAll(b, f)
	}
}

func BenchmarkCatalog(b *testing.B) {
	f := rustBlog(b)
	w := scanAll(b, f)
	for b.Loop() {
		catalogOf(w.heads, Site{Base: "https://blog.rust-lang.org"})
	}
}

func BenchmarkResolve(b *testing.B) {
	f := rustBlog(b)
	c := catalogOf(scanAll(b, f).heads, f.Site(context.Background()))
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
