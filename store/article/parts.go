package article

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// partSize is how much Markdown is parsed at once, in bytes. A syntax tree
// takes several times the memory of its text; an article that is longer than
// this is parsed in parts, so that few trees are alive at a time, and on all cores.
const partSize = 128 << 10

// parseMarkdown parses a body in parts of at least size bytes and joins them.
// What would hold a parser up is shown as plain text.
func parseMarkdown(doc *Document, body string, size int) {
	if tooDeep(body) {
		doc.warn("shown as plain text: quotes or lists are nested too deeply")
		parsePlain(doc, body)
		doc.countWords()
		doc.settle()
		return
	}
	texts := cutParts(body, size)
	refs, notes := gather(body, texts)
	parts := make([]part, len(texts))
	inParallel(len(parts), func() func(int) {
		m := newMarkdown()
		return func(i int) { m.read(&parts[i], texts[i], refs, notes) }
	})
	doc.grow(parts)
	for i := range parts {
		doc.join(&parts[i].text)
	}
	for i := range parts {
		doc.join(&parts[i].notes)
		parts[i] = part{}
	}
	doc.settle()
}

// part is what a part of an article became: its text and its footnotes, which
// stand at the end of the whole.
type part struct{ text, notes Document }

// warn adds a warning that no line is to blame for, once.
func (d *Document) warn(text string) {
	w := Warning{Text: Line(text)}
	if !slices.Contains(d.Warnings, w) {
		d.Warnings = append(d.Warnings, w)
	}
}

// inParallel calls a function for 0 to n-1 on all cores; each core gets its own
// function from worker.
func inParallel(n int, worker func() func(int)) {
	if n == 1 {
		worker()(0)
		return
	}
	var next atomic.Int32
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			f := worker()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wait.Wait()
}

// gather collects what one part of an article may use of another: the link
// definitions and the labels of the footnotes. Only the blocks are parsed.
func gather(body string, parts []string) ([]parser.Reference, *notes) {
	all := &notes{body: body}
	if len(parts) == 1 {
		return nil, all
	}
	found := make([]definitions, len(parts))
	inParallel(len(parts), func() func(int) {
		p := newBlockParser()
		return func(i int) {
			if strings.Contains(parts[i], "]:") {
				found[i].read(p, parts[i])
			}
		}
	})
	var refs []parser.Reference
	for _, f := range found {
		refs = append(refs, f.refs...)
		all.labels = append(all.labels, f.notes.labels...)
	}
	all.settle()
	return refs, all
}

// definitions are what one part defines.
type definitions struct {
	refs  []parser.Reference
	notes notes
}

func (d *definitions) read(p parser.Parser, part string) {
	// A part that the parser fails at defines nothing; markdown.read says why.
	defer func() { _ = recover() }()
	pc := parser.NewContext()
	pc.Set(notesKey, &d.notes)
	p.Parse(text.NewReader([]byte(part)), parser.WithContext(pc))
	for _, r := range pc.References() {
		// A reference into the tree would keep the whole tree alive.
		d.refs = append(d.refs, parser.NewReference(bytes.Clone(r.Label()), bytes.Clone(r.Destination()), bytes.Clone(r.Title())))
	}
}

// read parses one part. A failure of the parser costs the form of that part,
// never its text.
func (m *markdown) read(out *part, text string, refs []parser.Reference, known *notes) {
	defer func() {
		if failure := recover(); failure != nil {
			*out = part{}
			out.text.warn(fmt.Sprintf("shown as plain text in part: the parser failed: %v", failure))
			parsePlain(&out.text, text)
			*m = *newMarkdown()
		}
		out.text.countWords()
		out.notes.countWords()
	}()
	m.begin(text, known)
	m.top(m.parse(refs), out)
	if m.brake.used {
		out.text.warn("some marks are shown as they are written: there are too many in one place")
	}
}

func (m *markdown) parse(refs []parser.Reference) ast.Node {
	pc := parser.NewContext()
	pc.Set(notesKey, m.notes)
	for _, r := range refs {
		pc.AddReference(r)
	}
	return m.parser.Parse(text.NewReader(m.source), parser.WithContext(pc))
}
