package article

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files of this package")

// TestDocumentsReadAsTheirAuthorsWroteThem compares the files of testdata/documents
// with a dump of what they become.
func TestDocumentsReadAsTheirAuthorsWroteThem(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "documents", "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			// The files may have been checked out with other line ends.
			doc := Parse(Input{ID: ID(filepath.Base(file)), Data: data})
			mustHold(t, doc)
			got := dump(doc)
			if *update {
				if err := os.WriteFile(file+".golden", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if d := firstDifference(strings.Split(got, "\n"), strings.Split(strings.ReplaceAll(string(want), "\r\n", "\n"), "\n")); d >= 0 {
				t.Errorf("line %d differs; got:\n%s", d+1, got)
			}
		})
	}
}

// dump writes a document for people: one line for each leaf, indented by its
// containers, with spans as {style: text} and links numbered as in the list at
// the end. A hard line break is shown as ⏎.
func dump(doc *Document) string {
	var b strings.Builder
	line := func(name string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "[]" {
			fmt.Fprintf(&b, "%s: %s\n", name, s)
		}
	}
	line("title", doc.Title)
	line("authors", strings.Join(texts(doc.Authors), " / "))
	if doc.DateSource != NoDate {
		line("date", fmt.Sprintf("%s (%s)", doc.Date.Format("2006-01-02 15:04 -0700"), [...]string{"", "field", "name", "path", "guess"}[doc.DateSource]))
	}
	line("tags", strings.Join(texts(doc.Tags), " / "))
	line("summary", doc.Summary)
	line("source", doc.Source)
	line("paths", strings.Join(doc.Names.Paths, " / "))
	line("aliases", strings.Join(doc.Names.Aliases, " / "))
	line("slug", doc.Names.Slug)
	line("related", strings.Join(doc.Names.Related, " / "))
	line("words", doc.Words)
	for _, w := range doc.Warnings {
		fmt.Fprintf(&b, "warning: line %d: %s\n", w.Line, w.Text)
	}
	b.WriteByte('\n')
	for _, block := range doc.Blocks {
		dumpBlock(&b, &block, "")
	}
	if len(doc.Outline) > 0 {
		b.WriteString("\noutline:\n")
	}
	for _, h := range doc.Outline {
		fmt.Fprintf(&b, "%s%s #%s at %d+%d\n", strings.Repeat("  ", h.Level), h.Text, h.Anchor, h.Block, h.Offset)
	}
	if len(doc.Links) > 0 {
		b.WriteString("\nlinks:\n")
	}
	for i, l := range doc.Links {
		fmt.Fprintf(&b, "%d. %q -> %s at %d+%d\n   in: %s\n", i+1, l.Label, l.Target, l.Block, l.Offset, l.Sentence)
	}
	if len(doc.Anchors) > 0 {
		b.WriteString("\nanchors:")
	}
	for _, a := range doc.Anchors {
		fmt.Fprintf(&b, " #%s at %d+%d", a.Name, a.Block, a.Offset)
	}
	if len(doc.Anchors) > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

func texts(list []Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}

func dumpBlock(b *strings.Builder, block *Block, indent string) {
	names := [...]string{"para", "heading", "code", "quote", "list", "item", "table", "row", "cell", "rule", "note", "term", "definition", "title"}
	fmt.Fprintf(b, "%s%s", indent, names[block.Kind])
	if block.Level != 0 {
		fmt.Fprintf(b, " %d", block.Level)
	}
	if block.Tight {
		b.WriteString(" tight")
	}
	if block.Continues {
		b.WriteString(" continues")
	}
	b.WriteString([...]string{"", " [ ]", " [x]"}[block.Task])
	if block.Info != "" {
		fmt.Fprintf(b, " (%s)", block.Info)
	}
	if block.Text != "" {
		b.WriteString(": ")
	}
	text, at := "", uint32(0)
	for _, s := range block.Spans {
		text += string(block.Text[at:s.Start]) + "{" + spanName(s) + ": " + string(block.Text[s.Start:s.End]) + "}"
		at = s.End
	}
	text += string(block.Text[at:])
	b.WriteString(strings.ReplaceAll(text, "\n", "⏎\n"+indent+"  ") + "\n")
	for i := range block.Blocks {
		dumpBlock(b, &block.Blocks[i], indent+"  ")
	}
}

func spanName(s Span) string {
	var names []string
	for i, name := range []string{"em", "strong", "code", "strike", "mark", "underline", "sub", "sup", "image", "note"} {
		if s.Style&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if s.Link > 0 {
		names = append(names, fmt.Sprintf("link %d", s.Link))
	}
	return strings.Join(names, ",")
}
