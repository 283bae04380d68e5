package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
)

// notes is a small collection with everything that a page can hold.
func notes() map[article.ID]string {
	return map[article.ID]string{
		"tides.md": `---
title: How to read a tide table
authors: [Ada Marsh, Ben Holm]
date: 2026-05-12
tags: [sea, tables]
related: [maps, lost]
---

A tide table tells when the water is *high* and when it is **low**. It does not tell
how the wind will change that[^1]; for this see [the notes on wind](wind.md#reading-the-sky).

## The columns

| day | high | low |
|:----|-----:|----:|
| Mon | 04:12 | 10:31 |
| Tue | 05:03 | 11:20 |

Two things are easy to get wrong:

1. The times are given for a *standard port*, and you are most likely somewhere else.
   Add or take away the difference that the back pages give.
2. Summer time.

> A table is a promise by someone who has never seen your harbour.

### In code

` + "```go\nfunc High(day int) string {\n\treturn table[day].high\n}\n```" + `

More at <https://example.org/tides>, or in [a page that is lost](nowhere.md), or in
one of [two articles](twins).

[^1]: By as much as half a metre on a shallow coast.
`,
		"wind.md": `---
title: Wind, and how to see it coming
authors: [Ada Marsh]
date: 2026-04-02
---

The wind is never quite where the forecast puts it. See also [tides](tides.md).

` + strings.Repeat("Clouds that gather in the west in the early afternoon are worth a second look, and a third one if they are low.\n\n", 20) + `
## Reading the sky

- high clouds: a day
- low clouds: an hour
  - and if they are dark, less

` + strings.Repeat("A paragraph about the sky, which changes all the time and so needs many words.\n\n", 20),
		"maps.md": `---
title: Maps that fold the wrong way
authors: [Cleo Park]
date: 2025-11-30
---

Every map has a fold through the place where you are. [Wind](wind.md) helps.
`,
		"café.md":  "---\ntitle: Café notes, été\nauthors: [Élodie Brun]\ndate: 2025-01-09\n---\n\nA short one.\n",
		"empty.md": "---\ntitle: Nothing written yet\ndate: 2024-03-01\n---\n",
	}
}

func TestFramesAtUsualSizes(t *testing.T) {
	sizes := []struct {
		name          string
		width, height int
	}{{"40x12", 40, 12}, {"80x24", 80, 24}, {"160x50", 160, 50}}
	for _, size := range sizes {
		t.Run(size.name, func(t *testing.T) {
			s := start(t, newShelf(t, notes()), size.width, size.height)
			s.golden("list-" + size.name)
			s.keys("/").text("mar ti").golden("filter-" + size.name)
			s.keys("enter tab").golden("page-" + size.name)
			s.keys("G").golden("end-" + size.name)
			s.keys("?").golden("help-" + size.name)
		})
	}
}

func TestTheSmallestScreenStillReads(t *testing.T) {
	s := start(t, newShelf(t, notes()), 20, 5)
	s.golden("list-20x5")
	s.keys("enter").golden("page-20x5")
}

func TestFilterNarrowsAndEnterOpensTheBestRow(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("/").text("fold")
	s.shows("1 of 5")
	s.showsNot("Wind")
	s.keys("enter")
	s.shows("Every map has a fold")
	s.keys("q")
	s.shows("1 of 5")
	s.keys("esc")
	s.shows("5 articles")
}

func TestFilterIgnoresAccents(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("/").text("cafe ete")
	s.shows("Café notes, été")
	s.shows("1 of 5")
}

func TestFilterWithoutMatchesSaysSo(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("/").text("zzzz")
	s.shows("No title, author or tag matches")
	s.keys("enter")
	s.shows("there is no article to open")
	s.keys("esc")
	s.shows("5 articles")
}

func TestTheSelectedArticleStaysSelectedWhenTheFilterGoes(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("/").text("maps").keys("esc")
	if e, _ := s.m.list.Selected(); e.ID != "maps.md" {
		t.Errorf("selected is %q", e.ID)
	}
}

func TestEnterAheadOfTheRankingOpensWhatWasTyped(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("/")
	var late []tea.Cmd
	for _, r := range "fold" {
		next, cmd := s.m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		s.m = next.(Model)
		late = append(late, cmd)
	}
	next, cmd := s.m.Update(press("enter"))
	s.m = next.(Model)
	s.run(cmd)
	s.showsNot("Every map has a fold")
	s.run(late[len(late)-1])
	s.shows("Every map has a fold")
}

func TestAnOldRankingIsDropped(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("/").text("w")
	late := s.m.rankBy(s.m.ctx, s.m.rank.number, "w")
	s.text("ind")
	before := s.frame()
	s.run(late)
	if s.frame() != before {
		t.Errorf("an answer to an older query changed the list:\n%s", s.frame())
	}
}

