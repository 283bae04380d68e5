package ui

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"carrel/articles"
	"carrel/store/article"
)

// TestTheReadmeShowsTheProgramAsItIs keeps the picture of the README true.
func TestTheReadmeShowsTheProgramAsItIs(t *testing.T) {
	sources := map[article.ID]string{}
	names, err := fs.Glob(articles.FS, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(articles.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		sources[article.ID(name)] = string(data)
	}
	library := newShelf(t, sources)
	library.name = "Carrel handbook"
	s := start(t, library, 104, 30)
	s.keys("j j j j").wait()
	frame := s.frame()

	const file, begin, end = "../README.md", "<!-- picture -->\n```text\n", "\n```\n<!-- /picture -->"
	readme, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(readme), begin)
	old, tail, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("README.md has no picture between its marks")
	}
	if *update {
		if err := os.WriteFile(file, []byte(head+begin+frame+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if old != frame {
		t.Errorf("README.md shows\n%s\nand the program is\n%s", old, frame)
	}
}
