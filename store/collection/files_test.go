package collection

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
	"testing"
	"testing/fstest"
	"time"
)

// walked is what a walk lists.
type walked struct {
	files   []File
	skipped map[string]string
	dirs    []string
}

func walkAll(t testing.TB, f *Folder) walked {
	t.Helper()
	files, skipped, dirs, err := f.Walk(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(files, func(a, b File) int { return strings.Compare(string(a.ID), string(b.ID)) }) {
		t.Error("the files are not in the order of their bytes")
	}
	return walked{files, reasons(skipped), dirs}
}

func (w walked) ids() []string {
	ids := []string{}
	for _, f := range w.files {
		ids = append(ids, string(f.ID))
	}
	return ids
}

func TestAWalkListsFilesWithTheirStateInTheOrderOfBytes(t *testing.T) {
	dir := t.TempDir()
	names := []string{"B.MARKDOWN", "a b/x.md", "a-b/x.md", "a.md", "a/b/c.md", "a/x.md", "a0/x.Txt", "public.md", "ünï/çødé.md"}
	for _, name := range names {
		write(t, dir, name, "text of "+name)
	}
	for _, name := range []string{".git/f.md", "a/node_modules/g.md", "public/h.md", "l.html", ".h.md"} {
		write(t, dir, name, "x")
	}
	f := open(t, dir)
	w := walkAll(t, f)
	if !slices.Equal(w.ids(), names) || len(w.skipped) > 0 {
		t.Fatalf("files %q, skipped %v, want %q", w.ids(), w.skipped, names)
	}
	if want := []string{".", "a", "a b", "a-b", "a/b", "a0", "ünï"}; !slices.Equal(w.dirs, want) {
		t.Errorf("folders %q, want %q", w.dirs, want)
	}
	for _, file := range w.files {
		stamp, err := f.Stamp(file.ID)
		if err != nil || stamp != file.Stamp || stamp.Size != int64(len("text of "+file.ID)) {
			t.Errorf("%s: %+v when walked, %+v when asked for, %v", file.ID, file.Stamp, stamp, err)
		}
	}
}

func TestAWalkTellsAChangedAndARenamedFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	f := open(t, dir)
	before := walkAll(t, f).files[0]
	if err := os.Rename(filepath.Join(dir, "a.md"), filepath.Join(dir, "b.md")); err != nil {
		t.Fatal(err)
	}
	renamed := walkAll(t, f).files[0]
	if renamed.ID != "b.md" || renamed.Stamp != before.Stamp {
		t.Errorf("%+v becomes %+v", before, renamed)
	}
	if err := os.Chtimes(filepath.Join(dir, "b.md"), time.Time{}, time.Unix(1000, 5000)); err != nil {
		t.Fatal(err)
	}
	if changed := walkAll(t, f).files[0]; changed.Stamp == before.Stamp || changed.Inode != before.Inode {
		t.Errorf("%+v becomes %+v", before, changed)
	}
}

func TestAWalkReadsNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "large.md", "")
	if err := os.Truncate(filepath.Join(dir, "large.md"), maxFile+1); err != nil {
		t.Fatal(err)
	}
	f := open(t, dir)
	w := walkAll(t, f)
	if len(w.files) != 1 || w.files[0].Size != maxFile+1 || len(w.skipped) > 0 {
		t.Errorf("%+v", w)
	}
	if _, err := f.Read(context.Background(), "large.md"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v", err)
	}
}

func TestAWalkOfASingleFileListsThatAlone(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "abc")
	write(t, dir, "b.md", "b")
	f := open(t, filepath.Join(dir, "a.md"))
	if w := walkAll(t, f); !slices.Equal(w.ids(), []string{"a.md"}) || w.files[0].Size != 3 || !slices.Equal(w.dirs, []string{"."}) {
		t.Errorf("%+v", w)
	}
	os.Remove(filepath.Join(dir, "a.md"))
	if w := walkAll(t, f); len(w.files)+len(w.skipped) > 0 {
		t.Errorf("after it was deleted: %+v", w)
	}
	if err := os.Mkdir(filepath.Join(dir, "a.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	if w := walkAll(t, f); len(w.files) > 0 || w.skipped["a.md"] != ErrNotFile.Error() {
		t.Errorf("as a folder: %+v", w)
	}
}

func TestAWalkOfAnEmbeddedCollection(t *testing.T) {
	day := time.Unix(86400, 0)
	f := FromFS("x", fstest.MapFS{
		"b/a.md": {Data: []byte("one"), ModTime: day}, "b-a.txt": {}, "c/.d.md": {}, "pipe.md": {Mode: fs.ModeNamedPipe},
	})
	w := walkAll(t, f)
	if !slices.Equal(w.ids(), []string{"b-a.txt", "b/a.md"}) || w.files[1].Stamp != (Stamp{ModTime: day, Size: 3}) {
		t.Errorf("%+v", w.files)
	}
	if !slices.Equal(w.dirs, []string{".", "b", "c"}) || len(w.skipped) != 1 || w.skipped["pipe.md"] != ErrNotFile.Error() {
		t.Errorf("folders %q, skipped %v", w.dirs, w.skipped)
	}
}

func TestAWalkThatWasGivenUpListsNothing(t *testing.T) {
	f := many(t, 100)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	before := runtime.NumGoroutine()
	files, _, dirs, err := f.Walk(ctx)
	if !errors.Is(err, context.Canceled) || files != nil || dirs != nil {
		t.Errorf("%d files, %v", len(files), err)
	}
	settled(t, before)
}

// A folder that cannot be read must not look like one from which every article
// was deleted.
func TestAFolderThatIsGoneIsNotAnEmptyOne(t *testing.T) {
	f := open(t, t.TempDir())
	f.Close()
	if files, _, dirs, err := f.Walk(context.Background()); err == nil || files != nil || dirs != nil {
		t.Errorf("%d files, %q, %v", len(files), dirs, err)
	}
}

func TestFilesThatComeAndGoStopNoWalk(t *testing.T) {
	dir := t.TempDir()
	for i := range 50 {
		write(t, dir, fmt.Sprintf("kept/%02d.md", i), "x")
	}
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			sub := filepath.Join(dir, fmt.Sprintf("sub%d", i%3))
			os.MkdirAll(sub, 0o755)
			os.WriteFile(filepath.Join(sub, "a.md"), []byte("a"), 0o644)
			os.WriteFile(filepath.Join(dir, "kept", "new.md"), []byte("a"), 0o644)
			os.Remove(filepath.Join(dir, "kept", "new.md"))
			os.RemoveAll(sub)
		}
	}()
	f := open(t, dir)
	for range 300 {
		w := walkAll(t, f)
		kept := slices.DeleteFunc(w.ids(), func(id string) bool { return !strings.HasPrefix(id, "kept/") || id == "kept/new.md" })
		if len(kept) != 50 || len(w.skipped) > 0 {
			t.Fatalf("%d files that were always there, skipped %v", len(kept), w.skipped)
		}
	}
	close(stop)
	<-done
}

func BenchmarkWalk(b *testing.B) {
	f := many(b, 10000)
	for b.Loop() {
		if w := walkAll(b, f); len(w.files) != 10000 {
			b.Fatal(len(w.files))
		}
	}
}
