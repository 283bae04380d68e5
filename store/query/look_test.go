package query

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"carrel/store/article"
)

func document(body string) *article.Document {
	return article.Parse(article.Input{ID: "a.md", Data: []byte(body)})
}

func TestTheBestPassageIsShown(t *testing.T) {
	filler := strings.Repeat("Nothing of interest stands in this sentence at all. ", 8)
	for _, c := range []struct{ name, body, query, want string }{
		{"the first of equal ones", "One memory.\n\nTwo memory.", "memory", "One [memory]. Two [memory]."},
		{"the one with more terms", "A memory.\n\n" + filler + "\n\nThe safety of memory.", "memory safety", "The [safety] of [memory]."},
		{"the one with the phrase", "The safety of memory.\n\n" + filler + "\n\nAbout memory safety.", "memory safety", "About [memory] [safety]."},
		{"the body before the title", "# Memory safety\n\nFirst words.\n\nThen memory alone.", "memory safety", "Then [memory] alone."},
		{"the sentence from its beginning", filler + "Here is the memory. " + filler, "memory",
			"… Here is the [memory]. " + filler[:3*52] + "Nothing of interest stands in this sentence …"},
		{"a long sentence from a word on", strings.Repeat("long and ", 40) + "memory" + strings.Repeat(" and longer", 30), "memory",
			"… and " + strings.Repeat("long and ", 9) + "[memory]" + strings.Repeat(" and longer", 11) + " and …"},
		{"the beginning if only the title matches", "# Memory\n\nFirst words.\n\nMore.", "memory", "First words. More."},
		{"nothing of an empty article", "# Memory", "memory", ""},
		{"parts of a list on one line", "- one\n- two memory\n- three", "memory", "… two [memory] three"},
	} {
		h, err := Parse(c.query).Finder().Look(t.Context(), article.Hit{}, document(c.body))
		if got := marked(string(h.Excerpt), h.Marks); err != nil || !h.Looked || got != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", c.name, err, got, c.want)
		}
	}
}

func TestAHitOpensAtWhatItShows(t *testing.T) {
	doc := document("# On memory\n\nFirst words.\n\n> A quote.\n>\n> With memory of safety.\n\nMemory, memory.")
	f := Parse("memory safety").Finder()
	h, err := f.Look(t.Context(), article.Hit{Entry: doc.Entry}, doc)
	if err != nil || h.Count != 4 || h.Place.Words != "memory of safety. Memory, memory." {
		t.Errorf("%d matches, place %+v, %v", h.Count, h.Place, err)
	}
	if got := marked(string(h.Entry.Title), h.TitleMarks); got != "On [memory]" {
		t.Error(got)
	}
	matches, err := f.Matches(t.Context(), doc)
	if err != nil || len(matches) != h.Count || matches[0].Block != h.Place.Block || matches[0].Offset != h.Place.Offset {
		t.Errorf("%v, %v", matches, err)
	}
	for _, m := range matches {
		if got := strings.ToLower(doc.Blocks[m.Block].Flat()[m.Offset:][:m.Len]); got != "memory" && got != "safety" {
			t.Errorf("%+v is %q", m, got)
		}
	}
	h, err = Parse("is:unread").Finder().Look(t.Context(), article.Hit{}, doc)
	if err != nil || h.Count != 0 || h.Excerpt == "" || h.Place != (article.Place{}) {
		t.Errorf("%+v, %v", h, err)
	}
}

func TestLookingCanBeStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f, doc := Parse("a").Finder(), document("a b")
	if _, err := f.Look(ctx, article.Hit{}, doc); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := f.Matches(ctx, doc); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestThereAreNoMoreMatchesThanAnyoneNeeds(t *testing.T) {
	doc := document(strings.Repeat("a ", 3*maxMatches))
	f := Parse("a").Finder()
	matches, err := f.Matches(t.Context(), doc)
	h, err2 := f.Look(t.Context(), article.Hit{}, doc)
	if err != nil || err2 != nil || len(matches) != maxMatches || h.Count != 3*maxMatches {
		t.Errorf("%d matches, %d counted; %v, %v", len(matches), h.Count, err, err2)
	}
}

func TestExcerptsAreShortAndTheirMarksAreWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var body strings.Builder
		for range rapid.IntRange(1, 12).Draw(t, "paragraphs") {
			body.WriteString(texts().Draw(t, "text") + rapid.SampledFrom([]string{"\n\n", "\n", ". ", "\n\n> ", "\n- "}).Draw(t, "end"))
		}
		q := Parse(queryTexts().Draw(t, "query"))
		f := q.Finder()
		doc := document(body.String())
		h, err := f.Look(t.Context(), article.Hit{Entry: doc.Entry}, doc)
		if err != nil {
			t.Fatal(err)
		}
		e := string(h.Excerpt)
		if len(e) > maxExcerpt+8 || !utf8.ValidString(e) || strings.ContainsAny(e, "\n\t") {
			t.Fatalf("%d bytes: %q", len(e), e)
		}
		if fmt.Sprint(h.Marks) != fmt.Sprint(f.Find(e)) {
			t.Fatalf("%v in %q", h.Marks, e)
		}
		matches, err := f.Matches(t.Context(), doc)
		if err != nil || len(matches) != h.Count {
			t.Fatalf("%d matches, %d counted, %v", len(matches), h.Count, err)
		}
		if h.Count > 0 && len(h.Marks) == 0 {
			t.Fatalf("%q shows none of %d matches of %q in %q", e, h.Count, q.Text, body.String())
		}
	})
}
