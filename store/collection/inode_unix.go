//go:build unix

package collection

import (
	"io/fs"
	"syscall"
)

// inode is the number of a file that the system described, zero if it has none.
func inode(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Ino)
	}
	return 0
}
