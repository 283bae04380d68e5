package proof_test

import (
	"context"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestAFolderThatCannotBeReadForAMomentIsReadLater: nothing tells when a folder
// that could not be read at first can be. Here the system has no file left to
// open, which stops root as well.
func TestAFolderThatCannotBeReadForAMomentIsReadLater(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "# Moss\n")
	s := open(t, dir, t.TempDir())
	if _, err := s.List(context.Background()); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "b.md", "# Wall\n")

	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	next, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	none := syscall.Rlimit{Cur: uint64(next.Fd()), Max: before.Max}
	_ = next.Close()
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &none); err != nil {
		t.Fatal(err)
	}
	restore := func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
			t.Error(err)
		}
	}
	defer restore()
	keep(t, s)
	for until := time.Now().Add(2 * time.Second); !strings.Contains(string(s.State().Notice), "could not be read"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("nobody is told: %q, %d articles", s.State().Notice, len(s.Entries()))
		}
	}
	restore()
	within(t, soon, "read", func() bool { return len(s.Entries()) == 2 && settled(s) })
	if notice := s.State().Notice; notice != "" {
		t.Errorf("what has passed is told still: %q", notice)
	}
}