func TestFollowALinkAndComeBackToPlaceAndLink(t *testing.T) {
	s := start(t, newShelf(t, notes()), 90, 14)
	s.keys("enter j j")
	s.keys("tab tab") // the footnote, then the wind
	before := s.frame()
	s.shows("Wind, and how to see it coming #reading-the-sky")
	s.keys("enter")
	s.shows("Reading the sky")
	s.keys("H")
	if s.frame() != before {
		t.Errorf("back is not where the reader was:\n%s\nbut\n%s", before, s.frame())
	}
	s.keys("L")
	s.shows("Reading the sky")
	s.keys("L")
	s.shows("nothing further on")
	s.keys("H H")
	s.shows("this is where you began")
}

func TestALinkToTheSamePageMovesAndComesBack(t *testing.T) {
	s := start(t, newShelf(t, notes()), 60, 10)
	s.keys("enter")
	before := s.frame()
	s.keys("j k tab enter")
	s.shows("half a metre")
	s.keys("H esc")
	if s.frame() != before {
		t.Errorf("back is not where the reader was:\n%s\nbut\n%s", before, s.frame())
	}
}

func TestLinksThatLeadNowhereSayWhatWasLookedFor(t *testing.T) {
	s := start(t, newShelf(t, notes()), 100, 40)
	s.keys("enter")
	s.tabTo("nowhere.md")
	before := strings.Split(s.frame(), "\n")
	s.keys("enter")
	s.shows("not in this collection: nowhere.md")
	after := strings.Split(s.frame(), "\n")
	if strings.Join(before[:39], "\n") != strings.Join(after[:39], "\n") {
		t.Error("a link that leads nowhere changed the page")
	}
}

func TestAWebAddressIsShownAndCopiedNotOpened(t *testing.T) {
	s := start(t, newShelf(t, notes()), 100, 40)
	s.keys("enter")
	s.tabTo("example.org")
	s.keys("enter")
	s.shows("https://example.org/tides (y copies it)")
	s.keys("y")
	if !strings.Contains(s.copied, "https://example.org/tides") {
		t.Errorf("copied %q", s.copied)
	}
	s.shows("sent to the terminal's clipboard")
	if !strings.Contains(s.m.View().Content, "\x1b]8;") {
		t.Error("a web address is not made known to the terminal")
	}
}

func TestALinkWithSeveralMeaningsAsks(t *testing.T) {
	s := start(t, newShelf(t, notes()), 100, 40)
	s.keys("enter")
	s.tabTo("called twins")
	s.keys("enter")
	s.golden("chooser")
	s.keys("j enter")
	s.shows("Every map has a fold")
}

func TestRelatedArticlesOfTheFrontMatterCanBeFollowed(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("enter G tab")
	s.shows("lost (not in this collection)")
	s.tabTo("Maps that fold")
	s.keys("enter")
	s.shows("Every map has a fold")
}

func TestAnArticleThatIsGoneLeavesTheScreenAndSaysWhy(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 24)
	s.keys("j")
	library.gone["wind.md"] = true
	s.keys("enter")
	s.shows("wind.md is not there any more")
	s.shows("How to read a tide table")
	s.keys("k enter")
	s.shows("A tide table tells")
	s.keys("H")
	s.shows("this is where you began")
}

func TestALateAnswerDoesNotReplaceTheArticle(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("enter")
	before := s.frame()
	s.send(opened{ticket: s.m.open.number - 1, item: cached{doc: newShelf(t, notes()).docs["maps.md"]}})
	if s.frame() != before {
		t.Error("an answer with an old ticket was shown")
	}
}

func TestRowsThatArriveDoNotMoveTheSelection(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 24)
	s.keys("j j")
	more := append([]article.Entry{{ID: "new.md", Title: "Newest of all", Date: library.entries[0].Date.AddDate(1, 0, 0), DateSource: article.DateFromField}}, library.entries...)
	s.send(listed{listing: Listing{Entries: more, Listed: true, Done: true}})
	if e, _ := s.m.list.Selected(); e.ID != "maps.md" {
		t.Errorf("selected is %q", e.ID)
	}
	s.shows("6 articles")
}

func TestTheListShowsTheSelectedArticleBesideItWhereThereIsRoom(t *testing.T) {
	s := start(t, newShelf(t, notes()), 120, 30)
	s.shows("A tide table tells")
	s.keys("j").wait()
	s.shows("The wind is never quite")
	s.keys("enter")
	s.showsNot("5 articles")
	s.keys("z")
	s.shows("5 articles")
	s.keys("z")
	s.showsNot("5 articles")
}

func TestAPreviewIsNoStopOnTheWayBack(t *testing.T) {
	s := start(t, newShelf(t, notes()), 120, 30)
	s.keys("enter j j q j").wait()
	s.keys("j").wait()
	s.shows("Every map has a fold")
	s.keys("enter H")
	s.shows("A tide table tells")
	s.keys("H")
	s.shows("this is where you began")
}

func TestAPreviewDoesNotStopAnArticleThatWasAskedFor(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 120, 30)
	s.m.cache = cache{}
	s.keys("j")
	next, cmd := s.m.Update(press("enter"))
	s.m = next.(Model)
	s.wait() // the row has been selected long enough for a preview
	s.send(listed{listing: Listing{Entries: library.entries, Listed: true, Done: true}})
	s.run(cmd)
	s.showsNot("5 articles")
	s.shows("The wind is never quite")
}

