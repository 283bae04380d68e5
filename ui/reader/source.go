package reader

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/markdown"
	"carrel/ui/theme"
)

// Related is an article that the open one names in its front matter.
type Related struct {
	// Target is what the article says; Title what to call it.
	Target, Title article.Text
	// ID is empty if no article of the collection is meant.
	ID article.ID
}

// page is a document as the pager sees it: the masthead, the blocks, and the
// related articles at the end. Block i of the document is block i+1 of the page.
type page struct {
	doc      *article.Document
	related  []Related
	theme    theme.Theme
	renderer *markdown.Renderer
}

func (p *page) Len() int { return len(p.doc.Blocks) + 2 }

func (p *page) Lines(i, width int) []markdown.Line {
	switch {
	case i == 0:
		return p.masthead(width)
	case i <= len(p.doc.Blocks):
		return p.block(i-1, width)
	}
	return p.links(width)
}

// block lays out a block of the document with the air before it.
func (p *page) block(i, width int) []markdown.Line {
	b := p.doc.Blocks[i]
	lines := p.renderer.Block(b, width)
	if len(lines) == 0 || i == 0 {
		return lines
	}
	above := make([]markdown.Line, air(p.doc.Blocks[i-1], b))
	for i := range above {
		above[i].Offset = i - len(above) - 1
	}
	return append(above, lines...)
}

// air is the number of blank rows between two blocks: one, more before a
// heading that opens a section, none inside a block that was split.
func air(before, b article.Block) int {
	switch {
	case b.Continues && (b.Kind == article.Code || b.Kind == article.Paragraph || b.Kind == article.Table || b.Tight):
		return 0
	case before.Kind == article.Title:
		return 0
	case b.Kind == article.HeadingBlock && b.Level <= 2 && before.Kind != article.HeadingBlock:
		return 2
	}
	return 1
}

// masthead lays out the title and what is known of the article.
func (p *page) masthead(width int) []markdown.Line {
	lines := []markdown.Line{{}}
	title := article.Block{Kind: article.HeadingBlock, Level: 1, Text: p.doc.Title}
	lines = append(lines, p.renderer.Block(title, width)...)
	facts := facts(p.doc.Entry)
	for _, tag := range p.doc.Tags {
		facts = append(facts, "#"+strings.ReplaceAll(string(tag), " ", "-"))
	}
	if len(facts) > 0 {
		lines = append(lines, markdown.Line{})
		sep := " " + p.theme.Glyphs.Dot + " "
		row := ""
		flush := func() {
			row = ansi.Truncate(row, width, p.theme.Glyphs.Ellipsis)
			lines = append(lines, markdown.Line{Text: p.theme.Muted.Render(row), Width: ansi.StringWidth(row)})
		}
		for _, f := range facts {
			if row != "" && ansi.StringWidth(row+sep+f) > width {
				flush()
				row = f
				continue
			}
			if row != "" {
				row += sep
			}
			row += f
		}
		flush()
	}
	lines = append(lines, markdown.Line{}, markdown.Line{})
	// It is no part of the text, so its rows are counted.
	for i := range lines {
		lines[i].Offset = i
	}
	return lines
}

// facts are what the masthead says of an article: authors, date, minutes.
func facts(e article.Entry) []string {
	var facts []string
	if n := len(e.Authors); n > 0 {
		names := make([]string, 0, 3)
		for _, a := range e.Authors[:min(n, 3)] {
			names = append(names, string(a))
		}
		if n > 3 {
			names = append(names, "and "+strconv.Itoa(n-3)+" more")
		}
		facts = append(facts, strings.Join(names, ", "))
	}
	if e.DateSource != article.NoDate {
		date := e.Date.Format("2 January 2006")
		if e.DateSource == article.DateFromModTime {
			date = "file of " + date
		}
		facts = append(facts, date)
	}
	if m := e.Minutes(); m > 0 {
		facts = append(facts, strconv.Itoa(m)+" min")
	}
	return facts
}

// links lays out the articles that the author names as related. They count as
// links behind those of the text.
func (p *page) links(width int) []markdown.Line {
	if len(p.related) == 0 {
		return []markdown.Line{{}}
	}
	list := article.Block{Kind: article.List, Tight: true}
	for i, r := range p.related {
		item := article.Block{Kind: article.Paragraph, Text: r.Title}
		if r.ID != "" {
			item.Spans = []article.Span{{End: uint32(len(r.Title)), Link: int32(len(p.doc.Links) + i + 1)}}
		} else {
			item.Text = article.Line(string(r.Title) + " (not in this collection)")
		}
		list.Blocks = append(list.Blocks, article.Block{Kind: article.Item, Blocks: []article.Block{item}})
	}
	head := article.Block{Kind: article.HeadingBlock, Level: 2, Text: "Related"}
	lines := append(make([]markdown.Line, 2), p.renderer.Block(head, width)...)
	lines = append(lines, markdown.Line{})
	lines = append(append(lines, p.renderer.Block(list, width)...), markdown.Line{})
	// Like the masthead it is no part of the text, so its rows are counted.
	for i := range lines {
		lines[i].Offset = i
	}
	return lines
}
