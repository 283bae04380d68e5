package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"carrel/store/article"
	"carrel/store/collection"
)

// many makes a folder of n articles of three words, each with a link to the next.
func many(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		write(t, dir, fmt.Sprintf("%04d.md", i), dated(fmt.Sprint("No ", i), 1+i%28, fmt.Sprintf("one two [three](%04d.md)", (i+1)%n)))
	}
	return dir
}

func rename(t testing.TB, dir, from, to string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, to)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
		t.Fatal(err)
	}
}

// wantCounts holds a summary to articles, added, changed, moved and removed.
func wantCounts(t *testing.T, got Summary, want ...int) {
	t.Helper()
	if counts := []int{got.Articles, got.Added, got.Changed, got.Moved, got.Removed}; !slices.Equal(counts, want) {
		t.Errorf("articles, added, changed, moved, removed: %d, want %d", counts, want)
	}
}

func TestTheListIsNewestFirstAndGetsItsWords(t *testing.T) {
	for _, n := range []int{5, 600} { // few are read at once, of many the heads first
		s := open(t, many(t, n))
		if st := s.State(); len(st.Entries) != 0 || st.Version != 0 || st.Listed || st.Complete {
			t.Errorf("before anything is read: %+v", s.State())
		}
		listed, err := s.List(context.Background())
		if err != nil || len(listed) != n || !slices.IsSortedFunc(listed, collection.Compare) {
			t.Fatalf("%d articles, %v; want %d in order", len(listed), err, n)
		}
		if state := s.State(); !state.Listed || state.Complete || state.Percent != 0 {
			t.Errorf("listed: %v, complete %v, %d %%", state.Listed, state.Complete, state.Percent)
		}
		order := s.State().Order
		wantCounts(t, read(t, s), n, 0, 0, 0, 0)
		state := s.State()
		if !state.Listed || !state.Complete || state.Percent != 100 || state.Order != order {
			t.Errorf("complete: %v, %v, %d %%, the order %d was %d", state.Listed, state.Complete, state.Percent, state.Order, order)
		}
		for i, e := range state.Entries {
			if e.Words != 3 || e.ID != listed[i].ID {
				t.Fatalf("%s has %d words, want 3", e.ID, e.Words)
			}
		}
		// Links are resolved, whichever way the articles were read.
		fresh := open(t, many(t, n))
		wantCounts(t, read(t, fresh), n, n, 0, 0, 0)
		for _, s := range []*Store{s, fresh} {
			if r := s.Resolve("0000.md", "No 3"); !slices.Equal(r.To, []article.ID{"0003.md"}) || s.Title("0003.md") != "No 3" {
				t.Errorf("of %d articles a link by title leads to %+v", n, r)
			}
		}
	}
}

func TestTheListComesBeforeEverythingIsRead(t *testing.T) {
	s := open(t, many(t, 600))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := s.Update(ctx, true, nil)
		done <- err
	}()
	for version := 0; ; {
		state, err := s.Wait(ctx, version)
		if err != nil {
			t.Fatal(err)
		}
		if state.Version <= version || !slices.IsSortedFunc(state.Entries, collection.Compare) {
			t.Fatalf("version %d after %d, %d articles", state.Version, version, len(state.Entries))
		}
		if state.Listed && len(state.Entries) != 600 {
			t.Errorf("%d articles are said to be all", len(state.Entries))
		}
		if state.Complete && (state.Percent != 100 || !state.Listed) {
			t.Errorf("complete, but listed %v and %d %%", state.Listed, state.Percent)
		}
		if version = state.Version; state.Complete {
			break
		}
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	gone, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Wait(gone, s.State().Version); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for another state is given up: %v", err)
	}
}

func TestProgressComesToItsEnd(t *testing.T) {
	dir := many(t, 100)
	write(t, dir, "long.md", strings.Repeat("word ", batchBytes/5))
	s := open(t, dir)
	var last Progress
	times := 0
	sum, err := s.Update(context.Background(), true, func(now Progress) {
		if now.Done < last.Done || now.BytesDone < last.BytesDone || now.Done > now.Files || now.BytesDone > now.Bytes {
			t.Errorf("%+v after %+v", now, last)
		}
		last = now
		times++
	})
	if err != nil || times < 2 || last.Files != 101 || last.Done != 101 || last.BytesDone != last.Bytes || last.Bytes != sum.Bytes {
		t.Errorf("%d times, at last %+v, %d bytes, %v", times, last, sum.Bytes, err)
	}
}

