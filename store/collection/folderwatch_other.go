//go:build !(linux || windows)

package collection

// watchesFolders is not set where each file of a folder has to be held open to
// be watched: a large collection would leave the program without files to open.
const watchesFolders = false
