package store_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"carrel/store"
	"carrel/store/sample"
)

// The benchmarks of this file are about a collection of 10,000 articles, or of as
// many as $CARREL_BENCH_ARTICLES says:
//
//	CARREL_BENCH_ARTICLES=100000 go test -run xxx -bench Collection -benchtime 1x -timeout 1h ./store

const benchSeed = 1

func benchCollection(b *testing.B) string {
	b.Helper()
	n := 10_000
	if text := os.Getenv("CARREL_BENCH_ARTICLES"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil || n < 100 {
			b.Fatalf("CARREL_BENCH_ARTICLES=%s: it has to be a number of at least 100", text)
		}
	}
	dir, err := sample.Folder(os.TempDir(), benchSeed, n)
	if err != nil {
		b.Fatal(err)
	}
	return dir
}

func benchOpen(b *testing.B, dir, cache string) *store.Store {
	b.Helper()
	s, err := store.Open(dir, store.Options{Cache: cache})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func benchUpdate(b *testing.B, s *store.Store) store.Summary {
	b.Helper()
	sum, err := s.Update(context.Background(), true, nil)
	if err != nil {
		b.Fatal(err)
	}
	return sum
}

// BenchmarkCollectionFirstIndex makes the index of a folder that Carrel sees for
// the first time.
func BenchmarkCollectionFirstIndex(b *testing.B) {
	dir := benchCollection(b)
	for b.Loop() {
		cache := b.TempDir()
		s := benchOpen(b, dir, cache)
		sum := benchUpdate(b, s)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		var size int64
		files, _ := filepath.Glob(filepath.Join(cache, "*", "*"))
		for _, f := range files {
			if info, err := os.Stat(f); err == nil {
				size += info.Size()
			}
		}
		b.SetBytes(sum.Bytes)
		b.ReportMetric(sum.Seconds, "s/index")
		b.ReportMetric(float64(size)/float64(sum.Bytes), "index/text")
		b.ReportMetric(float64(sum.Articles), "articles")
	}
}

// BenchmarkCollectionUnchanged checks a folder in which nothing has changed: the
// list is in memory, as in a reader that is told of a change.
func BenchmarkCollectionUnchanged(b *testing.B) {
	s := benchOpen(b, benchCollection(b), benchCache(b))
	defer s.Close()
	benchUpdate(b, s)
	var took []time.Duration
	for b.Loop() {
		begun := time.Now()
		if sum := benchUpdate(b, s); sum.Added+sum.Changed+sum.Removed > 0 {
			b.Fatalf("something has changed: %+v", sum)
		}
		took = append(took, time.Since(begun))
	}
	report(b, took, "check")
}

// benchCache is a folder with an up-to-date index of the collection. It stays
// there for the next time: to make the index of a large collection takes a minute.
func benchCache(b *testing.B) string {
	b.Helper()
	cache := filepath.Join(os.TempDir(), "carrel-sample-cache", "carrel")
	s := benchOpen(b, benchCollection(b), cache)
	benchUpdate(b, s)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return cache
}

// BenchmarkCollectionOpen opens a known collection: until there are first rows,
// and until all articles are listed.
func BenchmarkCollectionOpen(b *testing.B) {
	dir, cache := benchCollection(b), benchCache(b)
	var rows, listed []time.Duration
	for b.Loop() {
		begun := time.Now()
		s := benchOpen(b, dir, cache)
		ctx, cancel := context.WithCancel(context.Background())
		s.Keep(ctx)
		var state store.State
		for first := true; !state.Listed; {
			var err error
			if state, err = s.Wait(ctx, state.Version); err != nil {
				b.Fatal(err)
			}
			if first && len(state.Entries) > 0 {
				rows, first = append(rows, time.Since(begun)), false
			}
		}
		listed = append(listed, time.Since(begun))
		cancel()
		_ = s.Close()
	}
	report(b, rows, "rows")
	report(b, listed, "listed")
}

// BenchmarkCollectionSearch asks 200 mixed queries, one after the other, as they
// are asked while one types: the first answer with the excerpts of a screenful,
// and the ranking of all.
func BenchmarkCollectionSearch(b *testing.B) {
	ctx := context.Background()
	s := benchOpen(b, benchCollection(b), benchCache(b))
	defer s.Close()
	benchUpdate(b, s)
	queries := sample.Queries(benchSeed, 200)
	const screenful = 12
	var first, shown, final []time.Duration
	for b.Loop() {
		for _, text := range queries {
			q := store.Question{Text: text, Typing: true, Limit: 200}
			begun := time.Now()
			found, err := s.Search(ctx, q)
			if err != nil {
				b.Fatal(err)
			}
			first = append(first, time.Since(begun))
			hits := found.Hits
			if found.More != nil {
				if found, err = found.More(ctx); err != nil {
					b.Fatal(err)
				}
			}
			final = append(final, time.Since(begun))
			begun = time.Now()
			if _, err := s.Look(ctx, q, hits[:min(len(hits), screenful)]); err != nil {
				b.Fatal(err)
			}
			shown = append(shown, first[len(first)-1]+time.Since(begun))
			if testing.Verbose() {
				b.Logf("%8.1f %8.1f %6d %q", ms(first[len(first)-1]), ms(final[len(final)-1]), found.Total, text)
			}
		}
	}
	report(b, first, "first")
	report(b, shown, "excerpts")
	report(b, final, "final")
}

// BenchmarkCollectionMemory is what a store holds that has the whole list.
func BenchmarkCollectionMemory(b *testing.B) {
	dir, cache := benchCollection(b), benchCache(b)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		s := benchOpen(b, dir, cache)
		n := benchUpdate(b, s).Articles
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/article")
		_ = s.Close()
	}
}

// report gives the median and the 99th percentile in milliseconds.
func report(b *testing.B, took []time.Duration, name string) {
	b.Helper()
	slices.Sort(took)
	b.ReportMetric(ms(took[len(took)/2]), "ms/"+name)
	b.ReportMetric(ms(took[min(len(took)*99/100, len(took)-1)]), "ms/"+name+"-p99")
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
