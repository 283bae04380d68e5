package ui

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// shelf is a library of articles in memory.
type shelf struct {
	name    article.Text
	entries []article.Entry
	docs    map[article.ID]*article.Document
	// gone makes Open fail, as for a file that was deleted.
	gone map[article.ID]bool
	sent bool
	// long are articles of which Open gives the first blocks at first.
	long map[article.ID]bool
	// slow makes a search answer twice: in any order, then ranked.
	slow bool
	// asked are the questions that were searched for, looks how many hits were
	// looked at each time.
	asked []Question
	looks []int
}

func newShelf(t testing.TB, sources map[article.ID]string) *shelf {
	t.Helper()
	s := &shelf{name: "Field notes", docs: map[article.ID]*article.Document{}, gone: map[article.ID]bool{}}
	for id, text := range sources {
		doc := article.Parse(article.Input{ID: id, Data: []byte(text)})
		s.docs[id] = doc
		s.entries = append(s.entries, doc.Entry)
	}
	slices.SortFunc(s.entries, func(a, b article.Entry) int {
		if c := b.Date.Compare(a.Date); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return s
}

func (s *shelf) Name() article.Text { return s.name }

func (s *shelf) Next(context.Context) (Listing, error) {
	if s.sent {
		return Listing{}, io.EOF
	}
	s.sent = true
	return Listing{Entries: s.entries, Listed: true, Done: true}, nil
}

func (s *shelf) Open(_ context.Context, id article.ID) (Opened, error) {
	if doc := s.docs[id]; doc != nil && !s.gone[id] {
		if s.long[id] {
			part := *doc
			part.Blocks = doc.Blocks[:3]
			return Opened{Document: &part, Rest: func(context.Context) (*article.Document, error) { return doc, nil }}, nil
		}
		return Opened{Document: doc}, nil
	}
	return Opened{}, fmt.Errorf("%s is not there any more: it was deleted or renamed", id.Text())
}

// Resolve knows ids with and without their ending, "twins" for two articles,
// fragments and the web.
func (s *shelf) Resolve(from article.ID, target article.Text) Target {
	name, fragment, _ := strings.Cut(string(target), "#")
	to := Target{Fragment: article.Line(fragment)}
	ids := []article.ID{article.ID(name)}
	switch {
	case strings.Contains(name, "://") || strings.HasPrefix(name, "mailto:"):
		return Target{Web: target}
	case name == "" && fragment != "":
		ids = []article.ID{from}
	case name == "twins":
		ids = []article.ID{"tides.md", "maps.md"}
	case !strings.HasSuffix(name, ".md"):
		ids[0] += ".md"
	}
	for _, id := range ids {
		if doc := s.docs[id]; doc != nil {
			to.IDs, to.Titles = append(to.IDs, id), append(to.Titles, doc.Title)
		}
	}
	return to
}

// session drives the root model as Bubble Tea does, one message at a time.
type session struct {
	t testing.TB
	m Model
	// waits are the ticks that were asked for, not passed yet.
	waits []func(time.Time) tea.Msg
	quit  bool
	// copied is what was sent to the clipboard.
	copied string
}

func start(t testing.TB, library Library, width, height int) *session {
	t.Helper()
	return startWith(t, library, theme.Options{Dark: true}, width, height)
}

func startWith(t testing.TB, library Library, look theme.Options, width, height int) *session {
	t.Helper()
	s := &session{t: t, m: New(context.Background(), library, Options{Theme: look})}
	s.m.after = func(_ time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg { return waiting(f) }
	}
	s.run(s.m.Init())
	s.resize(width, height)
	return s
}

// waiting is a tick on its way.
type waiting func(time.Time) tea.Msg

func (s *session) send(msg tea.Msg) {
	next, cmd := s.m.Update(msg)
	s.m = next.(Model)
	s.run(cmd)
}

// run carries out a command and all that follow from it.
func (s *session) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	case waiting:
		s.waits = append(s.waits, msg)
	case tea.QuitMsg:
		s.quit = true
	default:
		if text := fmt.Sprintf("%T", msg); strings.Contains(text, "etClipboard") {
			s.copied = fmt.Sprint(msg)
			return
		}
		s.send(msg)
	}
}

// wait lets all ticks pass.
func (s *session) wait() *session {
	due := s.waits
	s.waits = nil
	for _, f := range due {
		s.send(f(time.Time{}))
	}
	return s
}

func (s *session) resize(width, height int) *session {
	s.send(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

// keys presses keys by name, parted by spaces: "j", "enter", "ctrl+o".
func (s *session) keys(names string) *session {
	for _, name := range strings.Fields(names) {
		s.send(press(name))
	}
	return s
}

// tabTo selects the link whose target the status line shows with a text in it.
func (s *session) tabTo(target string) {
	s.t.Helper()
	for range 12 {
		if s.keys("tab"); strings.Contains(s.status(), target) {
			return
		}
	}
	s.t.Fatalf("no link on screen leads to %q:\n%s", target, s.frame())
}

// text types characters.
func (s *session) text(text string) *session {
	for _, r := range text {
		s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return s
}

func press(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "backspace": tea.KeyBackspace,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp,
	}
	k := tea.KeyPressMsg{}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		k.Mod, name = tea.ModShift, rest
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		k.Mod, name = tea.ModCtrl, rest
	}
	if code, ok := special[name]; ok {
		k.Code = code
		if name == "space" {
			k.Text = " "
		}
		return k
	}
	k.Code = []rune(name)[0]
	if k.Mod == 0 {
		k.Text = name
	}
	return k
}

// frame is the screen as text, without styles and trailing blanks.
func (s *session) frame() string {
	s.t.Helper()
	return plain(s.m.View().Content)
}

func plain(content string) string {
	rows := strings.Split(ansi.Strip(content), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	return strings.Join(rows, "\n")
}

// status is the last row of the screen.
func (s *session) status() string {
	rows := strings.Split(s.frame(), "\n")
	return strings.TrimSpace(rows[len(rows)-1])
}

func (s *session) shows(text string) {
	s.t.Helper()
	if !strings.Contains(s.frame(), text) {
		s.t.Errorf("the screen does not show %q:\n%s", text, s.frame())
	}
}

func (s *session) showsNot(text string) {
	s.t.Helper()
	if strings.Contains(s.frame(), text) {
		s.t.Errorf("the screen shows %q:\n%s", text, s.frame())
	}
}

// fits checks what must hold of every frame: exactly as many rows as the
// screen, none wider.
func (s *session) fits() {
	s.t.Helper()
	rows := strings.Split(s.m.View().Content, "\n")
	if s.m.width > 0 && s.m.height > 0 && len(rows) > s.m.height {
		s.t.Fatalf("%d rows on a screen of %dx%d", len(rows), s.m.width, s.m.height)
	}
	for _, r := range rows {
		if w := ansi.StringWidth(r); w > s.m.width {
			s.t.Fatalf("a row of %d columns on a screen of %dx%d: %q", w, s.m.width, s.m.height, ansi.Strip(r))
		}
	}
}

// golden compares the screen with a file of testdata.
func (s *session) golden(name string) {
	s.t.Helper()
	s.fits()
	file := filepath.Join("testdata", name+".golden")
	got := s.frame() + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	if got != string(want) {
		s.t.Errorf("%s: the screen is\n%s\nand should be\n%s", name, got, want)
	}
}
