// Package edge is the last gate before the terminal: a writer that passes what
// the program itself has to say and nothing else.
//
// Text is made inert when it enters the program (see package article); this
// package does not trust that. It knows the sequences that Bubble Tea and its
// renderer emit, drops and counts the rest, and refuses to know what a screen
// or an article is.
//
// Start reading at writer.go for the promise, machine.go for how the bytes are
// parted into characters and sequences, and control.go and strings.go for what
// may pass.
package edge
