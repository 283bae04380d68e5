package article

import (
	"path"
	"strings"
	"time"
)

// Input is one file, as it was read.
type Input struct {
	ID ID
	// Data is the content; it must not be changed afterwards.
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
func Parse(in Input) *Document { return parse(in, partSize) }

func parse(in Input, partSize int) *Document {
	head, body := open(in)
	doc := &Document{Head: head}
	if doc.Kind == Plain {
		parsePlain(doc, body)
		doc.countWords()
		doc.settle()
	} else {
		parseMarkdown(doc, body, partSize)
	}
	doc.dropRepeatedTitle()
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
		f := splitFrontMatter(src)
		h.Warnings = append(h.Warnings, f.warnings...)
		h.fill(f.fields)
		body = f.body
	}
	if !visible(h.Title) {
		h.Title = firstHeading(body, h.Kind)
	}
	h.fallbacks(in)
	return h, body
}

// firstHeading finds the title of a body without parsing all of it: a heading
// at the very beginning, or the first of the highest level, within the first
// few kilobytes.
func firstHeading(body string, kind Kind) Text {
	const enough = 4 << 10
	if len(body) > enough {
		body = body[:enough]
		body = body[:strings.LastIndexByte(body, '\n')+1]
	}
	if kind == Plain || !strings.Contains(body, "#") && !strings.Contains(body, "==") && !strings.Contains(body, "--") {
		return ""
	}
	doc := &Document{}
	parseMarkdown(doc, body, enough)
	for _, h := range doc.Outline {
		first := h.Block == 0 && h.Offset == 0
		if doc.Blocks[h.Block].Kind == HeadingBlock && (first || h.Level == 1) && visible(h.Text) {
			return h.Text
		}
	}
	return ""
}

// dropRepeatedTitle marks a first heading that says what the masthead of the
// page says already. One with a link in it stays.
func (d *Document) dropRepeatedTitle() {
	if len(d.Blocks) == 0 || d.Blocks[0].Kind != HeadingBlock || Line(string(d.Blocks[0].Text)) != d.Title {
		return
	}
	for _, s := range d.Blocks[0].Spans {
		if s.Link > 0 {
			return
		}
	}
	d.Blocks[0].Kind = Title
	d.Words -= countWords(string(d.Blocks[0].Text))
}

func (d *Document) countWords() {
	for i := range d.Blocks {
		d.Blocks[i].leaves(0, func(leaf *Block, _ int) { d.Words += countWords(string(leaf.Text)) })
	}
}
