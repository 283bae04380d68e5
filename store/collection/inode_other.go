//go:build !unix

package collection

import "io/fs"

// inode is zero where files have no number, or none that comes with their state.
func inode(fs.FileInfo) uint64 { return 0 }
