package collection

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// soon is how long a reader may wait for a change to be noticed.
const soon = 2 * time.Second

// usual are settings like those of Watch, with less patience.
func usual() watchSettings {
	return watchSettings{
		quiet: 50 * time.Millisecond, late: time.Second, pollEvery: time.Hour,
		start: fsnotify.NewWatcher, add: (*fsnotify.Watcher).Add,
		network: func(string) (string, bool) { return "", false },
	}
}

// watching watches all folders of a collection and waits until it does.
func watching(t *testing.T, f *Folder) *Watcher {
	t.Helper()
	if !watchesFolders {
		t.Skip("this system is polled")
	}
	w := f.watch(t.Context(), walkAll(t, f).dirs, usual())
	if !told(w, soon) {
		t.Fatal("nothing is told once all is watched")
	}
	return w
}

func told(w *Watcher, within time.Duration) bool {
	select {
	case <-w.Changed():
		return true
	case <-time.After(within):
		return false
	}
}

func TestWhatHappensToArticlesIsNoticed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "sub/a.md", "a")
	write(t, dir, "sub/deep/b.md", "b")
	write(t, dir, "picture.png", "x")
	f := open(t, dir)
	w := watching(t, f)
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"a new article", func() error { return os.WriteFile(at("sub/new.md"), []byte("x"), 0o644) }},
		{"more text", func() error { return os.WriteFile(at("sub/new.md"), []byte("xyz"), 0o644) }},
		{"another name", func() error { return os.Rename(at("sub/new.md"), at("sub/other.md")) }},
		{"a name that is no article", func() error { return os.Rename(at("sub/other.md"), at("sub/other.bak")) }},
		{"an article again", func() error { return os.Rename(at("sub/other.bak"), at("other.md")) }},
		{"another time", func() error { return os.Chtimes(at("other.md"), time.Time{}, time.Unix(1000, 0)) }},
		{"deleted", func() error { return os.Remove(at("other.md")) }},
		{"a new folder", func() error { return os.Mkdir(at("made"), 0o755) }},
		{"an article in it", func() error { return os.WriteFile(at("made/c.md"), []byte("x"), 0o644) }},
		{"a renamed folder", func() error { return os.Rename(at("made"), at("moved")) }},
		{"an article in that", func() error { return os.WriteFile(at("moved/d.md"), []byte("x"), 0o644) }},
		{"a folder above others renamed", func() error { return os.Rename(at("sub"), at("upper")) }},
		{"a change far below it", func() error { return os.WriteFile(at("upper/deep/b.md"), []byte("x"), 0o644) }},
		{"a deleted folder", func() error { return os.RemoveAll(at("moved")) }},
		{"settings", func() error { return os.WriteFile(at("config.toml"), []byte(`title = "x"`), 0o644) }},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if !told(w, soon) {
			t.Errorf("%s: nothing is told", step.name)
		}
		// As after any change, there is a walk; new folders are told of once more.
		w.Dirs(walkAll(t, f).dirs)
		for told(w, 2*usual().quiet) {
		}
	}
	if live, reason := w.Mode(); !live {
		t.Errorf("not live: %s", reason)
	}
}

func TestWhatIsNoArticleIsNotNoticed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"sub/a.md", ".git/x", "public/p.md"} {
		write(t, dir, name, "a")
	}
	f := open(t, dir)
	w := watching(t, f)
	for _, name := range []string{"picture.png", "sub/picture.png", ".hidden.md", "sub/.a.md.swp", "sub/4913", "sub/config.toml", ".git/index", ".git/b.md", "public/q.md"} {
		write(t, dir, name, "x")
		write(t, dir, name, "xy")
		os.Remove(filepath.Join(dir, filepath.FromSlash(name)))
	}
	os.Mkdir(filepath.Join(dir, ".obsidian"), 0o755)
	os.Mkdir(filepath.Join(dir, "node_modules"), 0o755)
	if told(w, 2*usual().quiet) {
		t.Error("something is told")
	}
}

