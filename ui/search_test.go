package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/theme"
)

func TestSearchFramesAtUsualSizes(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
	}{{"20x5", 20, 5}, {"40x12", 40, 12}, {"80x24", 80, 24}, {"160x50", 160, 50}} {
		t.Run(size.name, func(t *testing.T) {
			s := start(t, newShelf(t, notes()), size.width, size.height)
			s.keys("s").golden("search-empty-" + size.name)
			s.text("the").golden("search-" + size.name)
			s.text(" horse zebra").golden("search-nothing-" + size.name)
			s.keys("ctrl+u").text("wind").keys("enter").golden("found-" + size.name)
		})
	}
}

func TestSearchWithoutColoursAndInASCII(t *testing.T) {
	s := startWith(t, newShelf(t, notes()), theme.Options{Mono: true, ASCII: true}, 60, 16)
	s.keys("s").text("wind").keys("down").golden("search-ascii")
	if !strings.Contains(s.m.View().Content, "\x1b[1;4;4mwind\x1b[m") {
		t.Errorf("without colours the matches are not told by weight and underline: %q", s.m.View().Content)
	}
	s.keys("enter").golden("found-ascii")
	if !strings.Contains(s.m.View().Content, "\x1b[1;4;7;4mwind\x1b[m") {
		t.Errorf("without colours the current match is not reversed: %q", s.m.View().Content)
	}
}

func TestAHitOpensAtItsMatchAndBackIsTheSameRow(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("the").keys("down down")
	hits := s.frame()
	s.keys("enter")
	s.shows("1/")
	s.shows("Every map has a fold")
	s.keys("esc")
	s.showsNot("1/")
	s.keys("H")
	if s.frame() != hits {
		t.Errorf("back are not the hits as they were:\n%s\nbut\n%s", hits, s.frame())
	}
	s.keys("ctrl+r")
	s.shows("Every map has a fold")
	s.keys("H")
	if s.frame() != hits {
		t.Errorf("back again are not the hits as they were:\n%s\nbut\n%s", hits, s.frame())
	}
	s.keys("up enter H H esc")
	s.shows("5 articles")
}

func TestMatchesAreWalkedAroundTheEnds(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("clouds").keys("enter")
	s.shows("1/22")
	s.shows("Wind, and how to see it coming")
	s.keys("n n")
	s.shows("3/22")
	s.keys("N N")
	s.shows("1/22")
	s.keys("N")
	s.shows("before the first match: on from the last")
	s.shows("22/22")
	s.shows("low clouds: an hour")
	s.keys("n")
	s.shows("past the last match")
	s.keys("1 0 n")
	s.shows("11/22")
	s.keys("g n")
	s.shows("1/22")
	s.keys("G N")
	s.shows("22/22")
	s.keys("esc n")
	s.shows("nothing is searched for: s searches all articles")
}

func TestAMatchThatIsNotOnScreenComesBelowTheTop(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("low clouds").keys("enter N")
	s.resize(60, 20)
	s.shows("low clouds: an hour")
	s.keys("n N")
	for i, row := range strings.Split(s.frame(), "\n") {
		if strings.Contains(row, "low clouds: an hour") && (i < 2 || i > 12) {
			t.Errorf("the match is on row %d:\n%s", i, s.frame())
		}
	}
}

func TestEscLeavesTheSearchWhereItWasOpened(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 12)
	s.keys("j enter 7 j")
	before := s.frame()
	s.keys("s").text("wind")
	s.showsNot("7 j")
	s.keys("esc")
	if s.frame() != before {
		t.Errorf("the article was\n%s\nand is\n%s", before, s.frame())
	}
	s.keys("s").text("fold").keys("enter H esc")
	if s.frame() != before {
		t.Errorf("after a hit the article was\n%s\nand is\n%s", before, s.frame())
	}
	s.keys("L")
	s.shows("1 article ")
	s.keys("ctrl+o")
	if s.frame() != before {
		t.Errorf("back from the search the article was\n%s\nand is\n%s", before, s.frame())
	}
}

