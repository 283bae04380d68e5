package article

import (
	"strings"
	"testing"
)

// FuzzParse: no text makes Parse fail, drive a terminal or point outside of itself.
func FuzzParse(f *testing.F) {
	for _, s := range fuzzSeeds() {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, plain bool) {
		in := Input{ID: "x.md", Data: []byte(s)}
		if plain {
			in.ID = "x.txt"
		}
		doc := Parse(in)
		if s := broken(doc); s != "" {
			t.Fatal(s)
		}
		for i, b := range doc.Blocks {
			p := doc.PlaceAt(i, b.Len()/2)
			if block, offset := doc.Locate(p); block != p.Block || offset != p.Offset {
				t.Fatalf("place %+v found again at %d+%d", p, block, offset)
			}
		}
	})
}

func fuzzSeeds() []string {
	return []string{
		"", "# Title\n\ntext *em* **strong** `code` [link](to.md \"title\") ![alt](pic.png) <b>b</b> https://example.org\n",
		"> quote\n> - item\n>   1. one\n\n- [x] done\n- [ ] open\n\n```go\ncode\n```\n\n    indented\n",
		"| a | b |\n|:--|--:|\n| `x\\|y` | 2 |\n", "Term\n: Definition\n\nnote[^1] again[^n]\n\n[^1]: One\n[^n]: Two\n    more\n",
		"&#27;]52;c;aGk=&#7; &amp;#x9b; &#2*7*; [&#27;](&#27; \"&#27;\") ![&#27;](x)\n\n&#27;\n=====\n",
		"<table><tr><td>&#27;<li>x<p>y</table><ul><li>a<ul><li>b</ul></ul><pre>&#155;</pre><h2 id=a>h</h2><!-- c",
		"[ref]: /url\n\n[ref] [ref][] [x][ref]\n\nText\r\nwith\rall\u2028line\u0085ends\x00\x1b[31m\n",
		"---\ntitle: \"\\e[31m\"\ndate: 2026-01-02\ntags: [a, b]\n---\nBody\n", "+++\ntitle = \"x\"\n[extra]\na = 1\n+++\nBody\n", "{\"title\": \"x\"}\nBody\n",
		"<a href=\"x\"><div>t</div></a> <svg>x <style>y</style><script>z", "a  \nb\\\nc <br> d <!-- e --> <?f?>\n", "#  {#id}\n## a {#id}\n## a\n## a-1\n",
		strings.Repeat("> ", 120) + "deep", "e" + strings.Repeat("\u0301", 7) + "**" + strings.Repeat("\u0301", 7) + "**", "\ufeff# \u200b\n",
	}
}
