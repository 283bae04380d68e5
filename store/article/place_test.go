package article

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func parseText(s string) *Document { return Parse(Input{ID: "x.md", Data: []byte(s)}) }

// stands returns the words at a place of a document.
func stands(doc *Document, block, offset int) string {
	return string(doc.PlaceAt(block, offset).Words)
}

// TestPlacesSurviveEdits: a place is found where its words are now.
func TestPlacesSurviveEdits(t *testing.T) {
	var paras []string
	for i := range 40 {
		paras = append(paras, fmt.Sprintf("Paragraph number %d tells of subject %d at some length.", i, i*i))
	}
	doc := parseText(strings.Join(paras, "\n\n"))
	at := strings.Index(doc.Blocks[20].Flat(), "tells")
	place := doc.PlaceAt(20, at)
	if place.Words != "tells of subject 400 at some" || place.Block != 20 || place.Offset != at {
		t.Fatalf("place %+v", place)
	}
	for name, edited := range map[string][]string{
		"nothing":              paras,
		"text before":          append([]string{"New", "Newer"}, paras...),
		"text taken out":       paras[5:],
		"words before changed": append(append(append([]string{}, paras[:20]...), "Now "+paras[20]), paras[21:]...),
		"moved to the end":     append(append(append([]string{}, paras[:20]...), paras[21:]...), paras[20]),
		"wrapped in a list":    append(append(append([]string{}, paras[:20]...), "- x\n- "+paras[20]), paras[21:]...),
		"broken into lines":    append(append(append([]string{}, paras[:20]...), strings.ReplaceAll(paras[20], " ", "\n")), paras[21:]...),
	} {
		now := parseText(strings.Join(edited, "\n\n"))
		block, offset := now.Locate(place)
		if got := stands(now, block, offset); !strings.HasPrefix(got, "tells of subject 400") {
			t.Errorf("%s: found %q at %d+%d", name, got, block, offset)
		}
	}
	gone := append(append([]string{}, paras[:20]...), paras[21:]...)
	if block, offset := parseText(strings.Join(gone, "\n\n")).Locate(place); block != 20 || offset != at {
		t.Errorf("words gone: %d+%d", block, offset)
	}
	if block, offset := parseText("short").Locate(place); block != 0 || offset > 5 {
		t.Errorf("all gone: %d+%d", block, offset)
	}
}

// TestTheNearestOfEqualPlacesIsFound: articles repeat themselves.
func TestTheNearestOfEqualPlacesIsFound(t *testing.T) {
	same := "The same words stand here again."
	doc := parseText(strings.Join([]string{same, "a", same, "b", "c", "d", same + " " + same}, "\n\n"))
	for _, c := range []struct{ block, offset, wantBlock, wantOffset int }{
		{0, 0, 0, 0}, {1, 0, 2, 0}, {3, 0, 2, 0}, {4, 0, 6, 0}, {5, 0, 6, 0}, {6, 3, 6, 0}, {6, 40, 6, 33}, {99, 0, 6, 0}, {-5, -5, 0, 0}, {2, 1 << 40, 2, 0},
	} {
		block, offset := doc.Locate(Place{Block: c.block, Offset: c.offset, Words: "The same words stand here again."})
		if block != c.wantBlock || offset != c.wantOffset {
			t.Errorf("from %d+%d: found %d+%d, want %d+%d", c.block, c.offset, block, offset, c.wantBlock, c.wantOffset)
		}
	}
}

// TestPlacesAreInTextOfAnyKind: code, cells, scripts without spaces, rules, and
// words that go on in the next block.
func TestPlacesAreInTextOfAnyKind(t *testing.T) {
	for _, c := range []struct {
		src           string
		block, offset int
		words         Text
	}{
		{"```\na b\n\n  c d\n```", 0, 2, "b c d"},
		{"|a|b|\n|-|-|\n|c d|e|", 0, 2, "b c d e"},
		{"日本語の文章は空白なしで続くので、言葉の数では長さを決められない。", 0, 3, "本語の文章は空白なしで続くので、言葉の数で"},
		{"日本語", 0, 4, "本語"},
		{"one\n\n***\n\ntwo three\n\nfour five six seven", 0, 0, "one two three four five six"},
		{"***", 0, 0, ""},
		{"- a\n-\n- b", 0, 2, "b"},
	} {
		doc := parseText(c.src)
		p := doc.PlaceAt(c.block, c.offset)
		if p.Words != c.words {
			t.Errorf("%q: words %q, want %q", c.src, p.Words, c.words)
		}
		if block, offset := doc.Locate(p); block != p.Block || offset != p.Offset {
			t.Errorf("%q: %+v found at %d+%d", c.src, p, block, offset)
		}
	}
}

// TestPlacesOfRealPostsAreFoundAfterAnEdit cuts a piece out of posts and looks
// for places behind it.
func TestPlacesOfRealPostsAreFoundAfterAnEdit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	found, tried := 0, 0
	for _, in := range realPosts(t) {
		doc := Parse(in)
		if len(doc.Blocks) < 8 {
			continue
		}
		edited := *doc
		edited.Blocks = nil
		edited.append(doc.Blocks[:2])
		edited.append(doc.Blocks[4:])
		for range 3 {
			block := 4 + r.IntN(len(doc.Blocks)-4)
			if doc.Blocks[block].Len() < 40 {
				continue
			}
			p := doc.PlaceAt(block, r.IntN(doc.Blocks[block].Len()))
			if strings.Count(string(p.Words), " ") < 5 {
				continue
			}
			tried++
			if b, _ := edited.Locate(p); b == block-2 {
				found++
			}
		}
	}
	if found < tried*98/100 {
		t.Errorf("%d of %d places found", found, tried)
	}
}

// TestFragmentsLeadToTheirHeadings, as they are written by people and tools.
func TestFragmentsLeadToTheirHeadings(t *testing.T) {
	doc := parseText("intro\n\n## Why & *How*?\n\ntext <a name=\"old\"></a>here\n\n## Why & How?\n\n### Über `uns` {#About}\n\n> # In a quote\n\nend[^1]\n\n[^1]: note\n\n<div id=\"Box\">box</div>\n")
	for _, c := range []struct{ name, want string }{
		{"why--how", "Why & How? text here Why"}, {"#why--how", "Why & How? text here Why"}, {"why--how-1", "Why & How? Über uns In"}, {"About", "Über uns In a quote end¹"}, {"about", "Über uns In a quote end¹"},
		{"Why & How?", "Why & How? text here Why"}, {"Why%20%26%20How%3F", "Why & How? text here Why"}, {"%41bout", "Über uns In a quote end¹"}, {"Über uns", "Über uns In a quote end¹"}, {"%C3%BCber-uns", "Über uns In a quote end¹"},
		{"old", "here Why & How? Über uns"}, {"in-a-quote", "In a quote end¹ box note"}, {"fn:1", "note"}, {"box", "box note"}, {"", "intro Why & How? text here"}, {"#top", "intro Why & How? text here"},
	} {
		p, ok := doc.Anchor(Line(c.name))
		if !ok || string(p.Words) != c.want {
			t.Errorf("%q leads to %q (%v), want %q", c.name, p.Words, ok, c.want)
		}
	}
	for _, name := range []Text{"nowhere", "%zz", "-", "&", "%1b"} {
		if p, ok := doc.Anchor(name); ok {
			t.Errorf("%q leads to %+v", name, p)
		}
	}
	if _, ok := (&Document{}).Anchor(""); !ok {
		t.Error("an empty article has no beginning")
	}
}
