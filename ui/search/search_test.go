package search

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"carrel/store/article"
	"carrel/store/query"
	"carrel/ui/intent"
	"carrel/ui/theme"
)

func hit(id, excerpt string) article.Hit {
	h := article.Hit{Entry: article.Entry{ID: article.ID(id), Title: article.Line("About " + id)}}
	if excerpt != "" {
		h.Excerpt, h.Count, h.Looked = article.Line(excerpt), 1, true
	}
	return h
}

func typed(m Model, text string) (Model, intent.Query) {
	var ask intent.Intent
	for _, r := range text {
		m, ask, _ = m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	s, _ := ask.(intent.Search)
	return m, s.Query
}

func pane() Model {
	m := New(theme.New(theme.Options{Mono: true}), "Ctrl+t")
	m.SetSize(60, 12)
	return m
}

func screen(m Model) string { return ansi.Strip(strings.Join(m.View(), "\n")) }

func TestAnswersToOtherQueriesAreDropped(t *testing.T) {
	m, old := typed(pane(), "tid")
	m, now := typed(m, "e")
	m.SetAnswer(old, Answer{Hits: []article.Hit{hit("old", "x")}, Total: 1, Ranked: true})
	if strings.Contains(screen(m), "About old") {
		t.Errorf("an old answer is shown:\n%s", screen(m))
	}
	m.SetAnswer(now, Answer{Hits: []article.Hit{hit("new", "")}, Total: 1, Ranked: true})
	m.SetLooked(old, []article.Hit{hit("new", "an old look")})
	if strings.Contains(screen(m), "an old look") {
		t.Errorf("an old look is shown:\n%s", screen(m))
	}
	m.SetLooked(now, []article.Hit{hit("gone", "of nothing"), hit("new", "what stands there")})
	if !strings.Contains(screen(m), "what stands there") {
		t.Errorf("a look is not shown:\n%s", screen(m))
	}
}

func TestExcerptsStayWhileTheOrderAndTheQueryChange(t *testing.T) {
	m, q := typed(pane(), "tid")
	m.SetAnswer(q, Answer{Hits: []article.Hit{hit("a", ""), hit("b", "")}, Total: -1})
	m.SetLooked(q, []article.Hit{hit("a", "text of a"), hit("b", "text of b")})
	m.SetAnswer(q, Answer{Hits: []article.Hit{hit("b", ""), hit("c", ""), hit("a", "")}, Total: 3, Ranked: true})
	if _, unseen := m.Unseen(); len(unseen) != 1 || unseen[0].Entry.ID != "c" {
		t.Errorf("to be looked at are %v", unseen)
	}
	m, q = typed(m, "e")
	m.SetAnswer(q, Answer{Hits: []article.Hit{hit("a", "")}, Total: 1, Ranked: true})
	if !strings.Contains(screen(m), "text of a") {
		t.Errorf("a row went blank:\n%s", screen(m))
	}
	if _, unseen := m.Unseen(); len(unseen) != 1 {
		t.Errorf("to be looked at are %v", unseen)
	}
}

func TestTheFirstMatchOfALongExcerptIsInSight(t *testing.T) {
	h := hit("a", strings.Repeat("words and more ", 20)+"the tide"+strings.Repeat(" and so on", 20))
	at := strings.Index(string(h.Excerpt), "tide")
	h.Marks = []article.Range{{Start: at, End: at + 4}}
	m, q := typed(pane(), "tide")
	m.SetAnswer(q, Answer{Hits: []article.Hit{h}, Total: 1, Ranked: true})
	if view := strings.Join(m.View(), "\n"); !strings.Contains(view, "\x1b[1;4;4mtide") {
		t.Errorf("the match is not in sight:\n%q", view)
	}
}

func TestNoAnswerBreaksTheRows(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("aé語 e\u0301-…\"")), 0, 200, -1)
	rapid.Check(t, func(rt *rapid.T) {
		m := New(theme.New(theme.Options{Mono: rapid.Bool().Draw(rt, "mono"), ASCII: rapid.Bool().Draw(rt, "ascii")}), "Ctrl+t")
		m.Begin(text.Draw(rt, "filter"))
		m.SetSize(rapid.IntRange(20, 120).Draw(rt, "width"), rapid.IntRange(4, 50).Draw(rt, "height"))
		if rapid.Bool().Draw(rt, "within") {
			m.turnScope()
		}
		m, q := typed(m, "x"+text.Draw(rt, "text"))
		a := Answer{Total: rapid.IntRange(-1, 100_000).Draw(rt, "total"), Outside: rapid.IntRange(-1, 9999).Draw(rt, "outside"), Ranked: rapid.Bool().Draw(rt, "ranked"), Instead: text.Draw(rt, "instead")}
		for range rapid.IntRange(0, 20).Draw(rt, "hits") {
			h := article.Hit{Entry: article.Entry{ID: article.ID(text.Draw(rt, "id")), Title: article.Line(text.Draw(rt, "title"))}}
			h.Excerpt, h.Looked, h.Count = article.Line(text.Draw(rt, "excerpt")), rapid.Bool().Draw(rt, "looked"), rapid.IntRange(0, 2000).Draw(rt, "count")
			from := rapid.IntRange(0, 300).Draw(rt, "from")
			h.Marks = []article.Range{{Start: from, End: from + rapid.IntRange(0, 9).Draw(rt, "len")}}
			a.Hits = append(a.Hits, h)
		}
		m.SetAnswer(q, a)
		for range rapid.IntRange(0, 9).Draw(rt, "moves") {
			key := rapid.SampledFrom([]rune{tea.KeyDown, tea.KeyUp, tea.KeyPgDown, tea.KeyPgUp, tea.KeyTab}).Draw(rt, "key")
			m, _, _ = m.Update(tea.KeyPressMsg{Code: key})
		}
		rows := m.View()
		if len(rows) != m.height {
			rt.Fatalf("%d rows in a pane of %d", len(rows), m.height)
		}
		for _, row := range rows {
			if w := ansi.StringWidth(row); w > m.width || strings.Contains(row, "\n") {
				rt.Fatalf("a row of %d columns in a pane of %d: %q", w, m.width, row)
			}
		}
	})
}

// TestTheLanguageIsTheOneOfTheParser holds the help to what is understood: every
// field that it names is one, and it names them all.
func TestTheLanguageIsTheOneOfTheParser(t *testing.T) {
	named := map[query.Field]bool{query.Anywhere: true}
	for _, row := range Language() {
		if q := query.Parse(row[0]); q.Empty() {
			t.Errorf("%s asks for nothing", row[0])
		}
		for word := range strings.FieldsSeq(row[0] + " " + row[1]) {
			if !strings.Contains(word, ":") {
				continue
			}
			if strings.HasSuffix(word, ":") {
				word += "x"
			}
			field := query.Parse(word).Clauses[0][0].Field
			if field == query.Anywhere {
				t.Errorf("%s is no field", word)
			}
			named[field] = true
		}
	}
	for f := query.Anywhere; f <= query.Site; f++ {
		if !named[f] {
			t.Errorf("field %d is not named", f)
		}
	}
}
