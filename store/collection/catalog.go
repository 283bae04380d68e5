package collection

import (
	"iter"
	"math"
	"path"
	"sort"
	"strings"

	"carrel/store/article"
)

// Catalog knows all articles of a collection by all of their names. It is
// immutable and may be shared. It keeps about a hundred bytes for each article,
// and the text of addresses that articles name for themselves, besides the
// strings of ids and titles, which it shares with its maker.
type Catalog struct {
	// ids and titles are those of the articles, in the order of Compare.
	ids    []article.ID
	titles []article.Text
	names  names
	// bases are the addresses on the site that relative links count from, in the
	// order of the articles that have any; their text stands in one string.
	bases    []base
	baseText string

	site       address
	base       article.Text
	strategies []strategy
}

// base is an address of an article: the text up to end that follows the one before.
type base struct {
	article int32
	end     uint32
}

// Named is what links may call an article by.
type Named struct {
	ID            article.ID
	Title, Source article.Text
	Names         article.Names
}

// NewCatalog makes the catalogue of articles, which must come in the order of
// Compare, in about two microseconds for each. It keeps their ids and titles and
// nothing else that it is given. Addresses of the site lead to its articles.
func NewCatalog(articles iter.Seq[Named], site Site) *Catalog {
	c := &Catalog{names: newNames(), strategies: strategies()}
	if site.Base != "" {
		c.base = site.Base
		c.site, _ = parseAddress(string(site.Base))
		c.site.path = onSite(c.site.path)
	}
	var bases strings.Builder
	for a := range articles {
		c.add(a, &bases)
	}
	c.baseText = strings.Clone(bases.String())
	c.names.settle()
	return c
}

func (c *Catalog) add(a Named, bases *strings.Builder) {
	i := int32(len(c.ids))
	c.ids, c.titles = append(c.ids, a.ID), append(c.titles, a.Title)
	c.names.add(pathName, string(a.ID), i)
	for _, p := range a.Names.Paths {
		c.addOnSite(addressName, p, i)
		c.names.add(stemName, stem(p), i)
		if withoutHTML(p) != p {
			p = path.Dir(p)
		}
		if bases.Len()+len(p) <= math.MaxInt32 {
			bases.WriteString(p)
			c.bases = append(c.bases, base{i, uint32(bases.Len())})
		}
	}
	for _, alias := range a.Names.Aliases {
		if address, ok := parseAddress(alias); ok {
			c.names.add(sourceName, address.key(), i)
		} else {
			c.addOnSite(aliasName, alias, i)
		}
	}
	c.names.add(slugName, a.Names.Slug, i)
	c.names.add(stemName, stem(string(a.ID)), i)
	c.names.add(titleName, string(a.Title), i)
	if address, ok := parseAddress(string(a.Source)); ok {
		c.names.add(sourceName, address.key(), i)
	}
}

// addOnSite adds an address as it is written, and as it is read.
func (c *Catalog) addOnSite(kind nameKind, p string, i int32) {
	c.names.add(kind, onSite(p), i)
	if decoded, ok := unescaped(p); ok {
		c.names.add(kind, onSite(decoded), i)
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
	for _, r := range c.names.alike(pathName, string(id)) {
		if c.ids[r.article] == id {
			return r.article, true
		}
	}
	return 0, false
}

// basesOf are the addresses that the relative links of an article count from.
func (c *Catalog) basesOf(i int32) []string {
	var list []string
	at := sort.Search(len(c.bases), func(at int) bool { return c.bases[at].article >= i })
	for ; at < len(c.bases) && c.bases[at].article == i; at++ {
		start := uint32(0)
		if at > 0 {
			start = c.bases[at-1].end
		}
		list = append(list, c.baseText[start:c.bases[at].end])
	}
	return list
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
