package articles

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"carrel/store/article"
	"carrel/ui/keys"
)

// handbook parses every article as the program itself does, by slug.
func handbook(t *testing.T) map[string]*article.Document {
	t.Helper()
	names, err := fs.Glob(FS, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := make(map[string]*article.Document, len(names))
	for _, name := range names {
		docs[strings.TrimSuffix(name, ".md")] = article.Parse(article.Input{ID: article.ID(name), Data: source(t, name)})
	}
	return docs
}

func source(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestHandbookIsShortEnoughToBeReadWhole(t *testing.T) {
	docs := handbook(t)
	if n := len(docs); n < 8 || n > 13 {
		t.Errorf("%d articles, want 8 to 13", n)
	}
	for slug, d := range docs {
		if d.Words < 300 || d.Words > 900 {
			t.Errorf("%s: %d words, want 300 to 900", slug, d.Words)
		}
	}
}

func TestEveryArticleSaysWhatItIs(t *testing.T) {
	// A title that is missing would be made up from the file name.
	title := regexp.MustCompile(`(?m)^\s*"?title"?\s*[:=]`)
	for slug, d := range handbook(t) {
		if !title.Match(source(t, slug+".md")) || d.DateSource != article.DateFromField {
			t.Errorf("%s: no title or no date in the front matter", slug)
		}
		if len(d.Authors) == 0 || len(d.Tags) == 0 || d.Summary == "" {
			t.Errorf("%s: authors %q, tags %q, summary %q: none may be empty", slug, d.Authors, d.Tags, d.Summary)
		}
		for _, w := range d.Warnings {
			t.Errorf("%s: line %d: %s", slug, w.Line, w.Text)
		}
	}
}

func TestEveryFrontMatterNotationIsShown(t *testing.T) {
	seen := map[string]bool{}
	for slug := range handbook(t) {
		first, _, _ := strings.Cut(string(source(t, slug+".md")), "\n")
		seen[first] = true
	}
	for _, fence := range []string{"---", "+++", "{"} {
		if !seen[fence] {
			t.Errorf("no article begins with %s", fence)
		}
	}
}

func TestWelcomeIsTheNewestSoThatItStandsFirst(t *testing.T) {
	docs := handbook(t)
	welcome, ok := docs["welcome"]
	if !ok {
		t.Fatal("no article is called welcome")
	}
	days := map[string]string{}
	for slug, d := range docs {
		day := d.Date.Format("2006-01-02")
		if other := days[day]; other != "" {
			t.Errorf("%s and %s have the same date, so their order is chance", slug, other)
		}
		days[day] = slug
		if slug != "welcome" && !d.Date.Before(welcome.Date) {
			t.Errorf("%s is not older than welcome", slug)
		}
	}
}

func TestNoLinkOfTheHandbookIsDead(t *testing.T) {
	docs := handbook(t)
	site := addresses(docs)
	linked := map[string]bool{}
	for slug, d := range docs {
		others := map[string]bool{}
		for _, l := range d.Links {
			target := string(l.Target)
			if isOutside(target) {
				continue
			}
			to, fragment, _ := strings.Cut(target, "#")
			found := resolve(site, slug, to)
			if docs[found] == nil {
				t.Errorf("%s: no article for %s", slug, target)
				continue
			}
			if fragment != "" && !hasAnchor(docs[found], fragment) {
				t.Errorf("%s: no heading for %s", slug, target)
			}
			if found != slug {
				others[found], linked[found] = true, true
			}
		}
		if len(others) < 2 {
			t.Errorf("%s links to %d other articles, want at least 2", slug, len(others))
		}
	}
	for slug := range docs {
		if !linked[slug] {
			t.Errorf("nothing links to %s", slug)
		}
	}
}

// addresses maps permalinks and aliases to slugs.
func addresses(docs map[string]*article.Document) map[string]string {
	site := map[string]string{}
	for slug, d := range docs {
		for _, p := range append(d.Names.Paths, d.Names.Aliases...) {
			site[strings.Trim(p, "/")] = slug
		}
	}
	return site
}

// resolve returns the slug that a target without fragment means, if any. It is
// stricter than the program: what the handbook shows must work by the plain rules.
func resolve(site map[string]string, from, target string) string {
	switch {
	case target == "":
		return from
	case strings.HasPrefix(target, "/"):
		return site[strings.Trim(target, "/")]
	case path.Ext(target) == ".md":
		return strings.TrimSuffix(path.Clean(target), ".md")
	}
	return ""
}

// isOutside tells whether a link leads to the reserved names that examples may use.
func isOutside(target string) bool {
	return target == "https://example.org" || strings.HasPrefix(target, "mailto:") && strings.HasSuffix(target, "@example.org")
}

func hasAnchor(d *article.Document, name string) bool {
	for _, a := range d.Anchors {
		if string(a.Name) == name {
			return true
		}
	}
	return false
}

func TestRelatedArticlesExist(t *testing.T) {
	docs := handbook(t)
	for slug, d := range docs {
		if len(d.Names.Related) == 0 {
			t.Errorf("%s names no related article", slug)
		}
		for _, r := range d.Names.Related {
			if docs[r] == nil || r == slug {
				t.Errorf("%s: related %q is no other article", slug, r)
			}
		}
	}
}

func TestArticlesHoldNoControlCharacters(t *testing.T) {
	for slug := range handbook(t) {
		for i, line := range strings.Split(string(source(t, slug+".md")), "\n") {
			if strings.IndexFunc(line, unicode.IsControl) >= 0 {
				t.Errorf("%s.md:%d: control character in %q", slug, i+1, line)
			}
		}
	}
}

func TestEveryKeyIsInTheArticleOnKeys(t *testing.T) {
	text := string(source(t, "keys.md"))
	for _, b := range keys.Default() {
		for _, k := range b.Keys {
			label := keys.Label(k)
			if !strings.Contains(text, "`"+label+"`") && !strings.Contains(text, "`50"+label+"`") {
				t.Errorf("keys.md does not name %s (%s)", label, b.Help)
			}
		}
	}
}