func TestASnapshotNeverChanges(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", dated("A", 1, "one"))
	write(t, dir, "b.md", dated("B", 2, "one"))
	s := open(t, dir)
	if _, err := s.List(context.Background()); err != nil {
		t.Fatal(err)
	}
	before := s.Entries()
	kept := slices.Clone(before)
	write(t, dir, "a.md", dated("Another A", 3, "one two"))
	write(t, dir, "c.md", dated("C", 4, "one"))
	os.Remove(filepath.Join(dir, "b.md"))
	read(t, s)
	for i := range kept {
		if before[i].ID != kept[i].ID || before[i].Title != kept[i].Title || before[i].Words != kept[i].Words {
			t.Errorf("row %d became %+v", i, before[i])
		}
	}
	wantIDs(t, s.Entries(), "c.md", "a.md")
}

func TestAnotherUpdateFindsWhatChanged(t *testing.T) {
	for _, c := range []struct {
		cache string
		whole bool
	}{{"", true}, {t.TempDir(), true}, {"", false}} {
		dir := t.TempDir()
		for i, name := range []string{"a.md", "b.md", "c.md"} {
			write(t, dir, name, dated(strings.ToUpper(name[:1]), 1+i, "[to b](b.md)"))
		}
		s := openWith(t, dir, c.cache)
		wantCounts(t, update(t, s, c.whole), 3, 3, 0, 0, 0)
		wantIDs(t, s.Entries(), "c.md", "b.md", "a.md")
		before := s.State()
		wantCounts(t, update(t, s, c.whole), 3, 0, 0, 0, 0)
		if s.State().Version != before.Version {
			t.Error("nothing changed, but readers were told of something")
		}
		os.Remove(filepath.Join(dir, "b.md"))
		write(t, dir, "a.md", dated("A", 9, "text"))
		rename(t, dir, "c.md", "sub/moved.md")
		write(t, dir, "d.md", dated("D", 5, "text"))
		wantCounts(t, update(t, s, c.whole), 3, 1, 1, 1, 1)
		wantIDs(t, s.Entries(), "a.md", "d.md", "sub/moved.md")
		if s.State().Order == before.Order {
			t.Error("the list is said to have the same order")
		}
		if r := s.Resolve("a.md", "b.md"); r.How != collection.None {
			t.Errorf("a link to an article that is gone: %+v", r)
		}
		if r := s.Resolve("a.md", "sub/moved.md"); r.How != collection.ByPath {
			t.Errorf("a link to an article that has moved: %+v", r)
		}
		if s.Title("b.md") != "" || s.Title("a.md") != "A" || s.Title("d.md") != "D" || s.Title("c.md") != "" {
			t.Error("titles are wrong")
		}
		// What was read in part only is made good for.
		wantCounts(t, read(t, s), 3, 0, 0, 0, 0)
		if state := s.State(); state.Percent != 100 || state.Entries[1].Words != 1 {
			t.Errorf("%d %%, %d words", state.Percent, state.Entries[1].Words)
		}
	}
}

// The heads of many files are read first, and those of moved ones are, too.
func TestAFolderThatIsRenamedIsListedOnce(t *testing.T) {
	dir := t.TempDir()
	for i := range manyFiles + 10 {
		write(t, dir, fmt.Sprintf("old/%03d.md", i), dated(fmt.Sprint("No ", i), 1, "text"))
	}
	s := openWith(t, dir, t.TempDir())
	read(t, s)
	rename(t, dir, "old", "new")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		for version := s.State().Version; ; {
			state, err := s.Wait(ctx, version)
			if err != nil {
				return
			}
			if version = state.Version; len(state.Entries) != manyFiles+10 {
				t.Errorf("%d articles meanwhile", len(state.Entries))
			}
		}
	}()
	wantCounts(t, read(t, s), manyFiles+10, 0, 0, manyFiles+10, 0)
	if state := s.State(); state.Percent != 100 || state.Entries[0].ID != "new/000.md" {
		t.Errorf("%d %%, %s", state.Percent, state.Entries[0].ID)
	}
	wantCounts(t, read(t, s), manyFiles+10, 0, 0, 0, 0)
}

