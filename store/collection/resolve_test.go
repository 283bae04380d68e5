package collection

import (
	"slices"
	"strings"
	"testing"
	"time"

	"carrel/store/article"
)

// blog is a small collection in which every kind of name occurs.
func blog() []article.Head {
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }
	head := func(id, title string, d int, n article.Names) article.Head {
		if n.Slug == "" {
			n.Slug = strings.TrimPrefix(stem(id), "2026-01-02-")
		}
		return article.Head{Entry: article.Entry{ID: article.ID(id), Title: article.Line(title), Date: day(d)}, Names: n}
	}
	lichen := head("posts/2026-01-02-lichen.md", "On Lichen", 9, article.Names{Paths: []string{"2026/01/02/lichen/"}, Aliases: []string{"/old/lichen.html", "Walls"}})
	lichen.Source = "https://www.Journal.example/a/lichen.html?utm_source=feed&id=3"
	twice := head("c/twice.md", "Saved again", 3, article.Names{})
	twice.Source = "http://journal.example/a/lichen?id=3"
	twice.Source += "&x=1"
	return []article.Head{
		lichen, twice,
		head("posts/moss/index.md", "Moss: a story", 8, article.Names{Paths: []string{"2026/01/03/moss.html"}}),
		head("_index.md", "Home", 7, article.Names{}),
		head("a/same.md", "Twin", 6, article.Names{}),
		head("b/same.md", "Twin", 5, article.Names{}),
		head("b/Café menu.md", "What is C#?", 4, article.Names{Slug: "cafe"}),
		head("b/100%25.md", "Odd", 2, article.Names{}),
		head("b/a b.txt", "Plain", 1, article.Names{}),
		head("README.md", "Read me", 1, article.Names{}),
	}
}

func TestLinksLeadWhereTheirAuthorsMeant(t *testing.T) {
	c := catalogOf(blog(), Site{Base: "https://example.org/blog"})
	const lichen, moss, home, cafe = "posts/2026-01-02-lichen.md", "posts/moss/index.md", "_index.md", "b/Café menu.md"
	for _, test := range []struct {
		from, target string
		how          How
		to, fragment string
	}{
		{lichen, "#Walls%20and", ByFragment, lichen, "Walls and"},
		{lichen, "#", ByFragment, lichen, ""},
		{lichen, "moss/index.md#top", ByPath, moss, "top"},
		{lichen, "moss", ByPath, moss, ""},
		{lichen, "./moss/", ByPath, moss, ""},
		{lichen, "moss/index.html", ByPath, moss, ""},
		{lichen, "MOSS/Index.md", ByPath, moss, ""},
		{lichen, "moss/?page=2#x", ByPath, moss, "x"},
		{moss, "../2026-01-02-lichen", ByPath, lichen, ""},
		{moss, "../2026-01-02-lichen.html", ByPath, lichen, ""},
		{moss, "posts/2026-01-02-lichen.md", ByPath, lichen, ""},
		{lichen, "../b/Caf%C3%A9%20menu.md", ByPath, cafe, ""},
		{lichen, "../b/Cafe\u0301 MENU", ByPath, cafe, ""},
		{lichen, "../b/a%20b.txt", ByPath, "b/a b.txt", ""},
		{lichen, "../b/a b", ByPath, "b/a b.txt", ""},
		{lichen, "../b/100%2525.md", ByPath, "b/100%25.md", ""},
		{lichen, "../b/100%25.md", ByPath, "b/100%25.md", ""},
		{lichen, "@/posts/moss/index.md", ByPath, moss, ""},
		{lichen, "/posts/moss/", ByPath, moss, ""},
		{lichen, "/a/same.md", ByPath, "a/same.md", ""},
		{"a/same.md", "same", ByPath, "a/same.md", ""},
		{lichen, "../", ByPath, home, ""},

		{moss, "/2026/01/02/lichen", ByPermalink, lichen, ""},
		{moss, "/2026/01/02/lichen/index.html#a", ByPermalink, lichen, "a"},
		{moss, "/blog/2026/01/02/lichen.html", ByPermalink, lichen, ""},
		{lichen, "/2026/01/03/moss", ByPermalink, moss, ""},
		{lichen, "../../03/moss/", ByPermalink, moss, ""},
		{moss, "../02/lichen/", ByPermalink, lichen, ""},
		{lichen, "https://example.org/blog/2026/01/03/moss.html?utm_medium=x#y", ByPermalink, moss, "y"},
		{lichen, "//WWW.example.org/blog/2026/01/03/moss", ByPermalink, moss, ""},
		{moss, "https://example.org/blog/old/lichen/", ByAlias, lichen, ""},
		{moss, "/old/lichen", ByAlias, lichen, ""},
		{moss, "walls", ByAlias, lichen, ""},
		{lichen, "https://example.org/blog/", ByPath, home, ""},

		{moss, "/some/where/lichen/", BySlug, lichen, ""},
		{moss, "lichen", BySlug, lichen, ""},
		{moss, "gone/lichen.md", BySlug, lichen, ""},
		{moss, "cafe", BySlug, cafe, ""},
		{moss, "https://example.org/blog/x/cafe", BySlug, cafe, ""},

		{moss, "on lichen", ByTitle, lichen, ""},
		{lichen, "Moss: a story", ByTitle, moss, ""},
		{lichen, "What is C#?", ByTitle, cafe, ""},

		{moss, "http://journal.example/a/lichen/?id=3&fbclid=1#f", BySource, lichen, "f"},
	} {
		r := c.Resolve(article.ID(test.from), test.target)
		if len(r.To) != 1 || r.How != test.how || string(r.To[0]) != test.to || string(r.Fragment) != test.fragment || r.URL != "" {
			t.Errorf("%s in %s: %+v, want %s %s #%s", test.target, test.from, r, test.how, test.to, test.fragment)
		}
	}
}

