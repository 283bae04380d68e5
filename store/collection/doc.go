// Package collection knows a folder of articles: which of its files are
// articles, how to read them without ever leaving the folder or waiting for a
// file that is none, and which article a link means.
//
// It refuses to know how articles are shown, remembered or searched, and it
// writes nothing. Everything that it reads is untrusted: names, contents, links
// between files, the settings of a site, and what happens to all of them while
// they are read.
//
// Start reading at folder.go for the way in, scan.go for the two passes over a
// folder, files.go and watch.go for what has changed in it since, and resolve.go
// for links.
package collection
