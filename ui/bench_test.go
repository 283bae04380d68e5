package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/reader"
	"carrel/ui/theme"
)

// section is a piece of an article with a heading, prose, links, a list and code.
const section = `## What has changed in part %d

The team that maintains the *borrow checker* has, over the past months, rewritten **most of it**; what follows is a
[summary of the work](work.md) and a few words on what is still to be done before the next edition. Nobody has to
change anything today, and those who want to try it find the details [on the site](https://example.org/%[1]d).

- the new analysis, which accepts programs that the old one refused
- better messages, with ` + "`code`" + ` in them

` + "```rust\nfn larger<'a>(a: &'a str, b: &'a str) -> &'a str {\n    if a.len() > b.len() { a } else { b }\n}\n```\n\n"

// long is the text of an article of about the given size in bytes.
func long(size int) []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: A long report\ndate: 2026-01-02\n---\n\n")
	for i := 1; b.Len() < size; i++ {
		fmt.Fprintf(&b, section, i)
	}
	return []byte(b.String())
}

var lengths = []struct {
	name string
	size int
}{{"8KB", 8 << 10}, {"1MB", 1 << 20}, {"10MB", 10 << 20}}

// BenchmarkOpen opens an article from memory: parse, lay out, first frame at
// 100x30. "first" is what a reader waits for; "whole" parses all of it first.
func BenchmarkOpen(b *testing.B) {
	for _, l := range lengths {
		in := article.Input{ID: "long.md", Data: long(l.size)}
		for name, parse := range map[string]func() *article.Document{
			"first": func() *article.Document { doc, _ := article.Begin(in); return doc },
			"whole": func() *article.Document { return article.Parse(in) },
		} {
			b.Run(l.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					page := reader.New(theme.New(theme.Options{Dark: true}))
					page.SetSize(100, 29)
					page.Show(parse(), nil, article.Place{}, -1)
					if len(page.View()) == 0 {
						b.Fatal("no rows")
					}
				}
			})
		}
	}
}

// BenchmarkScroll presses j in an article of 1 MB and makes the frame, at 100x30.
func BenchmarkScroll(b *testing.B) {
	doc := article.Parse(article.Input{ID: "long.md", Data: long(1 << 20)})
	s := start(b, &shelf{entries: []article.Entry{doc.Entry}, docs: map[article.ID]*article.Document{doc.ID: doc}}, 100, 30)
	s.run(s.m.act(intent.Open{ID: doc.ID}))
	key := press("j")
	var times []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		begun := time.Now()
		s.send(key)
		_ = s.m.View()
		times = append(times, time.Since(begun))
	}
	percentiles(b, "key", times)
}

func percentiles(b *testing.B, name string, times []time.Duration) {
	slices.Sort(times)
	if n := len(times); n > 0 {
		b.ReportMetric(float64(times[n/2].Nanoseconds())/1e3, name+"-p50-µs")
		b.ReportMetric(float64(times[n*99/100].Nanoseconds())/1e3, name+"-p99-µs")
	}
}

// BenchmarkFilterKey types a filter over 100,000 articles: the time that the
// loop is held up by a key, by the answer to it, and by a frame. The ranking runs
// beside the loop and is not counted.
func BenchmarkFilterKey(b *testing.B) {
	words := strings.Fields("the river and rust kernel borrow checker survey a note on async traits harbour tide maps winter release")
	s := start(b, &shelf{entries: many(100_000, words)}, 120, 40)
	s.keys("/")
	query := "borrow rust note on the maps"
	var update, answer, view []time.Duration
	timed := func(into *[]time.Duration, f func()) {
		begun := time.Now()
		f()
		*into = append(*into, time.Since(begun))
	}
	n := 0
	for b.Loop() {
		msg := tea.KeyPressMsg{Code: rune(query[n%len(query)]), Text: query[n%len(query) : n%len(query)+1]}
		if n%len(query) == 0 {
			s.keys("ctrl+u")
		}
		n++
		var next tea.Model
		var cmd tea.Cmd
		timed(&update, func() { next, cmd = s.m.Update(msg) })
		s.m = next.(Model)
		timed(&view, func() { _ = s.m.View() })
		for _, m := range answers(cmd) {
			if m, ok := m.(ranked); ok {
				timed(&answer, func() { next, _ = s.m.Update(m) })
				s.m = next.(Model)
			}
		}
	}
	percentiles(b, "update", update)
	percentiles(b, "answer", answer)
	percentiles(b, "view", view)
}

// answers carries a command out.
func answers(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		var out []tea.Msg
		for _, c := range msg {
			out = append(out, answers(c)...)
		}
		return out
	default:
		return []tea.Msg{msg}
	}
}

// many makes entries of six words.
func many(n int, words []string) []article.Entry {
	out := make([]article.Entry, n)
	for i := range out {
		var title []string
		for j := range 6 {
			title = append(title, words[(i*7+j*(i%13+1))%len(words)])
		}
		out[i] = article.Entry{ID: article.ID(fmt.Sprintf("%06d.md", i)), Title: article.Line(strings.Join(title, " "))}
	}
	return out
}