func TestLinksThatLeadOutOrNowhere(t *testing.T) {
	c := catalogOf(blog(), Site{Base: "https://example.org/blog"})
	for target, want := range map[string]Resolution{
		"https://elsewhere.example/a#b":              {How: External, URL: "https://elsewhere.example/a#b"},
		"//elsewhere.example/a":                      {How: External, URL: "https://elsewhere.example/a"},
		"https://example.org/other/cafe":             {How: External, URL: "https://example.org/other/cafe"},
		"https://example.org/blogs/cafe":             {How: External, URL: "https://example.org/blogs/cafe"},
		"https://example.org.evil.example/blog/moss": {How: External, URL: "https://example.org.evil.example/blog/moss"},
		"https://example.org/blog/feed.xml":          {How: External, URL: "https://example.org/blog/feed.xml"},
		"http://a/%zz":                               {How: External, URL: "http://a/%zz"},
		"MAILTO:a@example.org":                       {How: External, URL: "MAILTO:a@example.org"},
		"https://example.org/\x1b]52;c;x\a":          {How: External, URL: "https://example.org/]52;c;x"},
		"/tag/gone/":                                 {How: None, URL: "https://example.org/tag/gone/"},
		"javascript:alert(1)":                        {How: None},
		"javascript://cafe":                          {How: None},
		"file:///etc/passwd":                         {How: None},
		"file:cafe":                                  {How: None},
		"data:text/html,cafe":                        {How: None},
		"ftp://example.org/cafe":                     {How: None},
		"https:":                                     {How: None},
		"https:///cafe":                              {How: None},
		"//":                                         {How: None},
		"":                                           {How: None},
		"?":                                          {How: None},
		"../../../../etc/passwd":                     {How: None},
		"%2e%2e/%2e%2e/etc/passwd":                   {How: None},
		"picture.png":                                {How: None},
		"lichen.png":                                 {How: None},
		strings.Repeat("a/", maxAddress):             {How: None},
	} {
		r := c.Resolve("posts/moss/index.md", target)
		if r.How != want.How || r.URL != want.URL || len(r.To) > 0 {
			t.Errorf("%.80q: %+v, want %+v", target, r, want)
		}
	}
	long := "https://example.org/" + strings.Repeat("a", maxAddress)
	if r := c.Resolve("", long); r.How != External || string(r.URL) != long {
		t.Errorf("a long address: %s", r.How)
	}
	if r := c.Resolve("", "#a"); r.How != None || len(r.To) > 0 {
		t.Errorf("a fragment of no article: %+v", r)
	}
}

