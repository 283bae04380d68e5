//go:build unix

package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// BenchmarkLarge measures the program in a terminal with a large collection, see
// largeSize: when rows stand, when all articles are in the list, how long keys
// wait for their frames while the folder is read and afterwards, and memory.
//
//	CARREL_BENCH_ARTICLES=100000 go test -run xxx -bench Large -benchtime 3x -timeout 1h ./cmd/carrel
func BenchmarkLarge(b *testing.B) {
	n := largeSize(b)
	folder := largeCollection(b, os.TempDir(), n)
	program := binary(b)
	var rows, listed, early, late []time.Duration
	var now, most float64
	for b.Loop() {
		start := time.Now()
		s := startProgram(b, program, 120, 36, nil, folder)
		rows = append(rows, s.frame("rows", hasRows).Sub(start))
		early = append(early, typeAndClear(s)...)
		listed = append(listed, s.frame("all articles", hasAll(n)).Sub(start))
		late = append(append(late, typeAndClear(s)...), goDown(s)...)
		now, most = s.memory()
		s.send("q")
		<-s.exited
		s.close()
	}
	b.ReportMetric(percentile(rows, 50), "ms/rows")
	b.ReportMetric(percentile(listed, 50), "ms/listed")
	for _, keys := range []struct {
		name string
		took []time.Duration
	}{{"early", early}, {"late", late}} {
		b.ReportMetric(percentile(keys.took, 50), "ms/"+keys.name+"-key")
		b.ReportMetric(percentile(keys.took, 99), "ms/"+keys.name+"-key-p99")
	}
	b.ReportMetric(now, "MB/rss")
	b.ReportMetric(most, "MB/peak")
}

// hasRows tells whether an article is listed: one is selected then.
func hasRows(screen string) bool { return strings.Contains(screen, "▌") }

// hasAll tells of a screen whether its first row says that there are n articles,
// and that these are all.
func hasAll(n int) func(string) bool {
	return func(screen string) bool {
		head, _, _ := strings.Cut(screen, "\n")
		// Large numbers may have commas.
		_, after, found := strings.Cut(strings.ReplaceAll(head, ",", ""), fmt.Sprintf(" %d articles", n))
		return found && !strings.HasPrefix(after, "…")
	}
}

// typeAndClear types the beginning of a word into the filter, a key at a time,
// and clears it. It returns how long each key of the text took.
func typeAndClear(s *session) []time.Duration {
	prompt := func(text string) func(string) bool {
		if text == "" {
			text = " " // otherwise a field that begins so may be offered behind it
		}
		return func(screen string) bool {
			head, _, _ := strings.Cut(screen, "\n")
			return strings.HasPrefix(head, " / "+text)
		}
	}
	took := []time.Duration{s.press("/", prompt(""))}
	typed := ""
	for _, letter := range "stapo" {
		typed += string(letter)
		took = append(took, s.press(string(letter), prompt(typed)))
	}
	// Esc is not counted: a terminal program waits after it, in case that more of a
	// sequence comes.
	s.press(esc, func(screen string) bool { return !strings.HasPrefix(screen, " / ") })
	return took
}

// goDown selects one article after the other.
func goDown(s *session) []time.Duration {
	selected := func(screen string) int {
		above, _, _ := strings.Cut(screen, "▌")
		return strings.Count(above, "\n")
	}
	s.press("g", func(screen string) bool { return selected(screen) < 5 }) // at the top already, perhaps
	var took []time.Duration
	for range 8 {
		before := selected(s.screen())
		took = append(took, s.press("j", func(screen string) bool { return selected(screen) > before }))
	}
	return took
}

// percentile is in milliseconds.
func percentile(all []time.Duration, p int) float64 {
	_ = median(all) // sorts
	return float64(all[min(len(all)*p/100, len(all)-1)]) / float64(time.Millisecond)
}

// TestTheLargeCollectionIsListedWhole keeps what the benchmark stands on true.
func TestTheLargeCollectionIsListedWhole(t *testing.T) {
	const n = 120
	s := startAt(t, 120, 36, nil, largeCollection(t, t.TempDir(), n))
	s.frame("rows", hasRows)
	s.frame("all articles", hasAll(n))
	for i, took := range append(typeAndClear(s), goDown(s)...) {
		if took <= 0 {
			t.Errorf("key %d was answered before it was sent: %v", i, took)
		}
	}
	if now, most := s.memory(); now > most {
		t.Errorf("%.0f MB are in use, more than ever: %.0f", now, most)
	}
	s.send("q")
	s.ends(0)
}
