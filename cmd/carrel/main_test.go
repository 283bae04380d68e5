package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(cleaned{m}, map[string]func(){
		"carrel": func() { os.Exit(run(context.Background(), system(), os.Args[1:])) },
	})
}

// cleaned takes away what was built for the tests.
type cleaned struct{ m *testing.M }

func (c cleaned) Run() int {
	defer func() {
		if built.dir != "" {
			_ = os.RemoveAll(built.dir)
		}
	}()
	return c.m.Run()
}

// built are the programs that tests and benchmarks run, built when the first of
// them asks.
var built struct {
	once sync.Once
	dir  string
	err  error
}

// binary returns the path of the program.
func binary(t testing.TB) string {
	t.Helper()
	return program(t, "carrel")
}

// program returns the path of "carrel", or of "empty": a program that draws one
// line and is otherwise nothing but Bubble Tea.
func program(t testing.TB, name string) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "carrel-test-"); built.err != nil {
			return
		}
		for name, source := range map[string]string{"carrel": ".", "empty": "./testdata/empty"} {
			build := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(built.dir, name), source)
			build.Env = append(os.Environ(), "CGO_ENABLED=0")
			build.Stderr = os.Stderr
			if built.err = build.Run(); built.err != nil {
				return
			}
		}
	})
	if built.err != nil {
		t.Fatalf("build the program: %v", built.err)
	}
	return filepath.Join(built.dir, name)
}
