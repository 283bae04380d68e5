package store

import (
	"slices"
	"sync"

	"carrel/store/article"
	"carrel/store/collection"
)

// The bounds of the documents that are kept, in number and in bytes of text
// altogether: enough to go to and fro between a few articles, little beside
// what a session needs.
const (
	mostDocuments  = 16
	mostText       = 32 << 20
	mostLooked     = 48
	mostLookedText = 4 << 20
)

// documents keeps the articles that were opened last, the latest last.
type documents struct {
	most, mostText int
	mu             sync.Mutex
	kept           []kept
}

type kept struct {
	doc   *article.Document
	stamp collection.Stamp
}

// get returns the document of a file in this state, nil if it is not kept.
func (d *documents) get(id article.ID, stamp collection.Stamp) *article.Document {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.kept, func(k kept) bool {
		return k.doc.ID == id && k.stamp.Size == stamp.Size && k.stamp.ModTime.Equal(stamp.ModTime)
	})
	if i < 0 {
		return nil
	}
	k := d.kept[i]
	d.kept = append(slices.Delete(d.kept, i, i+1), k)
	return k.doc
}

// put keeps a document in place of older ones. The latest is kept however long it is.
func (d *documents) put(stamp collection.Stamp, doc *article.Document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept = slices.DeleteFunc(d.kept, func(k kept) bool { return k.doc.ID == doc.ID })
	d.kept = append(d.kept, kept{doc, stamp})
	total := 0
	for _, k := range d.kept {
		total += k.doc.Size
	}
	for len(d.kept) > d.most || len(d.kept) > 1 && total > d.mostText {
		total -= d.kept[0].doc.Size
		d.kept = slices.Delete(d.kept, 0, 1)
	}
}
