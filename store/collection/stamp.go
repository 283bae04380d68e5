package collection

import (
	"io/fs"
	"time"
)

// Stamp tells one state of a file from another: as long as it stays the same,
// the file is taken to be unchanged.
type Stamp struct {
	ModTime time.Time
	// Size is in bytes.
	Size int64
	// Inode is the number of the file on its disk, which stays the same when it is
	// renamed; zero where the system has none.
	Inode uint64
}

func stampOf(info fs.FileInfo) Stamp {
	return Stamp{ModTime: info.ModTime(), Size: info.Size(), Inode: inode(info)}
}
