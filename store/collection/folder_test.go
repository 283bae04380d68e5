package collection

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"carrel/store/article"
)

// write makes a file of the folder dir, and the folders above it.
func write(t testing.TB, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *Folder {
	t.Helper()
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func idsOf(heads []article.Head) []string {
	ids := []string{}
	for _, h := range heads {
		ids = append(ids, string(h.ID))
	}
	slices.Sort(ids)
	return ids
}

func wantIDs(t *testing.T, got []article.Head, want ...string) {
	t.Helper()
	slices.Sort(want)
	if ids := idsOf(got); !slices.Equal(ids, want) {
		t.Errorf("articles %q, want %q", ids, want)
	}
}

// reasons maps what was skipped to why.
func reasons(list []Skipped) map[string]string {
	out := map[string]string{}
	for _, k := range list {
		out[string(k.Path)] = string(k.Reason)
	}
	return out
}

func TestOnlyArticlesAreListed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"a.md", "B.MARKDOWN", "c.Txt", "deep/er/d.md", "public.md", "Themes/e.md",
		".hidden.md", ".git/f.md", "deep/node_modules/g.md", "public/h.md", "_site/i.md", "themes/j.md", "layouts/k.md", "l.html", "m", "n.md.bak",
	} {
		write(t, dir, name, "text of "+name)
	}
	w := readFolder(t, open(t, dir))
	wantIDs(t, w.heads, "a.md", "B.MARKDOWN", "c.Txt", "deep/er/d.md", "public.md", "Themes/e.md")
	wantIDs(t, w.docs, idsOf(w.heads)...)
	if len(w.skipped) > 0 {
		t.Errorf("skipped %v, want nothing", w.skipped)
	}
}

func TestEveryListedArticleCanBeRead(t *testing.T) {
	dir := t.TempDir()
	names := []string{"plain.md", "with space.md", "-rf.md", "$(id).md", "ünï/çødé.md", "a#b%20c.md", "quote'.md"}
	if filepath.Separator == '/' {
		names = append(names, "a?b.md", "quote\".md", "line\nbreak.md", "esc\x1b[2J.md", "back\\slash.md")
		if os.WriteFile(filepath.Join(dir, "latin\xe9.md"), []byte("not UTF-8"), 0o644) == nil {
			names = append(names, "latin\xe9.md")
		}
	}
	for _, name := range names {
		write(t, dir, name, "the text of "+name)
	}
	f := open(t, dir)
	w := readFolder(t, f)
	wantIDs(t, w.docs, names...)
	for _, h := range w.heads {
		in, err := f.Read(context.Background(), h.ID)
		if err != nil || string(in.Data) != "the text of "+string(h.ID) || in.ModTime.IsZero() {
			t.Errorf("%q: %q, %v", h.ID, in.Data, err)
		}
		if text := h.ID.Text(); strings.ContainsAny(string(text), "\n\x1b") {
			t.Errorf("%q is shown as %q", h.ID, text)
		}
	}
}

func TestWhatIsNotListedIsNotRead(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(filepath.Dir(dir), filepath.Base(dir)+"-outside.md")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(outside) })
	for _, name := range []string{"a.md", "sub/b.md", ".git/config.md", "public/c.md", "key.pem"} {
		write(t, dir, name, "secret")
	}
	f := open(t, dir)
	for _, id := range []string{
		"", ".", "/", "..", "../" + filepath.Base(outside), outside, "sub/../a.md", "./a.md", "sub//b.md", "a.md/", "/a.md", "a.md/x.md",
		".git/config.md", "public/c.md", "key.pem", "sub", "none.md", "a.md\x00", "sub/..", "sub/../../" + filepath.Base(outside),
	} {
		in, err := f.Read(context.Background(), article.ID(id))
		if !errors.Is(err, ErrNotFound) || in.Data != nil {
			t.Errorf("%q: %q, %v; want ErrNotFound", id, in.Data, err)
		}
		if _, err := f.Stamp(article.ID(id)); !errors.Is(err, ErrNotFound) {
			t.Errorf("stamp of %q: %v; want ErrNotFound", id, err)
		}
	}
}

