package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"carrel/store"
	"carrel/store/article"
	"carrel/ui"
	"carrel/ui/edge"
	"carrel/ui/theme"
)

// glance is how long the reader looks for a first article before it starts
// without one. A folder that has none is mostly small, and then the screen is
// not even touched.
const glance = 20 * time.Millisecond

// readingGC is how much garbage may pile up before it is collected, in percent of
// what is in use, once the screen stands: little, because parsing a long article
// makes several times its size of it. While the program starts, Go's own 100 is
// best: with 800 the rows of a folder came 5 ms later, because memory that is
// taken fresh from the system costs more than memory that is used again.
const readingGC = 40

// spare is how many more threads than cores may run Go code. The threads that
// index a collection step back for others, but the system can only prefer the one
// that answers a key if that has not to wait for one of theirs to end its turn.
const spare = 3

const noArticles = "there are no articles in %s: Carrel looks for .md, .markdown and .txt files, also in folders below"

// read opens the reader.
func read(ctx context.Context, o *options) error {
	out, ok := o.stdout.(edge.File)
	switch {
	case !ok || !isTerminal(o.stdout):
		return fail(exitUsage, "the reader needs a terminal: use carrel list, carrel show or carrel links where there is none")
	case o.get("TERM") == "dumb" || o.get("TERM") == "":
		return fail(exitUsage, "this terminal cannot move its cursor (TERM=%s): use carrel list, carrel show or carrel links", o.get("TERM"))
	}
	s, err := o.open()
	if err != nil {
		return err
	}
	defer s.Close()
	runtime.GOMAXPROCS(runtime.NumCPU() + spare)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !s.Any(ctx, glance) {
		return fail(exitFailed, noArticles, s.Name())
	}
	library := newLibrary(s)
	profile := colorprofile.Env(o.environ)
	if o.get("NO_COLOR") != "" {
		profile = min(profile, colorprofile.Ascii)
	}
	model := ui.New(ctx, library, ui.Options{
		Theme:         theme.Options{Dark: true, Mono: profile <= colorprofile.Ascii, ASCII: !o.utf8()},
		AskBackground: profile > colorprofile.Ascii,
		Open:          o.first(s),
	})
	final, err := o.runProgram(model, out, profile)
	if m, ok := final.(ui.Model); ok && err == nil && m.Empty() {
		return library.empty()
	}
	return err
}

// first is the article to open at once: that of a collection of one.
func (o *options) first(s *store.Store) article.ID {
	if o.collection == "-" {
		return inputID
	}
	return s.Only()
}

// runProgram runs the reader until it quits or a signal ends it. Bubble Tea
// restores the terminal in every case.
func (o *options) runProgram(model tea.Model, out edge.File, profile colorprofile.Profile) (tea.Model, error) {
	in, err := o.input()
	if err != nil {
		return nil, err
	}
	screen := edge.NewTerminal(out)
	opts := []tea.ProgramOption{
		tea.WithInput(in), tea.WithOutput(screen), tea.WithEnvironment(o.environ),
		tea.WithColorProfile(profile), tea.WithoutSignalHandler(),
	}
	if o.get("SSH_CONNECTION") == "" {
		// The first frame waits for the first tick; over a network twice as many
		// frames would only be twice as many packets.
		opts = append(opts, tea.WithFPS(120))
	}
	p := tea.NewProgram(model, opts...)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	ended := make(chan int, 1)
	go func() {
		if s, ok := (<-signals).(syscall.Signal); ok {
			ended <- 128 + int(s)
			p.Quit()
		}
	}()
	final, err := p.Run()
	// Bubble Tea takes a blinking block to be what every terminal had before.
	_, _ = io.WriteString(screen, ansi.SetCursorStyle(0))
	select {
	case code := <-ended:
		return final, failure{code: code}
	default:
	}
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return final, fail(exitFailed, "the reader stopped because of a fault of its own: please report what is printed above")
	case err != nil && !errors.Is(err, io.EOF):
		return final, fail(exitFailed, "the reader stopped: %v", err)
	}
	return final, nil
}

// input is where keys come from: standard input, or the terminal itself if an
// article is piped in.
func (o *options) input() (io.Reader, error) {
	if isTerminal(o.stdin) {
		return o.stdin, nil
	}
	in, _, err := tea.OpenTTY()
	if err != nil {
		return nil, fail(exitUsage, "there is no terminal to read keys from: use carrel show to print an article")
	}
	return in, nil
}

// utf8 tells whether the locale allows characters beyond ASCII. Where none is
// set at all, as on many servers, terminals still do.
func (e env) utf8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(e.get(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}

var _ ui.Library = (*library)(nil)
