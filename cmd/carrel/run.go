package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"carrel/store/article"
	"carrel/ui/edge"
)

// env is the world as a run of the program sees it.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	environ        []string
}

func system() env {
	return env{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, environ: os.Environ()}
}

// get returns an environment variable, empty if it is not set.
func (e env) get(name string) string {
	for i := len(e.environ) - 1; i >= 0; i-- {
		if v, ok := strings.CutPrefix(e.environ[i], name+"="); ok {
			return v
		}
	}
	return ""
}

// isTerminal tells whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(term.File)
	return ok && term.IsTerminal(f.Fd())
}

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNothing     = 3
	exitPartly      = 4
	exitInterrupted = 130
)

// failure is an error with the exit code that it ends the program with. Its
// text is one sentence that says what happened and what to do next.
type failure struct {
	code int
	text string
}

func (f failure) Error() string { return f.text }

func fail(code int, format string, args ...any) error {
	return failure{code, fmt.Sprintf(format, args...)}
}

// run runs the program and returns its exit code. Data goes to stdout, all else
// to stderr.
func run(ctx context.Context, e env, args []string) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	root := newRoot(e)
	root.SetArgs(args)
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, syscall.EPIPE):
		return exitDone // the reader of the pipe has seen enough
	case ctx.Err() != nil:
		return exitInterrupted
	}
	code := exitUsage // cobra's own errors are about flags and arguments
	var f failure
	if errors.As(err, &f) {
		code = f.code
	}
	if f.text != "" || !errors.As(err, &f) {
		fmt.Fprintln(edge.New(e.stderr, edge.Plain), "carrel: "+string(article.Line(err.Error())))
	}
	return code
}

// options are the flags that every command takes.
type options struct {
	env
	collection string
}

func newRoot(e env) *cobra.Command {
	o := &options{env: e}
	root := &cobra.Command{
		Use:   "carrel [DIR or FILE or -]",
		Short: "Read collections of articles in a terminal",
		Long: `Carrel opens a folder of articles as it is: a list with fuzzy search beside a
page that reads well, with links that can be followed from article to article
and back. Without an argument it opens its handbook.`,
		Example: `  carrel ~/blog/content        read a folder
  carrel article.md            read one article
  carrel list -C ~/blog rust   articles that match a filter
  carrel show -C ~/blog SLUG   print one`,
		Args:          cobra.MaximumNArgs(1),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.collection = args[0]
			}
			return read(cmd.Context(), o)
		},
	}
	root.PersistentFlags().StringVarP(&o.collection, "collection", "C", "", "the folder of articles (default $CARREL_COLLECTION, or the handbook)")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(newList(o), newSearch(o), newShow(o), newLinks(o), newIndex(o))
	return root
}
