//go:build linux || windows

package collection

// watchesFolders: one watch tells of all files of a folder.
const watchesFolders = true
