package ui

import (
	"carrel/store/article"
	"carrel/ui/reader"
)

// cached is an open article as it was shown.
type cached struct {
	doc     *article.Document
	related []reader.Related
}

// The bounds of the cache: stops that one walks back over in a sitting, and
// bytes of text, so that one huge article does not keep others alive.
const (
	maxCached     = 12
	maxCachedSize = 24 << 20
)

// cache keeps the articles that were open last, so that going back shows them in
// the same frame. The latest is last.
type cache struct{ items []cached }

func (c *cache) get(id article.ID) (cached, bool) {
	for _, item := range c.items {
		if item.doc.ID == id {
			return item, true
		}
	}
	return cached{}, false
}

func (c *cache) put(item cached) {
	items := make([]cached, 0, len(c.items)+1)
	size := item.doc.Size
	for _, old := range c.items {
		if old.doc.ID != item.doc.ID {
			items = append(items, old)
			size += old.doc.Size
		}
	}
	for len(items) > 0 && (len(items) >= maxCached || size > maxCachedSize) {
		size -= items[0].doc.Size
		items = items[1:]
	}
	c.items = append(items, item)
}