func TestOneLevelOutOfAFoundArticleAreTheHits(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("fold").keys("enter q")
	s.shows("search  fold")
	s.keys("enter esc esc")
	s.shows("search  fold")
	s.keys("backspace")
	s.shows("search  fol")
	s.keys("esc")
	s.shows("5 articles")
	s.keys("H")
	s.shows("search  fol")
	s.keys("esc esc esc")
	if s.quit {
		t.Error("Esc quits")
	}
}

func TestTheMarksOfAnArticleComeBackWithIt(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("fold").keys("enter")
	before := s.frame()
	s.keys("tab enter")
	s.showsNot("1/1")
	s.keys("H tab shift+tab esc")
	if s.frame() != before {
		t.Errorf("back is not what was found:\n%s\nbut\n%s", before, s.frame())
	}
}

func TestTheHitsStayUntilOthersCome(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("map")
	rows := strings.Split(s.frame(), "\n")[1:]
	next, late := s.m.Update(tea.KeyPressMsg{Code: 's', Text: "s"})
	s.m = next.(Model)
	if got := strings.Split(s.frame(), "\n")[1:]; strings.Join(got, "\n") != strings.Join(rows, "\n") {
		t.Errorf("before the answer the rows are\n%s", strings.Join(got, "\n"))
	}
	s.text("x")
	s.shows("Nothing has all of these.")
	before := s.frame()
	s.run(late)
	if s.frame() != before {
		t.Errorf("an old answer was shown:\n%s", s.frame())
	}
}

func TestTheRankingReplacesTheFirstHits(t *testing.T) {
	library := newShelf(t, notes())
	library.slow = true
	for moved, want := range map[bool]article.ID{false: "maps.md", true: "wind.md"} {
		s := start(t, library, 80, 24)
		s.keys("s").text("win")
		next, cmd := s.m.Update(tea.KeyPressMsg{Code: 'd', Text: "d"})
		s.m = next.(Model)
		var more []tea.Cmd
		for _, msg := range answers(cmd) {
			if f, ok := msg.(found); ok {
				next, cmd := s.m.Update(f)
				s.m = next.(Model)
				more = append(more, cmd)
			}
		}
		s.shows("3 articles" + "…")
		if moved {
			s.keys("down")
		}
		for _, cmd := range more {
			s.run(cmd)
		}
		s.shows("3 articles ·")
		s.keys("enter")
		if got := s.m.page.Document().ID; got != want {
			t.Errorf("moved %v: Enter opened %s", moved, got)
		}
	}
}

func TestEnterAheadOfTheAnswerOpensTheBestHit(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("fol")
	next, late := s.m.Update(tea.KeyPressMsg{Code: 'd', Text: "d"})
	s.m = next.(Model)
	s.keys("enter")
	s.shows("search  fold")
	s.run(late)
	s.shows("Every map has a fold")
	s.shows("1/1")
}

func TestOnlyHitsNearTheScreenAreLookedAt(t *testing.T) {
	sources := map[article.ID]string{}
	for _, e := range many(200, []string{"tide"}) {
		sources[e.ID] = "---\ntitle: Note " + string(e.ID) + "\n---\n\nThe tide of " + string(e.ID) + ".\n"
	}
	library := newShelf(t, sources)
	s := start(t, library, 80, 24)
	s.keys("s").text("tid")
	library.looks = nil
	s.text("e")
	looked := 0
	for _, n := range library.looks {
		looked += n
	}
	if looked == 0 || looked > 20 {
		t.Errorf("%d hits were looked at", looked)
	}
	s.keys("pgdown pgdown pgdown")
	for _, row := range strings.Split(s.frame(), "\n") {
		if strings.HasPrefix(row, "   Note") && !strings.Contains(row, "1 hit") {
			t.Errorf("a row on screen was not looked at: %q", row)
		}
	}
}

