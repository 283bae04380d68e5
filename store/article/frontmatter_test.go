package article

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func headOf(src string) Head { return ReadHead(Input{ID: "posts/some-name.md", Data: []byte(src)}) }

// TestFactsAreFoundUnderEveryName holds the names that collections give to the
// same fact, in all three notations.
func TestFactsAreFoundUnderEveryName(t *testing.T) {
	joined := func(list []Text) string { return strings.Join(texts(list), "|") }
	facts := map[string]func(Head) string{
		"title":   func(h Head) string { return string(h.Title) },
		"authors": func(h Head) string { return joined(h.Authors) },
		"tags":    func(h Head) string { return joined(h.Tags) },
		"summary": func(h Head) string { return string(h.Summary) },
		"source":  func(h Head) string { return string(h.Source) },
		"paths":   func(h Head) string { return strings.Join(h.Names.Paths, "|") },
		"aliases": func(h Head) string { return strings.Join(h.Names.Aliases, "|") },
		"related": func(h Head) string { return strings.Join(h.Names.Related, "|") },
		"slug":    func(h Head) string { return h.Names.Slug },
		"date":    func(h Head) string { return h.Date.Format(time.RFC3339) },
	}
	for _, c := range []struct{ fact, src, want string }{
		{"title", "title: A", "A"},
		{"title", "TITLE: A", "A"},
		{"title", "Link-Title: A", "A"},
		{"title", "title: 2024", "2024"},
		{"title", "title: 1.10", "1.10"},
		{"title", "title: yes", "yes"},
		{"title", "title: 2024-01-02", "2024-01-02"},
		{"title", "title: \"A \\e[31m B\"", "A [31m B"},
		{"title", "title: >\n  A\n  B", "A B"},
		{"title", "title: {a: b}", "some name"},
		{"title", "title:", "some name"},
		{"title", "title: \"\\u200b\"", "some name"},
		{"title", "+ title = 2024-01-02", "2024-01-02"},
		{"title", "+ title = 3", "3"},
		{"title", "j \"title\": 3", "3"},
		{"authors", "author: A", "A"},
		{"authors", "authors: [A, B]", "A|B"},
		{"authors", "by: A, B and C", "A|B|C"},
		{"authors", "byline: By A & B", "A|B"},
		{"authors", "author: A; B, Esq", "A|B, Esq"},
		{"authors", "author: Jun Kwon, Utica College", "Jun Kwon|Utica College"},
		{"authors", "author: [\"Jun Kwon, Utica College\"]", "Jun Kwon, Utica College"},
		{"authors", "author: Martin Luther King, Jr.", "Martin Luther King, Jr."},
		{"authors", "author: The Core and Library Teams", "The Core and Library Teams"},
		{"authors", "author: Sandra Anderson", "Sandra Anderson"},
		{"authors", "author: AT&T", "AT&T"},
		{"authors", "author: {name: A, email: x}", "A"},
		{"authors", "authors: [{name: A}, {Name: B}, C]", "A|B|C"},
		{"authors", "author: [\"[[People/A B]]\", \"[[C|D]]\"]", "A B|D"},
		{"authors", "author: \"[[A B]]\"", "A B"},
		{"authors", "dc:creator: A", "A"},
		{"authors", "\"article:author\": A", "A"},
		{"authors", "author: ''\nby: A", "A"},
		{"authors", "author: null\ncreator: A", "A"},
		{"authors", "author: 7", "7"},
		{"authors", "+ authors = [\"A\", \"B\"]", "A|B"},
		{"authors", "+ [[authors]]\nname = \"A\"\n[[authors]]\nname = \"B\"", "A|B"},
		{"tags", "tags: [a, b c]", "a|b c"},
		{"tags", "tags: a, b c", "a|b c"},
		{"tags", "tags: a b c", "a|b|c"},
		{"tags", "tag: a b c", "a b c"},
		{"tags", "category: Release Notes", "Release Notes"},
		{"tags", "tags: 2024", "2024"},
		{"tags", "tags: ['#a', '[[b]]', null, 3]", "a|b|3"},
		{"tags", "keywords: a", "a"},
		{"tags", "tags: []\ncategories: [b]", "b"},
		{"tags", "+ [taxonomies]\ntags = [\"a\"]", "a"},
		{"tags", "+ tags = [\"a\"]\n[taxonomies]\ntags = [\"b\"]", "a"},
		{"tags", "taxonomies:\n  tags: [a]", "a"},
		{"summary", "excerpt: A", "A"},
		{"summary", "+ [extra]\nsub_title = \"A\"", "A"},
		{"summary", "description: A\nsummary: B", "B"},
		{"source", "source: https://a.example/b", "https://a.example/b"},
		{"source", "source: A book\nurl: https://a.example", "https://a.example"},
		{"source", "url: /blog/a", ""},
		{"source", "url: /go?to=http://a.example", ""},
		{"source", "original_url: http://a.example", "http://a.example"},
		{"source", "permalink: http://a.example/x", "http://a.example/x"},
		{"paths", "url: /blog/a", "blog/a"},
		{"paths", "path: 2024/01/a\npermalink: /a/", "2024/01/a|a/"},
		{"paths", "url: https://a.example/b", ""},
		{"aliases", "aliases: [/a, B C]\nredirect_from: /d\nid: 7", "/a|B C|/d|7"},
		{"aliases", "alias: a", "a"},
		{"aliases", "aliases: [\"a\\e[m\"]", "a[m"},
		{"related", "related: [a.md, \"[[B|c]]\", {title: D, path: d.md}]\nsee-also: e", "a.md|B|d.md|e"},
		{"slug", "slug: a", "a"},
		{"slug", "x: a", "some-name"},
		{"date", "+ date = 2024-01-02", "2024-01-02T00:00:00Z"},
		{"date", "+ date = 2024-01-02T03:04:05", "2024-01-02T03:04:05Z"},
		{"date", "+ date = 2024-01-02T03:04:05-07:00", "2024-01-02T03:04:05-07:00"},
		{"date", "date: 2024-01-02", "2024-01-02T00:00:00Z"},
		{"date", "date: 20240102", "2024-01-02T00:00:00Z"},
		{"date", "j \"date\": 20240102", "2024-01-02T00:00:00Z"},
		{"date", "published: true\ncreated: 2024-01-02", "2024-01-02T00:00:00Z"},
		{"date", "Published Time: x\npub_date: 2024-01-02", "2024-01-02T00:00:00Z"},
		{"date", "article:published_time: 2024-01-02", "2024-01-02T00:00:00Z"},
	} {
		src := "---\n" + c.src + "\n---\nBody\n"
		if rest, ok := strings.CutPrefix(c.src, "+ "); ok {
			src = "+++\n" + rest + "\n+++\nBody\n"
		} else if rest, ok := strings.CutPrefix(c.src, "j "); ok {
			src = "{" + rest + "}\nBody\n"
		}
		h := headOf(src)
		if got := facts[c.fact](h); got != c.want {
			t.Errorf("%s of %q: got %q, want %q", c.fact, c.src, got, c.want)
		}
		if len(h.Warnings) > 0 {
			t.Errorf("%q: %v", c.src, h.Warnings)
		}
	}
}

