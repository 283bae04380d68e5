package reader

import "carrel/store/article"

// Progress is how far the reader is.
type Progress struct {
	// Percent of the text that was on screen or above it.
	Percent int
	// Left are the minutes to the end at a usual pace.
	Left int
	// Whole: all of the article is on screen.
	Whole bool
	// Section is the heading of the section at the top of the screen, empty
	// before the first one.
	Section article.Text
}

// Progress tells how far the reader is.
func (m *Model) Progress() Progress {
	if m.page == nil {
		return Progress{}
	}
	var p Progress
	doc := m.page.doc
	atEnd := m.pager.AtEnd()
	p.Whole = atEnd && m.pager.AtTop()
	end := m.pager.End()
	switch {
	case atEnd || end.Block > len(doc.Blocks):
		p.Percent = 100
	case end.Block > 0 && doc.Size > 0:
		p.Percent = min(99, 100*(doc.Blocks[end.Block-1].From+end.Offset)/doc.Size)
	}
	p.Left = (doc.Minutes()*(100-p.Percent) + 50) / 100
	top := m.pager.Block() - 1
	for _, h := range doc.Outline {
		if h.Block > top {
			break
		}
		p.Section = h.Text
	}
	return p
}
