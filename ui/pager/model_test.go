package pager

import (
	"testing"

	"pgregory.net/rapid"

	"carrel/ui/markdown"
)

// words is a source of blocks of words that are wrapped at a width, with blank
// rows of air before some, as a page has them. A block may be empty.
type words struct {
	blocks []block
	asked  map[int]bool
}

type block struct{ air, words int }

func (w *words) Len() int { return len(w.blocks) }

// Lines puts width/10 words of ten bytes on a row.
func (w *words) Lines(i, width int) []markdown.Line {
	if w.asked != nil {
		w.asked[i] = true
	}
	b := w.blocks[i]
	if b.words == 0 {
		return nil
	}
	var out []markdown.Line
	for n := range b.air {
		out = append(out, markdown.Line{Offset: n - b.air - 1})
	}
	row := max(width/10, 1)
	for at := 0; at < b.words; at += row {
		out = append(out, markdown.Line{Text: "x", Width: 1, Offset: at * 10})
	}
	return out
}

// whole is the simple model of a pager: all rows laid out, and the first visible one.
type whole struct {
	source        *words
	width, height int
	rows          []Row
	top           int
}

func (m *whole) resize(width, height int) {
	m.width, m.height, m.rows = width, height, nil
	for i := range m.source.blocks {
		for _, l := range m.source.Lines(i, width) {
			m.rows = append(m.rows, Row{l, i})
		}
	}
}

func (m *whole) scroll(n int) { m.top = max(0, min(m.top+n, len(m.rows)-m.height)) }

func (m *whole) window() []Row {
	return m.rows[min(m.top, len(m.rows)):min(m.top+m.height, len(m.rows))]
}

func genWords(t *rapid.T) *words {
	w := &words{}
	for range rapid.IntRange(0, 12).Draw(t, "blocks") {
		w.blocks = append(w.blocks, block{rapid.IntRange(0, 2).Draw(t, "air"), rapid.SampledFrom([]int{0, 1, 2, 5, 40}).Draw(t, "words")})
	}
	return w
}

func same(t *rapid.T, p *Pager, m *whole) {
	got, want := p.Visible(), m.window()
	if len(got) != len(want) {
		t.Fatalf("%d rows are visible, not %d", len(got), len(want))
	}
	for i := range got {
		if got[i].Block != want[i].Block || got[i].Offset != want[i].Offset {
			t.Fatalf("row %d is %d:%d, not %d:%d", i, got[i].Block, got[i].Offset, want[i].Block, want[i].Offset)
		}
	}
	if end := m.top+m.height >= len(m.rows); p.AtEnd() != end {
		t.Fatalf("AtEnd is %v at row %d of %d, height %d", !end, m.top, len(m.rows), m.height)
	}
	if p.AtTop() != (m.top == 0) {
		t.Fatalf("AtTop is %v at row %d", p.AtTop(), m.top)
	}
}

func TestMovingShowsTheSameRowsAsAPageLaidOutWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWords(t)
		p, m := New(w), &whole{source: w}
		width, height := rapid.IntRange(1, 100).Draw(t, "width"), rapid.IntRange(1, 30).Draw(t, "height")
		p.SetSize(width, height)
		m.resize(width, height)
		same(t, &p, m)
		for range rapid.IntRange(1, 30).Draw(t, "moves") {
			n := rapid.IntRange(-3, 3).Draw(t, "n")
			before := m.top
			var moved bool
			switch rapid.SampledFrom([]string{"scroll", "scroll", "page", "half", "top", "bottom", "place", "size"}).Draw(t, "move") {
			case "scroll":
				moved = p.Scroll(n)
				m.scroll(n)
			case "page":
				moved = p.Page(n)
				m.scroll(n * max(height-2, 1))
			case "half":
				moved = p.Half(n)
				m.scroll(n * max(height/2, 1))
			case "top":
				moved = p.Top()
				m.top = 0
			case "bottom":
				moved = p.Bottom()
				m.scroll(len(m.rows))
			case "place":
				moved = p.Go(p.Place())
			case "size":
				p.SetSize(1+width/2, height+5)
				p.SetSize(width, height)
				moved = false
			}
			if moved != (m.top != before) {
				t.Fatalf("it says %v of a move from row %d to %d", moved, before, m.top)
			}
			same(t, &p, m)
		}
	})
}

