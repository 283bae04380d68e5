package store

import (
	"strings"
	"time"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// The same state of a file in the words of the two packages that know it.

func fileOf(s collection.Stamp) index.File {
	return index.File{Size: s.Size, ModTime: s.ModTime.UnixNano(), Inode: s.Inode}
}

func knownOf(id article.ID, f index.File) collection.Known {
	return collection.Known{ID: id, Stamp: collection.Stamp{Size: f.Size, ModTime: time.Unix(0, f.ModTime), Inode: f.Inode}}
}

func compareIDs(a, b article.ID) int { return strings.Compare(string(a), string(b)) }
