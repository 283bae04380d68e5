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

func stampOf(f index.File) collection.Stamp {
	return collection.Stamp{Size: f.Size, ModTime: time.Unix(0, f.ModTime), Inode: f.Inode}
}

// representable gives all files times that the index can hold, so that they can
// be compared with those that come out of it: embedded files are of the year 1,
// which is too long ago to be counted in nanoseconds.
func representable(files []collection.File) {
	for i := range files {
		files[i].Stamp = stampOf(fileOf(files[i].Stamp))
	}
}

func compareIDs(a, b article.ID) int { return strings.Compare(string(a), string(b)) }
