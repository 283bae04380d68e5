package article

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// hostile are texts that make Markdown parsers slow, by name. Most come from the
// reports on cmark, marked, markdown-it and goldmark itself.
func hostile() map[string]string {
	r := strings.Repeat
	lines := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i))
		}
		return b.String()
	}
	return map[string]string{
		"nested quotes":             r(">", 10000) + "x",
		"nested quotes with spaces": r("> ", 10000) + "x",
		"nested bullets":            r("- ", 10000) + "x",
		"nested plus bullets":       r("+ ", 10000) + "x",
		"nested numbers":            r("1. ", 10000) + "x",
		"nested footnotes":          r("[^1]: ", 10000) + "x",
		"nested mixture":            r("> - 1. [^a]: ", 3000) + "x",
		"quotes on every line":      r(r("> ", 90)+"x\n", 5000),
		"bullets on every line":     r(r("- ", 90)+"x\n", 3000),
		"lazy quotes":               r("> ", 90) + "x\n" + r("y\n", 100000),
		"indented list":             lines(1000, func(i int) string { return r("  ", i) + "- x\n" }),
		"indented list to 90":       r(lines(90, func(i int) string { return r("  ", i) + "- x\n" }), 100),
		"quotes and lists in turn":  lines(1000, func(i int) string { return r("> - ", i%45) + "x\n\n" }),
		"long rule":                 r("- ", 200000) + "\n" + r("* ", 200000) + "\n\nx",
		"almost a rule":             r("- ", 200000) + "x",
		"links begun":               r("[a](", 20000),
		"links begun and closed":    r("[a](", 20000) + r(")", 20000),
		"links begun after closers": r(")", 20000) + r("[a](", 20000),
		"links to a pointed":        r("[a](<b", 20000),
		"links with titles":         r("[a](b \"", 20000),
		"links with round titles":   r("[a](b (", 20000),
		"references begun":          r("[a][", 20000),
		"references on lines":       "[a]: /b\n\n" + r("[a]\n", 200000),
		"brackets":                  r("[", 50000),
		"brackets closed":           r("[", 50000) + "a" + r("]", 50000),
		"pictures begun":            r("![", 50000) + r("](", 50000),
		"brackets around much":      r("[", 900) + r("a_b_ \n", 100000) + r("]", 900),
		"emphasis begun":            r("*a ", 50000),
		"emphasis ended":            r("a* ", 50000),
		"emphasis nested":           r("*a ", 50000) + r("b* ", 50000),
		"emphasis of two kinds":     r("*a _b ", 50000) + r("a* ", 50000),
		"emphasis by threes":        r("***a ", 30000) + r("a** ", 30000),
		"emphasis in one run":       r("*", 500000) + "a" + r("*", 500000),
		"underscores in a word":     r("a_", 500000),
		"tildes":                    r("~", 500000),
		"tildes in turn":            r("~a ", 100000) + r("~~b ", 100000),
		"backticks":                 r("`", 500000),
		"backtick runs growing":     lines(1000, func(i int) string { return r("`", i) + "a" }),
		"backtick runs of two":      r("``a ", 200000),
		"backticks on lines":        r("(\n\\``\n", 100000),
		"angle brackets":            r("<", 500000),
		"tags begun":                r("<a ", 300000),
		"tags without an end":       r("<a href=x>b", 20000),
		"tags with quotes":          r("<a b=\"", 100000) + r("<a b='", 100000),
		"tags nested inline":        "x " + r("<b>", 20000) + "y" + r("</i>", 20000),
		"tags nested in a block":    "<div>" + r("<b>", 20000) + "y" + r("</i>", 20000),
		"lists nested in a block":   r("<ul><li>", 20000) + "x",
		"tables nested in a block":  r("<table><tr><td>", 20000) + "x",
		"rows without tables":       "<tr>" + r("<tr><td>", 50000),
		"hidden elements":           "<div>" + r("<svg>", 100000) + r("</svg", 100000),
		"attributes":                "<div " + r("a ", 300000) + ">",
		"comments begun":            "x " + r("<!--", 200000),
		"comments in a block":       r("<!--", 200000),
		"comments on lines":         r("<!-- x\n", 100000),
		"processing begun":          "x " + r("<?", 200000),
		"declarations begun":        "x " + r("<!A", 200000),
		"cdata begun":               "x " + r("<![CDATA[", 100000),
		"footnotes defined":         lines(20000, func(i int) string { return fmt.Sprintf("[^%d]: x\n\n", i) }),
		"footnotes mentioned":       lines(20000, func(i int) string { return fmt.Sprintf("a[^%d] ", i) }) + "\n\n[^1]: x\n",
		"footnotes of one name":     r("[^1] ", 100000) + "\n\n" + r("[^1]: [^1]\n", 10000),
		"footnote marks begun":      r("[^", 300000),
		"references defined":        lines(50000, func(i int) string { return fmt.Sprintf("[a%d]: /b\n", i) }),
		"references half defined":   r("[a]: b (c\n", 50000),
		"references with titles":    r("[a]: b 'c\n", 50000),
		"references without end":    r("[a", 100000) + "]: b",
		"references used":           "[a]: /b\n\n" + r("[a][a] ", 100000),
		"reference expansion":       "[a]: /" + r("b", 10000) + "\n\n" + r("[a]", 10000),
		"entities":                  r("&#27;", 200000),
		"entities without end":      r("&", 500000),
		"entities with long names":  r("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 30000),
		"backslashes":               r("\\", 1000000),
		"web addresses":             r("http://a.", 12000),
		"web addresses parted":      r("http://a. ", 12000),
		"www addresses":             r("www.a.", 17000),
		"www addresses struck":      r("~~www.", 20000),
		"mail addresses":            r("a@b.", 25000),
		"mail addresses parted":     r("_a@b.c", 100000),
		"addresses with a tail":     r("http://a.bc/"+r("*", 200), 2000),
		"long word":                 r("x", 1<<20),
		"long line":                 r("word ", 200000),
		"long code line":            "```\n" + r("x", 1<<20) + "\n```\n",
		"many lines":                r("x\n", 200000),
		"many paragraphs":           r("x\n\n", 200000),
		"many headings":             r("# a\n", 50000),
		"headings with attributes":  "# " + r("{a=[", 50000) + "\n\n# " + r("{", 200000) + "\n\n# " + r("{a=\"", 100000) + "\n",
		"headings underlined":       r("a\n-\n", 100000),
		"setext after much":         r("a\n", 200000) + "===\n",
		"wide table":                r("|a", 1000) + "|\n" + r("|-", 1000) + "|\n" + r(r("|b", 1000)+"|\n", 100),
		"table of short rows":       r("|a", 10000) + "|\n" + r("|-", 10000) + "|\n" + r("x\n", 40000),
		"long table":                "|a|b|\n|-|-|\n" + r("|c|d|\n", 5000),
		"table of escaped bars":     r("|`\\|`", 10000) + "|\n" + r("|-", 10000) + "|\n",
		"table of code and bars":    "|a|\n|-|\n|" + r("`\\|` ", 100000) + "|\n",
		"delimiter rows":            r("|-|-|\n", 50000),
		"definitions":               r("a\n: b\n", 50000),
		"definitions nested":        lines(500, func(i int) string { return r("  ", i) + "a\n" + r("  ", i) + ": b\n" }),
		"tasks":                     r("- [ ] a\n", 50000),
		"empty items":               r("-\n", 100000),
		"loose items":               r("- a\n\n", 100000),
		"marks on one character":    "e" + r("\u0301", 300000),
		"marks between tags":        "e" + r(r("\u0301", 8)+"<b>", 30000),
		"control characters":        r("\x1b[31m\u009b", 100000),
		"zero bytes":                r("\x00", 1<<20),
		"broken UTF-8":              r("\xff", 1<<20),
		"spaces":                    r(" ", 1<<20),
		"tabs":                      r("\t", 300000) + "x",
		"blank quotes":              r(">\n", 200000),
		"fences":                    r("```\n", 100001),
		"fences of two kinds":       r("~~~\n```\n", 50000),
	}
}

// TestNoArticleHangsTheReader gives every hostile text a deadline that a parser
// whose time grows with the square of the length would miss.
func TestNoArticleHangsTheReader(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			done := make(chan *Document, 1)
			go func() { done <- Parse(Input{ID: "x.md", Data: []byte(text)}) }()
			select {
			case doc := <-done:
				mustHold(t, doc)
			case <-time.After(30 * time.Second):
				t.Fatal("still parsing")
			}
		})
	}
}

func BenchmarkHostile(b *testing.B) {
	texts := hostile()
	var names []string
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			in := Input{ID: "x.md", Data: []byte(texts[name])}
			b.SetBytes(int64(len(in.Data)))
			for b.Loop() {
				Parse(in)
			}
		})
	}
}
