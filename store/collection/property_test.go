package collection

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"pgregory.net/rapid"

	"carrel/store/article"
)

// drawCollection makes the heads of a collection, by way of files that the
// parser reads. No two articles share a name, whatever the case.
func drawCollection(t *rapid.T) []article.Head {
	part := rapid.StringMatching(`[a-zA-Zé漢0-9][a-zA-Zé漢0-9 %#?'._-]{0,10}[a-zA-Zé漢0-9]`)
	n := rapid.IntRange(1, 12).Draw(t, "articles")
	heads := make([]article.Head, n)
	for i := range heads {
		dir := rapid.SampledFrom([]string{"", "posts", "posts/deep er", "b%20b"}).Draw(t, "dir")
		ending := rapid.SampledFrom([]string{".md", ".markdown", ".txt", "/index.md", "/_index.md", "/README.md"}).Draw(t, "ending")
		name := fmt.Sprintf("%s-%d", part.Draw(t, "name"), i)
		text := fmt.Sprintf("---\ntitle: %q\npermalink: /2026/%02d/%s/\naliases: [\"/old/%d.html\", \"Also called %d\"]\nsource: https://www.source.example/%d.html\nslug: slug-%d\n---\nText.\n",
			part.Draw(t, "title")+fmt.Sprint(" ", i), i, url.PathEscape(part.Draw(t, "permalink")), i, i, i, i)
		heads[i] = article.ReadHead(article.Input{ID: article.ID(path.Join(dir, name) + ending), Data: []byte(text)})
		// Plain text has no front matter to name a slug in.
		if heads[i].Kind == article.Plain {
			heads[i].Names.Slug = fmt.Sprintf("slug-%d", i)
		}
	}
	return heads
}

// relativeTo is the path from the folder of an article to another.
func relativeTo(from, to article.ID) string {
	up := ""
	for dir := path.Dir(string(from)); dir != "."; dir = path.Dir(dir) {
		if rest, ok := strings.CutPrefix(string(to), dir+"/"); ok {
			return up + rest
		}
		up += "../"
	}
	return up + string(to)
}

// escapePath encodes every byte of a path that an address may not hold.
func escapePath(p string) string {
	parts := strings.Split(p, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

// forms are the links that the author of one article may write to another.
func forms(from, to article.Head) map[string]How {
	rel := relativeTo(from.ID, to.ID)
	stem := strings.TrimSuffix(rel, path.Ext(rel))
	dir, isIndex := strings.CutSuffix(stem, "/index")
	list := map[string]How{
		escapePath(rel):                    ByPath,
		"./" + escapePath(rel):             ByPath,
		escapePath(stem):                   ByPath,
		escapePath(stem) + ".html":         ByPath,
		"/" + escapePath(string(to.ID)):    ByPath,
		"@/" + escapePath(string(to.ID)):   ByPath,
		escapePath(strings.ToUpper(rel)):   ByPath,
		"/anywhere/" + to.Names.Slug + "/": BySlug,
		to.Names.Slug:                      BySlug,
	}
	if isIndex {
		list[escapePath(dir)+"/"] = ByPath
	}
	for _, p := range to.Names.Paths {
		p = strings.TrimSuffix(p, "/")
		for _, link := range []string{"/" + p, "/" + p + "/", "/" + p + ".html", "/" + p + "/index.html", "https://site.example/base/" + p + "/", "//www.site.example/base/" + p + "?utm_campaign=a", "/base/" + p} {
			list[link] = ByPermalink
		}
	}
	for _, a := range to.Names.Aliases {
		list[a] = ByAlias
	}
	if to.Source != "" {
		list[string(to.Source)] = BySource
		list[strings.TrimSuffix(strings.Replace(string(to.Source), "https://www.", "http://", 1), ".html")+"/?fbclid=1"] = BySource
	}
	return list
}

func TestALinkInAnyFormFindsItsArticle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heads := drawCollection(t)
		c := catalogOf(heads, Site{Base: "https://site.example/base"})
		from, to := rapid.SampledFrom(heads).Draw(t, "from"), rapid.SampledFrom(heads).Draw(t, "to")
		for link, how := range forms(from, to) {
			for fragment, want := range map[string]article.Text{"": "", "#a%20heading": "a heading"} {
				r := c.Resolve(from.ID, link+fragment)
				if r.How != how || !slices.Equal(r.To, []article.ID{to.ID}) || r.Fragment != want {
					t.Errorf("%q in %q: %+v, want %q by %s", link+fragment, from.ID, r, to.ID, how)
				}
			}
		}
		if r := c.Resolve(from.ID, string(to.Title)); r.How != ByTitle || !slices.Equal(r.To, []article.ID{to.ID}) {
			t.Errorf("title %q in %q: %+v, want %q", to.Title, from.ID, r, to.ID)
		}
	})
}

func TestTheOrderOfArticlesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heads := drawCollection(t)
		a := catalogOf(heads, Site{})
		b := catalogOf(rapid.Permutation(heads).Draw(t, "order"), Site{})
		from := rapid.SampledFrom(heads).Draw(t, "from").ID
		for _, h := range heads {
			for _, link := range []string{path.Base(string(h.ID)), string(h.Title), stem(string(h.ID)), "index.md", "README"} {
				if x, y := a.Resolve(from, link), b.Resolve(from, link); x.How != y.How || !slices.Equal(x.To, y.To) {
					t.Errorf("%q: %+v and %+v", link, x, y)
				}
			}
		}
	})
}

// checkResolution tells what is wrong with a resolution, whatever was asked.
func checkResolution(c *Catalog, from article.ID, r Resolution) error {
	for i, id := range r.To {
		if !c.Has(id) && id != from || slices.Contains(r.To[:i], id) {
			return fmt.Errorf("leads to %q", id)
		}
	}
	want := 1
	switch r.How {
	case External, None:
		want = 0
	case Ambiguous:
		want = max(2, len(r.To))
	}
	scheme, _, _ := strings.Cut(strings.ToLower(string(r.URL)), ":")
	switch {
	case len(r.To) != want:
		return fmt.Errorf("%s with %d articles", r.How, len(r.To))
	case r.How == External && r.URL == "" || r.URL != "" && r.How != External && r.How != None:
		return fmt.Errorf("%s with address %q", r.How, r.URL)
	case r.URL != "" && !isHTTP(scheme) && scheme != "mailto":
		return fmt.Errorf("address %q", r.URL)
	case article.Line(string(r.Fragment)) != r.Fragment || article.Line(string(r.URL)) != r.URL || !utf8.ValidString(string(r.Fragment+r.URL)):
		return fmt.Errorf("text %q %q", r.Fragment, r.URL)
	}
	return nil
}

func FuzzResolve(f *testing.F) {
	for _, target := range []string{
		"#a", "a.md", "../../x", "//h/p", "http://[::1", "https://example.org/blog/%2e%2e/", "@/x.md", "mailto:x", "x:y", "%", "%00", "?#", "\x1b[2J", "a//b/./..", "content/../..",
		"https://example.org/blog/2026/01/03/moss.html", "/blog", "/blog/", "C:\\x.md", "\xff\xfe.md", "index.html", "/index.html/index.html", ".html", "/.md",
	} {
		f.Add("posts/moss/index.md", target)
	}
	c := catalogOf(blog(), Site{Base: "https://example.org/blog"})
	f.Fuzz(func(t *testing.T, from, target string) {
		if err := checkResolution(c, article.ID(from), c.Resolve(article.ID(from), target)); err != nil {
			t.Errorf("%q in %q: %v", target, from, err)
		}
	})
}

func FuzzSite(f *testing.F) {
	f.Add("config.toml", []byte(`base_url = "https://example.org"`))
	f.Add("_config.yml", []byte("url: https://example.org\nbaseurl: /a"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if !slices.Contains(settingsFiles(), name) {
			return
		}
		s := FromFS("x", fstest.MapFS{name: {Data: data}}).Site(context.Background())
		if article.Line(string(s.Title)) != s.Title || s.Base != "" && !strings.HasPrefix(string(s.Base), "http") {
			t.Errorf("%+v", s)
		}
	})
}
