//go:build unix

package main

import (
	"syscall"
	"testing"
)

func TestSmokeTheTerminalIsLeftAsFound(t *testing.T) {
	for _, way := range []struct {
		name   string
		keys   string
		signal syscall.Signal
		code   int
	}{
		{name: "q", keys: "q"},
		{name: "Q", keys: "Q"},
		{name: "Ctrl+c", keys: ctrlC},
		{name: "SIGINT", signal: syscall.SIGINT, code: 130},
		{name: "SIGTERM", signal: syscall.SIGTERM, code: 143},
		{name: "SIGHUP", signal: syscall.SIGHUP, code: 129},
	} {
		for _, where := range []struct{ name, keys, shows string }{
			{"list", "", "13 articles"},
			{"prompt", "/ssh", "of 13"},
			{"article", enter, "Five keys"},
			{"help", "?", "Moving"},
		} {
			if way.keys == "q" && where.name != "list" || way.keys == "Q" && where.name == "prompt" || way.keys == "Q" && where.name == "help" {
				continue // there it does something else
			}
			t.Run(way.name+" in the "+where.name, func(t *testing.T) {
				s := startAt(t, 80, 24, nil)
				s.shows("13 articles").send(where.keys).shows(where.shows)
				if way.signal != 0 {
					s.signal(way.signal)
				} else {
					s.send(way.keys)
				}
				s.ends(way.code)
				state := follow(tokens(s.sent()), 24)
				if !state.entered {
					t.Error("the alternate screen was never used: the test shows less than it should")
				}
			})
		}
	}
}
