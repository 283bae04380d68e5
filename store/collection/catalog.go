package collection

import (
	"slices"
	"strings"

	"carrel/store/article"
)

// Catalog knows all articles of a collection by all of their names. It is
// immutable and may be shared.
type Catalog struct {
	// ids and permalinks are the articles in the order of Compare.
	ids        []article.ID
	titles     []article.Text
	permalinks [][]string
	site       address
	base       article.Text

	paths, addresses, aliases, slugs, stems, titled, sources names
	strategies                                               []strategy
}

// NewCatalog makes the catalogue of some articles, in a few microseconds for
// each. Addresses of the site lead to its articles.
func NewCatalog(heads []article.Head, site Site) *Catalog {
	order := make([]*article.Head, len(heads))
	for i := range heads {
		order[i] = &heads[i]
	}
	slices.SortFunc(order, func(a, b *article.Head) int { return Compare(a.Entry, b.Entry) })
	n := len(heads)
	c := &Catalog{
		ids: make([]article.ID, n), titles: make([]article.Text, n), permalinks: make([][]string, n),
		paths: newNames(n), addresses: newNames(0), aliases: newNames(0), slugs: newNames(n), stems: newNames(n), titled: newNames(n), sources: newNames(0),
		strategies: strategies(),
	}
	if site.Base != "" {
		c.base = site.Base
		c.site, _ = parseAddress(string(site.Base))
		c.site.path = onSite(c.site.path)
	}
	// Backwards: of several articles with one name, the newest is added last.
	for i := n - 1; i >= 0; i-- {
		c.add(int32(i), order[i])
	}
	return c
}

func (c *Catalog) add(i int32, h *article.Head) {
	c.ids[i], c.titles[i], c.permalinks[i] = h.ID, h.Title, h.Names.Paths
	c.paths.add(string(h.ID), i)
	for _, p := range h.Names.Paths {
		addOnSite(&c.addresses, p, i)
		c.stems.add(stem(p), i)
	}
	for _, alias := range h.Names.Aliases {
		if a, ok := parseAddress(alias); ok {
			c.sources.add(a.key(), i)
		} else {
			addOnSite(&c.aliases, alias, i)
		}
	}
	c.slugs.add(h.Names.Slug, i)
	c.stems.add(stem(string(h.ID)), i)
	c.titled.add(string(h.Title), i)
	if a, ok := parseAddress(string(h.Source)); ok {
		c.sources.add(a.key(), i)
	}
}

// addOnSite adds an address as it is written, and as it is read.
func addOnSite(n *names, p string, i int32) {
	n.add(onSite(p), i)
	if decoded, ok := unescaped(p); ok {
		n.add(onSite(decoded), i)
	}
}

// Len is the number of articles.
func (c *Catalog) Len() int { return len(c.ids) }

// Has tells whether an article is in the catalogue.
func (c *Catalog) Has(id article.ID) bool {
	_, ok := c.index(id)
	return ok
}

// Title is the title of an article; empty if there is none of this id.
func (c *Catalog) Title(id article.ID) article.Text {
	if i, ok := c.index(id); ok {
		return c.titles[i]
	}
	return ""
}

func (c *Catalog) index(id article.ID) (int32, bool) {
	for _, i := range c.paths.find(string(id)) {
		if c.ids[i] == id {
			return i, true
		}
	}
	return 0, false
}

// trimBase takes the path of the site's own address off the beginning of one on
// the site; it is false if it does not begin with it.
func (c *Catalog) trimBase(p string) (string, bool) {
	if c.site.path == "" {
		return p, true
	}
	rest := strings.TrimLeft(p, "/")
	if len(rest) < len(c.site.path) || !strings.EqualFold(rest[:len(c.site.path)], c.site.path) {
		return p, false
	}
	rest = rest[len(c.site.path):]
	return rest, rest == "" || rest[0] == '/'
}