func TestManyChangesAreToldOfOnce(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	w := watching(t, f)
	for i := range 300 {
		write(t, dir, fmt.Sprintf("%d.md", i), "x")
	}
	if !told(w, soon) || told(w, 3*usual().quiet) {
		t.Error("want 300 files at once told of once")
	}
}

func TestChangesWithoutAPauseAreToldOfAllTheSame(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	if !watchesFolders {
		t.Skip("this system is polled")
	}
	settings := usual()
	settings.quiet, settings.late = soon, 300*time.Millisecond
	w := f.watch(t.Context(), []string{"."}, settings)
	if !told(w, soon) {
		t.Fatal("nothing is told once all is watched")
	}
	stop := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
				write(t, dir, "log.md", time.Now().String())
			}
		}
	})
	start := time.Now()
	first, second := told(w, soon), told(w, soon)
	close(stop)
	busy.Wait()
	if took := time.Since(start); !first || !second || took < 2*settings.late {
		t.Errorf("told %v and %v after %v, want once every %v", first, second, took, settings.late)
	}
}

func TestAReaderSeesAChangeSoon(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "sub/a.md", "a")
	f := open(t, dir)
	w := f.Watch(t.Context(), walkAll(t, f).dirs)
	if live, reason := w.Mode(); !live {
		t.Skip(reason)
	}
	if !told(w, soon) {
		t.Fatal("nothing is told once all is watched")
	}
	write(t, dir, "sub/a.md", "b")
	if !told(w, soon) {
		t.Error("nothing is told")
	}
}