func TestResizingThereAndBackEndsAtTheSameRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWords(t)
		p := New(w)
		width, height := rapid.IntRange(1, 100).Draw(t, "width"), rapid.IntRange(1, 30).Draw(t, "height")
		p.SetSize(width, height)
		p.Scroll(rapid.IntRange(0, 60).Draw(t, "down"))
		if rapid.Bool().Draw(t, "jump") {
			p.Go(Position{rapid.IntRange(-1, 14).Draw(t, "block"), rapid.IntRange(-3, 450).Draw(t, "offset")})
		}
		before, at := p.Visible(), p.Place()
		for range rapid.IntRange(1, 6).Draw(t, "sizes") {
			p.SetSize(rapid.IntRange(-1, 120).Draw(t, "w"), rapid.IntRange(-1, 40).Draw(t, "h"))
			if len(p.Visible()) > max(p.height, 0) {
				t.Fatalf("%d rows on %d", len(p.Visible()), p.height)
			}
		}
		p.SetSize(width, height)
		after := p.Visible()
		if len(before) != len(after) || len(before) > 0 && (before[0].Block != after[0].Block || before[0].Offset != after[0].Offset) {
			t.Fatalf("the first row was %+v, and is %+v", before[:min(1, len(before))], after[:min(1, len(after))])
		}
		if p.Place() != at {
			t.Fatalf("the place was %v, and is %v", at, p.Place())
		}
	})
}

func TestAPositionIsAtTheTopOrTheEndIsOnScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWords(t)
		p := New(w)
		p.SetSize(rapid.IntRange(1, 100).Draw(t, "width"), rapid.IntRange(1, 30).Draw(t, "height"))
		to := Position{rapid.IntRange(0, 12).Draw(t, "block"), rapid.IntRange(1, 400).Draw(t, "offset")}
		if to.Block >= len(w.blocks) || to.Offset >= 10*w.blocks[to.Block].words {
			return
		}
		p.Go(to)
		rows := p.Visible()
		first := rows[0]
		if !p.AtEnd() && (first.Block != to.Block || first.Offset > to.Offset || to.Offset-first.Offset >= 10*max(p.width/10, 1)) {
			t.Fatalf("after going to %v the first row is %d:%d", to, first.Block, first.Offset)
		}
		for _, r := range rows {
			if r.Block == to.Block && r.Offset <= to.Offset && to.Offset-r.Offset < 10*max(p.width/10, 1) {
				return
			}
		}
		t.Fatalf("%v is not on screen", to)
	})
}

func TestOnlyBlocksNearTheScreenAreLaidOut(t *testing.T) {
	w := &words{asked: map[int]bool{}}
	for i := range 100_000 {
		w.blocks = append(w.blocks, block{1, i % 4})
	}
	p := New(w)
	p.SetSize(72, 30)
	for range 10 {
		p.Page(1)
		p.Visible()
		p.Warm()
		p.AtTop()
		p.AtEnd()
		p.End()
	}
	if n := len(w.asked); n > 400 {
		t.Errorf("ten pages laid out %d blocks", n)
	}
	clear(w.asked)
	p.Bottom()
	p.Page(-1)
	p.SetSize(40, 20)
	p.Visible()
	p.AtTop()
	p.AtEnd()
	if n := len(w.asked); n > 200 {
		t.Errorf("the last two pages laid out %d blocks", n)
	}
	clear(w.asked)
	p.Go(Position{50_000, 0})
	p.Visible()
	p.AtTop()
	p.AtEnd()
	if n := len(w.asked); n > 100 {
		t.Errorf("a jump laid out %d blocks", n)
	}
}