func TestSkippedFilesAreNamedUntilTheyAreGone(t *testing.T) {
	s := openFS(t, fstest.MapFS{"b.md": {Mode: fs.ModeDevice}, "a.md": {Mode: fs.ModeSocket}, "c.md": {Data: []byte("c")}})
	for range 2 {
		sum := read(t, s)
		if k := s.Skipped(); len(k) != 2 || k[0].Path != "a.md" || k[1].Path != "b.md" || k[0].Reason == "" || s.State().Skipped != 2 || !slices.Equal(sum.Skipped, k) {
			t.Errorf("skipped %v, in the summary %v, %d counted", k, sum.Skipped, s.State().Skipped)
		}
	}
	wantIDs(t, s.Entries(), "c.md")
	for _, c := range []struct {
		cache string
		whole bool
	}{{"", true}, {t.TempDir(), true}, {"", false}} {
		dir := t.TempDir()
		write(t, dir, "a.md", "a")
		for _, name := range []string{"gone.md", "large.md", "moves.md"} {
			write(t, dir, name, "")
			if err := os.Truncate(filepath.Join(dir, name), 65<<20); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			s := openWith(t, dir, c.cache)
			update(t, s, c.whole)
			if k := s.Skipped(); len(k) != 3 || k[1].Path != "large.md" || k[1].Reason != "it is larger than 64 MiB" {
				t.Errorf("skipped %v", k)
			}
			wantIDs(t, s.Entries(), "a.md")
			s.Close()
		}
		s := openWith(t, dir, c.cache)
		update(t, s, c.whole)
		os.Remove(filepath.Join(dir, "gone.md"))
		rename(t, dir, "moves.md", "moved.md")
		write(t, dir, "large.md", "small now")
		for range 2 {
			update(t, s, c.whole)
			if k := s.Skipped(); len(k) != 1 || k[0].Path != "moved.md" {
				t.Errorf("skipped %v", k)
			}
			if list := ids(s.Entries()); !slices.Contains(list, "large.md") || len(list) != 2 {
				t.Errorf("articles %q", list)
			}
		}
		s.Close()
		if c.cache != "" {
			wantCounts(t, read(t, openWith(t, dir, c.cache)), 2, 0, 0, 0, 0)
		}
	}
}

// Permissions are no part of what tells one state of a file from another.
func TestAFileThatMayBeReadAgainIsRead(t *testing.T) {
	closed := fstest.MapFS{"a.md": {Data: []byte("a")}, "closed.md": {Data: []byte("# Closed\n\ntext")}}
	for _, whole := range []bool{false, true} {
		fsys := &lockable{MapFS: closed, locked: true}
		s := openFS(t, fsys)
		for range 3 {
			version := s.State().Version
			update(t, s, whole)
			if k := s.Skipped(); len(k) != 1 || k[0].Reason != "it cannot be read: permission denied" {
				t.Errorf("skipped %v", k)
			}
			if version > 0 && s.State().Version != version {
				t.Error("nothing changed, but readers were told of something")
			}
		}
		fsys.locked = false
		wantCounts(t, update(t, s, whole), 2, 0, 1, 0, 0)
		if r := s.Resolve("a.md", "Closed"); len(s.Skipped()) > 0 || len(r.To) != 1 {
			t.Errorf("skipped %v, a link leads to %+v", s.Skipped(), r)
		}
	}
}

// lockable is a file system with a file that may be locked.
type lockable struct {
	fstest.MapFS
	locked bool
}

func (l *lockable) Open(name string) (fs.File, error) {
	if l.locked && name == "closed.md" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("permission denied")}
	}
	return l.MapFS.Open(name)
}

func TestASingleFileIsAListOfOne(t *testing.T) {
	dir, cache := t.TempDir(), t.TempDir()
	write(t, dir, "a.md", "# A\n\n[b](b.md) word")
	write(t, dir, "b.md", "# B\n\nword")
	s := openWith(t, filepath.Join(dir, "a.md"), cache)
	wantCounts(t, read(t, s), 1, 1, 0, 0, 0)
	wantIDs(t, s.Entries(), "a.md")
	if found, err := s.Search(context.Background(), Question{Text: "word", Limit: 9}); err != nil || found.Total != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	if left, err := os.ReadDir(cache); len(left) > 0 || err != nil || s.Kept() {
		t.Errorf("an index is kept for one file: %v, %v", left, err)
	}
}

