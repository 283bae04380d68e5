package reader

import (
	"carrel/store/article"
	"carrel/ui/pager"
)

// A place of an article is a block and an offset in its text; the page has a
// masthead above the text as well. The zero place is the top of the page. The
// first text at the top of the screen, without the masthead, is offset -1 of the
// first block, which has no air above it; and row r of the masthead is offset
// r-masthead, so that nobody who looks at the text alone stumbles over it.
const masthead = 1 << 20

// position is a place as the pager counts.
func position(at article.Place) pager.Position {
	switch {
	case at.Block > 0 || at.Offset > 0:
		return pager.Position{Block: at.Block + 1, Offset: at.Offset}
	case at.Offset == -1:
		return pager.Position{Block: 1}
	case at.Offset < 0:
		return pager.Position{Offset: max(at.Offset+masthead, 0)}
	}
	return pager.Position{}
}

// place is a pager's position as a place of the document.
func place(doc *article.Document, at pager.Position) article.Place {
	switch {
	case at.Block == 0 && at.Offset == 0:
		return article.Place{}
	case at.Block == 0:
		return article.Place{Offset: at.Offset - masthead}
	case at.Block == 1 && at.Offset == 0:
		return article.Place{Offset: -1}
	}
	p := doc.PlaceAt(at.Block-1, at.Offset)
	p.Offset = at.Offset // the air above a block is not in its text
	return p
}
