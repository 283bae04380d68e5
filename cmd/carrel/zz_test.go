//go:build unix

package main

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	for i := range 40 {
		s := startAt(t, 80, 24, nil)
		dead := time.Now().Add(5 * time.Second)
		for !strings.Contains(s.screen(), "12 articles") && time.Now().Before(dead) {
			time.Sleep(10 * time.Millisecond)
		}
		if !strings.Contains(s.screen(), "12 articles") {
			t.Logf("hang at %d: %q", i, s.sent())
			s.signal(syscall.SIGQUIT)
			<-s.exited
			s.tty.Close()
			<-s.drained
			t.Fatal(s.sent())
		}
		s.send("Q").ends(0)
	}
}
