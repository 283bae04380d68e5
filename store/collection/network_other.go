//go:build !(linux || darwin || freebsd || windows)

package collection

// networkKind cannot tell on these systems.
func networkKind(string) string { return unknownKind }
