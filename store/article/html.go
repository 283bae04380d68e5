package article

import (
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// addHTML adds a piece of HTML that stands inside running text: what styles text
// becomes a style, links become links, pictures become their description, and
// other tags vanish while their text stays.
func (l *leaf) addHTML(raw string) {
	h := htmlText{leaf: l}
	h.read(raw)
}

// htmlText reads one piece of HTML into leaves. Scripts, style sheets, drawings
// and comments are left out, but only if they end: text is never lost behind
// one that is not closed.
type htmlText struct {
	*leaf
	// blocks takes what begins and ends blocks; nil inside running text.
	blocks *htmlBlocks
	// hidden is the element whose content is left out, zero for none.
	hidden atom.Atom
	// open are hidden elements that nothing closes in the rest of the piece.
	open []atom.Atom
	// pre: white space is kept as it is.
	pre bool
	// cells is how many cells the current table row has had.
	cells int
}

func (h *htmlText) read(raw string) {
	z := html.NewTokenizer(strings.NewReader(raw))
	for rest := raw; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			h.addText(rest)
			return
		}
		token := rest[:len(z.Raw())]
		rest = rest[len(token):]
		switch kind {
		case html.TextToken:
			h.addText(string(z.Text()))
		case html.CommentToken:
			if !strings.HasSuffix(token, ">") {
				h.addParagraphs(token)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if t := z.Token(); h.unknown(t) {
				h.addText(token)
			} else {
				h.start(t, rest)
			}
		case html.EndTagToken:
			if t := z.Token(); h.unknown(t) {
				h.addText(token)
			} else {
				h.end(t)
			}
		}
	}
}

func (h *htmlText) addText(s string) {
	switch {
	case h.hidden != 0 || s == "":
	case h.pre:
		h.add(s)
	default:
		s = collapse(s)
		if h.atLineStart() || h.text[len(h.text)-1] == ' ' {
			s = strings.TrimPrefix(s, " ")
		}
		h.add(s)
	}
}

// addParagraphs adds the text of a comment that nothing closes: it may be the
// rest of the article.
func (h *htmlText) addParagraphs(s string) {
	for p := range strings.SplitSeq(s, "\n\n") {
		h.addText(p)
		if h.blocks != nil {
			h.blocks.flush()
		}
	}
}

func (h *htmlText) start(t html.Token, rest string) {
	if h.hidden != 0 {
		return
	}
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg:
		if t.Type == html.StartTagToken && h.closes(t.DataAtom, rest) {
			h.hidden = t.DataAtom
		}
		return
	}
	if h.blocks != nil && h.blocks.start(t) {
		return
	}
	switch t.DataAtom {
	case atom.Pre:
		h.pre = true
	case atom.Tr:
		h.cells = 0
	case atom.Td, atom.Th:
		if h.cells++; h.cells > 1 {
			h.addText(" | ")
		}
	}
	h.openTag(t)
	if t.DataAtom == atom.Li {
		h.add(bullet)
	}
}

func (h *htmlText) end(t html.Token) {
	if h.hidden != 0 {
		if h.hidden == t.DataAtom {
			h.hidden = 0
		}
		return
	}
	if h.blocks != nil && h.blocks.end(t) {
		return
	}
	if t.DataAtom == atom.Pre {
		h.pre = false
	}
	h.closeTag(t.Data)
}

// unknown tells whether a tag in running text is none of HTML, such as the one
// in "a Vec<T> of", which an author forgot to escape.
func (h *htmlText) unknown(t html.Token) bool {
	return h.blocks == nil && t.DataAtom == 0 && len(t.Attr) == 0 && !strings.Contains(t.Data, "-")
}

// closes tells whether an element ends in the rest of the piece. What is not
// found once is not looked for again.
func (h *htmlText) closes(a atom.Atom, rest string) bool {
	for _, o := range h.open {
		if o == a {
			return false
		}
	}
	end := "</" + a.String()
	for i := strings.Index(rest, "</"); i >= 0 && i+len(end) <= len(rest); {
		if strings.EqualFold(rest[i:i+len(end)], end) {
			return true
		}
		next := strings.Index(rest[i+2:], "</")
		if next < 0 {
			break
		}
		i += 2 + next
	}
	h.open = append(h.open, a)
	return false
}

func (l *leaf) openTag(t html.Token) {
	l.addAnchor(t)
	switch t.DataAtom {
	case atom.Br:
		l.breakLine()
		return
	case atom.Img:
		l.addImage(attr(t, "alt"), attr(t, "src"))
		return
	}
	if breaksLine(t.DataAtom) && !l.atLineStart() {
		l.breakLine()
	}
	if t.Type == html.SelfClosingTagToken || isVoid(t.DataAtom) || len(l.tags) >= maxNesting {
		return
	}
	tag := openTag{name: t.Data, style: l.tagStyle}
	l.tagStyle |= tagStyle(t.DataAtom)
	if t.DataAtom == atom.A {
		tag.link = l.openLink(attr(t, "href"))
	}
	l.tags = append(l.tags, tag)
}

// addAnchor records the id of an element, or the name of a link.
func (l *leaf) addAnchor(t html.Token) {
	id := attr(t, "id")
	if id == "" && t.DataAtom == atom.A {
		id = attr(t, "name")
	}
	if name := Line(id); name != "" {
		l.anchors = append(l.anchors, Anchor{Name: name, Offset: len(l.text)})
	}
}

// closeTag closes the innermost open element of that name and those inside it.
func (l *leaf) closeTag(name string) {
	if breaksLine(atom.Lookup([]byte(name))) && !l.atLineStart() {
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
		if l.tags[i].link {
			l.closeLink()
		}
		l.tagStyle = l.tags[i].style
	}
	l.tags = l.tags[:to]
}

// addImage stands for a picture: its description, or the name of its file.
func (l *leaf) addImage(alt, src string) {
	if alt = string(Line(alt)); alt == "" {
		file, _, _ := strings.Cut(src, "?")
		alt = path.Base(file)
		if strings.HasPrefix(src, "data:") || alt == "." || alt == "/" {
			alt = "no description"
		}
	}
	opened := l.openLink(imageTarget(src))
	l.with(Image, func() { l.add("[image: " + string(Line(alt)) + "]") })
	if opened {
		l.closeLink()
	}
}

// imageTarget is what a reader can do with a picture's address: copy one on the
// web, and nothing with one that lies beside the article or holds the picture itself.
func imageTarget(src string) string {
	if strings.HasPrefix(src, "https://") || strings.HasPrefix(src, "http://") {
		return src
	}
	return ""
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
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt, atom.Pre:
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
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Aside, atom.Main, atom.Nav, atom.Header, atom.Footer, atom.Hgroup, atom.Address,
		atom.Center, atom.Figure, atom.Figcaption, atom.Ul, atom.Ol, atom.Menu, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Pre, atom.Blockquote,
		atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Form, atom.Fieldset, atom.Legend, atom.Option,
		atom.Details, atom.Dialog, atom.Summary, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
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
	if !strings.ContainsAny(s, "\n\t\r\f") && !strings.Contains(s, "  ") {
		return s
	}
	f := strings.Join(strings.Fields(s), " ")
	if isSpace(s[0]) {
		f = " " + f
	}
	if len(f) > 1 && isSpace(s[len(s)-1]) {
		f += " "
	}
	return f
}
