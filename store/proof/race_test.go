//go:build race

package proof_test

// slow is how much less is done in the same time: the database is C in the form
// of Go, in which the race detector watches every step.
const slow = 4
