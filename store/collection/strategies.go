package collection

import (
	"path"
	"strings"

	"carrel/store/article"
)

// shape is what a target looks like.
type shape uint8

const (
	// relative: a path from the folder of the article, or a bare name.
	relative shape = iota
	// rooted: a path from the root of the collection, or an address on its site.
	rooted
	// title: words that are no path.
	title
)

// question is a target, understood in one way, that may mean an article.
type question struct {
	from  article.ID
	shape shape
	name  string
}

// strategy finds the articles that a question may mean by one kind of name.
type strategy struct {
	how  How
	find func(*Catalog, question) []int32
}

// strategies are tried in order; the first that finds an article decides. What
// is sure stands before what is likely: a file before an address, an address
// before the last part of it, and the names that an author gave before those
// that were made from them.
func strategies() []strategy {
	return []strategy{
		{ByPath, byFile},
		{ByPermalink, byPermalink},
		{ByAlias, byAlias},
		{ByPath, byFileFromRoot},
		{BySlug, bySlug},
		{BySlug, byStem},
		{ByTitle, byTitle},
	}
}

// byFile takes the target for a path from the folder of the article; one from
// the root only if it has the ending of an article, because on a site such an
// address belongs to the permalinks.
func byFile(c *Catalog, q question) []int32 {
	if q.shape == rooted {
		if _, ok := article.KindOf(strings.TrimRight(q.name, "/")); !ok {
			return nil
		}
		return byFileFromRoot(c, q)
	}
	return c.file(path.Join(path.Dir(string(q.from)), q.name))
}

// byFileFromRoot takes the target for a path from the root of the collection, or
// from the folder that site generators keep articles in.
func byFileFromRoot(c *Catalog, q question) []int32 {
	if q.shape == title {
		return nil
	}
	for _, p := range c.sitePaths(q) {
		for _, dir := range []string{"", "content"} {
			if found := c.file(path.Join(dir, strings.TrimLeft(p, "/"))); found != nil {
				return found
			}
		}
	}
	return nil
}

// file finds the article that a cleaned path means: a file, a file without its
// ending, or the index of a folder. A path that leads out means none.
func (c *Catalog) file(p string) []int32 {
	if p == ".." || strings.HasPrefix(p, "../") {
		return nil
	}
	if p == "." {
		p = ""
	} else if found := c.names.find(pathName, p); found != nil {
		return found
	}
	if _, ok := article.KindOf(p); ok {
		return nil
	}
	p = onSite(p)
	if p != "" {
		for _, ending := range []string{".md", ".markdown", ".txt"} {
			if found := c.names.find(pathName, p+ending); found != nil {
				return found
			}
		}
		p += "/"
	}
	for _, index := range []string{"index.md", "_index.md", "README.md", "index.markdown"} {
		if found := c.names.find(pathName, p+index); found != nil {
			return found
		}
	}
	return nil
}

// byPermalink takes the target for an address on the site. A relative one counts
// from the address of the article that it stands in, as it does in a browser.
func byPermalink(c *Catalog, q question) []int32 {
	if q.shape == title {
		return nil
	}
	if from, ok := c.index(q.from); ok && q.shape == relative {
		for _, base := range c.basesOf(from) {
			if found := c.names.find(addressName, onSite(path.Join("/", base, q.name))); found != nil {
				return found
			}
		}
	}
	for _, p := range c.sitePaths(q) {
		if found := c.names.find(addressName, onSite(p)); found != nil {
			return found
		}
	}
	return nil
}

// byAlias takes the target for another name, or a former address, of an article.
func byAlias(c *Catalog, q question) []int32 {
	for _, p := range c.sitePaths(q) {
		if found := c.names.find(aliasName, onSite(p)); found != nil {
			return found
		}
	}
	return nil
}

// sitePaths is the target as an address on the site: as it is, and without the
// path of the site's own address.
func (c *Catalog) sitePaths(q question) []string {
	if q.shape == rooted && c.site.path != "" {
		if rest, ok := c.trimBase(q.name); ok {
			return []string{rest, q.name}
		}
	}
	return []string{q.name}
}

// bySlug looks at the last part of the target only: the rest of an address often
// is a date or a section that no file shows.
func bySlug(c *Catalog, q question) []int32 {
	if q.shape == title {
		return nil
	}
	return c.names.find(slugName, stem(q.name))
}

// byStem is bySlug by the names of files and the ends of permalinks.
func byStem(c *Catalog, q question) []int32 {
	if q.shape == title {
		return nil
	}
	return c.names.find(stemName, stem(q.name))
}

// byTitle takes the target for the whole title of an article.
func byTitle(c *Catalog, q question) []int32 {
	if q.shape == rooted {
		return nil
	}
	return c.names.find(titleName, string(article.Line(q.name)))
}