// TestBrokenFrontMatterHidesNoArticle: the body is shown, the warning names the
// line in the file, and the fields that can be read are used.
func TestBrokenFrontMatterHidesNoArticle(t *testing.T) {
	for _, c := range []struct {
		name, src   string
		line        int
		title, body string
	}{
		{"colon in a title", "---\ntitle: Foo: bar\ndate: 2024-01-02\n---\nBody", 2, "Foo: bar", "Body"},
		{"colon further down", "---\na: b\n\ntitle: Foo: bar\n---\nBody", 4, "Foo: bar", "Body"},
		{"tabs", "---\ntitle: T\ntags:\n\t- a\n---\nBody", 4, "T", "Body"},
		{"list not closed", "---\ntitle: T\ntags: [a\nx: y\n---\nBody", 3, "T", "Body"},
		{"quote not closed", "---\ntitle: T\nx: \"a\ny: z\n---\nBody", 3, "T", "Body"},
		{"quote in a quote", "---\nx: 'it's'\ntitle: T\n---\nBody", 2, "T", "Body"},
		{"template", "---\ntitle: {% x %}\n---\nBody", 2, "{% x %}", "Body"},
		{"unknown alias", "---\ntitle: T\nx: *y\n---\nBody", 2, "T", "Body"},
		{"broken TOML", "+++\ntitle = \"T\"\nx = y\n+++\nBody", 3, "T", "Body"},
		{"key twice in TOML", "+++\ntitle = \"T\"\ntitle = \"U\"\n+++\nBody", 3, "T", "Body"},
		{"not closed", "---\ntitle: T\n\nBody", 1, "T", "title: T"},
		{"not closed TOML", "+++\ntitle = \"T\"\n\nBody", 1, "T", "title ="},
		{"not closed before a rule", "---\ntitle: T\n\nBody without end.\n\n---\n\nMore.", 1, "T", "Body without"},
		{"not closed before a list", "---\ntitle: T\n\n- Body\n\nand text\n\n---\nMore.", 1, "T", "Body"},
		{"broken JSON", "{\"title\": \"T\",\n \"date\": \n}\nBody", 3, "T", "Body"},
		{"JSON that ends in text", "{\"title\": \"T\"} Body", 0, "some name", "Body"},
		{"windows line ends", "---\r\na: b\r\ntitle: Foo: bar\r\n---\r\nBody", 3, "Foo: bar", "Body"},
		{"byte order mark", "\ufeff---\ntitle: Foo: bar\n---\nBody", 2, "Foo: bar", "Body"},
	} {
		doc := Parse(Input{ID: "posts/some-name.md", Data: []byte(c.src)})
		mustHold(t, doc)
		if string(doc.Title) != c.title {
			t.Errorf("%s: title %q, want %q", c.name, doc.Title, c.title)
		}
		if !strings.Contains(allText(doc), c.body) {
			t.Errorf("%s: %q is lost in %q", c.name, c.body, allText(doc))
		}
		line := 0
		if len(doc.Warnings) > 0 {
			line = doc.Warnings[0].Line
		}
		if line != c.line {
			t.Errorf("%s: warnings %v, want one about line %d", c.name, doc.Warnings, c.line)
		}
	}
}

