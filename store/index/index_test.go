package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"carrel/store/article"
	"carrel/store/query"
)

// prepared makes an article ready to be written.
func prepared(id, text string) Record {
	var p Preparer
	doc := article.Parse(article.Input{ID: article.ID(id), Data: []byte(text)})
	return p.Prepare(doc, File{Size: int64(len(text)), ModTime: 1e18, Inode: uint64(len(id))})
}

func openAt(t testing.TB, dir string) *Index {
	t.Helper()
	ix, err := Open(context.Background(), Options{Dir: dir, Collection: "/notes"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

func inMemory(t testing.TB) *Index {
	t.Helper()
	return openAt(t, "")
}

func apply(t testing.TB, ix *Index, c Change) []Record {
	t.Helper()
	if err := ix.Apply(context.Background(), &c); err != nil {
		t.Fatal(err)
	}
	return c.Put
}

// three writes three articles and returns their rows.
func three(t testing.TB, ix *Index) []Row {
	t.Helper()
	var rows []Row
	for _, r := range apply(t, ix, Change{Put: []Record{
		prepared("moss.md", "---\ntitle: Moss and stone\ntags: [garden]\nauthors: [Ada Lovelace]\nsummary: Short.\n---\n\nSoft moss grows. See [lichen](lichen.md) and [walls](walls.md).\n"),
		prepared("sub/lichen.md", "# Lichen\n\nLichen grows on stone. Stone is slow.\n\n## Walls\n\nA wall.\n"),
		prepared("walls.md", "# Walls\n\nA wall is a heap of stone, stone, stone.\n"),
	}}) {
		rows = append(rows, r.Row)
	}
	return rows
}

// rowsOf reads all rows, by path.
func rowsOf(t testing.TB, ix *Index) (rows []Row, ordered bool) {
	t.Helper()
	_, err := ix.Rows(context.Background(), func(part []Row, inOrder bool) error {
		rows, ordered = append(rows, part...), inOrder
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, ordered
}

func pathsOf(rows []Row) []string {
	var paths []string
	for _, r := range rows {
		paths = append(paths, string(r.Entry.ID))
	}
	slices.Sort(paths)
	return paths
}

func wantPaths(t *testing.T, ix *Index, want ...string) {
	t.Helper()
	rows, _ := rowsOf(t, ix)
	if got := pathsOf(rows); !slices.Equal(got, want) {
		t.Errorf("articles %q, want %q", got, want)
	}
}

func TestWhatWasWrittenIsThereTheNextTime(t *testing.T) {
	for _, name := range []string{"plain", "we?ird #name %20 é"} {
		for _, network := range []bool{false, true} {
			o := Options{Dir: filepath.Join(t.TempDir(), name, "deep"), Collection: "/notes", Network: func(dir string) bool { return network && exists(dir) }}
			ix, err := Open(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			if !ix.Writer() || !ix.Kept() || ix.Renewed() != "" {
				t.Errorf("a new index: writer %v, kept %v, renewed %q", ix.Writer(), ix.Kept(), ix.Renewed())
			}
			want := three(t, ix)
			if err := ix.Close(); err != nil {
				t.Error(err)
			}
			again, err := Open(context.Background(), o)
			if err != nil || again.Renewed() != "" {
				t.Fatalf("renewed %q, %v", again.Renewed(), err)
			}
			var got []Row
			if err := again.Heads(context.Background(), func(r Row) error { got = append(got, r); return nil }); err != nil {
				t.Fatal(err)
			}
			for i := range want {
				wantSame(t, got[i], want[i])
			}
			if got[0].Entry.Summary != "Short." {
				t.Errorf("summary %q", got[0].Entry.Summary)
			}
			info, err := os.Stat(o.Dir)
			if err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("the folder of the index has the permissions %v, %v", info.Mode(), err)
			}
			again.Close()
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// Whether a folder is on the network depends on the computer that has it.
func TestAnotherWayOfWritingIsNoDamage(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	for i, network := range []bool{false, true, false, true, true, false} {
		ix, err := Open(ctx, Options{Dir: dir, Collection: "/notes", Network: func(string) bool { return network }})
		if err != nil {
			t.Fatal(err)
		}
		if err := ix.Verify(ctx); err != nil || ix.Renewed() != "" {
			t.Errorf("the %d. time: renewed %q, %v", i, ix.Renewed(), err)
		}
		if i == 0 {
			three(t, ix)
		}
		wantPaths(t, ix, "moss.md", "sub/lichen.md", "walls.md")
		if err := ix.Settle(ctx); err != nil {
			t.Error(err)
		}
		ix.Close()
	}
}

func TestTheSecondCarrelOnlyReadsUntilTheFirstHasGone(t *testing.T) {
	dir := t.TempDir()
	first := openAt(t, dir)
	three(t, first)
	second := openAt(t, dir)
	if !first.Writer() || second.Writer() {
		t.Fatalf("writers: %v and %v", first.Writer(), second.Writer())
	}
	wantPaths(t, second, "moss.md", "sub/lichen.md", "walls.md")
	ctx := context.Background()
	for name, err := range map[string]error{
		"apply": second.Apply(ctx, &Change{Remove: []article.ID{"moss.md"}}), "reset": second.Reset(ctx),
		"list": second.WriteList(ctx, 1, func() (Row, bool) { return Row{}, false }),
	} {
		if !errors.Is(err, ErrReader) {
			t.Errorf("%s: %v, want ErrReader", name, err)
		}
	}
	// What the first writes the second sees, and that something has changed.
	before, err := second.Change(ctx)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, first, Change{Remove: []article.ID{"walls.md"}})
	if now, err := second.Change(ctx); err != nil || now <= before {
		t.Errorf("state %d, then %d, %v", before, now, err)
	}
	wantPaths(t, second, "moss.md", "sub/lichen.md")
	if err := second.Claim(); err != nil || second.Writer() {
		t.Errorf("two writers: %v", err)
	}
	first.Close()
	if err := second.Claim(); err != nil || !second.Writer() {
		t.Fatalf("not the writer after the first has gone: %v", err)
	}
	apply(t, second, Change{Remove: []article.ID{"moss.md"}})
	wantPaths(t, second, "sub/lichen.md")
}

func TestWhoTakesTheIndexOverLeavesNoFalseSums(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	first := openAt(t, dir)
	three(t, first)
	second := openAt(t, dir) // there are no sums yet
	if err := first.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	first.Close()
	if _, err := os.Stat(first.sums()); err != nil {
		t.Fatal(err)
	}
	if err := second.Claim(); err != nil {
		t.Fatal(err)
	}
	apply(t, second, Change{Remove: []article.ID{"moss.md"}})
	second.Close() // without Settle
	if err := openAt(t, dir).Verify(ctx); err != nil {
		t.Errorf("the index is said to be damaged: %v", err)
	}
}

// edit changes the file of an index by SQL.
func edit(t *testing.T, dir, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

func TestAnIndexThatCannotBeUsedIsMadeAnew(t *testing.T) {
	for name, c := range map[string]struct {
		spoil   func(t *testing.T, dir string)
		renewed string
	}{
		"another version": {func(t *testing.T, dir string) {
			edit(t, dir, fmt.Sprint("PRAGMA user_version=", schemaVersion+1))
		}, "it is of another version of Carrel"},
		"another program": {func(t *testing.T, dir string) { edit(t, dir, "PRAGMA application_id=7") }, "it belongs to another program"},
		"another folder":  {func(t *testing.T, dir string) { edit(t, dir, "UPDATE meta SET value='/others' WHERE key='collection'") }, "it is of another folder"},
		"no folder":       {func(t *testing.T, dir string) { edit(t, dir, "DELETE FROM meta") }, "something is missing in it"},
		"no tables":       {func(t *testing.T, dir string) { edit(t, dir, "DROP TABLE meta") }, "no such table"},
		"garbage": {func(t *testing.T, dir string) {
			overwrite(t, dir, []byte(strings.Repeat("this is no database ", 1000)))
		}, "not a database"},
		// Nothing is lost where there was nothing.
		"one byte": {func(t *testing.T, dir string) { overwrite(t, dir, []byte("x")) }, ""},
		"interrupted": {func(t *testing.T, dir string) {
			os.Remove(filepath.Join(dir, fileName))
			edit(t, dir, "PRAGMA journal_mode=WAL; CREATE TABLE t(a); DROP TABLE t")
		}, ""},
		"empty": {func(t *testing.T, dir string) { overwrite(t, dir, nil) }, ""},
		"gone":  {func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, fileName)) }, ""},
	} {
		dir := t.TempDir()
		ix := openAt(t, dir)
		three(t, ix)
		if err := ix.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
		ix.Close()
		c.spoil(t, dir)
		ix = openAt(t, dir)
		if got := ix.Renewed(); c.renewed == "" && got != "" || !strings.Contains(got, c.renewed) {
			t.Errorf("%s: renewed because %q, want %q", name, got, c.renewed)
		}
		wantPaths(t, ix)
		three(t, ix)
		wantPaths(t, ix, "moss.md", "sub/lichen.md", "walls.md")
		if err := ix.Verify(context.Background()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		ix.Close()
		if again := openAt(t, dir); again.Renewed() != "" {
			t.Errorf("%s: made anew twice: %q", name, again.Renewed())
		}
	}
}

func overwrite(t *testing.T, dir string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, fileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAnIndexOfAnotherVersionIsLeftToWhoWritesIt(t *testing.T) {
	dir := t.TempDir()
	first := openAt(t, dir)
	three(t, first)
	edit(t, dir, fmt.Sprint("PRAGMA user_version=", schemaVersion+1))
	if ix, err := Open(context.Background(), Options{Dir: dir, Collection: "/notes"}); !errors.Is(err, ErrReader) || ix != nil {
		t.Errorf("%v, want ErrReader", err)
	}
	wantPaths(t, first, "moss.md", "sub/lichen.md", "walls.md")
}

func TestEveryFlippedByteIsFound(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	ix := openAt(t, dir)
	three(t, ix)
	if err := ix.Verify(ctx); err != nil {
		t.Errorf("while it is written: %v", err)
	}
	if err := ix.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if err := ix.Verify(ctx); err != nil {
		t.Errorf("as it was written: %v", err)
	}
	ix.Close()
	whole, err := os.ReadFile(ix.file())
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(ix.sums())
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += 997 {
		spoiled := slices.Clone(whole)
		spoiled[at] ^= 0x10
		overwrite(t, dir, spoiled)
		if err := os.WriteFile(ix.sums(), sums, 0o600); err != nil {
			t.Fatal(err)
		}
		again := openAt(t, dir)
		// At the very beginning it is noticed before anything else is.
		if err := again.Verify(ctx); !errors.Is(err, ErrDamaged) && again.Renewed() == "" {
			t.Errorf("byte %d of %d is another, and nobody notices", at, len(whole))
		}
		again.Close()
	}
}

func TestNothingIsWrittenOnTopOfDamage(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	ix := openAt(t, dir)
	three(t, ix)
	if err := ix.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	ix.Close()
	data, err := os.ReadFile(ix.file())
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-1] ^= 1
	overwrite(t, dir, data)
	again := openAt(t, dir)
	for name, err := range map[string]error{
		"apply": again.Apply(ctx, &Change{Put: []Record{prepared("new.md", "new")}}),
		"list":  again.WriteList(ctx, 1, func() (Row, bool) { return Row{}, false }),
	} {
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
	if err := again.Reset(ctx); err != nil {
		t.Fatal(err)
	}
	three(t, again)
	wantPaths(t, again, "moss.md", "sub/lichen.md", "walls.md")
}

func TestWithoutRoomForAnIndexTheErrorSaysSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	dirAsFile := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dirAsFile, fileName, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	dirAsLock := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dirAsLock, lockName), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"below a file": filepath.Join(file, "a", "b"), "a file": file, "a folder in its place": dirAsFile, "a folder in the place of the lock": dirAsLock} {
		if ix, err := Open(context.Background(), Options{Dir: dir, Collection: "/notes"}); !errors.Is(err, ErrFull) || ix != nil {
			t.Errorf("%s: %v, want ErrFull", name, err)
		}
	}
}

func TestGivingUpIsNoDamage(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	if _, err := Open(ctx, Options{Dir: dir, Collection: "/notes"}); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	ix := openAt(t, dir)
	three(t, ix)
	word := Of(query.Parse("stone").Clauses[0][0])
	for name, err := range map[string]error{
		"apply": ix.Apply(ctx, &Change{Remove: []article.ID{"moss.md"}}), "heads": ix.Heads(ctx, func(Row) error { return nil }),
		"docs": second(ix.Docs(ctx, word)), "scores": second(ix.Scores(ctx, word)), "links": second(ix.Links(ctx, 1)), "rows": second(ix.Rows(ctx, func([]Row, bool) error { return nil })),
	} {
		if !errors.Is(err, context.Canceled) || errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantPaths(t, ix, "moss.md", "sub/lichen.md", "walls.md")
}

func second[T any](_ T, err error) error { return err }

func TestAnIndexInMemoryIsItsOwn(t *testing.T) {
	one, two := inMemory(t), inMemory(t)
	three(t, one)
	wantPaths(t, two)
	if one.Kept() || !one.Writer() {
		t.Errorf("kept %v, writer %v", one.Kept(), one.Writer())
	}
	ctx := context.Background()
	if err := errors.Join(one.Settle(ctx), one.Verify(ctx), one.Claim()); err != nil {
		t.Error(err)
	}
	if err := one.Reset(ctx); err != nil {
		t.Fatal(err)
	}
	wantPaths(t, one)
	three(t, one)
	wantPaths(t, one, "moss.md", "sub/lichen.md", "walls.md")
	if size, err := one.Size(ctx); size != 0 || err != nil {
		t.Errorf("size %d, %v", size, err)
	}
}

func TestAnIndexInMemoryThatNobodyClosedIsInNobodysWay(t *testing.T) {
	for range 50 {
		ix, err := Open(context.Background(), Options{Collection: "/notes"})
		if err != nil {
			t.Fatal(err)
		}
		three(t, ix)
		runtime.GC() // the address of the last one is free again
	}
}

func TestAResetIndexIsEmpty(t *testing.T) {
	dir := t.TempDir()
	ix := openAt(t, dir)
	three(t, ix)
	if err := ix.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := ix.Reset(context.Background()); err != nil {
		t.Fatal(err)
	}
	wantPaths(t, ix)
	if _, err := os.Stat(ix.sums()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the sums of what was thrown away are still there: %v", err)
	}
	want := three(t, ix)
	got, _ := rowsOf(t, ix)
	slices.SortFunc(got, func(a, b Row) int { return int(a.Doc - b.Doc) })
	for i := range want {
		want[i].Entry.Summary = ""
	}
	if !reflect.DeepEqual(pathsOf(got), pathsOf(want)) || got[0].Doc != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAnIndexThatWasHardlyBegunIsNoDamage(t *testing.T) {
	dir := t.TempDir()
	db, err := sql.Open("sqlite", dsn(filepath.Join(dir, fileName), false, false, true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE a(b); DROP TABLE a"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	ix := openAt(t, dir)
	if ix.Renewed() != "" {
		t.Errorf("made anew: %s", ix.Renewed())
	}
	three(t, ix)
}
