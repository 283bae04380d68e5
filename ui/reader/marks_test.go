package reader

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"carrel/articles"
	"carrel/store/article"
	"carrel/ui/theme"
)

// matchesOf are the places of a text in a document.
func matchesOf(doc *article.Document, text string) []article.Match {
	var out []article.Match
	for i, b := range doc.Blocks {
		flat := b.Flat()
		for at := 0; ; {
			j := strings.Index(flat[at:], text)
			if j < 0 {
				break
			}
			out = append(out, article.Match{Block: i, Offset: at + j, Len: len(text)})
			at += j + len(text)
		}
	}
	return out
}

// opened is a pane with a document in which a text is marked.
func opened(source, text string, width, height int, look theme.Options) Model {
	doc := article.Parse(article.Input{ID: "a.md", Data: []byte(source)})
	m := New(theme.New(look))
	m.SetSize(width, height)
	m.Show(doc, nil, article.Place{}, -1)
	m.SetMatches(Matches{List: matchesOf(doc, text), Current: -1}, true)
	return m
}

// marked are the texts that are marked, from the top of the screen to its end.
func marked(m Model) []string {
	var out []string
	for i, marks := range m.marks {
		text := ansi.Strip(m.rows[i].Text)
		for _, k := range marks {
			out = append(out, text[k.from:k.to])
		}
	}
	return out
}

func TestAMatchIsMarkedWhereverItStands(t *testing.T) {
	for name, test := range map[string]struct {
		source, text string
		width        int
		want         string
	}{
		"prose":         {"One tide, two tides.", "tide", 40, "tide tide"},
		"heading":       {"# Title\n\nText.\n\n## The tide\n", "tide", 40, "tide"},
		"list":          {"- a tide\n- b\n  - deep tide\n\n1. tide 1", "tide", 40, "tide tide tide"},
		"list number":   {"1. a\n2. 1 of\n", "1", 40, "1"},
		"quote":         {"> the tide\n> table", "tide", 40, "tide"},
		"wrapped":       {"Many words before the tide table stands here.", "tide table", 28, "tide|table"},
		"code":          {"```\nif tide {\n\treturn tide\n}\n```", "tide", 40, "tide tide"},
		"long code":     {"```go\nreturn aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + tide\n```", "tide", 30, "tide"},
		"table":         {"| day | tide |\n|--|--|\n| high | tide high |\n| low tide | x |", "tide", 60, "tide tide tide"},
		"table wrapped": {"| day | tide |\n|--|--|\n| some longer text with a high tide | and more of this text, high tide and all |", "tide and", 40, "tide|and"},
		"records":       {"| day | tide | a | b | c |\n|--|--|--|--|--|\n| monday | high tide | aaaaaaa | bbbbbbb | ccccccc |", "high", 24, "high"},
		"link":          {"See the [tide table](x.md) here.", "tide table", 40, "tide table"},
		"link part":     {"See the [tide table](https://x.org) here.", "the tide", 40, "the tide"},
		"wide":          {"日本語の記事、日本語。", "日本語", 40, "日本語 日本語"},
		"marks":         {"Une e\u0301te\u0301 ici.", "e\u0301te\u0301", 40, "e\u0301te\u0301"},
		"definition":    {"Tide\n: the tide of it\n", "tide", 40, "tide"},
	} {
		for _, look := range []theme.Options{{Dark: true}, {Mono: true, ASCII: true}} {
			m := opened(test.source, test.text, test.width, 40, look)
			want := strings.NewReplacer("|", "\x00").Replace(test.want)
			if !strings.Contains(test.text, " ") {
				want = strings.ReplaceAll(want, " ", "\x00")
			}
			if got := strings.Join(marked(m), "\x00"); got != want {
				t.Errorf("%s: marked are %q, and should be %q:\n%s", name, got, want, ansi.Strip(strings.Join(m.View(), "\n")))
			}
		}
	}
}

func TestMarksChangeNoTextAndNoWidth(t *testing.T) {
	names, _ := fs.Glob(articles.FS, "*.md")
	for _, name := range names {
		data, _ := fs.ReadFile(articles.FS, name)
		for _, width := range []int{20, 36, 60, 100} {
			for _, text := range []string{"the", "e", " ", "`", "Carrel", "a folder", "|"} {
				m := opened(string(data), text, width, 400, theme.Options{Dark: true})
				plain := m
				plain.ClearMatches()
				for i, row := range m.View() {
					if ansi.Strip(row) != ansi.Strip(plain.View()[i]) {
						t.Fatalf("%s at %d, marking %q: a row is %q and was %q", name, width, text, ansi.Strip(row), ansi.Strip(plain.View()[i]))
					}
				}
			}
		}
	}
}

func TestEveryMatchOfTheHandbookIsMarked(t *testing.T) {
	names, _ := fs.Glob(articles.FS, "*.md")
	for _, name := range names {
		data, _ := fs.ReadFile(articles.FS, name)
		for _, width := range []int{44, 60, 100} {
			for _, text := range []string{"article", "Carrel", "list", "key"} {
				m := opened(string(data), text, width, 600, theme.Options{Dark: true})
				want := 0 // in bytes, because long code breaks within words
				for _, x := range m.matches.List {
					if m.page.doc.Blocks[x.Block].Kind != article.Title {
						want += x.Len
					}
				}
				got := 0
				for _, s := range marked(m) {
					got += len(s)
				}
				if got < want {
					t.Errorf("%s at %d: of %d bytes of %q %d are marked:\n%s", name, width, want, text, got, strings.Join(m.View(), "\n"))
				}
			}
		}
	}
}

func TestTheCurrentMatchIsReversedAndOthersAreNot(t *testing.T) {
	m := opened("One tide, two tides.", "tide", 40, 10, theme.Options{Mono: true})
	m.GoMatch(article.Place{})
	view := strings.Join(m.View(), "\n")
	current, _ := theme.Pen(m.theme.Current)
	other, _ := theme.Pen(m.theme.Match)
	if strings.Count(view, current+"tide") != 1 || strings.Count(view, other+"tide") != 1 {
		t.Errorf("%q", view)
	}
}

func TestARowFullOfLinksAndMarksStaysSmall(t *testing.T) {
	m := opened(strings.Repeat("[a](http://example.org) ", 200), "a", 100, 20, theme.Options{Dark: true})
	for _, row := range m.View() {
		if len(row) > 12_000 {
			t.Fatalf("a row of %d bytes", len(row))
		}
	}
}

// BenchmarkMarks lays a screen out on which 40 rows have matches.
func BenchmarkMarks(b *testing.B) {
	source := strings.Repeat("The tide comes, and the tide goes; a table tells when. See [the table](x.md) for the rest of the tide.\n\n", 2000)
	m := opened(source, "tide", 100, 40, theme.Options{Dark: true})
	b.ReportAllocs()
	for b.Loop() {
		m.layout()
	}
}
