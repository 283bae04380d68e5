package collection

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"carrel/store/article"
)

// catalogOf makes the catalogue of some articles in any order.
func catalogOf(heads []article.Head, site Site) *Catalog {
	sorted := slices.SortedFunc(slices.Values(heads), func(a, b article.Head) int { return Compare(a.Entry, b.Entry) })
	return NewCatalog(func(yield func(Named) bool) {
		for _, h := range sorted {
			if !yield(Named{h.ID, h.Title, h.Source, h.Names}) {
				return
			}
		}
	}, site)
}

// plainNames is names as anyone would write it who had memory to spare.
type plainNames []struct {
	kind    nameKind
	spelled string
	article int32
}

func (n plainNames) find(kind nameKind, spelled string) []int32 {
	var exact, alike []int32
	for _, r := range n {
		if spelled == "" || r.spelled == "" || r.kind != kind || fold(r.spelled) != fold(spelled) {
			continue
		}
		if r.spelled == spelled && !slices.Contains(exact, r.article) {
			exact = append(exact, r.article)
		}
		if !slices.Contains(alike, r.article) {
			alike = append(alike, r.article)
		}
	}
	if exact == nil {
		exact = alike
	}
	return exact[:min(len(exact), maxSame)]
}

func TestHashesFindWhatNamesFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spelling := rapid.StringMatching(`[aAbBéÉ ]{0,3}`)
		kind := rapid.Custom(func(t *rapid.T) nameKind { return nameKind(rapid.IntRange(0, int(nameKinds)-1).Draw(t, "kind")) })
		hashed, plain := newNames(), plainNames{}
		for i := range int32(rapid.IntRange(0, 150).Draw(t, "articles")) {
			for range rapid.IntRange(0, 3).Draw(t, "names") {
				k, s := kind.Draw(t, "kind"), spelling.Draw(t, "name")
				hashed.add(k, s, i)
				plain = append(plain, struct {
					kind    nameKind
					spelled string
					article int32
				}{k, s, i})
			}
		}
		hashed.settle()
		for range 20 {
			k, s := kind.Draw(t, "kind"), spelling.Draw(t, "question")
			if got, want := hashed.find(k, s), plain.find(k, s); !slices.Equal(got, want) {
				t.Errorf("%q of kind %d: %v, want %v", s, k, got, want)
			}
		}
	})
}

func TestNoArticlesHaveNoNames(t *testing.T) {
	c := NewCatalog(func(func(Named) bool) {}, Site{Base: "https://example.org"})
	for _, target := range []string{"a.md", "a", "/", "https://example.org/a", "./"} {
		if r := c.Resolve("b.md", target); len(r.To) > 0 {
			t.Errorf("%s leads to %v", target, r.To)
		}
	}
	if c.Len() != 0 || c.Has("a.md") || c.Has("") {
		t.Error("there is an article")
	}
}

// A relative address counts from each address of the article that it stands in,
// and from those of no other.
func TestRelativeAddressesCountFromTheirOwnArticle(t *testing.T) {
	named := func(id string, paths ...string) article.Head {
		return article.Head{Entry: article.Entry{ID: article.ID(id), Title: article.Line(id)}, Names: article.Names{Paths: paths}}
	}
	c := catalogOf([]article.Head{
		named("a.md"), named("b.md", "x/one", "y/two.html"), named("c.md"), named("d.md", "z/three/"), named("e.md", "x/near"), named("f.md", "y/far"), named("g.md", "z/three/below"),
	}, Site{})
	for _, test := range []struct{ from, target, to string }{
		{"b.md", "../near", "e.md"}, {"b.md", "far", "f.md"}, {"d.md", "below", "g.md"}, {"d.md", "../../x/near/", "e.md"},
		{"a.md", "../near", "e.md"}, {"none.md", "x/near", "e.md"},
	} {
		r := c.Resolve(article.ID(test.from), test.target)
		if len(r.To) != 1 || string(r.To[0]) != test.to {
			t.Errorf("%s in %s: %+v, want %s", test.target, test.from, r, test.to)
		}
	}
	for from, target := range map[article.ID]string{"a.md": "below", "b.md": "below"} {
		if r := c.Resolve(from, target); r.How == ByPermalink {
			t.Errorf("%s in %s: %+v", target, from, r)
		}
	}
}

// someNamed makes n articles as blogs have them.
func someNamed(n int, permalinks bool) []Named {
	list := make([]Named, n)
	for i := range list {
		title := fmt.Sprintf("Notes on %s number %d", []string{"Lichen", "moss", "Ferns", "Algae"}[i%4], i)
		slug := strings.ReplaceAll(strings.ToLower(title), " ", "-")
		list[i] = Named{ID: article.ID(fmt.Sprintf("content/%d/%s.md", 2000+i%240, slug)), Title: article.Line(title), Names: article.Names{Slug: slug}}
		if permalinks {
			list[i].Names.Paths = []string{fmt.Sprintf("%d/01/02/%s/", 2000+i%240, slug)}
		}
	}
	return list
}

// heapOf is how much memory is kept of what is made.
func heapOf(make func() any) (kept any, size int64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept = make()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return kept, int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

func TestACatalogueIsSmall(t *testing.T) {
	const n = 50000
	for permalinks, most := range map[bool]int64{false: 120, true: 200} {
		list := someNamed(n, permalinks)
		c, size := heapOf(func() any { return NewCatalog(slices.Values(list), Site{}) })
		t.Logf("%d bytes an article, permalinks: %v", size/n, permalinks)
		if size/n > most {
			t.Errorf("%d bytes an article, want %d at most", size/n, most)
		}
		runtime.KeepAlive(c)
		runtime.KeepAlive(list)
	}
}

func BenchmarkLargeCatalog(b *testing.B) {
	list := someNamed(100000, true)
	b.ReportAllocs()
	for b.Loop() {
		NewCatalog(slices.Values(list), Site{})
	}
}

func BenchmarkLargeResolve(b *testing.B) {
	list := someNamed(100000, true)
	c := NewCatalog(slices.Values(list), Site{Base: "https://example.org"})
	for name, target := range map[string]string{
		"path": "notes-on-lichen-number-240.md", "permalink": "/2001/01/02/notes-on-moss-number-1", "slug": "/gone/notes-on-moss-number-1",
		"title": "Notes on moss number 1", "web": "https://elsewhere.example/a", "none": "../none/at all",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Resolve(list[0].ID, target)
			}
		})
	}
}
