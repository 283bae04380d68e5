//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// longestWait is how long a test waits for a screen before it fails. It only
// passes in full where something is wrong.
const longestWait = 20 * time.Second

// session is the real program in a pseudo-terminal, with an emulator that draws
// what it sends and answers what it asks.
type session struct {
	t         testing.TB
	cmd       *exec.Cmd
	ptmx, tty *os.File
	before    *term.State
	exited    chan struct{} // closed when the program has ended
	drained   chan struct{} // closed when all it sent was read
	changed   chan struct{} // has a value when the screen may have changed

	mu  sync.Mutex
	emu *vt.Emulator
	raw []byte
	// shown is the screen after the last whole frame, shownAt when its last byte
	// came.
	shown   string
	shownAt time.Time
}

// startAt runs the program on a screen of this size. The settings are added to
// the environment, and replace it where they name the same variable.
func startAt(t testing.TB, width, height int, settings []string, args ...string) *session {
	t.Helper()
	return startProgram(t, binary(t), width, height, settings, args...)
}

func startProgram(t testing.TB, program string, width, height int, settings []string, args ...string) *session {
	t.Helper()
	ptmx, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	s := &session{
		t: t, ptmx: ptmx, tty: tty, emu: vt.NewEmulator(width, height),
		exited: make(chan struct{}), drained: make(chan struct{}), changed: make(chan struct{}, 1),
	}
	if err := pty.Setsize(ptmx, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		t.Fatal(err)
	}
	if s.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	s.cmd = exec.Command(program, args...)
	s.cmd.Env = append([]string{"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + t.TempDir(), "XDG_CACHE_HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, settings...)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = tty, tty, tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.draw()
	go func() { _, _ = io.Copy(ptmx, s.emu) }() // the emulator's answers
	go func() { _ = s.cmd.Wait(); close(s.exited) }()
	t.Cleanup(s.close)
	return s
}

// draw reads until the program has ended and its side is closed.
func (s *session) draw() {
	defer close(s.drained)
	buffer := make([]byte, 32<<10)
	for {
		n, err := s.ptmx.Read(buffer)
		came := time.Now()
		s.mu.Lock()
		s.raw = append(s.raw, buffer[:n]...)
		_, _ = s.emu.Write(buffer[:n])
		if begun, over := "\x1b[?2026h", "\x1b[?2026l"; bytes.LastIndex(s.raw, []byte(begun)) <= bytes.LastIndex(s.raw, []byte(over)) {
			s.shown, s.shownAt = s.emu.String(), came
		}
		s.mu.Unlock()
		select {
		case s.changed <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (s *session) close() {
	select {
	case <-s.exited:
	default:
		_ = s.cmd.Process.Kill()
		<-s.exited
	}
	_ = s.tty.Close()
	<-s.drained
	if pipe, ok := s.emu.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
	_ = s.ptmx.Close()
}

// send types bytes.
func (s *session) send(text string) *session {
	s.t.Helper()
	if _, err := io.WriteString(s.ptmx, text); err != nil {
		s.t.Fatalf("type %q: %v", text, err)
	}
	return s
}

func (s *session) resize(width, height int) *session {
	s.t.Helper()
	s.mu.Lock()
	s.emu.Resize(width, height)
	s.mu.Unlock()
	if err := pty.Setsize(s.ptmx, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		s.t.Fatal(err)
	}
	return s
}

func (s *session) signal(sig syscall.Signal) *session {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
	return s
}

// screen is the screen as text.
func (s *session) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}

// rows are the rows of the screen without trailing blanks.
func (s *session) rows() []string {
	rows := strings.Split(s.screen(), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	return rows
}

// footer is the last row.
func (s *session) footer() string {
	rows := s.rows()
	return strings.TrimSpace(rows[len(rows)-1])
}

// sent is all that the program sent so far.
func (s *session) sent() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.raw)
}

// until waits for a screen of which something is true.
func (s *session) until(what string, holds func() bool) *session {
	s.t.Helper()
	deadline := time.NewTimer(longestWait)
	defer deadline.Stop()
	for {
		if holds() {
			return s
		}
		select {
		case <-s.changed:
		case <-s.drained:
			if !holds() {
				s.t.Fatalf("the program ended and never came to show %s; the last screen:\n%s", what, s.screen())
			}
			return s
		case <-deadline.C:
			s.t.Fatalf("the program does not show %s:\n%s", what, s.screen())
		}
	}
}

// shows waits for a screen with all of these texts.
func (s *session) shows(texts ...string) *session {
	s.t.Helper()
	return s.until(strings.Join(texts, " and "), func() bool {
		screen := s.screen()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// hides waits for a screen without a text.
func (s *session) hides(text string) *session {
	s.t.Helper()
	return s.until("a screen without "+text, func() bool { return !strings.Contains(s.screen(), text) })
}

// ends waits for the end of the program with this exit code, and for a terminal
// that is as it was before.
func (s *session) ends(code int) *session {
	s.t.Helper()
	select {
	case <-s.exited:
	case <-time.After(longestWait):
		s.t.Fatalf("the program does not end:\n%s", s.screen())
	}
	after, err := term.GetState(s.tty.Fd())
	if err != nil {
		s.t.Fatal(err)
	}
	if !reflect.DeepEqual(s.before, after) {
		s.t.Errorf("the settings of the terminal were %v and are %v", s.before, after)
	}
	_ = s.tty.Close()
	<-s.drained
	if got := exitCode(s.cmd.ProcessState); got != code {
		s.t.Errorf("exit code %d, want %d; the last screen:\n%s", got, code, s.screen())
	}
	all := tokens(s.sent())
	if left := follow(all, s.emu.Height()).left(); left != nil {
		s.t.Errorf("left behind in the terminal: %q", left)
	}
	if f := faults(all); f != nil {
		s.t.Errorf("sent to the terminal: %q", f)
	}
	return s
}

// exitCode is the code as a shell sees it.
func exitCode(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}

// keys that have no character of their own.
const (
	enter = "\r"
	tab   = "\t"
	esc   = "\x1b"
	ctrlC = "\x03"
)

// missing tells whether a file is not there.
func missing(name string) bool {
	_, err := os.Stat(name)
	return errors.Is(err, os.ErrNotExist)
}
