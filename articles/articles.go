// Package articles is Carrel's handbook: the collection that opens when no
// other is named, so that there is something to read with no set-up.
//
// It knows nothing but its own files, which are ordinary articles with front
// matter that link to each other. Start reading at welcome.md.
package articles

import "embed"

// FS holds the articles of the handbook at its root, one Markdown file each.
// The name of a file without ".md" is the article's slug.
//
//go:embed *.md
var FS embed.FS
