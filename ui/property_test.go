package ui

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"

	"carrel/articles"
	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/keys"
)

// handbook is the built-in collection in memory.
func handbook(t testing.TB) map[article.ID]string {
	t.Helper()
	sources := map[article.ID]string{}
	names, err := fs.Glob(articles.FS, "*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("the handbook has %d articles: %v", len(names), err)
	}
	for _, name := range names {
		data, err := articles.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources[article.ID(name)] = string(data)
	}
	return sources
}

// again is the same shelf, not read yet.
func (s *shelf) again() *shelf {
	return &shelf{entries: s.entries, docs: s.docs, gone: map[article.ID]bool{}, slow: s.slow}
}

// openAny starts a session in an article of a shelf.
func openAny(t *testing.T, rt *rapid.T, book *shelf, width, height int) *session {
	s := start(t, book.again(), width, height)
	e := rapid.SampledFrom(book.entries).Draw(rt, "article")
	s.run(s.m.act(intent.Open{ID: e.ID}))
	return s
}

// misfit tells what is wrong with the size of the frame.
func misfit(s *session) error {
	rows := strings.Split(s.m.View().Content, "\n")
	if len(rows) > s.m.height {
		return fmt.Errorf("%d rows on a screen of %dx%d", len(rows), s.m.width, s.m.height)
	}
	for _, r := range rows {
		if w := lipgloss.Width(r); w > s.m.width {
			return fmt.Errorf("a row of %d columns on a screen of %dx%d: %q", w, s.m.width, s.m.height, r)
		}
	}
	return nil
}

// pane is what the frame shows without the status line.
func pane(s *session) string {
	frame := s.frame()
	return frame[:strings.LastIndexByte(frame, '\n')]
}

func scrolling() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"j", "7 j", "1 2 j", "k", "space", "b", "d", "u", "g", "G", "3 0 %", "8 5 %", "]", "2 ]", "[", "}", "{", "tab", "shift+tab"})
}

func TestASizeThereAndBackShowsTheSameScreen(t *testing.T) {
	book := newShelf(t, handbook(t))
	rapid.Check(t, func(rt *rapid.T) {
		width, height := rapid.IntRange(20, 200).Draw(rt, "width"), rapid.IntRange(5, 60).Draw(rt, "height")
		s := openAny(t, rt, book, width, height)
		for range rapid.IntRange(0, 8).Draw(rt, "moves") {
			s.keys(scrolling().Draw(rt, "key"))
		}
		s.m.page.Unselect() // a link that leaves the screen is selected no more
		s.keys("y")         // some message, in place of the last one
		before, place := pane(s), s.m.page.Place()
		for range rapid.IntRange(1, 5).Draw(rt, "sizes") {
			s.resize(rapid.IntRange(1, 200).Draw(rt, "w"), rapid.IntRange(1, 60).Draw(rt, "h"))
			if err := misfit(s); err != nil {
				rt.Fatal(err)
			}
		}
		s.resize(width, height)
		if after := pane(s); after != before {
			rt.Fatalf("%s at %+v: the screen was\n%s\nand is\n%s", s.m.page.Document().ID, place, before, after)
		}
	})
}

func TestAnyWidthKeepsTheTextAtTheTop(t *testing.T) {
	book := newShelf(t, handbook(t))
	rapid.Check(t, func(rt *rapid.T) {
		s := openAny(t, rt, book, 80, 24)
		for range rapid.IntRange(0, 8).Draw(rt, "moves") {
			s.keys(scrolling().Draw(rt, "key"))
		}
		place := s.m.page.Place()
		s.resize(rapid.IntRange(20, 200).Draw(rt, "w"), rapid.IntRange(5, 60).Draw(rt, "h"))
		if got := s.m.page.Place(); got != place {
			rt.Fatalf("the place was %+v, and is %+v", place, got)
		}
	})
}

// stop is what a reader left: the article, the screen, the selected link.
type stop struct {
	id   article.ID
	pane string
	link int
}

func stopAt(s *session) stop { return stop{s.m.page.Document().ID, pane(s), s.m.page.Link()} }

func (a stop) differs(b stop) error {
	switch {
	case a.id != b.id:
		return fmt.Errorf("the article was %s, and is %s", a.id, b.id)
	case a.link != b.link:
		return fmt.Errorf("the selected link of %s was %d, and is %d", a.id, a.link, b.link)
	case a.pane != b.pane:
		return fmt.Errorf("the screen of %s was\n%s\nand is\n%s", a.id, a.pane, b.pane)
	}
	return nil
}

