package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"carrel/store"
	"carrel/store/article"
	"carrel/ui/browse"
	"carrel/ui/edge"
)

func newList(o *options) *cobra.Command {
	var sort string
	var limit int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [QUERY]",
		Short: "Print the articles, newest first, or the best matches of a filter",
		Example: `  carrel list -C ~/blog
  carrel list -C ~/blog 'rust survey' --limit 5
  carrel list -C ~/blog --json | jq -r .title`,
		RunE: func(cmd *cobra.Command, args []string) error {
			order, ok := orders()[sort]
			if !ok {
				return fail(exitUsage, "there is no order %q: use date, title or length", sort)
			}
			s, err := o.open()
			if err != nil {
				return err
			}
			defer s.Close()
			entries, err := o.entries(cmd.Context(), s, strings.Join(args, " "))
			if err != nil {
				return err
			}
			if len(args) == 0 || cmd.Flags().Changed("sort") {
				slices.SortStableFunc(entries, order)
			}
			if limit > 0 {
				entries = entries[:min(limit, len(entries))]
			}
			if asJSON {
				if entries, err = s.WithSummaries(cmd.Context(), entries); err != nil {
					return o.failed(cmd.Context(), err)
				}
			}
			if err := o.printEntries(entries, asJSON); err != nil {
				return err
			}
			return o.reportSkipped(s)
		},
	}
	cmd.Flags().StringVar(&sort, "sort", "date", "date, title or length")
	cmd.Flags().IntVar(&limit, "limit", 0, "print at most so many articles")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// orders are those of list; date is the order that a collection has.
func orders() map[string]func(a, b article.Entry) int {
	return map[string]func(a, b article.Entry) int{
		"date": func(a, b article.Entry) int { return 0 },
		"title": func(a, b article.Entry) int {
			return strings.Compare(strings.ToLower(string(a.Title)), strings.ToLower(string(b.Title)))
		},
		"length": func(a, b article.Entry) int { return b.Words - a.Words },
	}
}

// entries are the articles that a query matches, or all of them.
func (o *options) entries(ctx context.Context, s *store.Store, query string) ([]article.Entry, error) {
	if err := o.update(ctx, s); err != nil {
		return nil, err
	}
	entries := slices.Clone(s.Entries())
	if strings.TrimSpace(query) == "" {
		if len(entries) == 0 {
			if err := o.reportSkipped(s); err != nil {
				return nil, err
			}
			return nil, fail(exitNothing, "there are no articles here: Carrel looks for .md, .markdown and .txt files, also in folders below")
		}
		return entries, nil
	}
	// The space tells that the last word is not half typed.
	result, err := browse.NewCorpus(entries).Rank(ctx, query+" ", nil)
	if err != nil {
		return nil, err
	}
	if len(result.Rows) == 0 {
		return nil, fail(exitNothing, "no title, author or tag matches %q", query)
	}
	matched := make([]article.Entry, len(result.Rows))
	for i, row := range result.Rows {
		matched[i] = entries[row]
	}
	return matched, nil
}

func (o *options) printEntries(entries []article.Entry, asJSON bool) error {
	if asJSON {
		out := newJSON(o.stdout)
		for _, e := range entries {
			if err := out.write(entryJSON(e)); err != nil {
				return err
			}
		}
		return out.flush()
	}
	out := newPrinter(o.stdout, edge.Plain)
	for _, e := range entries {
		date, guess := strings.Repeat(" ", 10), " "
		if e.DateSource != article.NoDate {
			date = e.Date.Format("2006-01-02")
		}
		if e.DateSource == article.DateFromModTime {
			guess = "~"
		}
		out.printf("%s%s%4d min  %s  (%s)\n", date, guess, e.Minutes(), e.Title, e.ID.Text())
	}
	return out.flush()
}

// reportSkipped tells which files could not be read, and fails with the code
// for that if there are any.
func (o *options) reportSkipped(s *store.Store) error {
	skipped := s.Skipped()
	if len(skipped) == 0 {
		return nil
	}
	errs := edge.New(o.stderr, edge.Plain)
	for _, f := range skipped {
		fmt.Fprintf(errs, "skipped %s: %s\n", f.Path, f.Reason)
	}
	return failure{code: exitPartly}
}
