package proof_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"carrel/store"
	"carrel/store/article"
)

// long tells whether the long forms are wanted: CARREL_LONG=1.
func long() bool { return os.Getenv("CARREL_LONG") == "1" }

// times is how often something is done in the short and in the long form.
func times(short, inLong int) int {
	if long() {
		return inLong
	}
	return (short + slow - 1) / slow
}

func TestMain(m *testing.M) {
	if run, ok := os.LookupEnv(childEnv); ok {
		child(run)
		return
	}
	os.Exit(m.Run())
}

func open(t testing.TB, dir, cache string) *store.Store {
	t.Helper()
	s, err := store.Open(dir, store.Options{Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// update reads a collection whole.
func update(t testing.TB, s *store.Store) store.Summary {
	t.Helper()
	summary, err := s.Update(context.Background(), true, nil)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

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

// search asks a question and follows it to its end. The ids are in the order of
// their bytes.
func search(s *store.Store, q store.Question) (ids []article.ID, f store.Found, err error) {
	f, err = s.Search(context.Background(), q)
	for err == nil && f.More != nil {
		f, err = f.More(context.Background())
	}
	for _, h := range f.Hits {
		ids = append(ids, h.Entry.ID)
	}
	slices.Sort(ids)
	return ids, f, err
}

// all is a limit that no collection here reaches.
const all = 1 << 20

// answers are the ids that some queries find, by query.
func answers(s *store.Store, queries []string) (map[string][]article.ID, error) {
	found := map[string][]article.ID{}
	for _, q := range queries {
		ids, _, err := search(s, store.Question{Text: q, Limit: all})
		if err != nil {
			return nil, fmt.Errorf("search %q: %w", q, err)
		}
		found[q] = ids
	}
	return found, nil
}

// truth is what a store has to know of a collection: a fresh one that keeps
// nothing says it.
type truth struct {
	entries []article.Entry
	skipped []store.Skipped
	queries []string
	found   map[string][]article.ID
}

func truthOf(t testing.TB, dir string, queries []string) truth {
	t.Helper()
	s := open(t, dir, "")
	defer s.Close()
	update(t, s)
	found, err := answers(s, queries)
	if err != nil {
		t.Fatal(err)
	}
	return truth{plain(s.Entries()), s.Skipped(), queries, found}
}

// plain are entries in a form in which they can be compared: without summaries,
// which an index does not keep in memory, and with times by their clock.
func plain(entries []article.Entry) []article.Entry {
	out := slices.Clone(entries)
	for i := range out {
		e := &out[i]
		e.Summary = ""
		_, offset := e.Date.Zone()
		e.Date = e.Date.In(time.FixedZone("", offset))
	}
	return out
}

// differs says where a store knows something else than the truth, empty if nowhere.
func (want truth) differs(s *store.Store) string {
	got := plain(s.Entries())
	for i := range max(len(got), len(want.entries)) {
		switch {
		case i >= len(got):
			return fmt.Sprintf("%d articles, want %d: %s is missing", len(got), len(want.entries), want.entries[i].ID)
		case i >= len(want.entries):
			return fmt.Sprintf("%d articles, want %d: %s is too much", len(got), len(want.entries), got[i].ID)
		case !same(got[i], want.entries[i]):
			return fmt.Sprintf("entry %d of %d:\n%+v, want\n%+v", i, len(got), got[i], want.entries[i])
		}
	}
	if skipped := s.Skipped(); !reflect.DeepEqual(skipped, want.skipped) {
		return fmt.Sprintf("skipped %v, want %v", skipped, want.skipped)
	}
	found, err := answers(s, want.queries)
	if err != nil {
		return err.Error()
	}
	for _, q := range want.queries {
		if !slices.Equal(found[q], want.found[q]) {
			return fmt.Sprintf("%q finds %d: %q, want %d: %q", q, len(found[q]), found[q], len(want.found[q]), want.found[q])
		}
	}
	return ""
}

func same(a, b article.Entry) bool {
	if !a.Date.Equal(b.Date) || a.Date.String() != b.Date.String() {
		return false
	}
	a.Date, b.Date = time.Time{}, time.Time{}
	return reflect.DeepEqual(a, b)
}

// indexOf is the folder of the only index in a cache.
func indexOf(t testing.TB, cache string) string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(cache, "*", "index.db"))
	if err != nil || len(dirs) != 1 {
		t.Fatalf("indexes %q, %v", dirs, err)
	}
	return filepath.Dir(dirs[0])
}

// ask asks the database of an index directly.
func ask(t testing.TB, cache, text string) (answer string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(indexOf(t, cache), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(text).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return answer
}