func TestBackAndForwardReturnToEveryStop(t *testing.T) {
	book := newShelf(t, handbook(t))
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.SampledFrom([][2]int{{80, 24}, {120, 40}, {30, 8}}).Draw(rt, "size")
		s := openAny(t, rt, book, size[0], size[1])
		var stops []stop
		for range rapid.IntRange(1, 40).Draw(rt, "moves") {
			key := scrolling().Draw(rt, "key")
			if rapid.IntRange(0, 2).Draw(rt, "follow") == 0 {
				key = rapid.SampledFrom([]string{"enter", "enter", "J", "K"}).Draw(rt, "open")
			}
			before, trail := stopAt(s), len(s.m.trail.back)
			s.keys(key)
			if s.m.overlay != nil {
				s.keys("esc")
			}
			if len(s.m.trail.back) > trail {
				stops = append(stops, before)
			}
			if err := misfit(s); err != nil {
				rt.Fatal(err)
			}
		}
		last := stopAt(s)
		for i := len(stops) - 1; i >= 0; i-- {
			s.keys(rapid.SampledFrom([]string{"H", "ctrl+o", "backspace"}).Draw(rt, "back"))
			if err := stops[i].differs(stopAt(s)); err != nil {
				rt.Fatalf("back at stop %d of %d: %v", i+1, len(stops), err)
			}
		}
		s.keys("H")
		if !strings.Contains(s.status(), "where you began"[:min(15, size[0]/2)]) && size[0] > 40 {
			rt.Fatalf("at the beginning the status line says %q", s.status())
		}
		for i := 1; i <= len(stops); i++ {
			want := last
			if i < len(stops) {
				want = stops[i]
			}
			s.keys("L")
			if err := want.differs(stopAt(s)); err != nil {
				rt.Fatalf("forward at stop %d of %d: %v", i, len(stops), err)
			}
		}
	})
}

func TestNoKeyBreaksTheFrame(t *testing.T) {
	var names []string
	for _, b := range keys.Default() {
		if b.Action != keys.Quit && b.Action != keys.QuitNow {
			names = append(names, b.Keys...)
		}
	}
	sources := handbook(t)
	for id, text := range notes() {
		sources[id] = text
	}
	sources["wide.md"] = "---\ntitle: 日本語 " + strings.Repeat("語", 60) + "\n---\n\n" + strings.Repeat("語the ", 90) + "\n\n| the | e |\n|--|--|\n| the語 e | the e |\n"
	full := newShelf(t, sources)
	rapid.Check(t, func(rt *rapid.T) {
		book := full.again()
		book.slow = rapid.Bool().Draw(rt, "slow")
		s := start(t, book, rapid.IntRange(20, 200).Draw(rt, "width"), rapid.IntRange(5, 60).Draw(rt, "height"))
		for range rapid.IntRange(1, 60).Draw(rt, "keys") {
			switch rapid.IntRange(0, 12).Draw(rt, "what") {
			case 0:
				s.resize(rapid.IntRange(1, 200).Draw(rt, "w"), rapid.IntRange(1, 60).Draw(rt, "h"))
			case 1:
				s.text(rapid.SampledFrom([]string{"ti", "é 語", "x", "-a", "\"", "12", "the ", "e", "au", "article"}).Draw(rt, "text"))
			case 2:
				s.wait()
			case 3:
				s.keys(rapid.SampledFrom([]string{"9 9 9 9 9 9", "5 0 %", "0", "enter", "esc", "/", "?", "q", "s", "s", "n", "3 N", "ctrl+t", "tab"}).Draw(rt, "often"))
			case 4:
				id := rapid.SampledFrom(book.entries).Draw(rt, "lost").ID
				book.gone[id] = !book.gone[id]
			case 5:
				// The list changes under the reader.
				rest := book.entries[rapid.IntRange(0, len(book.entries)).Draw(rt, "from"):]
				s.send(listed{listing: Listing{Entries: rest, Listed: true, Complete: true, Percent: rapid.IntRange(0, 100).Draw(rt, "percent")}})
			default:
				s.keys(rapid.SampledFrom(names).Draw(rt, "key"))
			}
			if err := misfit(s); err != nil {
				rt.Fatal(err)
			}
			if s.quit {
				return
			}
		}
	})
}
