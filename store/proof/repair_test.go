package proof_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"carrel/store/sample"
)

// TestASearchThatMeetsDamageHasItRepaired: without sums, which a kill may leave
// an index without, nobody but a search may notice.
func TestASearchThatMeetsDamageHasItRepaired(t *testing.T) {
	dir, cache := filepath.Join(t.TempDir(), "articles"), t.TempDir()
	sampleIn(t, dir)
	s := open(t, dir, cache)
	update(t, s)
	_ = s.Close()
	if err := os.Remove(filepath.Join(indexOf(t, cache), "index.sums")); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(indexOf(t, cache), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE text_data SET block=zeroblob(40) WHERE id>10"); err != nil {
		t.Fatal(err)
	}
	db.Close()

	s = open(t, dir, cache)
	keep(t, s)
	within(t, soon, "done", func() bool { return settled(s) })
	want := truthOf(t, dir, sample.Queries(sampleSeed, 16))
	within(t, soon, "repaired", func() bool { return want.differs(s) == "" })
	if s.State().Notice == "" {
		t.Error("nobody is told")
	}
}
