//go:build !linux

package collection

// Background runs f. Where threads have no priorities of their own, it does
// nothing else.
func Background(f func()) { f() }