func TestAnArticleDeletedAfterItWasListedIsNotFound(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	write(t, dir, "b.md", "b")
	f := open(t, dir)
	files := walkAll(t, f).files
	os.Remove(filepath.Join(dir, "a.md"))
	for _, whole := range []bool{false, true} {
		r := readFiles(t, f, files, whole)
		wantIDs(t, append(r.heads, r.docs...), "b.md")
		if !slices.Equal(r.gone, []article.ID{"a.md"}) || len(r.skipped) > 0 {
			t.Errorf("gone %q, skipped %v", r.gone, r.skipped)
		}
	}
	_, err := f.Read(context.Background(), "a.md")
	if !errors.Is(err, ErrNotFound) || err.Error() != "open a.md: no such article" {
		t.Errorf("error %v", err)
	}
}

func TestFoldersWithoutArticlesGiveAnEmptyList(t *testing.T) {
	empty, other := t.TempDir(), t.TempDir()
	write(t, other, "picture.png", "x")
	write(t, other, "sub/notes.pdf", "x")
	for _, dir := range []string{empty, other} {
		if w := readFolder(t, open(t, dir)); len(w.heads)+len(w.docs)+len(w.skipped) != 0 {
			t.Errorf("%+v, want nothing", w)
		}
	}
}

func TestASingleFileIsACollectionOfOne(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "# Title\n\n[b](b.md)")
	write(t, dir, "b.md", "b")
	write(t, dir, "config.toml", `base_url = "https://example.org"`)
	f := open(t, filepath.Join(dir, "a.md"))
	wantIDs(t, readFolder(t, f).docs, "a.md")
	if _, err := f.Read(context.Background(), "b.md"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another file is read: %v", err)
	}
	if f.Name() != "a.md" || f.Site(context.Background()) != (Site{}) {
		t.Errorf("name %q, site %+v", f.Name(), f.Site(context.Background()))
	}
}

func TestWhatIsNoCollectionSaysWhy(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "picture.png", "x")
	for name, want := range map[string]error{
		filepath.Join(dir, "none"):        fs.ErrNotExist,
		filepath.Join(dir, "picture.png"): ErrNotCollection,
		"":                                fs.ErrNotExist,
	} {
		if f, err := Open(name); !errors.Is(err, want) || f != nil {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
}

func TestAnEmbeddedCollectionIsReadLikeAFolder(t *testing.T) {
	f := FromFS("Hand\x1bbook", fstest.MapFS{
		"a.md": {Data: []byte("# A")}, "sub/b.txt": {Data: []byte("b")}, ".c.md": {}, "public/d.md": {},
		"pipe.md": {Mode: fs.ModeNamedPipe}, "large.md": {Data: make([]byte, maxFile+1)},
	})
	w := readFolder(t, f)
	wantIDs(t, w.docs, "a.md", "sub/b.txt")
	if r := reasons(w.skipped); len(r) != 2 || r["pipe.md"] != ErrNotFile.Error() || r["large.md"] != ErrTooLarge.Error() {
		t.Errorf("skipped %v", r)
	}
	if f.Name() != "Handbook" {
		t.Errorf("name %q", f.Name())
	}
	for id, want := range map[article.ID]error{"none.md": ErrNotFound, "../a.md": ErrNotFound, "large.md": ErrTooLarge, "pipe.md": ErrNotFile} {
		if _, err := f.Read(context.Background(), id); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", id, err, want)
		}
	}
}

func TestPathsOfTheSystemBecomeIDs(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "sub/a.md", "a")
	f := open(t, dir)
	t.Chdir(filepath.Join(dir, "sub"))
	for name, want := range map[string]article.ID{
		"a.md": "sub/a.md", "./a.md": "sub/a.md", filepath.Join(dir, "sub", "a.md"): "sub/a.md", "../x.md": "x.md",
		"../..": "", "..": "", "": "", filepath.Dir(dir): "", "../../y.md": "",
	} {
		if id, ok := f.IDOf(name); id != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", name, id, want)
		}
	}
}