func TestANameOfSeveralArticlesIsNeverGuessed(t *testing.T) {
	c := catalogOf(blog(), Site{})
	for _, target := range []string{"same", "SAME", "/x/same/", "twin", "gone/same.html"} {
		r := c.Resolve("posts/moss/index.md", target)
		if r.How != Ambiguous || !slices.Equal(r.To, []article.ID{"a/same.md", "b/same.md"}) {
			t.Errorf("%s: %+v", target, r)
		}
	}
	for target, want := range map[string]article.ID{"../../b/same": "b/same.md", "/b/same": "b/same.md", "a/same.md": "a/same.md"} {
		if r := c.Resolve("posts/moss/index.md", target); r.How != ByPath || !slices.Equal(r.To, []article.ID{want}) {
			t.Errorf("%s: %+v, want %s by its path", target, r, want)
		}
	}
	heads := append(blog(), article.Head{Entry: article.Entry{ID: "x.md", Title: "X", Source: "https://journal.example/a/lichen?id=3"}})
	if r := catalogOf(heads, Site{}).Resolve("", "https://journal.example/a/lichen?id=3"); r.How != Ambiguous || len(r.To) != 2 {
		t.Errorf("an address saved twice: %+v", r)
	}
}

func TestTheSpellingThatFitsExactlyWins(t *testing.T) {
	c := catalogOf([]article.Head{
		{Entry: article.Entry{ID: "Note.md", Title: "Go"}, Names: article.Names{Slug: "Note"}},
		{Entry: article.Entry{ID: "note.md", Title: "GO"}, Names: article.Names{Slug: "note"}},
	}, Site{})
	for target, want := range map[string]article.ID{"Note.md": "Note.md", "note": "note.md", "Note": "Note.md", "/x/Note": "Note.md", "Go": "Note.md", "GO": "note.md"} {
		if r := c.Resolve("", target); len(r.To) != 1 || r.To[0] != want {
			t.Errorf("%s: %+v, want %s", target, r, want)
		}
	}
	for _, target := range []string{"NOTE.md", "/x/nOTE", "go"} {
		if r := c.Resolve("", target); r.How != Ambiguous || len(r.To) != 2 {
			t.Errorf("%s: %+v, want both", target, r)
		}
	}
}

func TestWithoutASiteItsAddressesLeadOut(t *testing.T) {
	c := catalogOf(blog(), Site{})
	if r := c.Resolve("_index.md", "https://example.org/blog/2026/01/03/moss.html"); r.How != External {
		t.Errorf("%+v", r)
	}
	if r := c.Resolve("_index.md", "/gone/"); r.How != None || r.URL != "" {
		t.Errorf("%+v", r)
	}
}

func TestManyArticlesOfOneNameStayFew(t *testing.T) {
	heads := make([]article.Head, 20000)
	for i := range heads {
		heads[i] = article.Head{Entry: article.Entry{ID: article.ID(strings.Repeat("d/", i%50) + string(rune('a'+i%26)) + strings.Repeat("x", i/50%400) + ".md"), Title: "Untitled"}, Names: article.Names{Slug: "untitled", Aliases: []string{"u"}}}
	}
	c := catalogOf(heads, Site{})
	for _, target := range []string{"Untitled", "untitled", "u", "UNTITLED", "x/untitled/"} {
		if r := c.Resolve("", target); r.How != Ambiguous || len(r.To) != maxSame {
			t.Errorf("%s: %s, %d articles", target, r.How, len(r.To))
		}
	}
}

func TestTheCatalogueKnowsTitles(t *testing.T) {
	c := catalogOf(blog(), Site{})
	if c.Title("posts/moss/index.md") != "Moss: a story" || c.Title("none.md") != "" || c.Title("POSTS/moss/index.md") != "" {
		t.Error("titles are wrong")
	}
	if !c.Has("README.md") || c.Has("readme.md") || c.Len() != len(blog()) {
		t.Error("ids are wrong")
	}
}
