package collection

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"carrel/store/article"
)

// file is a file of a made-up folder.
func file(id string, inode uint64, size int64) File {
	return File{article.ID(id), Stamp{ModTime: time.Unix(1000, 0), Size: size, Inode: inode}}
}

func knownFiles(files []File) []Known {
	var known []Known
	for _, f := range files {
		known = append(known, Known(f))
	}
	return known
}

func TestEveryChangeOfAFolderIsTold(t *testing.T) {
	later := file("a", 1, 5)
	later.ModTime = later.ModTime.Add(time.Nanosecond)
	elsewhere := file("a", 1, 5)
	elsewhere.ModTime = elsewhere.ModTime.In(time.FixedZone("", 3600))
	for name, c := range map[string]struct {
		known, found []File
		want         Changes
	}{
		"nothing at all": {},
		"nothing new":    {[]File{file("a", 1, 5), file("b", 2, 5)}, []File{file("a", 1, 5), file("b", 2, 5)}, Changes{}},
		"another zone":   {[]File{file("a", 1, 5)}, []File{elsewhere}, Changes{}},
		"all new":        {nil, []File{file("a", 1, 5), file("b", 2, 5)}, Changes{Added: []File{file("a", 1, 5), file("b", 2, 5)}}},
		"all gone":       {[]File{file("a", 1, 5), file("b", 2, 5)}, nil, Changes{Removed: []article.ID{"a", "b"}}},
		"size":           {[]File{file("a", 1, 5)}, []File{file("a", 1, 6)}, Changes{Changed: []File{file("a", 1, 6)}}},
		"time":           {[]File{file("a", 1, 5)}, []File{later}, Changes{Changed: []File{later}}},
		"replaced":       {[]File{file("a", 1, 5)}, []File{file("a", 2, 5)}, Changes{Changed: []File{file("a", 2, 5)}}},
		"renamed":        {[]File{file("a", 1, 5)}, []File{file("b", 1, 5)}, Changes{Moved: []Move{{"a", file("b", 1, 5)}}}},
		"renamed back":   {[]File{file("b", 1, 5)}, []File{file("a", 1, 5)}, Changes{Moved: []Move{{"b", file("a", 1, 5)}}}},
		"renamed and written": {[]File{file("a", 1, 5)}, []File{file("b", 1, 6)},
			Changes{Added: []File{file("b", 1, 6)}, Removed: []article.ID{"a"}}},
		"no inodes":     {[]File{file("a", 0, 5)}, []File{file("b", 0, 5)}, Changes{Added: []File{file("b", 0, 5)}, Removed: []article.ID{"a"}}},
		"another inode": {[]File{file("a", 1, 5)}, []File{file("b", 2, 5)}, Changes{Added: []File{file("b", 2, 5)}, Removed: []article.ID{"a"}}},
		"a second name": {[]File{file("a", 1, 5)}, []File{file("a", 1, 5), file("b", 1, 5)}, Changes{Added: []File{file("b", 1, 5)}}},
		"one name becomes two": {[]File{file("a", 1, 5)}, []File{file("b", 1, 5), file("c", 1, 5)},
			Changes{Added: []File{file("c", 1, 5)}, Moved: []Move{{"a", file("b", 1, 5)}}}},
		"two names become one": {[]File{file("a", 1, 5), file("b", 1, 5)}, []File{file("c", 1, 5)},
			Changes{Removed: []article.ID{"a"}, Moved: []Move{{"b", file("c", 1, 5)}}}},
		"in the place of another": {[]File{file("a", 1, 5), file("b", 2, 5)}, []File{file("b", 1, 5)},
			Changes{Changed: []File{file("b", 1, 5)}, Removed: []article.ID{"a"}}},
		"everything at once": {
			[]File{file("a", 1, 5), file("c", 2, 5), file("d", 3, 5), file("e", 4, 5)},
			[]File{file("a", 1, 5), file("b", 9, 5), file("d", 3, 7), file("f", 2, 5)},
			Changes{Added: []File{file("b", 9, 5)}, Changed: []File{file("d", 3, 7)}, Moved: []Move{{"c", file("f", 2, 5)}}, Removed: []article.ID{"e"}}},
	} {
		got := Diff(knownFiles(c.known), c.found)
		n := len(c.want.Added) + len(c.want.Changed) + len(c.want.Moved) + len(c.want.Removed)
		if fmt.Sprint(got) != fmt.Sprint(c.want) || got.Len() != n {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// drawFiles makes the files of a folder, in order. Few names and inodes, so that
// two folders have many in common.
func drawFiles(t *rapid.T, label string) []File {
	byID := map[string]File{}
	for range rapid.IntRange(0, 8).Draw(t, label) {
		id := rapid.SampledFrom(strings.Fields("a a/b a-b b c/d é z.md")).Draw(t, "id")
		byID[id] = file(id, uint64(rapid.IntRange(0, 4).Draw(t, "inode")), int64(rapid.IntRange(1, 2).Draw(t, "size")))
	}
	var files []File
	for _, f := range byID {
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return files
}

// Whoever does what Diff says, in whatever order, has the folder as it is.
func TestTheChangesMakeTheNewFolderOfTheOldOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawFiles(t, "before"), drawFiles(t, "after")
		c := Diff(knownFiles(before), after)
		was, have := map[article.ID]File{}, map[article.ID]File{}
		for _, f := range before {
			was[f.ID], have[f.ID] = f, f
		}
		for _, id := range c.Removed {
			if _, ok := have[id]; !ok {
				t.Errorf("%s is removed, but was not there, or twice", id)
			}
			delete(have, id)
		}
		for _, m := range c.Moved {
			if _, ok := have[m.From]; !ok || was[m.From].Stamp != m.Stamp || m.Inode == 0 {
				t.Errorf("%s becomes %+v, and was %+v", m.From, m.File, was[m.From])
			}
			delete(have, m.From)
		}
		for _, f := range slices.Concat(c.Added, movedFiles(c)) {
			if _, ok := have[f.ID]; ok {
				t.Errorf("%s is new, but is there", f.ID)
			}
			have[f.ID] = f
		}
		for _, f := range c.Changed {
			if was[f.ID] == f || was[f.ID].ID == "" {
				t.Errorf("%s has changed from %+v", f.ID, was[f.ID])
			}
			have[f.ID] = f
		}
		want := map[article.ID]File{}
		for _, f := range after {
			want[f.ID] = f
		}
		if !reflect.DeepEqual(have, want) {
			t.Errorf("%+v makes %v of %v, want %v", c, have, before, after)
		}
		byID := func(a, b File) int { return strings.Compare(string(a.ID), string(b.ID)) }
		if !slices.IsSortedFunc(c.Added, byID) || !slices.IsSortedFunc(c.Changed, byID) || !slices.IsSortedFunc(movedFiles(c), byID) || !slices.IsSorted(c.Removed) {
			t.Errorf("not in order: %+v", c)
		}
	})
}

func movedFiles(c Changes) (files []File) {
	for _, m := range c.Moved {
		files = append(files, m.File)
	}
	return files
}

func TestAFolderThatWasRenamedIsNotReadAgain(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		write(t, dir, fmt.Sprintf("old/%02d.md", i), "text")
	}
	write(t, dir, "stays.md", "text")
	f := open(t, dir)
	before := walkAll(t, f).files
	if before[0].Inode == 0 {
		t.Skip("the system has no inodes")
	}
	if err := os.Rename(filepath.Join(dir, "old"), filepath.Join(dir, "new")); err != nil {
		t.Fatal(err)
	}
	c := Diff(knownFiles(before), walkAll(t, f).files)
	if len(c.Moved) != 20 || c.Len() != 20 || c.Moved[7].From != "old/07.md" || c.Moved[7].ID != "new/07.md" {
		t.Errorf("%+v", c)
	}
}
