package collection

import (
	"strings"

	"carrel/store/article"
)

// How tells by which of its names a link found an article. The values are those
// of "carrel links --json".
type How string

// The ways in which a link is resolved.
const (
	ByPath      How = "path"
	ByPermalink How = "permalink"
	ByAlias     How = "alias"
	BySlug      How = "slug"
	ByTitle     How = "title"
	ByWikilink  How = "wikilink"
	BySource    How = "source"
	ByFragment  How = "fragment"
	External    How = "external"
	Ambiguous   How = "ambiguous"
	None        How = "none"
)

// Resolution is where a link leads.
type Resolution struct {
	How How
	// To are the articles that may be meant, in the order of Compare: none if How
	// is External or None, several if it is Ambiguous, one otherwise. It is the
	// article of the link itself if that is where the link leads.
	To []article.ID
	// Fragment is the place in the article, without '#' and percent-encoding.
	Fragment article.Text
	// URL is the address on the web: always set if How is External, and if it is
	// None for a page that the site has but the collection has not. Its scheme is
	// http, https or mailto.
	URL article.Text
}

// Resolve tells where a link leads that stands in the article from; from is
// empty for one that stands in none. It looks at names only, never at files.
//
// A web address may be that of an article's source, or of the collection's own
// site; what else has a scheme leads out if it is of the web or mail, and
// nowhere otherwise. Everything else is a path, an address on the site, or a
// name. Of the strategies for each, the first that finds any article decides.
func (c *Catalog) Resolve(from article.ID, target string) Resolution {
	target = strings.TrimSpace(target)
	switch s := scheme(target); {
	case target == "":
		return Resolution{How: None}
	case strings.HasPrefix(target, "#"):
		return withinArticle(from, target[1:])
	case isHTTP(s), strings.HasPrefix(target, "//"):
		return c.web(from, target)
	case len(target) > maxAddress:
		return Resolution{How: None}
	case s == "mailto":
		return Resolution{How: External, URL: article.Line(target)}
	case s != "" && strings.HasPrefix(target[len(s)+1:], "//"):
		return Resolution{How: None}
	case s != "":
		// A title may have a colon in it. No more than that is tried.
		return c.try(question{from: from, shape: title, name: target})
	}
	return c.local(from, target)
}

func withinArticle(from article.ID, fragment string) Resolution {
	if from == "" {
		return Resolution{How: None}
	}
	return Resolution{How: ByFragment, To: []article.ID{from}, Fragment: fragmentOf(fragment)}
}

// web resolves a web address.
func (c *Catalog) web(from article.ID, target string) Resolution {
	a, ok := parseAddress(target)
	if !ok || len(target) > maxAddress {
		return external(target)
	}
	if r := c.answer(BySource, c.names.find(sourceName, a.key())); r.How != None {
		r.Fragment = article.Line(a.fragment)
		return r
	}
	if rest, own := c.trimBase(a.path); own && c.site.host != "" && a.host == c.site.host {
		if r := c.try(question{from: from, shape: rooted, name: rest}); r.How != None {
			r.Fragment = article.Line(a.fragment)
			return r
		}
	}
	return external(target)
}

func external(target string) Resolution {
	if strings.HasPrefix(target, "//") {
		target = "https:" + target
	}
	if _, rest, _ := strings.Cut(target, "://"); rest == "" || rest[0] == '/' {
		return Resolution{How: None}
	}
	return Resolution{How: External, URL: article.Line(target)}
}

// local resolves a target without a scheme.
func (c *Catalog) local(from article.ID, target string) Resolution {
	shape, prefix := relative, ""
	switch {
	case strings.HasPrefix(target, "/"):
		shape = rooted
	case strings.HasPrefix(target, "@/"):
		// Zola writes paths from the root of the content like this.
		shape, prefix = rooted, "@"
	}
	for _, r := range readings(target[len(prefix):]) {
		if found := c.try(question{from: from, shape: shape, name: r.name}); found.How != None {
			found.Fragment = r.fragment
			return found
		}
	}
	none := Resolution{How: None}
	if shape == rooted && prefix == "" && c.base != "" {
		base := strings.TrimSuffix(string(c.base), "/"+c.site.path)
		none.URL = article.Line(base + target)
	}
	return none
}

// try asks the strategies one after the other.
func (c *Catalog) try(q question) Resolution {
	for _, s := range c.strategies {
		if r := c.answer(s.how, s.find(c, q)); r.How != None {
			return r
		}
	}
	return Resolution{How: None}
}

func (c *Catalog) answer(how How, found []int32) Resolution {
	if len(found) == 0 {
		return Resolution{How: None}
	}
	if len(found) > 1 {
		how = Ambiguous
	}
	to := make([]article.ID, len(found))
	for i, at := range found {
		to[i] = c.ids[at]
	}
	return Resolution{How: how, To: to}
}

// reading is one way to understand a target.
type reading struct {
	name     string
	fragment article.Text
}

// readings are the ways to understand a target without a scheme: with query and
// fragment cut off and percent-encoding undone, as addresses are to be read;
// and, since people write names as they are, with less and less of that.
func readings(target string) []reading {
	beforeFragment, fragment, _ := strings.Cut(target, "#")
	beforeQuery, _, _ := strings.Cut(beforeFragment, "?")
	list := make([]reading, 0, 6)
	add := func(name string, fragment article.Text) {
		if name == "" {
			return
		}
		for _, r := range list {
			if r.name == name {
				return
			}
		}
		list = append(list, reading{name, fragment})
	}
	f := fragmentOf(fragment)
	for _, r := range []reading{{beforeQuery, f}, {beforeFragment, f}, {target, ""}} {
		if decoded, ok := unescaped(r.name); ok {
			add(decoded, r.fragment)
		}
		add(r.name, r.fragment)
	}
	return list
}

func fragmentOf(s string) article.Text {
	if decoded, ok := unescaped(s); ok {
		s = decoded
	}
	return article.Line(s)
}
