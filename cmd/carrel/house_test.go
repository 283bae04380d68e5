package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// This file holds the house to its plan: which package may import which, and who
// may reach the disk, the network and the larger libraries. The rules that need
// more of a file than its imports are in house_rules_test.go, and the proof that
// all of them fail when they should is in house_checker_test.go.

const module = "carrel"

// source is one parsed Go file. Its path is relative to the module, with
// slashes.
type source struct {
	path string
	text string
	fset *token.FileSet
	file *ast.File
}

func parse(name, text string) (source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{name, text, fset, file}, err
}

func (s source) folder() string { return path.Dir(s.path) }
func (s source) isTest() bool   { return strings.HasSuffix(s.path, "_test.go") }

// fault says where a rule is broken, and how.
func (s source) fault(at token.Pos, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", s.path, s.fset.Position(at).Line, fmt.Sprintf(format, args...))
}

// house reads every Go file of the module.
func house(t *testing.T) []source {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(root, "go.mod")); err != nil || !strings.HasPrefix(string(text), "module "+module+"\n") {
		t.Fatalf("%s is not the root of the module: %v", root, err)
	}
	var all []source
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := entry.Name(); entry.IsDir() {
			if name != root && (base == "testdata" || base == "vendor" || base[0] == '.' || base[0] == '_') {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		short, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		s, err := parse(filepath.ToSlash(short), string(text))
		if err != nil {
			return err
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatalf("read the module: %v", err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d Go files found", len(all))
	}
	return all
}

// report fails with every fault, in the order of the files.
func report(t *testing.T, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

func TestImportsRunOneWay(t *testing.T) {
	var faults []string
	for _, s := range house(t) {
		faults = append(faults, importFaults(s)...)
	}
	report(t, faults)
}

// rooms maps each folder to the folders of this module that it may import. What
// stands under cmd may import everything, so it has no entry.
func rooms() map[string][]string {
	panes := []string{"ui/browse", "ui/reader", "ui/related", "ui/search"}
	parts := []string{"store/article", "store/fold", "store/query", "ui/intent", "ui/keys", "ui/theme", "ui/prompt", "ui/pager", "ui/markdown", "ui/edge"}
	all := map[string][]string{
		"articles":         nil,
		"store/article":    nil,
		"store/fold":       nil,
		"store/query":      {"store/article", "store/fold"},
		"store/index":      {"store/article", "store/query"},
		"store/memory":     {"store/article"},
		"store/sample":     nil,
		"store/proof":      nil,
		"store/collection": {"store/article"},
		"store":            {"store/article", "store/query", "store/collection", "store/index", "store/memory"},
		"ui/edge":          {"store/article"},
		"ui/theme":         {"store/article"},
		"ui/intent":        {"store/article"},
		"ui/keys":          {"store/article", "ui/intent"},
		"ui/prompt":        {"store/article", "ui/intent", "ui/keys", "ui/theme"},
		"ui/markdown":      {"store/article", "ui/theme", "ui/edge"},
		"ui/pager":         {"store/article", "ui/intent", "ui/keys", "ui/theme", "ui/markdown", "ui/edge"},
		"ui":               slices.Concat(parts, panes),
		"ui/remote":        slices.Concat(parts, []string{"ui"}),
	}
	for _, pane := range panes {
		all[pane] = parts
	}
	return all
}

// guarded is a package, with all that is below it, that only some folders may
// import. A folder stands for what is below it too.
type guarded struct {
	name    string
	folders []string
	reason  string
}

func guards() []guarded {
	const files = "the disk is reached from cmd, the collection and the two databases only, and where benchmarks get their articles; hand in what is needed"
	disk := []string{"cmd", "store/collection", "store/index", "store/memory", "store/sample", "ui/remote"}
	return []guarded{
		{"os", disk, files},
		{"syscall", disk, files},
		{"io/ioutil", nil, "it has been replaced by io and os"},
		{"os/exec", []string{"cmd"}, "nothing is run but what cmd was asked for"},
		{"net/http", nil, "nothing is fetched"},
		{"database/sql", []string{"store/index", "store/memory"}, "each database has one package that speaks to it"},
		{"github.com/fsnotify", []string{"store/collection"}, "one package watches files"},
		{"charm.land/glamour", []string{"ui/markdown"}, "one package renders Markdown"},
		{"charm.land/wish", []string{"ui/remote"}, "one package is the SSH server"},
		{"github.com/yuin/goldmark", []string{"store/article", "ui/markdown"}, "articles are parsed once, in store/article"},
		{"charm.land", []string{"cmd", "ui"}, "the store knows no screen"},
		{"github.com/charmbracelet", []string{"cmd", "ui"}, "the store knows no screen"},
	}
}

// within tells whether name is folder or below it.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// importFaults checks the imports of one file. Tests may import what they like.
func importFaults(s source) []string {
	if s.isTest() {
		return nil
	}
	var faults []string
	allowed, known := rooms()[s.folder()]
	if !known && !within(s.folder(), "cmd") {
		faults = append(faults, s.fault(s.file.Package, "the folder %s is not in the plan: give it its place in rooms, in house_test.go", s.folder()))
	}
	for _, spec := range s.file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			faults = append(faults, s.fault(spec.Pos(), "import %s: %v", spec.Path.Value, err))
			continue
		}
		if room, own := strings.CutPrefix(name, module+"/"); own {
			if known && !slices.Contains(allowed, room) {
				faults = append(faults, s.fault(spec.Pos(), "%s must not import %s; it may import %v", s.folder(), room, allowed))
			}
			continue
		}
		if why := guardedFrom(name, s.folder()); why != "" {
			faults = append(faults, s.fault(spec.Pos(), "%s must not import %s: %s", s.folder(), name, why))
		}
	}
	return faults
}

// guardedFrom returns why a folder must not import a package, or "". "os" guards
// itself only: os/signal and the like have entries of their own where they need
// one.
func guardedFrom(name, folder string) string {
	for _, g := range guards() {
		if name != g.name && (g.name == "os" || !within(name, g.name)) {
			continue
		}
		if !slices.ContainsFunc(g.folders, func(f string) bool { return within(folder, f) }) {
			return g.reason
		}
	}
	return ""
}
