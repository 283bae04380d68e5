package proof_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"carrel/store"
	"carrel/store/sample"
)

// TestADamagedIndexCostsNothingButTime damages a settled index at random places.
// Either that is harmless, or it is noticed and the index made anew.
func TestADamagedIndexCostsNothingButTime(t *testing.T) {
	dir, whole := filepath.Join(t.TempDir(), "articles"), t.TempDir()
	sampleIn(t, dir)
	before := sumOf(t, dir)
	s := open(t, dir, whole)
	update(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := truthOf(t, dir, sample.Queries(sampleSeed, 16))
	rng := rand.New(rand.NewPCG(3, 3))
	noticed := map[string]int{}
	cache := filepath.Join(t.TempDir(), "cache")
	n := times(60, 1000)
	slowest := time.Duration(0)
	for i := range n {
		if err := os.RemoveAll(cache); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(cache, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(indexOf(t, cache), "index.db")
		if i%10 == 9 {
			file = filepath.Join(filepath.Dir(file), "index.sums")
		}
		what := damage(t, file, rng)
		began := time.Now()
		notice, diff := afterDamage(t, dir, cache, want)
		slowest = max(slowest, time.Since(began))
		if diff != "" {
			t.Errorf("damage %d: %s of %s, notice %q: %s", i, what, filepath.Base(file), notice, diff)
		}
		if notice == "" {
			notice = "harmless"
		}
		noticed[notice]++
		// What was made anew is right the next time, too.
		if i%3 > 0 && !long() {
			continue
		}
		if notice, diff := afterDamage(t, dir, cache, want); notice != "" || diff != "" {
			t.Errorf("damage %d: %s of %s: the next time %q %s", i, what, filepath.Base(file), notice, diff)
		}
	}
	if sumOf(t, dir) != before {
		t.Error("the collection has changed")
	}
	t.Logf("%d times, %v at most", n, slowest)
	for text, n := range noticed {
		t.Logf("%4d %s", n, text)
	}
}

// damage changes a file at a random place and says how.
func damage(t *testing.T, file string, rng *rand.Rand) string {
	t.Helper()
	const page = 4096
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := rng.IntN(len(data))
	if rng.IntN(4) == 0 {
		at = rng.IntN(min(len(data), 2*page)) // what everything hangs on
	}
	start := at / page * page
	end := min(start+page, len(data))
	what := ""
	switch rng.IntN(6) {
	case 0, 1:
		data[at] ^= 1 << rng.IntN(8)
		what = "a bit"
	case 2:
		clear(data[start:end])
		what = "a page of zeros"
	case 3:
		data = data[:at]
		what = "the end is cut off"
	case 4:
		more := make([]byte, rng.IntN(3*page))
		for i := range more {
			more[i] = byte(rng.Uint32())
		}
		data = append(data, more...)
		what = fmt.Sprintf("%d bytes more", len(more))
	default:
		other := rng.IntN(len(data)) / page * page
		n := min(end-start, len(data)-other)
		a, b := data[start:start+n], data[other:other+n]
		for i := range a {
			a[i], b[i] = b[i], a[i]
		}
		what = fmt.Sprintf("page exchanged with that at %d", other)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s (at %d)", what, at)
}

// afterDamage opens a collection, waits until all is done, and compares.
func afterDamage(t *testing.T, dir, cache string, want truth) (notice, diff string) {
	t.Helper()
	s, err := store.Open(dir, store.Options{Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second*slow)
	defer cancel()
	s.Keep(ctx)
	state := s.State()
	for !state.Complete || !state.Verified {
		if state, err = s.Wait(ctx, state.Version); err != nil {
			return string(s.State().Notice), fmt.Sprintf("not done after 20 s: %+v", brief(s.State()))
		}
		if _, _, err := search(s, store.Question{Text: "of the", Limit: 3}); err != nil {
			t.Logf("a search meanwhile: %v", err)
		}
	}
	return string(state.Notice), want.differs(s)
}

// brief is a state without its entries.
func brief(s store.State) store.State {
	s.Entries = nil
	return s
}

// sumOf is a sum of all files of a folder, their names, modes and times.
func sumOf(t testing.TB, dir string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(h, name, info.Mode(), info.ModTime().UnixNano())
		if d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(name)
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
