// Package proof holds the index to its promises from outside, by what a reader
// would lose if one were broken: that a search finds what a plain scan of the
// files finds, that a kill, a damaged file, a full disk or a second window cost
// nothing but time, and that the collection may change while it is read. It has
// tests only, and knows of a store no more than its callers do.
//
// The tests have a short form, which is part of every run, and a long one, which
// takes half an hour: CARREL_LONG=1 go test -timeout 2h ./store/proof
//
// Start reading at proof_test.go for what the proofs share.
package proof
