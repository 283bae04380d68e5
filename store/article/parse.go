package article

import (
	"path"
	"strings"
	"time"
)

// Input is one file, as it was read.
type Input struct {
	ID   ID
	Data []byte
	// ModTime dates an article that names no date; zero if unknown.
	ModTime time.Time
}

// KindOf tells the format of a file by its name; ok is false for files that
// are no articles.
func KindOf(name string) (kind Kind, ok bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return Markdown, true
	case ".txt":
		return Plain, true
	}
	return "", false
}

// Parse reads a whole article. It never fails: what cannot be understood is
// shown as text, and a warning says why.
func Parse(in Input) *Document {
	head, body := open(in)
	doc := &Document{Head: head}
	if doc.Kind == Plain {
		parsePlain(doc, body)
	} else {
		parseMarkdown(doc, body)
	}
	doc.dropRepeatedTitle()
	doc.countWords()
	return doc
}

// ReadHead reads the front matter of an article and as much of the body as it
// takes to find a title. Words stays zero.
func ReadHead(in Input) Head {
	head, _ := open(in)
	return head
}

// open reads everything but the body.
func open(in Input) (Head, string) {
	src := string(Clean(decode(in.Data)))
	h := Head{Entry: Entry{ID: in.ID}}
	h.Kind, _ = KindOf(string(in.ID))
	if h.Kind == "" {
		h.Kind = Markdown
	}
	body := src
	if h.Kind == Markdown {
		meta, rest, _, warning := splitFrontMatter(src)
		if warning != nil {
			h.Warnings = append(h.Warnings, *warning)
		}
		h.fill(meta)
		body = rest
	}
	if h.Title == "" {
		h.Title = firstHeading(body, h.Kind)
	}
	h.fallbacks(in)
	return h, body
}

// firstHeading finds the title of a body without parsing all of it: it parses
// up to the first heading that stands within the first few kilobytes.
func firstHeading(body string, kind Kind) Text {
	const enough = 4 << 10
	if len(body) > enough {
		body = body[:enough]
		if i := strings.LastIndexByte(body, '\n'); i > 0 {
			body = body[:i+1]
		}
	}
	if kind == Plain || !strings.Contains(body, "#") && !strings.Contains(body, "==") && !strings.Contains(body, "--") {
		return ""
	}
	doc := &Document{}
	parseMarkdown(doc, body)
	if len(doc.Outline) == 0 {
		return ""
	}
	return doc.Outline[0].Text
}

// dropRepeatedTitle removes a first heading that says what the masthead of
// the page says already.
func (d *Document) dropRepeatedTitle() {
	if len(d.Blocks) == 0 || d.Blocks[0].Kind != HeadingBlock || Line(string(d.Blocks[0].Text)) != d.Title || len(d.Blocks[0].Spans) > 0 {
		return
	}
	d.Blocks[0].Kind = Title
}

func (d *Document) countWords() {
	for _, b := range d.Blocks {
		if b.Kind != Title {
			b.Leaves(func(leaf Block, _ int) { d.Words += countWords(string(leaf.Text)) })
		}
	}
}
