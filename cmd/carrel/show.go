package main

import (
	"context"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"carrel/store"
	"carrel/store/article"
	"carrel/ui/edge"
	"carrel/ui/reader"
	"carrel/ui/theme"
)

// plainWidth is the width of text where no terminal tells one.
const plainWidth = 80

func newShow(o *options) *cobra.Command {
	var width int
	var format string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show ARTICLE",
		Short: "Print one article",
		Long:  "Print one article. ARTICLE is its path in the collection, a slug, or a title that fits one article only.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fail(exitUsage, "show prints one article: name it by its path, its slug or its title in quotes")
			}
			if asJSON {
				format = "json"
			}
			if !slices.Contains([]string{"", "text", "ansi", "markdown", "json"}, format) {
				return fail(exitUsage, "there is no format %q: use text, ansi, markdown or json", format)
			}
			if format == "" {
				if format = "text"; isTerminal(o.stdout) {
					format = "ansi"
				}
			}
			s, err := o.open()
			if err != nil {
				return err
			}
			defer s.Close()
			id, err := o.find(cmd.Context(), s, args[0])
			if err != nil {
				return err
			}
			return o.show(cmd.Context(), s, id, format, width)
		},
	}
	cmd.Flags().IntVar(&width, "width", 0, "columns of the text (default: the terminal's, at most 80)")
	cmd.Flags().StringVar(&format, "format", "", "text, ansi, markdown or json (default ansi on a terminal, text elsewhere)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "the same as --format json")
	return cmd
}

// find returns the one article that an argument names.
func (o *options) find(ctx context.Context, s *store.Store, name string) (article.ID, error) {
	if _, err := s.List(ctx); err != nil {
		return "", err
	}
	ids := s.Find(name)
	switch len(ids) {
	case 0:
		for _, f := range s.Skipped() {
			if f.Path == article.Line(name) {
				return "", fail(exitFailed, "%s was skipped: %s", f.Path, f.Reason)
			}
		}
		return "", fail(exitNothing, "no article is called %q: carrel list prints those there are", name)
	case 1:
		return ids[0], nil
	}
	var names []string
	for _, id := range ids {
		names = append(names, string(id.Text()))
	}
	return "", fail(exitFailed, "%q may be one of %s: name one of these", name, strings.Join(names, ", "))
}

func (o *options) show(ctx context.Context, s *store.Store, id article.ID, format string, width int) error {
	if width <= 0 {
		width = o.width()
	}
	doc, err := s.Open(ctx, id)
	if err != nil {
		return fail(exitFailed, "%v", err)
	}
	switch format {
	case "json":
		out := newJSON(o.stdout)
		if err := out.write(documentJSON(doc)); err != nil {
			return err
		}
		return out.flush()
	case "markdown":
		in, err := s.Read(ctx, id)
		if err != nil {
			return fail(exitFailed, "%v", err)
		}
		out := newPrinter(o.stdout, edge.Plain)
		out.printf("%s", article.Source(in))
		return out.flush()
	case "text":
		return o.printPage(doc, theme.Options{Mono: true, ASCII: !o.utf8()}, edge.Plain, width)
	case "ansi":
		t := theme.Options{Dark: true, Mono: o.noColour(), ASCII: !o.utf8()}
		t.Dark = t.Mono || o.dark()
		return o.printPage(doc, t, edge.Styled, width)
	}
	return fail(exitUsage, "there is no format %q", format)
}

// noColour tells whether colours are unwanted or unknown to the terminal.
func (e env) noColour() bool {
	return e.get("NO_COLOR") != "" || isTerminal(e.stdout) && colorprofile.Env(e.environ) <= colorprofile.Ascii
}

// dark tells whether the terminal's background is dark, and true where there is
// no terminal to ask.
func (e env) dark() bool {
	in, isFile := e.stdin.(term.File)
	out, isAlso := e.stdout.(term.File)
	if !isFile || !isAlso || !isTerminal(in) || !isTerminal(out) {
		return true
	}
	return lipgloss.HasDarkBackground(in, out)
}

func (e env) width() int {
	if f, ok := e.stdout.(term.File); ok {
		if w, _, err := term.GetSize(f.Fd()); err == nil && w > 0 {
			return min(w, plainWidth)
		}
	}
	return plainWidth
}

func (o *options) printPage(doc *article.Document, t theme.Options, policy edge.Policy, width int) error {
	out := newPrinter(o.stdout, policy)
	for line := range reader.Print(doc, theme.New(t), width) {
		if policy == edge.Plain {
			line = strings.TrimRight(ansi.Strip(line), " ")
		}
		out.printf("%s\n", line)
	}
	return out.flush()
}

// documentFields are what show prints of an article as JSON.
type documentFields struct {
	entryFields
	Outline []headingJSON `json:"outline"`
	Links   []linkJSON    `json:"links"`
	Text    string        `json:"text"`
}

type headingJSON struct {
	Level  int          `json:"level"`
	Text   article.Text `json:"text"`
	Anchor article.Text `json:"anchor"`
}

type linkJSON struct {
	Target   article.Text `json:"target"`
	Label    article.Text `json:"label"`
	Sentence article.Text `json:"sentence"`
}

func documentJSON(doc *article.Document) documentFields {
	f := documentFields{entryFields: entryJSON(doc.Entry), Outline: []headingJSON{}, Links: []linkJSON{}}
	for _, h := range doc.Outline {
		f.Outline = append(f.Outline, headingJSON{h.Level, h.Text, h.Anchor})
	}
	for _, l := range linksOf(doc) {
		f.Links = append(f.Links, linkJSON{l.Target, l.Label, l.Sentence})
	}
	var text strings.Builder
	for i, b := range doc.Blocks {
		if i > 0 && !b.Continues {
			text.WriteByte('\n')
		}
		text.WriteString(b.Flat())
	}
	f.Text = text.String()
	return f
}