func TestTheFilterIsAScopeThatOneCanTurn(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 24)
	s.keys("/").text("marsh").keys("tab s").text("the")
	s.shows("all articles")
	s.shows("Maps that fold")
	s.keys("ctrl+t")
	s.shows("within / marsh")
	s.showsNot("Maps that fold")
	s.shows("1 more outside of the filter: Ctrl+t searches all")
	if q := library.asked[len(library.asked)-1]; len(q.Scope) != 2 {
		t.Errorf("the scope is %q", q.Scope)
	}
	s.golden("search-within")
	s.keys("ctrl+t")
	s.shows("Maps that fold")
	s.keys("esc")
	s.shows("2 of 5")
	s.keys("esc s ctrl+t")
	s.shows("the list has no filter")
}

func TestAnotherQuestionIsOfferedWhereThereAreNoHits(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("fold zebra")
	s.shows(`Enter searches for "fold".`)
	s.keys("enter")
	s.shows("search  fold")
	s.shows("Maps that fold")
	s.keys("ctrl+u").text("zebra").keys("enter")
	s.shows("there is no article to open")
	s.keys("ctrl+u backspace enter")
	s.shows("type what to search for")
	s.shows("articles that have all of these words")
}

func TestALastWordIsFinishedByABlank(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 24)
	s.keys("s").text("the ")
	n := len(library.asked)
	if n < 2 || !library.asked[n-2].Typing || library.asked[n-1].Typing {
		t.Errorf("asked %+v", library.asked)
	}
}

func TestASlowSearchSaysSo(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s")
	next, late := s.m.Update(tea.KeyPressMsg{Code: 't', Text: "t"})
	s.m = next.(Model)
	s.send(finding{s.m.find.number})
	s.shows("searching…")
	s.run(late)
	s.showsNot("searching…")
}

func TestASearchSurvivesASizeThereAndBack(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("the").keys("down down")
	before := s.frame()
	for _, size := range [][2]int{{20, 5}, {200, 60}, {10, 3}, {40, 12}} {
		s.resize(size[0], size[1])
		s.fits()
	}
	s.resize(80, 24)
	if s.frame() != before {
		t.Errorf("the search was\n%s\nand is\n%s", before, s.frame())
	}
}

func TestAFieldIsCompletedInBothPrompts(t *testing.T) {
	for _, open := range []string{"s", "/"} {
		s := start(t, newShelf(t, notes()), 80, 24)
		s.keys(open).text("au")
		s.shows("author:")
		s.shows("Tab author:")
		if !strings.Contains(s.m.View().Content, s.m.theme.Ghost.Render("thor:")) {
			t.Errorf("%s: what Tab adds is not dimmed: %q", open, s.m.View().Content)
		}
		s.text("t")
		s.shows("author:")
		s.keys("tab").text("c")
		s.shows("author:cleo")
		s.shows("Tab author:Cleo")
		s.keys("tab")
		s.shows("author:Cleo")
		s.showsNot("Tab ")
	}
	s := startWith(t, newShelf(t, notes()), theme.Options{Mono: true, ASCII: true}, 80, 24)
	s.keys("s").text("au")
	s.shows("author:")
	if ghost := s.m.theme.Ghost.Render("thor:"); ghost == "thor:" || !strings.Contains(s.m.View().Content, ghost) {
		t.Errorf("without colours what Tab adds is not dimmed: %q", s.m.View().Content)
	}
}

func TestAMatchInTheRestOfALongArticleIsGoneTo(t *testing.T) {
	for name, where := range map[string]string{"beginning": "forecast", "rest": "hour"} {
		t.Run(name, func(t *testing.T) {
			library := newShelf(t, notes())
			library.long = map[article.ID]bool{"wind.md": true}
			s := start(t, library, 80, 24)
			s.keys("s").text(where).keys("enter")
			if s.m.page.Document() != library.docs["wind.md"] {
				t.Fatal("the whole article is not there")
			}
			s.shows(where)
			s.shows("1/1")
			s.keys("n")
			s.shows(where)
		})
	}
}

