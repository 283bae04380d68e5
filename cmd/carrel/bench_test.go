//go:build unix

package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkFirstFrame measures the time from the start of the program to the
// first frame that has rows, beside that of the first frame of a program which
// is nothing but Bubble Tea. Both are medians, in milliseconds.
func BenchmarkFirstFrame(b *testing.B) {
	for _, collection := range []struct{ name, folder, shows string }{
		{"handbook", "", "Welcome to Carrel"},
		{"rust-blog", filepath.Join("..", "..", "..", "shared", "collections", "rust-blog"), "Announcing Rust 1.9"},
	} {
		b.Run(collection.name, func(b *testing.B) {
			var args []string
			if collection.folder != "" {
				if missing(collection.folder) {
					b.Skip("the posts are not there: ", collection.folder)
				}
				args = []string{collection.folder}
			}
			carrel, empty := program(b, "carrel"), program(b, "empty")
			var ours, least []time.Duration
			for b.Loop() {
				ours = append(ours, untilSent(b, carrel, collection.shows, args...))
				least = append(least, untilSent(b, empty, "nothing to read"))
			}
			b.ReportMetric(median(ours), "ms/carrel")
			b.ReportMetric(median(least), "ms/empty")
			b.ReportMetric(median(ours)/median(least), "ratio")
		})
	}
}

// untilSent is the time from the start of a program until it has sent a text.
func untilSent(b *testing.B, program, text string, args ...string) time.Duration {
	b.Helper()
	start := time.Now()
	s := startProgram(b, program, 120, 36, nil, args...)
	s.until(text, func() bool { return strings.Contains(s.sent(), text) })
	took := time.Since(start)
	s.send("q")
	<-s.exited
	s.close()
	return took
}

func median(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)/2]) / float64(time.Millisecond)
}
