//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// faulty is a reader with a fault: the key x ends it.
type faulty struct{}

func (faulty) Init() tea.Cmd { return nil }

func (f faulty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "x" {
		panic("a fault made for this test")
	}
	return f, nil
}

func (faulty) View() tea.View {
	v := tea.NewView("ready")
	v.AltScreen = true
	return v
}

func TestAFaultOfTheReaderLeavesTheTerminalAsItWas(t *testing.T) {
	outside, inside, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer outside.Close()
	if err := pty.Setsize(outside, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(inside.Fd())
	if err != nil {
		t.Fatal(err)
	}
	screen := make(chan []byte, 1)
	go func() {
		var all bytes.Buffer
		buf := make([]byte, 4096)
		pressed := false
		for {
			n, err := outside.Read(buf)
			all.Write(buf[:n])
			if !pressed && bytes.Contains(all.Bytes(), []byte("ready")) {
				pressed = true
				io.WriteString(outside, "x")
			}
			if err != nil {
				screen <- all.Bytes()
				return
			}
		}
	}()
	o := &options{env: env{stdin: inside, stdout: inside, stderr: io.Discard, environ: []string{"TERM=xterm-256color"}}}
	_, err = o.runProgram(faulty{}, inside, colorprofile.ANSI256)
	after, stateErr := term.GetState(inside.Fd())
	if stateErr != nil {
		t.Fatal(stateErr)
	}
	inside.Close()
	out := string(<-screen)

	var f failure
	if !errors.As(err, &f) || f.code != exitFailed || !strings.Contains(f.text, "fault") {
		t.Errorf("the error is %v", err)
	}
	if *before != *after {
		t.Error("the terminal's modes are not what they were")
	}
	if strings.LastIndex(out, "\x1b[?1049l") < strings.LastIndex(out, "\x1b[?1049h") {
		t.Error("the alternate screen is not left")
	}
	if strings.LastIndex(out, "\x1b[?25h") < strings.LastIndex(out, "\x1b[?25l") {
		t.Error("the cursor stays hidden")
	}
}
