// Package store is the façade of the collection: the verbs that commands and
// the reader use. It knows which articles there are and what they are called,
// and keeps the few that were opened last.
//
// It refuses to know how anything is shown, and who asks: one Store serves all
// sessions at once.
//
// Start reading at store.go for the verbs and pass.go for how the list comes about.
package store
