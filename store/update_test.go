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
	"sync"
	"testing"
	"testing/fstest"

	"carrel/store/article"
	"carrel/store/collection"
)

func TestTheListIsNewestFirstAndGetsItsWords(t *testing.T) {
	dir := t.TempDir()
	for i := range 600 {
		write(t, dir, fmt.Sprintf("%03d.md", i), dated(fmt.Sprint("No ", i), 1+i%28, "one two three"))
	}
	s := open(t, dir)
	if len(s.Entries()) != 0 {
		t.Error("articles before a scan")
	}
	seen, rows := map[article.ID]int{}, 0
	for _, b := range read(t, s) {
		for _, e := range b.Entries {
			seen[e.ID]++
		}
		if b.Whole && !b.SameOrder {
			t.Error("the list moves when words are counted")
		}
		if b.Whole && len(b.Links) != len(b.Entries) {
			t.Errorf("links of %d articles, want of %d", len(b.Links), len(b.Entries))
		}
		rows += len(b.Entries)
	}
	if len(seen) != 600 || rows != 1200 {
		t.Errorf("%d articles in %d rows, want 600 in 1200", len(seen), rows)
	}
	entries := s.Entries()
	if len(entries) != 600 || !slices.IsSortedFunc(entries, collection.Compare) {
		t.Errorf("%d articles, want 600 in order", len(entries))
	}
	for _, e := range entries {
		if e.Words != 3 {
			t.Fatalf("%s has %d words, want 3", e.ID, e.Words)
		}
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

func TestAnotherScanFindsWhatChanged(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"a.md", "b.md", "c.md"} {
		write(t, dir, name, dated(strings.ToUpper(name[:1]), 1+i, "[to b](b.md)"))
	}
	s := open(t, dir)
	read(t, s)
	wantIDs(t, s.Entries(), "c.md", "b.md", "a.md")
	for _, b := range read(t, s) {
		if !b.SameOrder {
			t.Error("nothing changed, but the list is said to have another order")
		}
	}
	os.Remove(filepath.Join(dir, "b.md"))
	write(t, dir, "a.md", dated("A", 9, "text"))
	changed := false
	for _, b := range read(t, s) {
		changed = changed || !b.SameOrder
	}
	wantIDs(t, s.Entries(), "a.md", "c.md")
	if !changed {
		t.Error("the list is said to have the same order")
	}
	if r := s.Resolve("c.md", "b.md"); r.How != collection.None {
		t.Errorf("a link to an article that is gone: %+v", r)
	}
	if s.Title("b.md") != "" || s.Title("a.md") != "A" {
		t.Error("titles are wrong")
	}
}

func TestSkippedFilesAreNamedUntilTheyAreGone(t *testing.T) {
	s := OpenFS("x", fstest.MapFS{"b.md": {Mode: fs.ModeDevice}, "a.md": {Mode: fs.ModeSocket}, "c.md": {Data: []byte("c")}})
	read(t, s)
	read(t, s)
	if k := s.Skipped(); len(k) != 2 || k[0].Path != "a.md" || k[1].Path != "b.md" || k[0].Reason == "" {
		t.Errorf("skipped %v", k)
	}
	wantIDs(t, s.Entries(), "c.md")
}

func TestManySessionsShareOneStore(t *testing.T) {
	dir := t.TempDir()
	for i := range 300 {
		write(t, dir, fmt.Sprintf("%03d.md", i), dated(fmt.Sprint("No ", i), 1+i%28, fmt.Sprintf("[next](%03d.md)", (i+1)%300)))
	}
	s := open(t, dir)
	var sessions sync.WaitGroup
	for n := range 8 {
		sessions.Go(func() {
			ctx := context.Background()
			scan := s.Scan(ctx)
			defer scan.Close()
			for done := false; !done; {
				b, err := scan.Next(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				done = b.Done
				s.Entries()
				s.Skipped()
				s.Find("No 7")
			}
			for i := range 100 {
				id := article.ID(fmt.Sprintf("%03d.md", (i*n)%40))
				doc, err := s.Open(ctx, id)
				if err != nil || len(doc.Links) != 1 {
					t.Errorf("%s: %v", id, err)
					return
				}
				if r := s.Resolve(id, doc.Links[0].Target); len(r.To) != 1 {
					t.Errorf("%s: %+v", id, r)
				}
			}
		})
	}
	sessions.Wait()
	if n := len(s.Entries()); n != 300 {
		t.Errorf("%d articles, want 300", n)
	}
}

func TestAScanCanBeClosedWhileItIsWaitedFor(t *testing.T) {
	dir := t.TempDir()
	for i := range 2000 {
		write(t, dir, fmt.Sprintf("%04d.md", i), "text")
	}
	s := open(t, dir)
	scan := s.Scan(context.Background())
	ended := make(chan error)
	go func() {
		for {
			if b, err := scan.Next(context.Background()); err != nil || b.Done {
				ended <- err
				return
			}
		}
	}()
	scan.Close()
	if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func BenchmarkScanLarge(b *testing.B) {
	files := fstest.MapFS{}
	for i := range 20000 {
		files[fmt.Sprintf("part%d/%06d.md", i%50, i)] = &fstest.MapFile{Data: []byte(dated(fmt.Sprint("Article ", i), 1+i%28, "one two three"))}
	}
	for b.Loop() {
		s := OpenFS("large", files)
		if _, err := s.List(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