func TestManySessionsShareOneStore(t *testing.T) {
	dir := many(t, 300)
	s := openWith(t, dir, t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var sessions sync.WaitGroup
	for n := range 8 {
		sessions.Go(func() {
			if n%2 == 0 {
				s.Keep(ctx)
			} else if _, err := s.Update(ctx, true, nil); err != nil {
				t.Error(err)
			}
			for state := s.State(); !state.Complete; {
				var err error
				if state, err = s.Wait(ctx, state.Version); err != nil {
					t.Error(err)
					return
				}
				s.Skipped()
				s.Find("No 7")
				s.Complete("tag:", 4)
			}
			for i := range 100 {
				id := article.ID(fmt.Sprintf("%04d.md", (i*n)%40))
				doc, err := s.Open(ctx, id)
				if err != nil || len(doc.Links) != 1 {
					t.Errorf("%s: %v", id, err)
					return
				}
				if r := s.Resolve(id, doc.Links[0].Target); len(r.To) != 1 {
					t.Errorf("%s: %+v", id, r)
				}
			}
			q := Question{Text: "three", Limit: 5}
			found, err := s.Search(ctx, q)
			if err == nil {
				_, err = s.Look(ctx, q, found.Hits)
			}
			if err != nil || found.Total != 300 {
				t.Errorf("%d found, %v", found.Total, err)
			}
		})
	}
	sessions.Wait()
	if n := len(s.Entries()); n != 300 {
		t.Errorf("%d articles, want 300", n)
	}
}

// until waits for a state of which something is true.
func until(t *testing.T, s *Store, what string, holds func(State) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for state := s.State(); !holds(state); {
		var err error
		if state, err = s.Wait(ctx, state.Version); err != nil {
			st := s.State()
			t.Fatalf("no %s: %d articles, listed %v, complete %v, %d %%, notice %q", what, len(st.Entries), st.Listed, st.Complete, st.Percent, st.Notice)
		}
	}
}

func TestWhatChangesIsInTheListAndInTheIndexSoon(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", dated("A", 1, "moss"))
	s := openWith(t, dir, t.TempDir())
	s.Keep(context.Background())
	until(t, s, "first pass", func(st State) bool { return st.Complete && len(st.Entries) == 1 })
	write(t, dir, "sub/b.md", dated("B", 2, "lichen"))
	until(t, s, "new article", func(st State) bool { return len(st.Entries) == 2 && st.Percent == 100 })
	found, err := s.Search(context.Background(), Question{Text: "lichen", Limit: 9})
	if err != nil || found.Total != 1 || found.Hits[0].Entry.ID != "sub/b.md" {
		t.Errorf("%+v, %v", found, err)
	}
	os.Remove(filepath.Join(dir, "a.md"))
	until(t, s, "article that is gone", func(st State) bool { return len(st.Entries) == 1 })
	if found, err := s.Search(context.Background(), Question{Text: "moss", Limit: 9}); err != nil || found.Total != 0 {
		t.Errorf("what is gone is found: %+v, %v", found, err)
	}
}

func TestClosingEndsWhatKeepsTheListUpToDate(t *testing.T) {
	dir := many(t, 2000)
	before := runtime.NumGoroutine()
	for _, wait := range []time.Duration{0, time.Millisecond, 20 * time.Millisecond, 200 * time.Millisecond} {
		s, err := Open(dir, Options{Cache: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		s.Keep(context.Background())
		s.Keep(context.Background())
		time.Sleep(wait)
		if err := s.Close(); err != nil {
			t.Errorf("closed after %v: %v", wait, err)
		}
		if s.State().Notice != "" {
			t.Errorf("closed after %v: notice %q", wait, s.State().Notice)
		}
	}
	for range 500 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

func TestAFolderThatCannotBeReadIsNotAnEmptyOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "notes")
	write(t, dir, "a.md", "a")
	s := openWith(t, dir, t.TempDir())
	read(t, s)
	rename(t, filepath.Dir(dir), "notes", "elsewhere")
	os.RemoveAll(filepath.Join(filepath.Dir(dir), "elsewhere"))
	if _, err := s.Update(context.Background(), true, nil); err == nil {
		t.Error("a folder that is gone is read")
	}
	wantIDs(t, s.Entries(), "a.md")
}

func BenchmarkListLarge(b *testing.B) {
	files := fstest.MapFS{}
	for i := range 20000 {
		files[fmt.Sprintf("part%d/%06d.md", i%50, i)] = &fstest.MapFile{Data: []byte(dated(fmt.Sprint("Article ", i), 1+i%28, "one two three"))}
	}
	for b.Loop() {
		s := OpenFS("large", files)
		if _, err := s.List(context.Background()); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