// What is written into a new folder before it is under watch is seen by the walk
// that follows its being watched.
func TestNothingFallsBetweenAWalkAndTheWatch(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	w := watching(t, f)
	for i := range 5 {
		name := fmt.Sprintf("new%d/a.md", i)
		if err := os.Mkdir(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if !told(w, soon) {
			t.Fatal("a new folder is not noticed")
		}
		seen := walkAll(t, f)
		write(t, dir, name, "x")
		w.Dirs(seen.dirs)
		if !told(w, soon) || len(walkAll(t, f).files) != i+1 {
			t.Errorf("%s is lost", name)
		}
		w.Dirs(walkAll(t, f).dirs)
	}
	if told(w, 3*usual().quiet) {
		t.Error("told of the same folders again")
	}
}

func TestASingleFileIsWatchedAlone(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	f := open(t, filepath.Join(dir, "a.md"))
	w := watching(t, f)
	write(t, dir, "b.md", "b")
	write(t, dir, "sub/a.md", "b")
	if told(w, 2*usual().quiet) {
		t.Error("another file is told of")
	}
	// As many editors write: a new file takes the place of the old one.
	write(t, dir, ".a.tmp", "new")
	if err := os.Rename(filepath.Join(dir, ".a.tmp"), filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	if !told(w, soon) {
		t.Error("the file is not watched")
	}
}

func TestAnEmbeddedCollectionNeverChanges(t *testing.T) {
	before := runtime.NumGoroutine()
	settings := usual()
	settings.pollEvery = time.Millisecond
	w := FromFS("x", fstest.MapFS{"a.md": {}}).watch(t.Context(), []string{"."}, settings)
	w.Dirs([]string{"."})
	w.Dirs([]string{"."})
	if live, reason := w.Mode(); !live || reason != "" || told(w, 50*time.Millisecond) || runtime.NumGoroutine() > before {
		t.Errorf("live %v, %q", live, reason)
	}
}

func TestWithoutWatchesTheFolderIsPolled(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "sub/a.md", "a")
	f := open(t, dir)
	dirs := walkAll(t, f).dirs
	before := runtime.NumGoroutine()
	for _, c := range []struct {
		name, reason string
		change       func(*watchSettings)
	}{
		{"none left at the start", "the system has no watches left", func(s *watchSettings) {
			s.start = func() (*fsnotify.Watcher, error) { return nil, fmt.Errorf("x: %w", syscall.EMFILE) }
		}},
		{"none left for a sub-folder", "the system has no watches left", func(s *watchSettings) {
			s.add = func(w *fsnotify.Watcher, dir string) error {
				if filepath.Base(dir) == "sub" {
					return syscall.ENOSPC
				}
				return w.Add(dir)
			}
		}},
		{"refused", "the system cannot watch the folder: no\ufffd", func(s *watchSettings) {
			s.add = func(*fsnotify.Watcher, string) error { return errors.New("no\x1b\xff") }
		}},
		{"network", "the folder is on a network file system (nfs)", func(s *watchSettings) {
			s.network = func(string) (string, bool) { return "nfs", true }
		}},
		{"a folder of it on the network", "the folder is on a network file system (fuse)", func(s *watchSettings) {
			s.network = func(dir string) (string, bool) { return "fuse", filepath.Base(dir) == "sub" }
		}},
	} {
		settings := usual()
		settings.pollEvery = 20 * time.Millisecond
		c.change(&settings)
		ctx, cancel := context.WithCancel(context.Background())
		w := f.watch(ctx, dirs, settings)
		for i := range 5 {
			w.Dirs(dirs)
			if !told(w, soon) {
				t.Errorf("%s: told of %d times", c.name, i)
			}
		}
		if live, reason := w.Mode(); watchesFolders && (live || reason != c.reason) {
			t.Errorf("%s: live %v, %q", c.name, live, reason)
		}
		cancel()
		settled(t, before)
	}
}

func TestTooManyFoldersArePolled(t *testing.T) {
	f := open(t, t.TempDir())
	settings := usual()
	settings.add = func(*fsnotify.Watcher, string) error { return nil }
	w := f.watch(t.Context(), strings.Split(strings.Repeat("x,", mostWatched+1), ","), settings)
	if !told(w, soon) {
		t.Fatal("nothing is told")
	}
	if live, reason := w.Mode(); live || reason == "" {
		t.Errorf("live %v, %q", live, reason)
	}
}

func TestAWatcherLeavesNothingRunning(t *testing.T) {
	f := many(t, 50)
	dirs := walkAll(t, f).dirs
	for i := range 20 {
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithCancel(context.Background())
		w := f.Watch(ctx, dirs)
		time.Sleep(time.Duration(i) * 100 * time.Microsecond)
		w.Dirs(dirs)
		cancel()
		settled(t, before)
		w.Dirs(dirs)
		w.Dirs(dirs)
	}
}

func TestFoldersThatComeAndGoWhileTheyAreWatched(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	f := open(t, dir)
	w := watching(t, f)
	for range 200 {
		write(t, dir, "sub/deep/a.md", "a")
		w.Dirs(walkAll(t, f).dirs)
		os.Rename(filepath.Join(dir, "sub"), filepath.Join(dir, "old"))
		w.Dirs(walkAll(t, f).dirs)
		os.RemoveAll(filepath.Join(dir, "old"))
	}
	for told(w, 3*usual().quiet) {
		w.Dirs(walkAll(t, f).dirs)
	}
	if live, reason := w.Mode(); !live {
		t.Fatalf("not live: %s", reason)
	}
	write(t, dir, "b.md", "a")
	if !told(w, soon) {
		t.Error("nothing is told any more")
	}
}

func TestAFolderThatIsMovedAwayIsPolled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "in")
	write(t, dir, "a.md", "a")
	f := open(t, dir)
	w := watching(t, f)
	if err := os.Rename(dir, dir+"2"); err != nil {
		t.Skip("the system does not move an open folder")
	}
	if !told(w, soon) {
		t.Error("nothing is told")
	}
	w.Dirs(walkAll(t, f).dirs)
	if !told(w, soon) {
		t.Error("nothing is told when it is polled")
	}
	if live, _ := w.Mode(); live {
		t.Error("a folder that is elsewhere is watched")
	}
}

func TestADiskOfThisComputerIsNotOnTheNetwork(t *testing.T) {
	if kind, ok := OnNetwork(t.TempDir()); ok {
		t.Logf("temporary files are on %s", kind)
	}
	if kind, ok := OnNetwork(filepath.Join(t.TempDir(), "none")); runtime.GOOS == "linux" && (!ok || kind != unknownKind) {
		t.Errorf("a folder that is not there: %q, %v", kind, ok)
	}
}
