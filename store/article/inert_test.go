package article

import (
	"strings"
	"testing"
)

// TestNoReferenceBecomesAControlCharacter puts character references for ESC, CSI
// and BEL wherever text can stand, also split over what parts it. mustHold walks
// every string of the document.
func TestNoReferenceBecomesAControlCharacter(t *testing.T) {
	refs := []string{"&#27;", "&#x1b;", "&#155;", "&#x9b;", "&#7;", "&NewLine;", "&#13;", "&#8238;", "&#xfeff;", "&amp;#27;", "&amp;#x9b;", "&amp;amp;#27;", "&#38;#27;", "&#0;", "&#127;", "&#1114112;", "&ZeroWidthSpace;", "\\&#27;", "&#2\\7;"}
	places := []string{
		"R text", "# R", "R\n===", "*R*", "**a R**", "~~R~~", "`R`", "[R](x)", "[a](R)", "[a](<R> \"R\")", "[a](x 'R')", "![R](x)", "![a](R)", "[R]: /R\n\n[R] [a][R]", "<https://a.example/R>",
		"https://a.example/?R", "www.example.com/R", "```R\nR\n```", "    R", "> R", "- R", "1. [ ] R", "| R | a |\n|---|---|\n| R | `R` |", "R\n: R", "a[^R]\n\n[^R]: R", "# a {#R}", "<b>R</b>", "<div>R</div>",
		"<a href=\"R\" id=\"R\" name=\"R\">R</a>", "<img alt=\"R\" src=\"R\">", "<div><a href='R'>R</a><h2 id=R>R</h2><pre class=\"language-R\">R</pre><table><tr><td>R</table></div>", "<!-- R", "<script>R", "<div R", "a\\\nR", "R  \nR",
		"---\ntitle: \"R\"\ntags: [\"R\"]\nauthor: \"R\"\naliases: [\"R\"]\n---\n", "---\ntitle: Foo: R\n---\nR", "[[R|R]]", "R&R;",
	}
	splits := []string{"&#2*7;*", "&#2**7**;", "&#`27`;", "&#2[7;](x)", "|&#2|7;|\n|-|-|", "&#2<b>7;</b>", "&#2\n7;", "&#2\\\n7;", "[&#2](7;)", "![&#2*7;*](x)", "&<!-- -->#27;", "&am*p;#27;*"}
	for _, place := range places {
		for _, ref := range refs {
			for _, id := range []ID{"x.md", "x.txt", "R\x1b.md"} {
				mustHold(t, Parse(Input{ID: id, Data: []byte(strings.ReplaceAll(place, "R", ref))}))
			}
		}
	}
	for _, s := range splits {
		doc := Parse(Input{ID: "x.md", Data: []byte(s)})
		mustHold(t, doc)
		if text := allText(doc); !strings.Contains(text, "#") && !strings.Contains(text, "&am") {
			t.Errorf("%q was put together: %q", s, text)
		}
	}
}

// TestReferencesAreDecodedOnce, and only those that CommonMark knows.
func TestReferencesAreDecodedOnce(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"&amp;lt;", "&lt;"}, {"&amp;#65;", "&#65;"}, {"&#38;lt;", "&lt;"}, {"&lt;b&gt;", "<b>"}, {"&eacute;&#233;&#xe9;", "ééé"}, {"&copy 2024", "&copy 2024"}, {"&copy;", "©"}, {"&nosuch;", "&nosuch;"},
		{"\\&lt;", "&lt;"}, {"\\\\&lt;", "\\<"}, {"a\\b", "a\\b"}, {"\\*a\\*", "*a*"}, {"&#;", "&#;"}, {"&#x;", "&#x;"}, {"&#12345678;", "&#12345678;"}, {"&;", "&;"}, {"&", "&"}, {"\\", "\\"}, {"&#150;", "–"}, {"&Aacute;&ngE;", "Á≧̸"},
	} {
		if got := unescape(c.in); got != c.want {
			t.Errorf("unescape(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	for _, c := range []struct{ in, target string }{
		{"[a](/x?a=1&copy=2&sect=3)", "/x?a=1&copy=2&sect=3"}, {"[a](/x?a&amp;b)", "/x?a&b"}, {"[a](/\\&amp;)", "/&amp;"}, {"[a](<b c>)", "b c"}, {"[a](b\\)c)", "b)c"}, {"[a](x&#27;[m)", "x[m"},
		{"<a href=\"/x?a=1&copy=2\">a</a>", "/x?a=1&copy=2"}, {"<a href=\"/x?a&amp;lt;\">a</a>", "/x?a&lt;"}, {"[a][r]\n\n[r]: /\\_&eacute;", "/_é"},
	} {
		doc := Parse(Input{ID: "x.md", Data: []byte(c.in)})
		if len(doc.Links) != 1 || string(doc.Links[0].Target) != c.target {
			t.Errorf("%q: links %+v, want one to %q", c.in, doc.Links, c.target)
		}
	}
}
