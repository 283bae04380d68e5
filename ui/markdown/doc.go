// Package markdown turns one block of an article into styled lines of a given
// width. It is the only package that imports Glamour: Glamour gives inline
// styles, headings and highlighted code, and this package breaks lines, hangs
// lists and lays out tables, because Glamour loses hard line breaks, hangs no
// list and pads every line. It knows nothing of scrolling or of what a line
// stands beside. Start reading at Renderer.Block.
package markdown