func allText(doc *Document) string {
	var b strings.Builder
	for _, block := range doc.Blocks {
		b.WriteString(block.Flat())
	}
	return b.String()
}

// TestTextThatLooksLikeFrontMatterIsText: a rule, a template or a set in braces
// begins many an article.
func TestTextThatLooksLikeFrontMatterIsText(t *testing.T) {
	for _, src := range []string{
		"---\n\nText between rules.\n\n---\n\nMore.", "---\nText right after a rule\n---\nMore.", "---\n", "---\n- a list\n- of two\n---\nMore.",
		"+++\nText\n+++\nMore.", "{% extends \"x\" %}\nText", "{{ x }}\nText", "{a, b} is a set.\n", "----\ntitle: x\n----\n", " ---\ntitle: x\n---\n",
	} {
		f := splitFrontMatter(src)
		if f.body != src && strings.TrimSpace(strings.Trim(src, "-")) != "" || len(f.fields) > 0 || len(f.warnings) > 0 {
			t.Errorf("%q: %+v", src, f)
		}
	}
}

// TestDuplicateKeysTakeTheFirst, which is what a reader of the file sees first.
func TestDuplicateKeysTakeTheFirst(t *testing.T) {
	h := headOf("---\ntitle: A\nTitle: B\ntitle: C\n---\n")
	if h.Title != "A" || len(h.Warnings) > 0 {
		t.Errorf("title %q, warnings %v", h.Title, h.Warnings)
	}
}

