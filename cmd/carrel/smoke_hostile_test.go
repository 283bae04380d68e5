//go:build unix

package main

import (
	"strings"
	"testing"
)

func TestSmokeAHostileArticleSaysNothingToTheTerminal(t *testing.T) {
	dir := write(t, map[string]string{
		"plain.md":                       "# Plain\n\nA [link](https://example.org/).\n",
		"hostile.md":                     hostile(),
		"a\x1b]52;c;" + poison + "\a.md": "text without a title",
		"hostile.txt":                    strings.Join(attacks(), "\n"),
	})
	for _, size := range [][2]int{{120, 36}, {60, 15}} {
		s := startAt(t, size[0], size[1], nil, dir)
		s.shows("4 articles").hides("articles…")
		s.send("/viper").shows("1 of 4").send(enter).hides(" of 4").shows("Viper", "Heading")
		for range 400 {
			if strings.Contains(s.footer(), "100 %") {
				break
			}
			before := s.screen()
			s.send(tab+" ").until("the next page", func() bool { return s.screen() != before })
		}
		s.shows("100 %").send("Q").ends(0) // which looks at all that was sent
		for _, want := range []string{poison, "https://example.org/"} {
			if !strings.Contains(s.sent(), want) {
				t.Errorf("%q was never sent: the test shows less than it should", want)
			}
		}
	}
}
