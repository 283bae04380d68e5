package proof_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"carrel/store"
	"carrel/store/sample"
)

// within waits until something holds and says how long that took.
func within(t *testing.T, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	began := time.Now()
	for !holds() {
		if time.Since(began) > limit {
			t.Fatalf("%s: not within %v", what, limit)
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Logf("%s: %v", what, time.Since(began).Round(time.Millisecond))
}

// soon is 2.5 seconds, and more where other things go on besides.
const soon = 10 * time.Second * slow

func finds(s *store.Store, word string) int {
	ids, _, err := search(s, store.Question{Text: word, Limit: all})
	if err != nil {
		return -1
	}
	return len(ids)
}

func keep(t *testing.T, s *store.Store) {
	t.Helper()
	s.Keep(context.Background())
}

func settled(s *store.Store) bool { state := s.State(); return state.Complete && state.Verified }

// TestASecondWindowSeesWhatTheFirstKeepsAndTakesOver: of two that read one
// collection the first keeps the index, and the second has it all the same.
func TestASecondWindowSeesWhatTheFirstKeepsAndTakesOver(t *testing.T) {
	t.Parallel() // most of it is waiting
	dir, cache := filepath.Join(t.TempDir(), "articles"), t.TempDir()
	sampleIn(t, dir)
	first := open(t, dir, cache)
	keep(t, first)
	within(t, soon, "the first is done", func() bool { return settled(first) })

	second := open(t, dir, cache)
	keep(t, second)
	within(t, soon, "the second is done", func() bool { return settled(second) })
	if n := second.State().Percent; n != 100 || !second.Kept() {
		t.Errorf("the second can search %d %%, kept %v", n, second.Kept())
	}
	queries := sample.Queries(sampleSeed, 16)
	if diff := truthOf(t, dir, queries).differs(second); diff != "" {
		t.Error(diff)
	}

	step := func(what string, change func() error, word string, n int) {
		t.Helper()
		if err := change(); err != nil {
			t.Fatal(err)
		}
		within(t, soon, "the second sees what was "+what, func() bool { return finds(second, word) == n })
		within(t, soon, "the first too", func() bool { return finds(first, word) == n })
	}
	added := filepath.Join(dir, "added.md")
	put := func(text string) func() error {
		return func() error { return os.WriteFile(added, []byte(text), 0o644) }
	}
	step("added", put("# Xylophon\n\nxylophon\n"), "xylophon", 1)
	step("changed", put("# Marimba\n\nmarimbas, and more\n"), "xylophon", 0)
	step("renamed", func() error { return os.Rename(added, added+".md") }, "marimba", 1)
	step("removed", func() error { return os.Remove(added + ".md") }, "marimba", 0)

	// The first throws the index away and makes it anew.
	if err := first.Rebuild(context.Background()); err != nil {
		t.Fatal(err)
	}
	update(t, first)
	step("added to the new index", put("# Celesta\n\ncelesta\n"), "celesta", 1)
	if diff := truthOf(t, dir, queries).differs(second); diff != "" {
		t.Error(diff)
	}

	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := put("# Fagott\n\nfagott\n")(); err != nil {
		t.Fatal(err)
	}
	within(t, soon, "the second takes over", func() bool { return finds(second, "fagott") == 1 && finds(second, "celesta") == 0 })
	want := truthOf(t, dir, queries)
	if diff := want.differs(second); diff != "" {
		t.Error(diff)
	}
	if notice := second.State().Notice; notice != "" {
		t.Errorf("the second says %q", notice)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
	third := open(t, dir, cache)
	if summary := update(t, third); summary.Added+summary.Changed+summary.Removed > 0 {
		t.Errorf("what the second kept is not all: %+v", summary)
	}
	if diff := want.differs(third); diff != "" {
		t.Error(diff)
	}
	if ok := ask(t, cache, "PRAGMA integrity_check"); ok != "ok" {
		t.Error(ok)
	}
}

// TestASecondProcessTakesOverFromOneThatWasKilled does the same to a process.
func TestASecondProcessTakesOverFromOneThatWasKilled(t *testing.T) {
	t.Parallel() // most of it is waiting
	dir, cache := filepath.Join(t.TempDir(), "articles"), t.TempDir()
	sampleIn(t, dir)
	cmd, out := start(t, dir, cache, "5")
	hear(t, out, "done")
	s := open(t, dir, cache)
	keep(t, s)
	within(t, soon, "rows while the other writes", func() bool { return len(s.Entries()) > sampleArticles/2 && s.Kept() })
	time.Sleep(500 * time.Millisecond)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	queries := sample.Queries(sampleSeed, 16)
	want := truthOf(t, dir, queries)
	within(t, soon, "taken over", func() bool {
		rows := ""
		if diff := want.differs(s); diff == "" {
			rows = ask(t, cache, "SELECT count(*) FROM article")
		}
		return rows == strconv.Itoa(len(want.entries))
	})
	if notice := s.State().Notice; notice != "" {
		t.Errorf("it says %q", notice)
	}
}
