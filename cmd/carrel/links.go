package main

import (
	"context"

	"github.com/spf13/cobra"

	"carrel/store"
	"carrel/store/article"
	"carrel/store/collection"
	"carrel/ui/edge"
)

func newLinks(o *options) *cobra.Command {
	var unresolved, asJSON bool
	cmd := &cobra.Command{
		Use:   "links [ARTICLE]",
		Short: "Print the links of an article, or of all, and where they lead",
		Args:  cobra.MaximumNArgs(1),
		Example: `  carrel links -C ~/blog my-post
  carrel links -C ~/blog --unresolved`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.open()
			if err != nil {
				return err
			}
			defer s.Close()
			ids, err := o.which(cmd.Context(), s, args)
			if err != nil {
				return err
			}
			if err := o.printLinks(cmd.Context(), s, ids, unresolved, asJSON); err != nil {
				return err
			}
			if len(args) > 0 {
				return nil
			}
			return o.reportSkipped(s)
		},
	}
	cmd.Flags().BoolVar(&unresolved, "unresolved", false, "only links that lead nowhere")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// which returns the article that the argument names, or all articles.
func (o *options) which(ctx context.Context, s *store.Store, args []string) ([]article.ID, error) {
	if len(args) == 1 {
		id, err := o.find(ctx, s, args[0])
		return []article.ID{id}, err
	}
	entries, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	var ids []article.ID
	for _, e := range entries {
		ids = append(ids, e.ID)
	}
	return ids, nil
}

// linkFields are what links prints of a link as JSON.
type linkFields struct {
	From   string         `json:"from"`
	Label  article.Text   `json:"label"`
	Target article.Text   `json:"target"`
	How    collection.How `json:"how"`
	To     string         `json:"to"`
}

func (o *options) printLinks(ctx context.Context, s *store.Store, ids []article.ID, unresolved, asJSON bool) error {
	lines, text := newJSON(o.stdout), newPrinter(o.stdout, edge.Plain)
	for _, id := range ids {
		doc, err := s.Open(ctx, id)
		if err != nil {
			if len(ids) == 1 || ctx.Err() != nil {
				return fail(exitFailed, "%v", err)
			}
			continue // the scan reports it as skipped
		}
		for _, l := range linksOf(doc) {
			f := resolved(s, doc, l)
			switch {
			case unresolved && f.How != collection.None:
			case asJSON:
				if err := lines.write(f); err != nil {
					return err
				}
			default:
				where := string(f.How)
				if f.To != "" {
					where += " " + string(article.ID(f.To).Text())
				}
				text.printf("%s: [%s](%s) %s\n", id.Text(), f.Label, f.Target, where)
			}
		}
	}
	if asJSON {
		return lines.flush()
	}
	return text.flush()
}

// linksOf are the links of a text, then those of its front matter.
func linksOf(doc *article.Document) []article.Link {
	links := doc.Links[:len(doc.Links):len(doc.Links)]
	for _, name := range doc.Names.Related {
		links = append(links, article.Link{Target: article.Line(name), Label: article.Line(name), Block: -1})
	}
	return links
}

func resolved(s *store.Store, doc *article.Document, l article.Link) linkFields {
	r := s.Resolve(doc.ID, l.Target)
	f := linkFields{From: string(doc.ID), Label: l.Label, Target: l.Target, How: r.How}
	if len(r.To) == 1 {
		f.To = string(r.To[0])
	}
	if r.How == collection.ByFragment && r.Fragment != "" {
		if _, ok := doc.Anchor(r.Fragment); !ok {
			f.How, f.To = collection.None, ""
		}
	}
	return f
}
