package markdown

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// page lays a file of testdata out, block by block with a blank row between.
func page(t *testing.T, o theme.Options, width int) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "page.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc := article.Parse(article.Input{ID: "page.md", Data: data})
	r := New(theme.New(o))
	var b strings.Builder
	for i, block := range doc.Blocks {
		if i > 0 && !block.Continues {
			b.WriteByte('\n')
		}
		for _, l := range r.Block(block, width) {
			b.WriteString(l.Text + "\n")
		}
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: the page is\n%s\nand should be\n%s", name, got, want)
	}
}

func TestEveryKindOfBlockReadsWell(t *testing.T) {
	for _, width := range []int{72, 40, 20} {
		golden(t, "page-"+strconv.Itoa(width), ansi.Strip(page(t, theme.Options{Mono: true}, width)))
	}
	golden(t, "page-ascii", ansi.Strip(page(t, theme.Options{Mono: true, ASCII: true}, 40)))
}

func TestEveryKindOfBlockHasItsStyle(t *testing.T) {
	golden(t, "styles-dark", readable(page(t, theme.Options{Dark: true}, 72)))
	golden(t, "styles-mono", readable(page(t, theme.Options{Mono: true}, 72)))
}

// names tells what a part of a style sequence means.
var names = strings.NewReplacer(
	"38;2;138;180;248", "accent", "38;2;154;160;166", "muted", "38;2;95;99;104", "faint", "48;2;34;37;42", "on code",
)

var sequence = regexp.MustCompile("\x1b\\[([0-9;:]*)m")

// readable writes styles as ⟨bold⟩…⟨/⟩. Colours of highlighted code are all
// called "colour".
func readable(s string) string {
	s = sequence.ReplaceAllStringFunc(s, func(seq string) string {
		n := names.Replace(seq[2 : len(seq)-1])
		switch {
		case n == "" || n == "0":
			return "⟨/⟩"
		case n == "1":
			n = "bold"
		case n == "3":
			n = "italic"
		case n == "4":
			n = "underline"
		case n == "7":
			n = "reverse"
		case n == "9":
			n = "struck"
		case strings.HasPrefix(n, "38;2;"):
			n = "colour"
		}
		return "⟨" + n + "⟩"
	})
	for strings.Contains(s, "⟩⟨/⟩⟨/⟩") {
		s = strings.ReplaceAll(s, "⟩⟨/⟩⟨/⟩", "⟩⟨/⟩")
	}
	return s
}
