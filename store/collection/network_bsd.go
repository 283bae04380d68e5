//go:build darwin || freebsd

package collection

import "golang.org/x/sys/unix"

// networkKind is empty for a folder on a disk of this computer.
func networkKind(dir string) string {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return unknownKind
	}
	if st.Flags&unix.MNT_LOCAL != 0 {
		return ""
	}
	return unix.ByteSliceToString(st.Fstypename[:])
}
