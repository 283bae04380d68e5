//go:build unix

package main

import "testing"

func TestSmokeTheHandbookCanBeReadAndLeft(t *testing.T) {
	s := startAt(t, 120, 36, nil)
	s.shows("Carrel handbook", "12 articles", "Welcome to Carrel", "Five keys")
	t.Log(s.screen())
	s.send("/").send("following")
	s.shows("1 of 12")
	t.Log(s.screen())
	s.send(enter).shows("Links turn a folder of files").hides("Carrel handbook")
	s.send("g" + tab).shows("→")
	t.Log(s.screen())
	s.send("Q").ends(0)
}
