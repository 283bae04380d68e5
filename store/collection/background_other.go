//go:build !linux

package collection

// stepBack runs f. Where threads have no priorities of their own, it does
// nothing else.
func stepBack(f func()) { f() }
