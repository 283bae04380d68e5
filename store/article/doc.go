// Package article knows what one article is: bytes in, values out.
//
// Parse turns the bytes of a file into a Document (blocks of text, an outline,
// links with their sentences, warnings); Head reads just enough of it for a
// list. Both are pure: they open no file, ask no clock and keep no state, so a
// Document can be shared between readers without a lock.
//
// Articles are hostile input. Every string that leaves this package is inert:
// it has been through Clean or Line, after character references were decoded,
// and holds no control character but newline and tab. The type Text says so in
// signatures all over the program.
//
// Start reading at document.go for the values, parse.go for the way in, and
// text.go for the promise. Markdown goes through parts.go, markdown.go and
// assemble.go; brakes.go and limits.go keep its time in bounds.
package article
