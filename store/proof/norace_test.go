//go:build !race

package proof_test

const slow = 1
