package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
)

// rowOf is the row of the screen on which a text stands, -1 if it is nowhere.
func rowOf(s *session, text string) int {
	return slices.IndexFunc(strings.Split(s.frame(), "\n"), func(row string) bool { return strings.Contains(row, text) })
}

// numbered makes entries with a date, the newest first.
func numbered(from, to int) []article.Entry {
	out := []article.Entry{}
	for i := from; i < to; i++ {
		out = append(out, article.Entry{ID: article.ID(fmt.Sprintf("%03d.md", i)), Title: article.Line(fmt.Sprintf("Note %03d about tides", i))})
	}
	return out
}

// live is a session in a list that goes on changing.
func live(t *testing.T, entries []article.Entry) *session {
	library := newShelf(t, nil)
	library.sent = true
	s := start(t, library, 80, 20)
	s.list(Listing{Entries: entries, Listed: true, Complete: true, Percent: 100})
	return s
}

func (s *session) list(l Listing) { s.send(listed{listing: l}) }

func TestTheSelectedRowStaysWhereItIsWhileOthersComeAndGo(t *testing.T) {
	for _, filter := range []string{"", "tides"} {
		t.Run("filter "+filter, func(t *testing.T) {
			all := numbered(100, 160)
			s := live(t, all)
			if filter != "" {
				s.keys("/").text(filter).keys("tab")
			}
			s.keys("2 5 j k k k")
			const selected = "▌ Note 122"
			row := rowOf(s, selected)
			if row < 5 {
				t.Fatalf("the selected row is %d:\n%s", row, s.frame())
			}
			for name, entries := range map[string][]article.Entry{
				"more above":    append(numbered(90, 100), all...),
				"fewer above":   all[5:],
				"other order":   append(slices.Clone(all[7:30]), all[:7]...),
				"fewer beneath": all[:40],
				"all again":     all,
			} {
				s.list(Listing{Entries: entries, Listed: true, Complete: true, Percent: 100})
				if got := rowOf(s, selected); got != row {
					t.Errorf("%s: the selected row was %d and is %d:\n%s", name, row, got, s.frame())
				}
			}
			gone := append(slices.Clone(all[:22]), all[23:]...)
			s.list(Listing{Entries: gone, Listed: true, Complete: true, Percent: 100})
			if got := rowOf(s, "▌ Note 123"); got != row {
				t.Errorf("the neighbour of what is gone is on row %d, not %d:\n%s", got, row, s.frame())
			}
			s.list(Listing{Entries: all[:10], Listed: true, Complete: true, Percent: 100})
			if rowOf(s, "▌") < 0 {
				t.Errorf("nothing is selected:\n%s", s.frame())
			}
		})
	}
}

func TestAnUntouchedListKeepsItsSelectionOnceItIsKnown(t *testing.T) {
	all := numbered(100, 160)
	s := live(t, all)
	s.list(Listing{Entries: append(numbered(99, 100), all...), Listed: true, Complete: true, Percent: 100})
	s.shows("▌ Note 100")
}

func TestAFilterShowsItsRowsWhileMoreCome(t *testing.T) {
	s := live(t, numbered(100, 130))
	s.keys("/").text("tides")
	next, rank := s.m.Update(listed{listing: Listing{Entries: numbered(90, 130), Listed: true, Complete: true, Percent: 100}})
	s.m = next.(Model)
	s.shows("30 of 40")
	s.shows("Note 101")
	s.run(rank)
	s.shows("40 of 40")
}

func TestOneRankingAtATimeWhileRowsStreamIn(t *testing.T) {
	library := newShelf(t, nil)
	library.sent = true
	s := start(t, library, 80, 20)
	s.list(Listing{Entries: numbered(0, 10)})
	s.keys("/").text("tides")
	var late []tea.Cmd
	for i := 20; i <= 200; i += 20 {
		next, cmd := s.m.Update(listed{listing: Listing{Entries: numbered(0, i)}})
		s.m = next.(Model)
		late = append(late, cmd)
	}
	rankings := 0
	for _, cmd := range late {
		for _, msg := range answers(cmd) {
			if _, ok := msg.(ranked); ok {
				rankings++
				s.send(msg)
			}
		}
	}
	if rankings != 1 {
		t.Errorf("%d rankings were begun", rankings)
	}
	s.shows("200 of 200")
}

func TestTheHeadSaysHowMuchCanBeSearched(t *testing.T) {
	s := live(t, nil)
	if !s.quit || !s.m.Empty() {
		t.Error("a collection without articles is not empty")
	}
	library := newShelf(t, nil)
	library.sent = true
	s = start(t, library, 80, 20)
	entries := many(12_345, []string{"tide"})
	next, _ := s.m.Update(listed{listing: Listing{Entries: entries[:100]}}) // and more to come
	s.m = next.(Model)
	s.shows("100 articles…")
	s.list(Listing{Entries: entries, Listed: true, Percent: 34})
	s.shows("12,345 articles · indexing 34 %")
	s.keys("s")
	s.shows("34 % of the texts can be searched so far")
	s.keys("esc")
	s.resize(40, 20)
	s.shows("12,345 · 34 %")
	s.resize(20, 20)
	s.fits()
	s.resize(80, 20)
	s.list(Listing{Entries: entries, SameOrder: true, Listed: true, Complete: true, Percent: 100})
	s.shows("12,345 articles\n")
}

func TestANoticeIsShownOnce(t *testing.T) {
	s := live(t, numbered(0, 9))
	l := Listing{Entries: numbered(0, 9), SameOrder: true, Listed: true, Complete: true, Percent: 100, Notice: "the index cannot be kept: the disk is full"}
	s.list(l)
	s.shows("the disk is full")
	s.keys("j")
	s.list(l)
	s.showsNot("the disk is full")
}

func TestACollectionThatIsEmptiedDoesNotEndTheReader(t *testing.T) {
	s := live(t, numbered(0, 3))
	s.list(Listing{Listed: true, Complete: true, Percent: 100})
	s.shows("No articles here.")
	if s.quit {
		t.Error("the reader ended")
	}
	s.list(Listing{Entries: numbered(0, 1), Listed: true, Complete: true, Percent: 100})
	s.shows("▌ Note 000")
}
