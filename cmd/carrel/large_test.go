//go:build unix

package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"carrel/store/sample"
)

// largeSize is how many articles a benchmark of a large collection has:
// $CARREL_BENCH_ARTICLES, or 10,000. With 100,000 it takes minutes.
func largeSize(t testing.TB) int {
	t.Helper()
	text := os.Getenv("CARREL_BENCH_ARTICLES")
	if text == "" {
		return 10_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 100 {
		t.Fatalf("CARREL_BENCH_ARTICLES=%s: it has to be a number of at least 100", text)
	}
	return n
}

// largeSeed makes the articles of large collections.
const largeSeed = 1

// largeCollection is a folder with n articles, see sample.Folder.
func largeCollection(t testing.TB, parent string, n int) string {
	t.Helper()
	dir, err := sample.Folder(parent, largeSeed, n)
	if err != nil {
		t.Fatalf("make a collection: %v", err)
	}
	return dir
}

// frame waits for a frame of which something is true, and returns when its last
// byte came.
func (s *session) frame(what string, holds func(screen string) bool) time.Time {
	s.t.Helper()
	var at time.Time
	s.until(what, func() bool {
		s.mu.Lock()
		screen, shownAt := s.shown, s.shownAt
		s.mu.Unlock()
		at = shownAt
		return holds(screen)
	})
	return at
}

// press sends a key and returns the time until the last byte of the first frame
// that answers it. Frames that come by themselves meanwhile do not count as long
// as answers is false for them.
func (s *session) press(key string, answers func(screen string) bool) time.Duration {
	s.t.Helper()
	sent := time.Now()
	s.send(key)
	return s.frame(fmt.Sprintf("an answer to %q", key), answers).Sub(sent)
}

// memory is what the program uses and the most that it ever used, in megabytes:
// zero where the system has no /proc.
func (s *session) memory() (now, most float64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kilobytes, _ := strconv.ParseFloat(fields[1], 64)
		switch fields[0] {
		case "VmRSS:":
			now = kilobytes / 1024
		case "VmHWM:":
			most = kilobytes / 1024
		}
	}
	return now, most
}
