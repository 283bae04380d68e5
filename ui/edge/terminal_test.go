//go:build unix

package edge_test

import (
	"io"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"carrel/ui/edge"
)

// recorded is a terminal whose output is kept.
type recorded struct {
	edge.File
	*tape
}

func (r recorded) Write(p []byte) (int, error) { return r.tape.Write(p) }

func TestATerminalStaysATerminal(t *testing.T) {
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer slave.Close()
	if err := pty.Setsize(slave, &pty.Winsize{Rows: 31, Cols: 101}); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, master) }()

	shown := &tape{Writer: slave}
	terminal := edge.NewTerminal(recorded{slave, shown})
	said := &tape{Writer: terminal}
	var file term.File = recorded{terminal, said} // what Bubble Tea looks for
	if !term.IsTerminal(file.Fd()) {
		t.Fatal("not a terminal any more")
	}
	before, err := term.GetState(slave.Fd())
	if err != nil {
		t.Fatal(err)
	}

	m := &screens{}
	p := tea.NewProgram(m, tea.WithInput(slave), tea.WithOutput(file), tea.WithoutSignals(),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	compare(t, said, shown, terminal.Refused())
	if len(m.sizes) == 0 || m.sizes[0] != (tea.WindowSizeMsg{Width: 101, Height: 31}) {
		t.Errorf("sizes %v, want 101 by 31", m.sizes)
	}
	if after, err := term.GetState(slave.Fd()); err != nil || *after != *before {
		t.Errorf("the terminal was not left as it was found: %v", err)
	}
}

func TestKeysComeThroughATerminalUnchanged(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "\x1b[A\x1b]52;c;?\a"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	terminal := edge.NewTerminal(r)
	if got, err := io.ReadAll(terminal); err != nil || string(got) != "\x1b[A\x1b]52;c;?\a" {
		t.Errorf("read %q, %v", got, err)
	}
	if err := terminal.Close(); err != nil {
		t.Error(err)
	}
	if _, err := r.Read(make([]byte, 1)); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("still open: %v", err)
	}
}
