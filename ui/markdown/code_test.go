package markdown

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

// odd is code that a highlighter may stumble over: unclosed strings and
// comments, markup, references, trailing blanks and empty lines.
var odd = []string{
	"a\n\n\nb",
	"\n\nafter two empty lines",
	"before two empty lines\n\n",
	"   \n\ttrailing blanks   \n",
	"x = \"unclosed\ny = 'also\nz = `too",
	"/* unclosed\n<!-- also -->\n# [x](y) &amp; &#27; \\n \\* **no**",
	"{{ .Title }} <?php echo 1 ?> <script>let a = `${b}`</script> %> #}",
	"$ ls -l | grep '^d' && echo $? > /dev/null 2>&1\n>>> print(1)\nPS C:\\> dir",
	"--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new",
	"名前 = \"日本語\" // 👨‍👩‍👧‍👦 e\u0301",
	"key: value\n  - list\n---\n[table]\nkey = 1979-05-27T07:32:00Z",
	"SELECT * FROM t WHERE a = 'x''y'; -- c\n:- goal(X), !.\n(define (f x) #t)",
}

func TestHighlightedCodeIsTheSource(t *testing.T) {
	languages := []article.Text{"go", "rust", "c", "cpp", "java", "js", "typescript", "python", "ruby", "php", "html", "css",
		"sql", "bash", "console", "powershell", "yaml", "toml", "json", "xml", "diff", "haskell", "lua", "make", "dockerfile", "markdown", "tex", "nonsense", "a b", ""}
	r := New(theme.New(theme.Options{Dark: true}))
	coloured := map[article.Text]bool{}
	for _, language := range languages {
		for _, source := range odd {
			b := article.Block{Kind: article.Code, Info: language, Text: article.Clean(source)}
			var got []string
			for _, l := range r.Block(b, 200) {
				row := strings.TrimRight(ansi.Strip(l.Text), " ")
				got = append(got, strings.TrimPrefix(row, "  "))
				coloured[language] = coloured[language] || strings.Contains(l.Text, "\x1b[38;2;")
			}
			var want []string
			for line := range strings.SplitSeq(source, "\n") {
				if strings.HasPrefix(line, "\t") {
					line = "    " + line[1:]
				}
				want = append(want, strings.TrimRight(line, " "))
			}
			if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
				t.Errorf("%s: the code\n%q\nis shown as\n%q", language, w, g)
			}
		}
	}
	for _, language := range languages[:27] {
		if !coloured[language] {
			t.Errorf("%s is not highlighted", language)
		}
	}
}

func TestATabStopIsFourColumnsFromTheBeginningOfTheLine(t *testing.T) {
	b := article.Block{Kind: article.Code, Text: "\ta\tb\nabc\td\nabcd\te"}
	want := []string{"      a   b", "  abc d", "  abcd    e"}
	for i, l := range New(theme.New(theme.Options{Mono: true})).Block(b, 40) {
		if l.Text != want[i] {
			t.Errorf("row %d is %q, not %q", i, l.Text, want[i])
		}
	}
}

func TestEveryCharacterOfALongLineOfCodeIsShownOnce(t *testing.T) {
	source := strings.Repeat("one two\tthree ", 40)
	for _, width := range []int{11, 12, 20, 41} {
		var got strings.Builder
		for i, l := range New(theme.New(theme.Options{Mono: true})).Block(article.Block{Kind: article.Code, Text: article.Clean(source)}, width) {
			row := strings.TrimPrefix(l.Text, "  ")
			if i > 0 {
				row = strings.TrimPrefix(row, "↪ ")
			}
			got.WriteString(strings.ReplaceAll(row, " ", ""))
		}
		if want := strings.Join(strings.Fields(source), ""); got.String() != want {
			t.Errorf("width %d: %q", width, got.String())
		}
	}
}
