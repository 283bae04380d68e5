package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"carrel/articles"
	"carrel/store/article"
	"carrel/store/collection"
)

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

// open opens a folder without an index on disk.
func open(t testing.TB, dir string) *Store {
	t.Helper()
	return openWith(t, dir, "")
}

// openWith opens a folder with its index in a cache.
func openWith(t testing.TB, dir, cache string) *Store {
	t.Helper()
	s, err := Open(dir, Options{Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// openFS opens a file system.
func openFS(t testing.TB, fsys fs.FS) *Store {
	t.Helper()
	s := OpenFS("x", fsys)
	t.Cleanup(func() { s.Close() })
	return s
}

// read brings a collection up to date.
func read(t testing.TB, s *Store) Summary {
	t.Helper()
	return update(t, s, true)
}

func update(t testing.TB, s *Store, whole bool) Summary {
	t.Helper()
	sum, err := s.Update(context.Background(), whole, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func ids(entries []article.Entry) []string {
	out := []string{}
	for _, e := range entries {
		out = append(out, string(e.ID))
	}
	return out
}

func wantIDs(t *testing.T, got []article.Entry, want ...string) {
	t.Helper()
	if !slices.Equal(ids(got), append([]string{}, want...)) {
		t.Errorf("articles %q, want %q", ids(got), want)
	}
}

func dated(title string, day int, text string) string {
	return fmt.Sprintf("---\ntitle: %s\ndate: 2026-01-%02d\n---\n%s\n", title, day, text)
}

func TestOpeningFailsInOneClearSentence(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "picture.png", "x")
	for name, want := range map[string]error{filepath.Join(dir, "none"): fs.ErrNotExist, filepath.Join(dir, "picture.png"): ErrNotCollection} {
		if _, err := Open(name, Options{}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	s := open(t, dir)
	_, err := s.Open(context.Background(), "gone\x1b[2J\n.md")
	if !errors.Is(err, ErrNotFound) || err.Error() != "open gone[2J .md: no such article" {
		t.Errorf("%q", err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Open(gone, "x.md"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := s.List(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestADocumentIsKeptUntilItsFileChanges(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "# One\n")
	s := open(t, dir)
	get := func() *article.Document {
		t.Helper()
		doc, err := s.Open(context.Background(), "a.md")
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	first := get()
	if get() != first {
		t.Error("an unchanged article is parsed again")
	}
	write(t, dir, "a.md", "# Two, longer\n")
	second := get()
	if second == first || second.Title != "Two, longer" {
		t.Errorf("title %q after the file changed in size", second.Title)
	}
	write(t, dir, "a.md", "# Six, longer\n")
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "a.md"), later, later); err != nil {
		t.Fatal(err)
	}
	if third := get(); third.Title != "Six, longer" {
		t.Errorf("title %q after the file changed in time", third.Title)
	}
	os.Remove(filepath.Join(dir, "a.md"))
	if _, err := s.Open(context.Background(), "a.md"); !errors.Is(err, ErrNotFound) {
		t.Errorf("an article that is gone: %v", err)
	}
}

func TestFewDocumentsAreKept(t *testing.T) {
	d := documents{most: mostDocuments, mostText: mostText}
	stamp := collection.Stamp{Size: 1}
	doc := func(id string, size int) *article.Document {
		return &article.Document{Head: article.Head{Entry: article.Entry{ID: article.ID(id)}}, Size: size}
	}
	kept := func(id string) bool { return d.get(article.ID(id), stamp) != nil }
	for i := range mostDocuments {
		d.put(stamp, doc(fmt.Sprint(i), 10))
	}
	if !kept("0") {
		t.Fatal("the first was dropped too early")
	}
	d.put(stamp, doc("new", 10))
	if !kept("0") || kept("1") || !kept("new") || len(d.kept) != mostDocuments {
		t.Error("want the one dropped that was not asked for the longest time")
	}
	d.put(stamp, doc("large", mostText+1))
	if !kept("large") || len(d.kept) != 1 {
		t.Errorf("%d documents beside a large one, want none", len(d.kept)-1)
	}
	d.put(stamp, doc("small", 10))
	if !kept("small") || kept("large") {
		t.Error("want the large one dropped for a small one")
	}
}

func TestArgumentsFindArticles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "posts/lichen.md", dated("On Lichen", 2, "x"))
	write(t, dir, "posts/moss.md", dated("Twin", 3, "x"))
	write(t, dir, "other/moss.md", dated("Twin", 1, "x"))
	s := open(t, dir)
	if _, err := s.List(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(dir, "posts"))
	for arg, want := range map[string][]article.ID{
		"posts/lichen.md": {"posts/lichen.md"}, "lichen.md": {"posts/lichen.md"}, "./moss.md": {"posts/moss.md"}, "../other/moss.md": {"other/moss.md"},
		filepath.Join(dir, "posts", "lichen.md"): {"posts/lichen.md"}, "posts/lichen": {"posts/lichen.md"}, "lichen": {"posts/lichen.md"}, "on lichen": {"posts/lichen.md"},
		"moss": {"posts/moss.md", "other/moss.md"}, "Twin": {"posts/moss.md", "other/moss.md"},
		"none": nil, "": nil, "#x": nil, "https://example.org": nil, "../../" + filepath.Base(dir): nil,
	} {
		if got := s.Find(arg); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", arg, got, want)
		}
	}
	// A path needs no list.
	if got := open(t, dir).Find("posts/lichen.md"); !slices.Equal(got, []article.ID{"posts/lichen.md"}) {
		t.Errorf("before there is a list: %q", got)
	}
}

func TestTheCollectionIsCalledAsItCallsItself(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "my notes")
	write(t, dir, "a.md", "a")
	if name := open(t, dir).Name(); name != "my notes" {
		t.Errorf("name %q", name)
	}
	write(t, dir, "_config.yml", "title: Notes on Walls\nurl: https://walls.example")
	s := open(t, dir)
	if s.Name() != "Notes on Walls" {
		t.Errorf("name %q", s.Name())
	}
	if _, err := s.List(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r := s.Resolve("", "https://walls.example/a/"); len(r.To) != 1 {
		t.Errorf("a link to the collection's own site: %+v", r)
	}
}

func TestNoLinkOfTheHandbookIsDeadOrGuessed(t *testing.T) {
	s := openFS(t, articles.FS)
	read(t, s)
	ctx, links := context.Background(), 0
	for _, e := range s.Entries() {
		doc, err := s.Open(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range doc.Links {
			links++
			if r := s.Resolve(e.ID, l.Target); r.How == collection.None || r.How == collection.Ambiguous {
				t.Errorf("%s: %s: %+v", e.ID, l.Target, r)
			}
		}
	}
	if links == 0 {
		t.Error("there are no links")
	}
}

func BenchmarkOpenKept(b *testing.B) {
	dir := b.TempDir()
	write(b, dir, "a.md", dated("A", 1, strings.Repeat("word ", 2000)))
	s := open(b, dir)
	for b.Loop() {
		if _, err := s.Open(context.Background(), "a.md"); err != nil {
			b.Fatal(err)
		}
	}
}
