package edge_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"carrel/ui/edge"
)

// screens is a program that walks through what Carrel asks of Bubble Tea: one
// step a message, a frame or more a step.
type screens struct {
	step  int
	sizes []tea.WindowSizeMsg
}

const steps = 12

type next struct{}

func walk() tea.Cmd {
	return tea.Tick(30*time.Millisecond, func(time.Time) tea.Msg { return next{} })
}

func (m *screens) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, tea.RequestForegroundColor, tea.RequestCursorColor,
		tea.RequestTerminalVersion, tea.RequestCapability("RGB"), tea.RequestCursorPosition, walk())
}

func (m *screens) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.sizes = append(m.sizes, msg)
	case next:
		m.step++
		switch m.step {
		case 3:
			return m, tea.Batch(tea.SetClipboard("https://example.org\n"), tea.SetPrimaryClipboard("é"), walk())
		case 5:
			return m, tea.Sequence(tea.ClearScreen, walk())
		case 10:
			return m, tea.Sequence(tea.Println("printed above — ", strings.Repeat("x", 200)), walk())
		case steps:
			return m, tea.Quit
		}
		return m, walk()
	}
	return m, nil
}

func (m *screens) View() tea.View {
	v := tea.NewView(m.content())
	v.AltScreen = m.step >= 1 && m.step < 9
	v.WindowTitle = fmt.Sprintf("Carrel — step %d", m.step)
	v.ReportFocus = m.step > 2
	v.DisableBracketedPasteMode = m.step == 4
	v.KeyboardEnhancements.ReportEventTypes = m.step > 6
	v.MouseMode = []tea.MouseMode{tea.MouseModeNone, tea.MouseModeCellMotion, tea.MouseModeAllMotion}[m.step%3]
	if m.step%4 == 1 {
		v.Cursor = tea.NewCursor(m.step, 2)
		v.Cursor.Shape = tea.CursorBar
	}
	return v
}

// content is a page that scrolls by a line or more each step, so that the
// renderer uses scroll regions, inserts, repeats and erases.
func (m *screens) content() string {
	accent := lipgloss.NewStyle().Foreground(lipgloss.Color("#7aa2f7")).Underline(true)
	code := lipgloss.NewStyle().Background(lipgloss.Color("236")).UnderlineStyle(lipgloss.UnderlineCurly).UnderlineColor(lipgloss.Color("1"))
	lines := make([]string, 0, 23)
	for i := range 23 {
		n := i + m.step*m.step/3
		line := fmt.Sprintf("%3d │ %s %s", n, strings.Repeat("words ", n%9), strings.Repeat("─", n%5*7))
		switch n % 4 {
		case 0:
			line += accent.Hyperlink(fmt.Sprintf("https://example.org/%d", n)).Render("a link — 日本語")
		case 1:
			line = code.Render(fmt.Sprintf("%-70s", line+"e\u0301 👩\u200d🔬"))
		case 2:
			line += strings.Repeat(" ", 20) + "edge"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// tape keeps what goes through it.
type tape struct {
	io.Writer
	mu  sync.Mutex
	all bytes.Buffer
}

func (r *tape) Write(p []byte) (int, error) {
	r.mu.Lock()
	r.all.Write(p)
	r.mu.Unlock()
	return r.Writer.Write(p)
}

// compare fails where the edge changed what the program said.
func compare(t *testing.T, said, shown *tape, refused int) {
	t.Helper()
	a, b := said.all.String(), shown.all.String()
	if a != b || refused != 0 {
		t.Errorf("%d refused; said %d bytes, shown %d:\n%q\n%q", refused, len(a), len(b), a, b)
	}
	for _, s := range []string{"\x1b[?1049h", "\x1b[?1049l", "\x1b]52;c;", "\x1b]2;Carrel", "\x1b]8;;https", "\x1b[?1003h", "\x1bP+q", "\x1b[4:3"} {
		if !strings.Contains(b, s) {
			t.Errorf("the program never sent %q: the test shows less than it should", s)
		}
	}
}

func TestTheProgramIsShownUnchanged(t *testing.T) {
	shown := &tape{Writer: io.Discard}
	w := edge.New(shown, edge.Screen)
	said := &tape{Writer: w}
	keys, answers := io.Pipe()
	defer answers.Close()
	p := tea.NewProgram(&screens{}, tea.WithInput(keys), tea.WithOutput(said), tea.WithWindowSize(80, 24),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithoutSignals())
	go func() { // the terminal holds back frames and measures graphemes
		_, _ = io.WriteString(answers, "\x1b[?2026;2$y\x1b[?2027;2$y")
	}()
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	compare(t, said, shown, w.Refused())
	if out := shown.all.String(); !strings.Contains(out, "\x1b[?2026h") || !strings.Contains(out, "\x1b[?2027h") {
		t.Error("the program never used what the terminal offered")
	}
}