// hostileHeads are front matters that make decoders slow or fail.
func hostileHeads() map[string]string {
	r := strings.Repeat
	var bomb, merge, keys, tables, indent strings.Builder
	bomb.WriteString("a: &a [x,x,x,x,x,x,x,x,x]\n")
	for c := 'b'; c <= 'z'; c++ {
		fmt.Fprintf(&bomb, "%c: &%c [%s]\n", c, c, strings.TrimSuffix(r(fmt.Sprintf("*%c,", c-1), 9), ","))
	}
	merge.WriteString("a: &a {x: y}\n")
	for i := range 2000 {
		fmt.Fprintf(&merge, "b%d: &b%d\n  <<: [%s]\n", i, i, strings.TrimSuffix(r("*a,", 20), ","))
		fmt.Fprintf(&keys, "k%d = 1\n", i)
		fmt.Fprintf(&tables, "[t%d.a.b.c]\n", i)
		fmt.Fprintf(&indent, "%sa:\n", r(" ", i%400))
	}
	yaml := map[string]string{
		"alias bomb": bomb.String(), "merge bomb": merge.String(), "alias of itself": "a: &a [*a, *a]\nb: &b {c: *b}",
		"nested lists": "a: " + r("[", 20000), "nested maps": "a: " + r("{a: ", 5000), "nested items": "a:\n" + r("- ", 10000), "nested indents": indent.String(),
		"key twice, often": r("a: b\n", 4500), "tabs, often": r("a:\tb\n", 4500), "one megabyte": r("a: b\n", 200000), "one line": "a: " + r("x", 1<<20),
		"long key": r("k", 20000) + ": v", "anchors": "a: " + r("&a ", 5000), "tags": "a: " + r("!!str ", 3000), "wrong types": "title: [1, {a: b}]\ndate: {}\nauthors: 1.5\ntags: {a: [b]}\naliases: 2024-01-01",
		"binary": "title: !!binary AAAA\ndate: !!timestamp x", "many values": "tags: [" + r("a,", 10000) + "]", "many authors": "author: " + r("a, ", 8000), "questions": r("? ", 10000),
		"documents": "a: b\n" + r("%YAML 1.2\n", 1000), "block": "a: |\n" + r("\n", 20000), "comments": "a: b\n" + r("# x\n", 6000),
	}
	out := map[string]string{}
	for name, s := range yaml {
		out[name] = "---\n" + s + "\n---\n"
		out[name+", not closed"] = "---\n" + s + "\n\n"
	}
	for name, s := range map[string]string{
		"nested arrays": "a = " + r("[", 20000), "nested tables": "a = " + r("{a=", 7000), "dotted": r("a.", 10000) + "a = 1", "keys": keys.String(), "tables": tables.String(),
		"deep table": "[" + r("a.", 10000) + "a]", "one megabyte": r("a = 1\n", 170000), "number": "a = " + r("1_", 10000) + "1",
	} {
		out["toml "+name] = "+++\n" + s + "\n+++\n"
	}
	out["json nested"] = "{\"a\": " + r("[", 20000) + "\n"
	out["json objects"] = "{\"a\": " + r("{\"a\":", 20000) + "\n"
	out["json of one megabyte"] = "{\"a\": \"" + r("x", 1<<20) + "\"}\n"
	return out
}

// TestHostileFrontMatterHidesNoArticle: a token of the body is readable in every case.
func TestHostileFrontMatterHidesNoArticle(t *testing.T) {
	for name, src := range hostileHeads() {
		done := make(chan *Document, 1)
		go func() { done <- Parse(Input{ID: "x.md", Data: []byte(src + "The token.")}) }()
		select {
		case doc := <-done:
			mustHold(t, doc)
			if !strings.Contains(allText(doc), "The token.") {
				t.Errorf("%s: the body is lost", name)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: still parsing", name)
		}
	}
}

func BenchmarkHostileHeads(b *testing.B) {
	for name, src := range hostileHeads() {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				splitFrontMatter(src)
			}
		})
	}
}

// FuzzFrontMatter: whatever stands between the fences, what follows is shown.
func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{"title: a\ndate: 2024-01-02\n", "title: Foo: bar\n\ttags:\n- a", "a: &a [*a]\n<<: *a", "{\"a\": 1}", "[extra]\na = 1\n[[b]]\nc = {d = 2024-01-02}", "a: |\n  b\n\n  c\nd: >-\n e", "text", "# x\n\ntext\n", "\"dc:creator\": x\n? y\n: z"} {
		f.Add("---\n", s, "---\n")
		f.Add("+++\n", s, "+++\n")
		f.Add("{", s, "}\n")
	}
	f.Fuzz(func(t *testing.T, open, raw, end string) {
		doc := Parse(Input{ID: "x.md", Data: []byte(open + raw + "\n" + end + "\n\nThe token.\n")})
		if s := broken(doc); s != "" {
			t.Fatal(s)
		}
		// In UTF-16 the token is no token; in HTML or a link it may have another form.
		if !strings.ContainsAny(open+raw+end, "<[\\`~\xff\xfe") && !strings.Contains(allText(doc), "The token.") {
			t.Fatalf("the body is lost: %s", dump(doc))
		}
	})
}
