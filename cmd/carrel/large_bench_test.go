//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"carrel/store/sample"
)

// BenchmarkLarge measures the program in a terminal with a large collection, see
// largeSize: one that it sees for the first time, and one that it knows.
//
//	CARREL_BENCH_ARTICLES=100000 go test -run xxx -bench Large -benchtime 5x -timeout 1h ./cmd/carrel
//
// Rows is the time until a frame has rows, beside that of the first frame of a
// program which is nothing but Bubble Tea; listed until all articles are in the
// list; filterable until the filter has answered its first key. The keys are
// timed to the last byte of the frame that answers them: of the filter and of
// moving in the list, while the collection is indexed in the first form and when
// its folder has been checked in the second; of a
// search to the first frame with its hits. Memory is what the system counts as
// resident, two seconds after the last key.
func BenchmarkLarge(b *testing.B) {
	n := largeSize(b)
	folder := largeCollection(b, os.TempDir(), n)
	b.Run("first", func(b *testing.B) {
		var m measured
		for b.Loop() {
			m.first(b, folder)
		}
		m.report(b)
	})
	b.Run("known", func(b *testing.B) {
		cache := filepath.Join(os.TempDir(), "carrel-sample-cache")
		index := exec.Command(binary(b), "index", "-C", folder)
		index.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
		if out, err := index.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		queries := sample.Queries(largeSeed, 40)
		var m measured
		for b.Loop() {
			m.known(b, folder, cache, n, queries)
		}
		m.report(b)
	})
}

// measured is what the runs of a benchmark have shown.
type measured struct {
	rows, empty, listed, filterable, keys, search []time.Duration
	now, most                                     float64
}

// emptyFrame is the time to the first frame of a program that is nothing but
// Bubble Tea.
func (m *measured) emptyFrame(b *testing.B) {
	m.empty = append(m.empty, untilSent(b, program(b, "empty"), "nothing to read"))
}

func (m *measured) end(s *session) {
	time.Sleep(2 * time.Second)
	now, most := s.memory()
	m.now, m.most = max(m.now, now), max(m.most, most)
	s.send("Q")
	<-s.exited
	s.close()
}

func (m *measured) first(b *testing.B, folder string) {
	m.emptyFrame(b)
	start := time.Now()
	s := startProgram(b, binary(b), 120, 36, nil, folder)
	m.rows = append(m.rows, s.frame("rows", hasRows).Sub(start))
	for range 8 {
		m.keys = append(append(m.keys, typeAndClear(s)...), goDown(s)...)
	}
	m.end(s)
}

func (m *measured) known(b *testing.B, folder, cache string, n int, queries []string) {
	m.emptyFrame(b)
	start := time.Now()
	s := startProgram(b, binary(b), 120, 36, []string{"XDG_CACHE_HOME=" + cache}, folder)
	m.rows = append(m.rows, s.frame("rows", hasRows).Sub(start))
	m.listed = append(m.listed, s.frame("all articles", hasAll(n)).Sub(start))
	s.send("/q")
	m.filterable = append(m.filterable, s.frame("the filter", hasSome(n)).Sub(start))
	s.press(esc, hasAll(n))
	time.Sleep(3 * time.Second) // until the folder is checked
	for range 4 {
		m.keys = append(append(m.keys, typeAndClear(s)...), goDown(s)...)
	}
	for _, q := range queries {
		m.search = append(m.search, searched(s, q))
	}
	m.end(s)
}

// searched searches for a query that is pasted whole, and returns the time until
// the first frame with an answer.
func searched(s *session, query string) time.Duration {
	s.press("s", func(screen string) bool { return strings.HasPrefix(screen, " search ") })
	took := s.press("\x1b[200~"+query+"\x1b[201~", func(screen string) bool {
		head, rows, _ := strings.Cut(screen, "\n")
		return strings.HasPrefix(head, " search") && (strings.Contains(rows, "▌") || strings.Contains(rows, "Nothing has"))
	})
	s.press(esc, func(screen string) bool { return !strings.HasPrefix(screen, " search") })
	return took
}

func (m *measured) report(b *testing.B) {
	for _, of := range []struct {
		name string
		took []time.Duration
	}{{"rows", m.rows}, {"empty", m.empty}, {"listed", m.listed}, {"filterable", m.filterable}, {"key", m.keys}, {"search", m.search}} {
		if len(of.took) == 0 {
			continue
		}
		b.ReportMetric(percentile(of.took, 50), "ms/"+of.name)
		if len(of.took) >= 20 {
			b.ReportMetric(percentile(of.took, 99), "ms/"+of.name+"-p99")
		}
	}
	b.ReportMetric(percentile(m.rows, 50)/percentile(m.empty, 50), "rows/empty")
	b.ReportMetric(m.now, "MB/rss")
	b.ReportMetric(m.most, "MB/peak")
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

// hasSome tells of a screen whether its first row says that a filter has left
// some of n articles.
func hasSome(n int) func(string) bool {
	return func(screen string) bool {
		head, _, _ := strings.Cut(strings.ReplaceAll(screen, ",", ""), "\n")
		before, _, found := strings.Cut(head, fmt.Sprintf(" of %d ", n))
		return found && !strings.HasSuffix(before, fmt.Sprintf(" %d", n))
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
