package article

import (
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// addHTML adds a piece of HTML that stands inside Markdown: what styles text
// becomes a style, links become links, pictures become their description, and
// other tags vanish while their text stays. hide tells whether a script or
// style element is still open after it.
func (l *leaf) addHTML(raw string) {
	z := html.NewTokenizer(strings.NewReader(raw))
	z.SetMaxBuf(1 << 20)
	hidden := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			if hidden == 0 {
				l.add(collapse(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if isHidden(t.DataAtom) && t.Type == html.StartTagToken {
				hidden++
				continue
			}
			l.openTag(t)
		case html.EndTagToken:
			t := z.Token()
			if isHidden(t.DataAtom) {
				hidden = max(0, hidden-1)
				continue
			}
			l.closeTag(t.Data)
		}
	}
}

func isHidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Svg:
		return true
	}
	return false
}

func (l *leaf) openTag(t html.Token) {
	if id := attr(t, "id"); id != "" {
		l.anchors = append(l.anchors, Anchor{Name: Line(id), Offset: l.text.Len()})
	} else if name := attr(t, "name"); name != "" && t.DataAtom == atom.A {
		l.anchors = append(l.anchors, Anchor{Name: Line(name), Offset: l.text.Len()})
	}
	switch t.DataAtom {
	case atom.Br:
		l.add("\n")
		return
	case atom.Img:
		l.addImage(attr(t, "alt"), attr(t, "src"))
		return
	}
	if breaksLine(t.DataAtom) {
		l.breakLine()
	}
	if t.Type == html.SelfClosingTagToken || isVoid(t.DataAtom) {
		return
	}
	l.tags = append(l.tags, openTag{t.Data, l.style, l.link})
	l.style |= tagStyle(t.DataAtom)
	if t.DataAtom == atom.A {
		l.openLink(attr(t, "href"))
	}
}

// closeTag closes the innermost open element of that name and those inside it.
func (l *leaf) closeTag(name string) {
	if breaksLine(atom.Lookup([]byte(name))) {
		l.breakLine()
	}
	for i := len(l.tags) - 1; i >= 0; i-- {
		if l.tags[i].name == name {
			l.closeTags(i)
			return
		}
	}
}

func (l *leaf) closeTags(to int) {
	for i := len(l.tags) - 1; i >= to; i-- {
		if l.tags[i].link == 0 && l.link != 0 {
			l.closeLink()
		}
		l.style = l.tags[i].style
	}
	l.tags = l.tags[:to]
}

// addImage stands for a picture: its description, or the name of its file.
func (l *leaf) addImage(alt, src string) {
	if alt = string(Line(alt)); alt == "" {
		alt = path.Base(strings.SplitN(src, "?", 2)[0])
		if strings.HasPrefix(src, "data:") || alt == "." || alt == "/" {
			alt = "no description"
		}
	}
	opened := l.openLink(imageTarget(src))
	l.with(Image, func() { l.add("[image: " + alt + "]") })
	if opened {
		l.closeLink()
	}
}

// imageTarget is what a reader can do with a picture's address: nothing with
// one that holds the picture itself.
func imageTarget(src string) string {
	if strings.HasPrefix(src, "data:") {
		return ""
	}
	return src
}

func (l *leaf) breakLine() {
	if n := l.text.Len(); n > 0 && l.text.String()[n-1] != '\n' {
		l.add("\n")
	}
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func tagStyle(a atom.Atom) Style {
	switch a {
	case atom.B, atom.Strong, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary, atom.Th:
		return Strong
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var, atom.Figcaption, atom.Caption:
		return Emphasis
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return CodeSpan
	case atom.S, atom.Del, atom.Strike:
		return Strike
	case atom.U, atom.Ins:
		return Underline
	case atom.Mark:
		return Mark
	case atom.Sub:
		return Sub
	case atom.Sup:
		return Sup
	}
	return 0
}

func breaksLine(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Center, atom.Figure,
		atom.Figcaption, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Caption, atom.Tr, atom.Pre, atom.Blockquote,
		atom.Details, atom.Summary, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Source, atom.Wbr, atom.Col, atom.Embed, atom.Area, atom.Base, atom.Track:
		return true
	}
	return false
}

// collapse makes runs of white space one space, as HTML does.
func collapse(s string) string {
	if !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") {
		return s
	}
	f := strings.Join(strings.Fields(s), " ")
	if s[0] == ' ' || s[0] == '\n' || s[0] == '\t' {
		f = " " + f
	}
	if c := s[len(s)-1]; len(f) > 1 && (c == ' ' || c == '\n' || c == '\t') {
		f += " "
	}
	return f
}
