// Package store is the façade of the collection: the verbs that commands and
// the reader use. It knows which articles there are and what they are called,
// and keeps the few that were opened last.
//
// It refuses to know how anything is shown, and who asks: one Store serves all
// sessions at once.
//
// Start reading at store.go for the verbs, keep.go and pass.go for how list and
// index come about, and search.go for how they are asked.
package store
