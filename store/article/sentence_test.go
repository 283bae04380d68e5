package article

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLinksAreShownInTheirSentence: the sentence, whole where it is short, cut
// at words and marked where it is not.
func TestLinksAreShownInTheirSentence(t *testing.T) {
	long := strings.Repeat("word ", 60)
	for _, c := range []struct{ src, want string }{
		{"One. Two has a [link](x) in it. Three.", "Two has a link in it."},
		{"A [link](x)", "A link"},
		{"[link](x).", "link."},
		{"Is it? [Yes](x)! No.", "Yes!"},
		{"See e.g. the [link](x), i.e. that one. Next.", "See e.g. the link, i.e. that one."},
		{"By J. R. Smith, in [his book](x). Next.", "By J. R. Smith, in his book."},
		{"Version 1.5. It has a [link](x).", "It has a link."},
		{"Written in Node.js and [Go](x). Next", "Written in Node.js and Go."},
		{"He said \"stop.\" Then a [link](x) came (it did.) End.", "Then a link came (it did.)"},
		{"Noted.[^1] Then a [link](x).\n\n[^1]: n", "Then a link."},
		{"She asked \"why?\" and left by the [link](x). End.", "She asked \"why?\" and left by the link."},
		{"one  \ntwo [link](x)  \nthree", "two link"},
		{"これは文です。次の[リンク](x)があります。終わり。", "次のリンクがあります。"},
		{long + "[link](x) " + long, "… word word word word word word word word word word word word word word word word word word word word word word word word word word word link word word word word word word word word word word word word word word word word word word word …"},
		{"[" + long + "](x)", "word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word …"},
		{strings.Repeat("x", 500) + "[link](x)" + strings.Repeat("y", 500), "… " + strings.Repeat("x", maxBefore) + "link" + strings.Repeat("y", 96) + " …"},
	} {
		doc := parseText(c.src)
		if len(doc.Links) == 0 {
			t.Fatalf("%q: no link", c.src)
		}
		link := doc.Links[len(doc.Links)-1]
		for _, l := range doc.Links {
			if l.Target == "x" {
				link = l
			}
		}
		if string(link.Sentence) != c.want {
			t.Errorf("%.60q:\n got %q\nwant %q", c.src, link.Sentence, c.want)
		}
	}
}

// TestSentencesOfRealPostsCanBeRead: they hold the beginning of the label, are
// no longer than they may be, and are cut between words.
func TestSentencesOfRealPostsCanBeRead(t *testing.T) {
	total, cut := 0, 0
	for _, in := range realPosts(t) {
		doc := Parse(in)
		for _, l := range doc.Links {
			total++
			s := strings.TrimSuffix(strings.TrimPrefix(string(l.Sentence), "… "), " …")
			if len(s) < len(l.Sentence) {
				cut++
			}
			if len(l.Sentence) > maxSentence+10 || !strings.Contains(s, firstBytes(string(l.Label), 20)) || !utf8.ValidString(s) {
				t.Errorf("%s: %q in %q", in.ID, l.Label, l.Sentence)
			}
			flat := " " + strings.Join(strings.Fields(doc.Blocks[l.Block].Flat()), " ") + " "
			if i := strings.Index(flat, s); i < 0 || strings.HasPrefix(string(l.Sentence), "…") && flat[i-1] != ' ' || strings.HasSuffix(string(l.Sentence), "…") && flat[i+len(s)] != ' ' {
				t.Errorf("%s: %q is not cut between words", in.ID, l.Sentence)
			}
		}
	}
	t.Logf("%d links, %d sentences cut", total, cut)
}
