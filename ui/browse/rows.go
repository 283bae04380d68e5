package browse

import "carrel/store/article"

// showing is what a list shows at one time.
type showing struct {
	entries []article.Entry
	rows    []int32 // nil for all entries
	cursor  int
	top     int
}

func (m *Model) shown() showing { return showing{m.entries, m.rows, m.cursor, m.top} }

func (s showing) len() int {
	if s.rows != nil {
		return len(s.rows)
	}
	return len(s.entries)
}

func (s showing) id(row int) article.ID {
	if s.rows != nil {
		row = int(s.rows[row])
	}
	return s.entries[row].ID
}

func (m *Model) len() int { return m.shown().len() }

func (m *Model) entry(row int) article.Entry { return m.entries[m.index(row)] }

func (m *Model) index(row int) int {
	if m.rows != nil {
		return int(m.rows[row])
	}
	return row
}

// find moves the cursor to the row of an article.
func (m *Model) find(id article.ID) bool {
	now := m.shown()
	if m.cursor < now.len() && now.id(m.cursor) == id {
		m.selected = id
		return true
	}
	for i := range now.len() {
		if now.id(i) == id {
			m.cursor, m.selected = i, id
			return true
		}
	}
	return false
}

// keep selects the article that was selected before the rows changed, on the same
// row of the screen; if it is gone, the nearest one to it. Without a selection to
// keep, the first row is selected.
func (m *Model) keep(old showing, selection bool) {
	switch {
	case selection && (m.find(m.selected) || m.findNearest(old)):
		m.top = m.cursor - (old.cursor - old.top)
	default:
		m.cursor, m.top = 0, 0
		m.choose()
	}
	m.reveal()
}

// near is how many rows around a selected one that is gone are looked for.
const near = 50

// findNearest moves the cursor to the row, still there, that was nearest to the
// selected one: below it rather than above it.
func (m *Model) findNearest(old showing) bool {
	want := map[article.ID]int{}
	for away := 1; away <= near; away++ {
		if below := old.cursor + away; below < old.len() {
			want[old.id(below)] = 2*away - 1
		}
		if above := old.cursor - away; above >= 0 && above < old.len() {
			want[old.id(above)] = 2 * away
		}
	}
	best, now := 0, m.shown()
	for i := range now.len() {
		if away := want[now.id(i)]; away > 0 && (best == 0 || away < best) {
			best, m.cursor = away, i
		}
	}
	if best > 0 {
		m.choose()
	}
	return best > 0
}

// choose makes the row under the cursor the selected one.
func (m *Model) choose() {
	m.cursor = min(max(m.cursor, 0), max(m.len()-1, 0))
	m.selected = ""
	if m.cursor < m.len() {
		m.selected = m.entry(m.cursor).ID
	}
}

// reveal scrolls so that the selection is on screen.
func (m *Model) reveal() {
	n := m.visible()
	if m.cursor < m.top {
		m.top = m.cursor
	}
	if m.cursor >= m.top+n {
		m.top = m.cursor - n + 1
	}
	m.top = max(0, min(m.top, m.len()-n))
}
