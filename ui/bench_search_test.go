package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
)

// BenchmarkSearchKey types and moves in a search with 200 hits at 160x50: the time
// that the loop is held up by a key, by an answer to it, and by a frame. What is
// asked for runs beside the loop and is not counted.
func BenchmarkSearchKey(b *testing.B) {
	sources := map[article.ID]string{}
	for _, e := range many(200, strings.Fields("the river and a harbour")) {
		sources[e.ID] = "---\ntitle: " + string(e.Title) + "\n---\n\n" + strings.Repeat("The river of the harbour, and a long way to go. ", 20)
	}
	library := newShelf(b, sources)
	library.slow = true
	s := start(b, library, 160, 50)
	s.keys("s").text("the")
	var update, answer, view []time.Duration
	timed := func(into *[]time.Duration, f func()) {
		begun := time.Now()
		f()
		*into = append(*into, time.Since(begun))
	}
	keys := []tea.KeyPressMsg{press("down"), press("pgdown"), press(" "), press("r"), press("up"), press("backspace"), press("backspace")}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		msg := keys[n%len(keys)]
		n++
		var next tea.Model
		var cmd tea.Cmd
		timed(&update, func() { next, cmd = s.m.Update(msg) })
		s.m = next.(Model)
		timed(&view, func() { _ = s.m.View() })
		for todo := []tea.Cmd{cmd}; len(todo) > 0; todo = todo[1:] {
			for _, m := range answers(todo[0]) {
				if _, tick := m.(waiting); tick {
					continue
				}
				timed(&answer, func() { next, cmd = s.m.Update(m) })
				s.m = next.(Model)
				todo = append(todo, cmd)
			}
		}
	}
	percentiles(b, "update", update)
	percentiles(b, "answer", answer)
	percentiles(b, "view", view)
}
