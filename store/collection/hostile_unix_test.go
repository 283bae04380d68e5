//go:build unix

package collection

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"net"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"carrel/store/article"
)

func symlink(t testing.TB, to, dir, name string) {
	t.Helper()
	if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

func TestPipesSocketsAndDevicesNeverBlock(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	symlink(t, "pipe.md", dir, "to-pipe.md")
	symlink(t, "/dev/zero", dir, "zero.md")
	if l, err := net.Listen("unix", filepath.Join(dir, "socket.md")); err == nil {
		defer l.Close()
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "config.toml"), 0o644); err != nil {
		t.Fatal(err)
	}
	if f, err := Open(filepath.Join(dir, "pipe.md")); !errors.Is(err, ErrNotCollection) || f != nil {
		t.Errorf("a pipe as collection: %v", err)
	}
	f := open(t, dir)
	w := readFolder(t, f)
	wantIDs(t, w.docs, "a.md")
	r := reasons(w.skipped)
	for name, want := range map[string]error{"pipe.md": ErrNotFile, "to-pipe.md": ErrNotFile, "zero.md": ErrOutside} {
		if r[name] != want.Error() {
			t.Errorf("%s: skipped because %q, want %q", name, r[name], want)
		}
		if _, err := f.Read(context.Background(), article.ID(name)); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	if walk := walkAll(t, f); !slices.Equal(walk.ids(), []string{"a.md"}) || !maps.Equal(walk.skipped, r) {
		t.Errorf("a walk finds %+v", walk)
	}
	if f.Site(context.Background()) != (Site{}) {
		t.Error("a pipe has settings in it")
	}
}

func TestNoLinkLeadsOutOfTheFolder(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "in")
	write(t, top, "secret.md", "SECRET")
	write(t, top, "out/secret.md", "SECRET")
	write(t, dir, "a.md", "a")
	write(t, dir, "sub/b.md", "b")
	symlink(t, "../secret.md", dir, "up.md")
	symlink(t, filepath.Join(top, "secret.md"), dir, "absolute.md")
	symlink(t, "../out", dir, "folder")
	symlink(t, "../out", dir, "folder.md")
	symlink(t, "sub/../../secret.md", dir, "around.md")
	symlink(t, "up.md", dir, "chain.md")
	symlink(t, "../secret.md", dir, "config.toml")
	symlink(t, "a.md", dir, "same.md")
	symlink(t, "nothing.md", dir, "dangling.md")
	symlink(t, "sub", dir, "sub2")
	symlink(t, "..", dir, "sub/loop")
	symlink(t, ".", dir, "self.md")
	symlink(t, "round.md", dir, "round.md")
	f := open(t, dir)
	w := readFolder(t, f)
	wantIDs(t, w.docs, "a.md", "sub/b.md", "same.md")
	r := reasons(w.skipped)
	for name, want := range map[string]error{
		"up.md": ErrOutside, "absolute.md": ErrOutside, "folder": ErrOutside, "folder.md": ErrOutside, "around.md": ErrOutside, "chain.md": ErrOutside,
		"dangling.md": errDangling, "sub2": errNotFollowed, "sub/loop": errNotFollowed, "self.md": errNotFollowed,
	} {
		if r[name] != want.Error() {
			t.Errorf("%s: skipped because %q, want %q", name, r[name], want)
		}
	}
	if !strings.HasPrefix(r["round.md"], "it cannot be read: ") {
		t.Errorf("round.md: skipped because %q", r["round.md"])
	}
	walk := walkAll(t, f)
	if !slices.Equal(walk.ids(), []string{"a.md", "same.md", "sub/b.md"}) || !maps.Equal(walk.skipped, r) || !slices.Equal(walk.dirs, []string{".", "sub"}) {
		t.Errorf("a walk finds %+v", walk)
	}
	if walk.files[1].Stamp != walk.files[0].Stamp {
		t.Errorf("a link has the state %+v, its file %+v", walk.files[1].Stamp, walk.files[0].Stamp)
	}
	for _, id := range []article.ID{"up.md", "absolute.md", "around.md", "chain.md", "folder/secret.md", "sub/loop/../secret.md"} {
		if in, err := f.Read(context.Background(), id); err == nil {
			t.Errorf("%s was read: %q", id, in.Data)
		}
	}
}

