//go:build unix

package proof_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"carrel/store"
	"carrel/store/article"
)

// secret stands in files outside of the collection only.
const secret = "Geheimniskraemer"

// TestACollectionMayChangeWhileItIsRead changes a folder in every way for a while,
// as others read it, and looks at what is known when there is quiet again.
func TestACollectionMayChangeWhileItIsRead(t *testing.T) {
	t.Parallel() // most of it is waiting
	top := t.TempDir()
	dir := filepath.Join(top, "articles")
	write(t, top, "outside/secret.md", "# "+secret+"\n\n"+secret+"\n")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	l := &life{dir: dir, root: root, outside: filepath.Join(top, "outside"), Rand: rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 5))}
	for range 150 {
		l.create()
	}
	s := open(t, dir, filepath.Join(top, "cache"))
	s.Keep(context.Background())

	ctx, stop := context.WithTimeout(context.Background(), time.Duration(times(15, 600))*time.Second)
	defer stop()
	var readers sync.WaitGroup
	var opened, searched, woken atomic.Int64
	for w := range 2 {
		readers.Go(func() { readAtRandom(t, ctx, s, rand.New(rand.NewPCG(uint64(w), 9)), &opened, &searched) })
	}
	readers.Go(func() {
		for version := 0; ctx.Err() == nil; woken.Add(1) {
			state, err := s.Wait(ctx, version)
			if err != nil {
				return
			}
			version = state.Version
			for _, e := range state.Entries {
				if strings.Contains(string(e.Title), secret) {
					t.Errorf("%s: the list has the title of a file outside", e.ID)
				}
			}
		}
	})
	changes, pauses := 0, 0
	slowest := time.Duration(0)
	for ctx.Err() == nil {
		for range 1 + l.IntN(60) {
			l.change()
			changes++
		}
		time.Sleep(time.Duration(l.IntN(300)) * time.Millisecond)
		if l.IntN(12) == 0 {
			pauses++
			slowest = max(slowest, rightAtLast(t, s, dir))
		}
		if t.Failed() {
			stop()
		}
	}
	readers.Wait()
	if data, err := os.ReadFile(filepath.Join(l.outside, "secret.md")); err != nil || !strings.Contains(string(data), secret) {
		t.Fatalf("the test has spoilt its secret: %q, %v", data, err)
	}
	slowest = max(slowest, rightAtLast(t, s, dir))
	t.Logf("%d changes, %d articles opened, %d searches, woken %d times; after quiet (%d times) right within %v", changes, opened.Load(), searched.Load(), woken.Load(), pauses+1, slowest)
	if notice := s.State().Notice; notice != "" {
		t.Errorf("notice %q", notice)
	}
}

