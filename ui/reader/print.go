package reader

import (
	"iter"

	"carrel/store/article"
	"carrel/ui/markdown"
	"carrel/ui/theme"
)

// Print gives the rows of a whole article, as the pane shows them, for a command
// that prints it.
func Print(doc *article.Document, t theme.Theme, width int) iter.Seq[string] {
	p := &page{doc: doc, theme: t, renderer: markdown.New(t)}
	return func(yield func(string) bool) {
		for i := range p.Len() - 1 {
			lines := p.Lines(i, width)
			if i == 0 {
				// No air above the title, and one row less below.
				lines = lines[1 : len(lines)-1]
			}
			for _, l := range lines {
				if !yield(l.Text) {
					return
				}
			}
		}
	}
}
