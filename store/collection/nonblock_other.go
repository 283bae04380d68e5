//go:build !unix

package collection

// nonblock is empty where a folder cannot hold a file that blocks its reader.
const nonblock = 0
