//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write makes a collection of these files and returns its folder.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestSmokeTheHandbookCanBeReadAndLeft(t *testing.T) {
	s := startAt(t, 120, 36, nil)
	s.shows("Carrel handbook", "13 articles", "Welcome to Carrel", "Five keys")
	s.send("/welcome").shows("1 of 13").send(enter).hides("1 of 13").shows("Five keys")
	s.send(tab).shows("→ Reading an article")
	s.send(enter).shows("From then on the").hides("Five keys")
	s.send("H").shows("Five keys", "→ Reading an article")
	s.send("L").shows("From then on the").hides("Five keys")
	for _, size := range [][2]int{{60, 15}, {20, 5}, {120, 36}} {
		s.resize(size[0], size[1])
		s.until(fmt.Sprintf("the article in %d columns and %d rows", size[0], size[1]), func() bool {
			rows := s.rows()
			return len(rows) <= size[1] && strings.HasPrefix(strings.TrimSpace(rows[0]+rows[min(1, len(rows)-1)]), "Reading an article") && fits(rows, size[0]) && strings.Contains(s.footer(), "%") == (size[0] > 20)
		})
	}
	s.shows("From then on the")
	s.send("q").shows("1 of 13")
	s.send(esc).shows("13 articles")
	s.send("q").ends(0)
}

func TestSmokeTypingAheadOpensWhatWasTyped(t *testing.T) {
	s := startAt(t, 80, 24, nil)
	s.shows("13 articles").send("/following" + enter).hides("13 articles").shows("Links turn a folder of files")
	s.send("Q").ends(0)
}

// fits tells whether no row is wider than the screen.
func fits(rows []string, width int) bool {
	return !slices.ContainsFunc(rows, func(row string) bool { return len([]rune(row)) > width })
}

func TestSmokeAnArticleThatWasDeletedSaysSo(t *testing.T) {
	dir := write(t, map[string]string{
		"moths.md": "---\ntitle: Moths\ndate: 2026-03-02\n---\n\nThey come to the lamp.\n",
		"tides.md": "---\ntitle: Tides\ndate: 2026-03-01\n---\n\nThey come twice a day.\n",
	})
	s := startAt(t, 80, 24, nil, dir)
	s.shows("Moths", "Tides", "2 articles").hides("articles…")
	if err := os.Remove(filepath.Join(dir, "moths.md")); err != nil {
		t.Fatal(err)
	}
	s.send(enter).shows("moths.md: no such article", "2 articles")
	s.send("j" + enter).shows("They come twice a day.").hides("no such article")
	s.send("Q").ends(0)
}

func TestSmokeAnEmptyFolderSaysSoAndLeavesTheScreen(t *testing.T) {
	dir := write(t, map[string]string{"photo.jpg": "\xff\xd8"})
	sent := startAt(t, 80, 24, nil, dir).ends(1).sent()
	// A slow disk may have begun a screen, which is gone by then.
	at := strings.Index(sent, "carrel: there are no articles in")
	if at < 0 || at < strings.LastIndex(sent, "\x1b[?1049") || strings.Count(sent, "no articles in") != 1 {
		t.Errorf("sent %q; want one sentence at the end that there are no articles", sent)
	}
}

func TestSmokeATinyTerminalShowsSomethingAndCanBeLeft(t *testing.T) {
	s := startAt(t, 3, 2, nil)
	s.until("something", func() bool { return strings.TrimSpace(s.screen()) != "" })
	s.send("q").ends(0)
}

func TestSmokeOneFileIsOpenedAtOnce(t *testing.T) {
	dir := write(t, map[string]string{"moths.md": "# Moths\n\nThey come to the lamp.\n", "tides.md": "# Tides\n"})
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		s := startAt(t, size[0], size[1], nil, filepath.Join(dir, "moths.md"))
		s.shows("They come to the lamp.").hides("1 article")
		s.send("q").shows("1 article").send("q").ends(0)
	}
}

func TestSmokeWithoutColourThereIsNone(t *testing.T) {
	read := func(settings ...string) []token {
		s := startAt(t, 120, 36, settings)
		s.shows("13 articles", "Five keys")
		s.send("/colours").shows("1 of 13").send(enter).hides("1 of 13").shows("Colours and light")
		s.send(tab).shows("→").send("G").shows("100 %").send("?").shows("Links and articles").send(esc).hides("Links and articles")
		return tokens(s.send("Q").ends(0).sent())
	}
	if found := colours(read("NO_COLOR=yes")); found != nil {
		t.Errorf("with NO_COLOR=yes: %q", found)
	}
	all := read()
	if colours(all) == nil {
		t.Error("no colours at all: the test shows less than it should")
	}
}

func TestSmokeShowOnATerminalIsStyled(t *testing.T) {
	s := startAt(t, 60, 24, nil, "show", "links").ends(0)
	if sent := s.sent(); !strings.Contains(sent, "Following links") || colours(tokens(sent)) == nil {
		t.Errorf("sent %q; want an article in colour", sent)
	}
}

func TestSmokeScrollingSendsLittle(t *testing.T) {
	var text strings.Builder
	text.WriteString("# A long walk\n\n")
	for i := range 60 {
		fmt.Fprintf(&text, "## Mile %d\n\n%s\n\nThen [a stile](https://example.org/%d), *and* a `gate`.\n\n", i, strings.Repeat(fmt.Sprintf("Field after field of barley number %d. ", i), 9), i)
	}
	s := startAt(t, 100, 30, nil, write(t, map[string]string{"walk.md": text.String()}))
	s.shows("A long walk", "1 article").send(enter).hides("1 article").shows("Mile 0")
	const lines, most = 30, 120
	s.scroll()
	before := len(s.sent())
	for range lines {
		s.scroll()
	}
	sent := len(s.sent()) - before
	t.Logf("%d bytes a line", sent/lines)
	if sent > lines*most {
		t.Errorf("%d bytes for %d lines, %d a line; at most %d are right", sent, lines, sent/lines, most)
	}
	s.send("Q").ends(0)
}

// scroll goes down by one line and waits until all rows have moved up.
func (s *session) scroll() {
	s.t.Helper()
	before := s.rows()
	text := before[1 : len(before)-1]
	s.send("j").until("the text one line further up", func() bool {
		after := s.rows()
		return len(after) == len(before) && slices.Equal(after[:len(text)], text)
	})
}

func TestSmokeTheRustBlog(t *testing.T) {
	blog := filepath.Join("..", "..", "..", "shared", "collections", "rust-blog")
	if missing(blog) {
		t.Skip("the posts are not there: ", blog)
	}
	s := startAt(t, 120, 36, nil, blog)
	s.shows("754 articles")
	s.send("/1.94.1").shows("1 of 754").send(enter).hides("1 of 754").shows("Announcing Rust 1.94.1", "rustup")
	s.send("G").shows("100 %", "And a security fix")
	for range 30 {
		before := s.footer()
		s.send(tab).until("the next link", func() bool { return s.footer() != before })
		if !strings.Contains(s.footer(), "://") {
			break
		}
	}
	s.shows("→ Security advisory for Cargo").send(enter).hides("And a security fix").shows("Security advisory for Cargo")
	s.send("H").shows("And a security fix", "→ Security advisory for Cargo")
	s.send("Q").ends(0)
}