func TestAFolderExchangedForALinkWhileItIsReadIsNotLeft(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "in")
	write(t, top, "out/a.md", "# SECRET\n")
	write(t, top, "out/secret.md", "# SECRET\n")
	write(t, dir, "sub/a.md", "# fine\n")
	symlink(t, "../out", top, "in/link")
	stop := make(chan struct{})
	var swap sync.WaitGroup
	swap.Go(func() {
		sub, kept, link := filepath.Join(dir, "sub"), filepath.Join(dir, ".kept"), filepath.Join(dir, "link")
		for {
			select {
			case <-stop:
				return
			default:
			}
			os.Rename(sub, kept)
			os.Rename(link, sub)
			os.Rename(sub, link)
			os.Rename(kept, sub)
		}
	})
	f := open(t, dir)
	for range 300 {
		w := readFolder(t, f)
		for _, h := range append(w.heads, w.docs...) {
			if in, err := f.Read(context.Background(), h.ID); err == nil && strings.Contains(string(in.Data), "SECRET") {
				t.Errorf("%s was read from outside", h.ID)
			}
			if strings.Contains(string(h.Title), "SECRET") {
				t.Errorf("%s was listed from outside", h.ID)
			}
		}
		for range 10 {
			for _, id := range walkAll(t, f).ids() {
				if path.Base(id) != "a.md" {
					t.Errorf("a walk lists %s from outside", id)
				}
			}
		}
	}
	close(stop)
	swap.Wait()
}

func TestUnreadableFilesAndFoldersStopNothing(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t)
	}
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	write(t, dir, "closed.md", "x")
	write(t, dir, "locked/b.md", "x")
	write(t, dir, "z.md", "z")
	os.Chmod(filepath.Join(dir, "closed.md"), 0)
	os.Chmod(filepath.Join(dir, "locked"), 0)
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "locked"), 0o755) })
	f := open(t, dir)
	w := readFolder(t, f)
	wantIDs(t, w.docs, "a.md", "z.md")
	r := reasons(w.skipped)
	for _, name := range []string{"closed.md", "locked"} {
		if r[name] != "it cannot be read: permission denied" {
			t.Errorf("%s: skipped because %q", name, r[name])
		}
	}
	// A walk opens no file.
	if walk := walkAll(t, f); !slices.Equal(walk.ids(), []string{"a.md", "closed.md", "z.md"}) || walk.skipped["locked"] != r["locked"] || !slices.Equal(walk.dirs, []string{"."}) {
		t.Errorf("a walk finds %+v", walk)
	}
	_, err := f.Read(context.Background(), "closed.md")
	if !errors.Is(err, fs.ErrPermission) || strings.Contains(err.Error(), dir) {
		t.Errorf("error %v: want a permission error without the path of the folder", err)
	}
	if _, err := Open(filepath.Join(dir, "locked")); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a folder that may not be read opens: %v", err)
	}
}

// asNobody has permission bits count for the rest of a test, as they do not for
// the user root.
func asNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	if err := syscall.Setreuid(-1, nobody); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Setreuid(-1, 0); err != nil {
			t.Fatal(err)
		}
	})
}

func TestDeepFoldersEnd(t *testing.T) {
	dir := t.TempDir()
	deep := strings.Repeat("d/", maxDepth+20)
	write(t, dir, deep+"a.md", "too deep")
	write(t, dir, strings.Repeat("d/", maxDepth)+"b.md", "deep")
	w := readFolder(t, open(t, dir))
	wantIDs(t, w.docs, strings.Repeat("d/", maxDepth)+"b.md")
	if len(w.skipped) != 1 || w.skipped[0].Reason != article.Line(errTooDeep.Error()) {
		t.Errorf("skipped %v", w.skipped)
	}
	walk := walkAll(t, open(t, dir))
	if len(walk.files) != 1 || !maps.Equal(walk.skipped, reasons(w.skipped)) || len(walk.dirs) != maxDepth+1 {
		t.Errorf("a walk finds %v and skips %v in %d folders", walk.ids(), walk.skipped, len(walk.dirs))
	}
}

func TestALargeFileIsSkippedWithoutBeingRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	file := filepath.Join(dir, "large.md")
	write(t, dir, "large.md", "")
	if err := os.Truncate(file, maxFile+1); err != nil {
		t.Fatal(err)
	}
	w := readFolder(t, open(t, dir))
	wantIDs(t, w.docs, "a.md")
	if r := reasons(w.skipped); r["large.md"] != ErrTooLarge.Error() {
		t.Errorf("skipped %v", r)
	}
}