func TestMatchesOfTheRestAreCounted(t *testing.T) {
	library := newShelf(t, notes())
	library.long = map[article.ID]bool{"wind.md": true}
	s := start(t, library, 80, 24)
	s.keys("s").text("worth").keys("enter")
	s.shows("1/20")
	s.keys("N")
	s.shows("20/20")
}

func TestAnArticleThatCannotBeOpenedLeavesTheHits(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 24)
	s.keys("s").text("fold")
	library.gone["maps.md"] = true
	before := pane(s)
	s.keys("enter")
	s.shows("maps.md is not there any more")
	if pane(s) != before {
		t.Errorf("the hits were\n%s\nand are\n%s", before, pane(s))
	}
	s.text("x")
	s.shows("search  foldx")
}

func TestTheArticleUnderASearchMayBeGone(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 24)
	s.keys("enter s").text("fold").keys("enter H")
	library.gone["tides.md"] = true
	s.m.cache = cache{}
	s.keys("esc")
	s.shows("tides.md is not there any more")
	s.shows("5 articles")
	s.keys("H")
	s.shows("search  fold")
}

func TestBackFromALinkOfAFoundArticleAndOnToTheHits(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("enter s").text("fold").keys("enter tab enter")
	s.shows("The wind is never quite")
	s.keys("H")
	s.shows("Every map has a fold")
	s.keys("H")
	s.shows("search  fold")
	s.keys("ctrl+o")
	s.shows("A tide table tells")
	s.keys("L ctrl+r L")
	s.shows("The wind is never quite")
	s.keys("L")
	s.shows("nothing further on")
}

func TestEveryKeyOfALetterTypesInTheSearch(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("s").text("qQ?jsHLn/ 1")
	s.shows("search  qQ?jsHLn/ 1")
	if s.quit {
		t.Error("a letter of the search quits")
	}
	s.resize(10, 3)
	s.keys("q")
	if !s.quit {
		t.Error("q does not quit where the screen says it does")
	}
}

func TestARankingThatIsNotWaitedForIsAskedForAgain(t *testing.T) {
	library := newShelf(t, notes())
	library.slow = true
	s := start(t, library, 80, 24)
	s.keys("s").text("win")
	next, cmd := s.m.Update(tea.KeyPressMsg{Code: 'd', Text: "d"})
	s.m = next.(Model)
	var late []found
	for _, msg := range answers(cmd) {
		if f, ok := msg.(found); ok {
			next, _ = s.m.Update(f)
			s.m = next.(Model)
			late = append(late, f)
		}
	}
	s.keys("enter")
	before := s.frame()
	for _, f := range late {
		f.err = context.Canceled
		s.send(f)
	}
	if s.frame() != before {
		t.Errorf("a ranking that was given up is told of:\n%s", s.frame())
	}
	s.keys("H")
	s.shows("3 articles ·")
}

func TestASearchIsRepeatedWhenThereIsMoreToSearch(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 24)
	s.keys("s").text("krill")
	s.shows("Nothing has all of these.")
	doc := article.Parse(article.Input{ID: "whales.md", Data: []byte("---\ntitle: Whales\ndate: 2030-01-01\n---\nThey eat krill, and other krill.\n")})
	library.docs[doc.ID] = doc
	library.entries = append([]article.Entry{doc.Entry}, library.entries...)
	s.list(Listing{Entries: library.entries, Listed: true, Complete: true, Percent: 100})
	s.shows("1 article")
	s.shows("They eat krill")
	before := s.frame()
	s.list(Listing{Entries: library.entries, SameOrder: true, Listed: true, Complete: true, Percent: 100})
	if s.frame() != before {
		t.Errorf("nothing has changed, but the screen has:\n%s", s.frame())
	}
}
