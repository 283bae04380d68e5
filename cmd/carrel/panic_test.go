//go:build unix && !race

// The race detector is right to complain here, of Bubble Tea alone: after a
// fault it closes its reader of keys without waiting for it. It is leaving then.

package main

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

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
	// Neither end is closed: after a fault Bubble Tea's reader of keys may still
	// look at its file.
	outside, inside, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(outside, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(inside.Fd())
	if err != nil {
		t.Fatal(err)
	}
	left := make(chan string, 1)
	go func() {
		var all bytes.Buffer
		buf := make([]byte, 4096)
		for pressed := false; ; {
			n, err := outside.Read(buf)
			all.Write(buf[:n])
			if !pressed && bytes.Contains(all.Bytes(), []byte("ready")) {
				pressed = true
				io.WriteString(outside, "x")
			}
			if out := all.String(); err != nil || strings.Contains(out, leaveScreen) && strings.LastIndex(out, showCursor) > strings.LastIndex(out, hideCursor) {
				left <- out
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

	var f failure
	if !errors.As(err, &f) || f.code != exitFailed || !strings.Contains(f.text, "fault") {
		t.Errorf("the error is %v", err)
	}
	if *before != *after {
		t.Error("the terminal's modes are not what they were")
	}
	select {
	case <-left:
	case <-time.After(20 * time.Second):
		t.Error("the alternate screen is not left, or the cursor stays hidden")
	}
}

const (
	leaveScreen = "\x1b[?1049l"
	showCursor  = "\x1b[?25h"
	hideCursor  = "\x1b[?25l"
)
