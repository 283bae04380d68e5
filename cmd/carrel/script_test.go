package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "C.UTF-8")
			e.Setenv("TERM", "xterm-256color")
			e.Setenv("ESC", "\x1b")
			e.Setenv("C1", "\u009b")
			e.Setenv("RLO", "\u202e")
			e.Setenv("TZ", "UTC")
			// Beside the files of the script, and not among them.
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, ".cache"))
			return age(e.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "objects": objects, "inert": inert, "lines": lines, "hostile": makeHostile, "listing": listFiles, "long": makeLong, "damage": damage,
		},
	})
}

// code N COMMAND... runs a command that must end with code N. What it prints
// must be inert, and with a code of 1 to 3 it is one line of complaint.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command [arg...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	complaint := ts.ReadFile("stderr")
	if want >= exitFailed && want <= exitNothing && (!strings.HasPrefix(complaint, "carrel: ") || strings.Count(complaint, "\n") != 1) {
		ts.Fatalf("the complaint is not one line that begins with carrel: %q", complaint)
	}
	inert(ts, false, nil)
}

// inert fails if the last command printed a control character, a bidirectional
// control, or anything that is not UTF-8. With "styled", styles and hyperlinks
// may be there.
func inert(ts *testscript.TestScript, neg bool, args []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		for _, t := range tokens(ts.ReadFile(stream)) {
			style := t.kind == osc && strings.HasPrefix(t.text, "8;") || t.kind == csi && strings.HasSuffix(t.text, "m")
			plain := t.kind == char || t.kind == control && strings.Contains("\n\t", t.text)
			if !allowed(t) || !plain && !(style && len(args) == 1 && args[0] == "styled") {
				ts.Fatalf("%s has a %s: %q", stream, t.kind, t.text)
			}
		}
	}
}

// lines N checks how many lines the last command printed.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if got := strings.Count(ts.ReadFile("stdout"), "\n"); len(args) != 1 || strconv.Itoa(got) != args[0] {
		ts.Fatalf("%d lines, want %v", got, args)
	}
}

// objects FIELD... checks that the last command printed one JSON object a line,
// each with exactly these fields. A date must be null or RFC 3339.
func objects(ts *testscript.TestScript, neg bool, fields []string) {
	text := ts.ReadFile("stdout")
	if text == "" || !strings.HasSuffix(text, "\n") {
		ts.Fatalf("no lines: %q", text)
	}
	for line := range strings.Lines(text) {
		object := map[string]any{}
		decoder := json.NewDecoder(strings.NewReader(line))
		if err := decoder.Decode(&object); err != nil || decoder.More() {
			ts.Fatalf("not one JSON object: %v: %q", err, line)
		}
		for _, field := range fields {
			value, there := object[field]
			if !there {
				ts.Fatalf("no field %q: %s", field, line)
			}
			if date, ok := value.(string); ok && field == "date" {
				if _, err := time.Parse(time.RFC3339, date); err != nil {
					ts.Fatalf("%v", err)
				}
			} else if value == nil && field != "date" {
				ts.Fatalf("%q is null: %s", field, line)
			}
		}
		if len(object) != len(fields) {
			ts.Fatalf("%d fields, want %d: %s", len(object), len(fields), line)
		}
	}
}

// listFiles DIR FILE writes names, sizes, times and modes of all that is in a
// folder to a file outside of it.
func listFiles(ts *testscript.TestScript, neg bool, args []string) {
	var b bytes.Buffer
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintf(&b, "%q %v %d %d\n", name, info.Mode(), info.Size(), info.ModTime().UnixNano())
		}
		return err
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}

// makeHostile DIR fills a folder with articles and names that try to drive a
// terminal. The folder must not exist.
func makeHostile(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	files := map[string]string{
		"viper.md": hostile(), "plain.txt": strings.Join(attacks(), "\n"),
		"a\x1b]52;c;" + poison + "\a.md": "# Escape\n", "b\u202e" + poison + ".md": "# Right to left\n", "c\n" + poison + ".md": "# Two lines\n",
		"d\u009b2J" + poison + ".md": "# C1\n", "e\xff" + poison + ".md": "# No UTF-8\n", "f\U000e0041.md": "# Tags\n",
	}
	ts.Check(os.Mkdir(dir, 0o755))
	for name, text := range files {
		ts.Check(os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	ts.Check(os.Symlink("..", filepath.Join(dir, "g\x1b[2J"+poison)))
	ts.Check(os.Symlink(filepath.Join("..", "\x1b[2J"), filepath.Join(dir, "h\x1b[2J"+poison+".md")))
}

// makeLong FILE writes an article that fills every pipe, with many links.
func makeLong(ts *testscript.TestScript, neg bool, args []string) {
	text := strings.Repeat("Field after field of barley, and [a stile](https://example.org/).\n\n", 20000)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("# Long\n\n"+text), 0o644))
}

// damage overwrites the beginning of all indexes.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	files, err := filepath.Glob(filepath.Join(ts.Getenv("XDG_CACHE_HOME"), "carrel", "*", "index.db"))
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("there is no index")
	}
	for _, name := range files {
		file, err := os.OpenFile(name, os.O_WRONLY, 0)
		ts.Check(err)
		_, err = file.WriteAt(bytes.Repeat([]byte("damage"), 100), 0)
		ts.Check(errors.Join(err, file.Close()))
	}
}

// age gives all files the same time, which lists show where an article has none
// of its own.
func age(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		day := time.Date(2020, time.January, 2, 12, 0, 0, 0, time.UTC)
		return os.Chtimes(name, day, day)
	})
}