// rightAtLast waits until the list is that of the folder, and says how long it took.
func rightAtLast(t *testing.T, s *store.Store, dir string) time.Duration {
	t.Helper()
	quiet := time.Now()
	want := truthOf(t, dir, []string{"moss", "wall OR stone", "title:moss", "mos*", secret})
	for {
		diff := want.differs(s)
		took := time.Since(quiet)
		if diff == "" {
			return took
		}
		if took > soon {
			t.Fatalf("wrong long after quiet: %s", diff)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// readAtRandom does what readers do, until ctx ends.
func readAtRandom(t *testing.T, ctx context.Context, s *store.Store, rng *rand.Rand, opened, searched *atomic.Int64) {
	queries := []string{"moss", "wall stone", "mos*", secret, "-moss", `"wall stone"`, "title:wall", "after:2019"}
	for ctx.Err() == nil {
		entries := s.Entries()
		if len(entries) == 0 {
			continue
		}
		id := entries[rng.IntN(len(entries))].ID
		doc, err := s.Open(ctx, id)
		switch {
		case err == nil && (doc.ID != id || strings.Contains(text(doc), secret)):
			t.Errorf("%s was opened: %s %q", id, doc.ID, doc.Title)
		case err == nil:
			opened.Add(1)
			for _, link := range doc.Links {
				s.Resolve(id, link.Target)
			}
		case ctx.Err() == nil && strings.Contains(err.Error(), secret):
			t.Error(err)
		}
		if doc, _, err := s.Begin(ctx, id); err == nil && doc.ID != id {
			t.Errorf("%s was begun: %s", id, doc.ID)
		}
		q := store.Question{Text: queries[rng.IntN(len(queries))], Limit: 20}
		found, err := s.Search(ctx, q)
		if err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) && ctx.Err() == nil {
			t.Errorf("search %q: %v", q.Text, err)
		}
		hits, err := s.Look(ctx, q, found.Hits)
		if err == nil && q.Text == secret && len(hits) > 0 {
			t.Errorf("the text of a file outside is found in %s", hits[0].Entry.ID)
		}
		for _, h := range hits {
			if strings.Contains(string(h.Excerpt), secret) {
				t.Errorf("%s: an excerpt from outside", h.Entry.ID)
			}
		}
		searched.Add(1)
		time.Sleep(time.Millisecond)
	}
}

func text(doc *article.Document) string {
	var b strings.Builder
	b.WriteString(string(doc.Title))
	for _, block := range doc.Blocks {
		b.WriteString(block.Flat())
	}
	return b.String()
}

// life changes a folder at random. What fails, because something is not there or
// in the way, does no harm.
type life struct {
	*rand.Rand
	// root lets nothing be written outside, through links that were made here.
	root         *os.Root
	dir, outside string
	n            int
}

func (l *life) folder() string {
	return filepath.Join(l.dir, [...]string{".", ".", "a", "a/b", "a/b/c", "d", "d/e"}[l.IntN(7)])
}

func (l *life) file() string {
	return filepath.Join(l.folder(), fmt.Sprintf("%d.%s", l.IntN(60), [...]string{"md", "md", "txt"}[l.IntN(3)]))
}

func (l *life) text() string {
	l.n++
	words := [...]string{"moss", "wall", "stone", "lichen", "wall stone"}
	head := ""
	if l.IntN(3) > 0 {
		head = fmt.Sprintf("---\ntitle: The %s %d\ndate: 20%02d-01-02\n---\n", words[l.IntN(5)], l.n, 15+l.IntN(10))
	}
	return fmt.Sprintf("%s# %s\n\n%s [there](%d.md)\n\n%s\n", head, words[l.IntN(5)], words[l.IntN(5)], l.IntN(60), strings.Repeat(words[l.IntN(5)]+" ", l.IntN(200)))
}

func (l *life) create() { l.put(l.file(), l.text()) }

// put writes a file, through a link only if that stays in the folder.
func (l *life) put(name, text string) {
	name, err := filepath.Rel(l.dir, name)
	if err != nil {
		return
	}
	_ = l.root.MkdirAll(filepath.Dir(name), 0o755)
	_ = l.root.WriteFile(name, []byte(text), 0o644)
}

func (l *life) change() {
	switch l.IntN(24) {
	case 0, 1, 2:
		_ = os.Remove(l.file())
	case 3, 4, 5:
		_ = os.Rename(l.file(), l.file())
	case 6:
		if name := l.file(); isFile(name) {
			_ = os.Truncate(name, int64(l.IntN(100)))
		}
	case 7:
		// Out of the folder, or to another article within it.
		name := l.file()
		_ = os.Remove(name)
		if l.IntN(2) == 0 {
			_ = os.Symlink(filepath.Join(l.outside, "secret.md"), name)
		} else if to, err := filepath.Rel(filepath.Dir(name), l.file()); err == nil {
			_ = os.Symlink(to, name)
		}
	case 8:
		name := l.folder()
		if name != l.dir && l.IntN(6) == 0 {
			_ = os.RemoveAll(name)
			_ = os.Symlink(l.outside, name)
		}
	case 9:
		if from, to := l.folder(), l.folder(); from != l.dir && to != l.dir {
			_ = os.Rename(from, to+[...]string{"", "/moved", "2"}[l.IntN(3)])
		}
	case 10:
		if name := l.folder(); name != l.dir && l.IntN(3) == 0 {
			_ = os.RemoveAll(name)
		}
	case 11:
		if l.IntN(8) == 0 {
			l.branch()
		}
	case 12:
		l.put(l.file(), "\xff\xfe\x00\x01\x00")
	case 13:
		_ = os.Mkdir(l.file(), 0o755) // with the name of an article
	case 14:
		name := l.file() + ".tmp" // as editors do it
		l.put(name, l.text())
		_ = os.Rename(name, strings.TrimSuffix(name, ".tmp"))
	default:
		l.create()
	}
}

// isFile tells whether nothing on the way to a file is a link.
func isFile(name string) bool {
	real, err := filepath.EvalSymlinks(name)
	return err == nil && real == name
}

// branch replaces many files at once, as git does.
func (l *life) branch() {
	for range 300 {
		if name := l.file(); l.IntN(3) == 0 {
			_ = os.Remove(name)
		} else {
			_ = os.Remove(name)
			l.put(name, l.text())
		}
	}
}
