package proof_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"carrel/store"
	"carrel/store/sample"
)

// TestAFullDiskCostsTheIndexAndNothingElse has an index run out of room in the
// middle of its making. Only root can make a disk of one megabyte.
func TestAFullDiskCostsTheIndexAndNothingElse(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a small disk can be made by root only")
	}
	dir := filepath.Join(t.TempDir(), "articles")
	sampleIn(t, dir)
	sizes := []string{"1m"}
	if slow > 1 {
		sizes = []string{"300k"} // there is less to keep
	}
	if long() { // so that it happens at other moments
		sizes = strings.Fields("16k 32k 64k 100k 132k 164k 200k 300k 500k 800k 1m 1500k 1800k 2m 2200k 2500k 3m 3500k 4m 5m 6m")
	}
	for _, size := range sizes {
		t.Run(size, func(t *testing.T) { fullDisk(t, dir, size) })
	}
}

func fullDisk(t *testing.T, dir, size string) {
	small := t.TempDir()
	if err := syscall.Mount("none", small, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small disk cannot be made here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(small, syscall.MNT_DETACH) })
	keptNowhere(t, dir, small, size == "1m")

	// Once there is room, the index is kept again.
	if err := syscall.Mount("none", small, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir, small)
	update(t, s)
	if notice := s.State().Notice; notice != "" || !s.Kept() {
		t.Errorf("with room again: %q, kept %v", notice, s.Kept())
	}
	if diff := truthOf(t, dir, sample.Queries(sampleSeed, 16)).differs(s); diff != "" {
		t.Error(diff)
	}
}

// TestACacheThatCannotBeWrittenCostsTheIndexAndNothingElse has places for an index
// that nobody can write to, root neither.
func TestACacheThatCannotBeWrittenCostsTheIndexAndNothingElse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "articles")
	sampleIn(t, dir)
	place := t.TempDir()
	write(t, place, "file", "no folder")
	t.Run("below a file", func(t *testing.T) { keptNowhere(t, dir, filepath.Join(place, "file", "cache"), false) })
	t.Run("no permission", func(t *testing.T) {
		cache := filepath.Join(place, "closed")
		if err := os.Mkdir(cache, 0o500); err != nil {
			t.Fatal(err)
		}
		if os.Getuid() == 0 { // whom modes do not stop
			if err := syscall.Mount("none", cache, "tmpfs", syscall.MS_RDONLY, "size=1m"); err != nil {
				t.Skipf("nothing can be closed to root here: %v", err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(cache, syscall.MNT_DETACH) })
		}
		keptNowhere(t, dir, cache, false)
	})
	t.Run("an index on a disk that is read-only by now", func(t *testing.T) {
		if os.Getuid() != 0 {
			t.Skip("a disk can be made read-only by root only")
		}
		cache := t.TempDir()
		if err := syscall.Mount("none", cache, "tmpfs", 0, "size=64m"); err != nil {
			t.Skipf("no disk can be made here: %v", err)
		}
		t.Cleanup(func() { _ = syscall.Unmount(cache, syscall.MNT_DETACH) })
		s := open(t, dir, cache)
		update(t, s)
		_ = s.Close()
		if err := syscall.Mount("none", cache, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, "size=64m"); err != nil {
			t.Fatal(err)
		}
		keptNowhere(t, dir, cache, false)
	})
}

// keptNowhere reads a collection whose index cannot be kept.
func keptNowhere(t *testing.T, dir, cache string, full bool) {
	t.Helper()
	before := sumOf(t, dir)
	routines := runtime.NumGoroutine()
	want := truthOf(t, dir, sample.Queries(sampleSeed, 16))
	s, err := store.Open(dir, store.Options{Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second*slow)
	defer cancel()
	s.Keep(ctx)
	begun := false
	state := s.State()
	for !state.Complete || !state.Verified {
		if state, err = s.Wait(ctx, state.Version); err != nil {
			t.Fatalf("not done after 20 s: %+v", brief(s.State()))
		}
		begun = begun || s.Kept()
	}
	notice := string(state.Notice)
	if s.Kept() && long() && notice == "" {
		t.Log("there was room enough")
	} else if !strings.HasPrefix(notice, "the index is not kept") || strings.Contains(notice, "\n") || strings.Contains(notice, filepath.Dir(cache)) {
		t.Errorf("notice %q", notice)
	}
	if full && !begun && slow == 1 {
		t.Error("the index was not even begun")
	}
	if s.Kept() && notice != "" {
		t.Error("the index is kept")
	}
	if diff := want.differs(s); diff != "" {
		t.Error(diff)
	}
	if sumOf(t, dir) != before {
		t.Error("the collection has changed")
	}
	// A change is seen as always.
	write(t, dir, "added.md", "# Added\n\nxylophon\n")
	defer os.Remove(filepath.Join(dir, "added.md"))
	for {
		ids, _, err := search(s, store.Question{Text: "xylophon", Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) == 1 {
			break
		}
		if _, err := s.Wait(ctx, s.State().Version); err != nil {
			t.Fatal("an article that was added is not found")
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	t.Log(notice)
	noneLeft(t, routines)
}

// noneLeft waits until there are no more goroutines than there were.
func noneLeft(t *testing.T, before int) {
	t.Helper()
	for until := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			all := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, all[:runtime.Stack(all, true)])
		}
	}
}