func TestBackFromThePreviewsLeadsToWhatWasRead(t *testing.T) {
	s := start(t, newShelf(t, notes()), 120, 12)
	s.keys("enter j j j j")
	before := s.frame()
	s.keys("q j").wait()
	s.shows("The wind is never quite")
	s.keys("H")
	if s.frame() != before {
		t.Errorf("back is not where the reader was:\n%s\nbut\n%s", before, s.frame())
	}
}

func TestOpeningTheSameArticleAgainGoesOnWhereItWasLeft(t *testing.T) {
	for _, width := range []int{80, 120} {
		s := start(t, newShelf(t, notes()), width, 12)
		s.keys("enter j j j j")
		before := s.frame()
		s.keys("q j").wait()
		s.keys("k").wait()
		s.keys("enter")
		if s.frame() != before {
			t.Errorf("at %d columns the page was\n%s\nand is\n%s", width, before, s.frame())
		}
	}
}

func TestNextAndPreviousArticle(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("enter J")
	s.shows("Wind, and how to see it coming")
	s.keys("K")
	s.shows("How to read a tide table")
	s.keys("K")
	s.shows("this is the end of the list")
	s.keys("H")
	s.shows("Wind, and how to see it coming")
}

func TestCountsAndPercentages(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 12)
	s.keys("j enter 1 0 j")
	ten := s.frame()
	s.keys("g j j j j j j j j j j")
	if s.frame() != ten {
		t.Error("10j is not ten times j")
	}
	s.keys("5 0 %")
	p := s.m.page.Progress().Percent
	if p < 45 || p > 70 {
		t.Errorf("50%% leads to %d %%", p)
	}
	s.keys("G")
	s.shows("100 %")
	s.keys("[")
	s.shows("Reading the sky")
}

func TestEscGoesOutAndNeverQuits(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("enter tab esc")
	s.shows("A tide table tells")
	s.keys("esc")
	s.shows("5 articles")
	s.keys("esc esc esc")
	if s.quit {
		t.Error("Esc quits")
	}
	s.keys("enter q")
	if s.quit {
		t.Error("q quits from the article")
	}
	s.keys("q")
	if !s.quit {
		t.Error("q does not quit from the list")
	}
}

func TestTypingInThePromptIsNotACommand(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	s.keys("/").text("qQ?jz")
	if s.quit {
		t.Error("a letter of the filter quits")
	}
	s.shows("/ qQ?jz")
	s.keys("ctrl+u").text("tide  ta")
	s.shows("1 of 5")
	s.send(tea.PasteMsg{Content: "ble\x1b[31m\n"})
	s.shows("/ tide  table")
}

func TestTheMeasureChangesAndKeepsThePlace(t *testing.T) {
	s := start(t, newShelf(t, notes()), 100, 20)
	s.keys("j enter 3 0 j")
	place := s.m.page.Place()
	s.keys("- - -")
	s.shows("text of 60 columns")
	s.keys("=")
	s.shows("text of 72 columns")
	if got := s.m.page.Place(); got != place {
		t.Errorf("the place was %v and is %v", place, got)
	}
}

func TestScreensTooSmallSaySo(t *testing.T) {
	s := start(t, newShelf(t, notes()), 80, 24)
	for _, size := range [][2]int{{0, 0}, {3, 2}, {1, 1}, {19, 50}, {200, 4}, {0, 9}} {
		s.resize(size[0], size[1])
		s.fits()
	}
	s.resize(40, 4)
	s.shows("Carrel needs 20x5")
	s.resize(80, 24)
	s.shows("5 articles")
}

func TestTheEndOfTheListIsReadBeforeItIsComplete(t *testing.T) {
	library := newShelf(t, notes())
	library.sent = true
	s := start(t, library, 80, 24)
	s.send(listed{listing: Listing{Entries: library.entries[:2]}})
	s.shows("2 articles")
	s.keys("enter")
	s.shows("A tide table tells")
}

func TestAnEmptyCollectionEndsTheReader(t *testing.T) {
	s := start(t, newShelf(t, nil), 80, 24)
	if !s.quit || !s.m.Empty() {
		t.Error("an empty collection leaves an empty screen")
	}
}

func TestTheRestOfALongArticleComesWithoutMovingThePage(t *testing.T) {
	library := newShelf(t, notes())
	s := start(t, library, 80, 12)
	s.keys("j enter 5 j")
	part, whole := library.docs["wind.md"], newShelf(t, notes()).docs["wind.md"]
	before := s.frame()
	s.send(completed{beginning: part, item: cached{doc: whole}})
	if s.m.page.Document() != whole {
		t.Error("the whole article did not take the place of its beginning")
	}
	if s.frame() != before {
		t.Errorf("the page moved from\n%s\nto\n%s", before, s.frame())
	}
}
