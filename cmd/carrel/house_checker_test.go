package main_test

import (
	"slices"
	"strings"
	"testing"
)

// check runs every rule on made-up files, given as pairs of path and text.
func check(t *testing.T, files ...string) []string {
	t.Helper()
	var all []source
	for i := 0; i < len(files); i += 2 {
		s, err := parse(files[i], files[i+1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	faults := packageFaults(all)
	for _, s := range all {
		faults = slices.Concat(faults, importFaults(s), textFaults(s), fileFaults(s), nameFaults(s), globalFaults(s))
	}
	return faults
}

func TestTheCheckerFindsWhatIsWrong(t *testing.T) {
	const doc = "// Package p is made up.\npackage p\n"
	imports := func(names ...string) string {
		return doc + "import (\n\t_ \"" + strings.Join(names, "\"\n\t_ \"") + "\"\n)\n"
	}
	later := "// TO" + "DO: the rest\n"
	for _, c := range []struct {
		path, text string
		want       []string // a part of each fault, in order
	}{
		// Imports within the module.
		{"store/article/a.go", imports("carrel/store/index"), []string{"store/article must not import store/index"}},
		{"store/index/a.go", imports("carrel/store", "carrel/store/memory"), []string{"not import store;", "not import store/memory"}},
		{"store/collection/a.go", imports("carrel/store/index"), []string{"a.go:4: store/collection must not import store/index"}},
		{"store/a.go", imports("carrel/ui/theme", "carrel/cmd/carrel"), []string{"import ui/theme", "import cmd/carrel"}},
		{"ui/browse/a.go", imports("carrel/ui/reader", "carrel/ui"), []string{"import ui/reader", "import ui;"}},
		{"ui/edge/a.go", imports("carrel/ui/theme"), []string{"ui/edge must not import ui/theme"}},
		{"ui/pager/a.go", imports("carrel/ui/search"), []string{"import ui/search"}},
		{"ui/markdown/a.go", imports("carrel/ui/related"), []string{"import ui/related"}},
		{"ui/a.go", imports("carrel/store", "carrel/ui/remote"), []string{"import store;", "import ui/remote"}},
		{"ui/remote/a.go", imports("carrel/store"), []string{"import store;"}},
		{"util/a.go", doc, []string{"util is not in the plan"}},
		// Guarded packages.
		{"store/a.go", imports("os", "os/exec", "syscall"), []string{"import os:", "import os/exec:", "import syscall:"}},
		{"ui/theme/a.go", imports("os"), []string{"import os:"}},
		{"ui/remote/a.go", imports("os/exec", "net/http"), []string{"import os/exec:", "import net/http:"}},
		{"cmd/carrel/a.go", imports("net/http/httptest", "database/sql"), []string{"net/http/httptest:", "database/sql:"}},
		{"store/collection/a.go", imports("database/sql/driver"), []string{"database/sql/driver:"}},
		{"ui/reader/a.go", imports("charm.land/glamour/v2", "charm.land/wish/v2", "github.com/yuin/goldmark/ast"), []string{"glamour/v2:", "wish/v2:", "goldmark/ast:"}},
		{"store/index/a.go", imports("github.com/fsnotify/fsnotify"), []string{"fsnotify:"}},
		{"store/memory/a.go", imports("charm.land/lipgloss/v2", "github.com/charmbracelet/x/ansi"), []string{"lipgloss", "x/ansi"}},
		// Other rules.
		{"store/a.go", "package store\n", []string{"no package comment"}},
		{"ui/search/a.go", doc + "import \"carrel/store/article\"\nfunc f(s string) { g(article.Text(s), (article.Text)(\"a\"+s)) }\n", []string{"a.go:4: a variable is converted", "a variable is converted"}},
		{"ui/search/a.go", doc + "import inert \"carrel/store/article\"\nvar _ = inert.Text(f())\n", []string{"a variable is converted"}},
		{"ui/search/a.go", doc + "import . \"carrel/store/article\"\n", []string{"bare names"}},
		{"store/a.go", doc + strings.Repeat("\n", 600), []string{"602 lines"}},
		{"store/a_test.go", "package p\n" + later + strings.Repeat("\n", 600), []string{"602 lines", "do it"}},
		{"store/a.go", doc + "func f() {\n\t" + later + "}\n", []string{"a.go:4: TO" + "DO"}},
		{"store/a.go", doc + "func F() {}\ntype T struct{}\nfunc (t *T) M() {}\nvar V, w int\nconst C = 1\n",
			[]string{"F is exported", "T is exported", "M is exported", "V is exported", "C is exported"}},
		{"ui/keys/a.go", doc + "var table = map[string]int{}\nvar a, b int\nvar errNone error\n",
			[]string{"table is shared", "a is shared", "b is shared", "errNone is shared"}},
		{"ui/a.go", doc + "var (\n\tx = 1\n)\n", []string{"a.go:4: x is shared"}},
	} {
		got := check(t, c.path, c.text)
		if len(got) != len(c.want) {
			t.Errorf("%s:\n%s\ngot %d faults, want %d: %q", c.path, c.text, len(got), len(c.want), got)
			continue
		}
		for i, want := range c.want {
			if !strings.Contains(got[i], want) {
				t.Errorf("%s:\n%s\ngot %q, want %q", c.path, c.text, got[i], want)
			}
		}
	}
}

func TestTheCheckerAcceptsWhatIsRight(t *testing.T) {
	const doc = "// Package p is made up.\npackage p\n"
	report(t, check(t,
		"cmd/carrel/main.go", doc+"import (\n\t_ \"os\"\n\t_ \"os/exec\"\n\t_ \"os/signal\"\n\t_ \"carrel/store\"\n\t_ \"carrel/ui/remote\"\n\t_ \"charm.land/fang/v2\"\n)\n",
		"store/doc.go", doc,
		"store/store.go", "package p\nimport (\n\t_ \"carrel/store/index\"\n\t_ \"context\"\n)\n// F does.\nfunc F() {}\n",
		"store/store_test.go", "package p\nimport (\n\t_ \"os\"\n\t_ \"net/http\"\n)\nfunc Helper(s string) { _ = article.Text(s) }\n",
		"store/index/a.go", doc+"import (\n\t_ \"database/sql\"\n\t_ \"os\"\n\t_ \"carrel/store/article\"\n)\n",
		"store/article/a.go", doc+"import _ \"github.com/yuin/goldmark\"\n// Text is inert.\ntype Text string\nfunc f(s string) Text { return Text(s) }\n",
		"ui/a.go", doc+"import (\n\t_ \"carrel/ui/reader\"\n\t_ \"charm.land/bubbletea/v2\"\n)\n",
		"ui/markdown/a.go", doc+"import _ \"charm.land/glamour/v2/ansi\"\n",
		"ui/remote/a.go", doc+"import (\n\t_ \"os\"\n\t_ \"charm.land/wish/v2\"\n\t_ \"carrel/ui\"\n)\n",
		"ui/reader/a.go", doc+`import (
	"errors"
	"carrel/store/article"
	"carrel/ui/pager"
)

const (
	// A is documented.
	A = article.Text("a" + "b")
	B = "TODO" // B too; in text the word may stand.
)

// ErrNone says that there is none; errOther, that there is another.
var (
	ErrNone  = errors.New("none")
	errOther = errors.New("other")
)

var _ interface{ Text() } = (*T)(nil)

//go:embed a.txt
var help string

// T is a type.
type T struct{}

func (T) Error() string { return "" }
func (t hidden) M()     { t.Text(A); local.Text(f()) }
`))
}
