package reader

import (
	"slices"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/pager"
)

// Matches are the parts of the text that answer a query, and the one that the
// reader has gone to. They are content: they hold at any size.
type Matches struct {
	// List is in reading order and never changed.
	List []article.Match
	// Current is an index of List, -1 for none.
	Current int
}

// SetMatches marks parts of the open document. Live tells that something is
// looked for, also if List is empty.
func (m *Model) SetMatches(marks Matches, live bool) {
	m.matches, m.live = marks, live
	m.gone = m.pager.Place()
	m.layout()
}

// ClearMatches takes the marks away; it tells whether something was looked for.
func (m *Model) ClearMatches() bool {
	was := m.live
	m.matches, m.live = Matches{Current: -1}, false
	m.layout()
	return was
}

// Matches are the marked parts; live tells whether something is looked for.
func (m *Model) Matches() (marks Matches, live bool) { return m.matches, m.live }

// GoMatch makes the match at a place, or the first one after it, the current one,
// and scrolls if it is not on screen.
func (m *Model) GoMatch(at article.Place) {
	if len(m.matches.List) == 0 {
		return
	}
	if at.Words != "" {
		at.Block, at.Offset = m.page.doc.Locate(at)
	}
	i := m.after(pager.Position{Block: at.Block + 1, Offset: at.Offset})
	if i == len(m.matches.List) {
		i--
	}
	m.goMatch(i)
}

// goMatch makes a match the current one. If it is not on screen it comes a few
// rows below the top, so that one sees what stands before it.
func (m *Model) goMatch(i int) {
	m.matches.Current = i
	m.layout()
	if !m.currentVisible() {
		to := m.matches.List[i]
		m.pager.Go(pager.Position{Block: to.Block + 1, Offset: to.Offset})
		m.pager.Scroll(-min(m.height/4, 5))
		m.layout()
	}
	m.gone = m.pager.Place()
}

// nextMatch goes n matches on, or back if n is negative, and around the ends.
func (m *Model) nextMatch(n int) intent.Intent {
	count := len(m.matches.List)
	if count == 0 {
		return intent.Say{Text: "nothing in this text is marked"}
	}
	i := m.matches.Current
	switch {
	case i >= 0 && (m.pager.Place() == m.gone || m.currentVisible()):
		i += n
	case n > 0:
		// The reader has moved: go on from what is on screen.
		i = m.after(m.top()) + n - 1
	default:
		i = m.after(m.top()) + n
	}
	around := i < 0 || i >= count
	m.goMatch(((i % count) + count) % count)
	switch {
	case around && n > 0:
		return intent.Say{Text: "past the last match: on from the first"}
	case around:
		return intent.Say{Text: "before the first match: on from the last"}
	}
	return nil
}

// after is the index of the first match that begins at a position or after it.
func (m *Model) after(at pager.Position) int {
	i, _ := slices.BinarySearchFunc(m.matches.List, at, func(x article.Match, at pager.Position) int {
		if x.Block+1 != at.Block {
			return x.Block + 1 - at.Block
		}
		return x.Offset - at.Offset
	})
	return i
}

// top is the position of the first row on screen.
func (m *Model) top() pager.Position {
	if len(m.rows) == 0 {
		return pager.Position{}
	}
	return pager.Position{Block: m.rows[0].Block, Offset: m.rows[0].Offset}
}

func (m *Model) currentVisible() bool {
	for _, marks := range m.marks {
		for _, k := range marks {
			if k.current {
				return true
			}
		}
	}
	return false
}
