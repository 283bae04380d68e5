package proof_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"carrel/store"
	"carrel/store/sample"
)

// childEnv makes the test binary a child that does nothing but index: a folder
// and a cache, parted by a newline, and, for one that also edits, a seed.
const childEnv = "CARREL_PROOF_CHILD"

// The size of the collections that are killed and damaged.
const (
	sampleSeed     = 4
	sampleArticles = 80 / slow
)

// child indexes a folder and says when it has. With a seed it goes on editing
// and indexing until it is killed.
func child(run string) {
	part := strings.Split(run, "\n")
	fail := func(err error) {
		if err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
	}
	s, err := store.Open(part[0], store.Options{Cache: part[1]})
	fail(err)
	fmt.Println("open")
	_, err = s.Update(context.Background(), true, nil)
	fail(err)
	fmt.Println("done")
	var seed uint64
	if _, err := fmt.Sscan(part[2], &seed); err != nil {
		fail(s.Close())
		return
	}
	for rng := rand.New(rand.NewPCG(seed, 2)); ; {
		fail(disturb(part[0], rng))
		_, err := s.Update(context.Background(), true, nil)
		fail(err)
	}
}

// disturb changes, adds, moves and removes some articles of a sample.
func disturb(dir string, rng *rand.Rand) error {
	for range 1 + rng.IntN(12) {
		name, text := sample.Article(sampleSeed+uint64(rng.IntN(3)), rng.IntN(sampleArticles), sampleArticles)
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		switch rng.IntN(4) {
		case 0:
			_ = os.Remove(file)
		case 1:
			_ = os.Rename(file, strings.TrimSuffix(file, ".md")+"-2.md")
		default:
			if err := os.WriteFile(file, append(text, fmt.Sprintf("\n\nEdited %d.\n", rng.IntN(1000))...), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// start starts a child and waits until it has opened the collection.
func start(t *testing.T, dir, cache, seed string) (cmd *exec.Cmd, out *bufio.Reader) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir+"\n"+cache+"\n"+seed)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	out = bufio.NewReader(pipe)
	hear(t, out, "open")
	return cmd, out
}

func hear(t *testing.T, out *bufio.Reader, want string) {
	t.Helper()
	if line, err := out.ReadString('\n'); err != nil || strings.TrimSpace(line) != want {
		t.Fatalf("the child says %q, %v; want %q", line, err, want)
	}
}

func sampleIn(t testing.TB, dir string) {
	t.Helper()
	if _, err := sample.Write(dir, sampleSeed, sampleArticles); err != nil {
		t.Fatal(err)
	}
}

// TestAKillWhileIndexingCostsNothingButTime kills a process that indexes, half
// of the times in its first pass and half of the times amid edits, and opens what
// it has left.
func TestAKillWhileIndexingCostsNothingButTime(t *testing.T) {
	queries := sample.Queries(sampleSeed, 13)
	dir := filepath.Join(t.TempDir(), "articles")
	sampleIn(t, dir)

	began := time.Now()
	cmd, out := start(t, dir, t.TempDir(), "")
	opened := time.Since(began)
	hear(t, out, "done")
	full := time.Since(began) - opened
	_ = cmd.Wait()

	rng := rand.New(rand.NewPCG(1, 1))
	settled := t.TempDir()
	slowest := time.Duration(0)
	first := truthOf(t, dir, queries)
	partly := 0
	for i := range times(26, 200) {
		cache, want := filepath.Join(t.TempDir(), "cache"), first
		if i%2 == 0 {
			cmd, _ = start(t, dir, cache, "")
			after := time.Duration(rng.Int64N(int64(full * 11 / 10)))
			if i%4 == 0 { // most of the writing is late
				after = full*6/10 + after/2
			}
			time.Sleep(after)
		} else {
			cache = settled
			dir := filepath.Join(filepath.Dir(dir), "edited")
			if i == 1 {
				sampleIn(t, dir)
			}
			cmd, out = start(t, dir, cache, fmt.Sprint(i))
			hear(t, out, "done")
			time.Sleep(time.Duration(rng.Int64N(int64(full))))
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()

		now := dir
		if i%2 == 1 {
			now = filepath.Join(filepath.Dir(dir), "edited")
			want = truthOf(t, now, queries)
		}
		began := time.Now()
		s := open(t, now, cache)
		summary := update(t, s)
		slowest = max(slowest, time.Since(began))
		if i%2 == 0 && summary.Added < sampleArticles {
			partly++
		}
		if diff := want.differs(s); diff != "" {
			t.Fatalf("kill %d: %s", i, diff)
		}
		if notice := s.State().Notice; notice != "" {
			t.Errorf("kill %d: %s", i, notice)
		}
		if err := s.Close(); err != nil {
			t.Errorf("kill %d: close: %v", i, err)
		}
		if ok := ask(t, cache, "PRAGMA integrity_check"); ok != "ok" {
			t.Errorf("kill %d: integrity check: %s", i, ok)
		}
		if rows := ask(t, cache, "SELECT count(*) FROM article"); rows != fmt.Sprint(len(want.entries)) {
			t.Errorf("kill %d: the index has %s articles, want %d", i, rows, len(want.entries))
		}
	}
	t.Logf("a first pass takes %v; after %d kills the next one was right in %v at most; %d of the first passes had got somewhere", full, times(26, 200), slowest, partly)
}
