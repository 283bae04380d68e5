package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"carrel/store"
	"carrel/store/article"
	"carrel/ui/edge"
)

func newSearch(o *options) *cobra.Command {
	var limit int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search the text of all articles, the best matches first",
		Long: `Search the text of all articles, the best matches first.

  memory safety      both words
  "memory safety"    these words next to each other
  -draft             not this word
  rust OR go         one of the two
  compil*            words that begin like this
  title:safety       in the title; also author: and tag:
  in:notes/work      in this folder
  after:2018         from 2018 on; also a month, 2018-03, or a day, 2018-03-07
  before:2020-06     until the end of May 2020
  lang:de            in this language
  site:example.org   from this web site
  is:unread          all, as none is marked as read or starred

Put -- before a query that begins with a minus.`,
		Example: `  carrel search -C ~/blog borrow checker
  carrel search -C ~/blog '"memory safety" -tag:release after:2020'
  carrel search -C ~/blog --json async | jq -r .title`,
		RunE: func(cmd *cobra.Command, args []string) error {
			query := strings.TrimSpace(strings.Join(args, " "))
			if query == "" {
				return fail(exitUsage, "search needs words to look for, such as: carrel search memory safety")
			}
			s, err := o.open()
			if err != nil {
				return err
			}
			defer s.Close()
			if err := o.update(cmd.Context(), s); err != nil {
				return err
			}
			return o.search(cmd.Context(), s, store.Question{Text: query, Limit: limit}, asJSON)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "print at most so many articles")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (o *options) search(ctx context.Context, s *store.Store, q store.Question, asJSON bool) error {
	if q.Limit <= 0 {
		q.Limit = len(s.Entries())
	}
	found, err := s.Search(ctx, q)
	if err == nil && found.More != nil {
		found, err = found.More(ctx)
	}
	if err != nil {
		return o.failed(ctx, err)
	}
	if len(found.Hits) == 0 {
		return o.nothing(ctx, s, q)
	}
	// A few at a time, so that a reader of a pipe who has seen enough is heard.
	const part = 64
	lines, text := newJSON(o.stdout), newPrinter(o.stdout, edge.Plain)
	for hits := found.Hits; len(hits) > 0; hits = hits[min(part, len(hits)):] {
		looked, err := s.Look(ctx, q, hits[:min(part, len(hits))])
		if err != nil {
			return o.failed(ctx, err)
		}
		for _, h := range looked {
			if asJSON {
				err = lines.write(hitJSON(h))
			} else {
				err = printHit(text, h)
			}
			if err != nil {
				return err
			}
		}
		if asJSON {
			err = lines.flush()
		} else {
			err = text.flush()
		}
		if err != nil {
			return err
		}
	}
	if more := found.Total - len(found.Hits); more > 0 && !asJSON {
		fmt.Fprintf(edge.New(o.stderr, edge.Plain), "%d more articles: --limit %d prints all\n", more, found.Total)
	}
	return o.reportSkipped(s)
}

// nothing fails because nothing was found, and says what would have been.
func (o *options) nothing(ctx context.Context, s *store.Store, q store.Question) error {
	instead, err := s.Instead(ctx, q)
	if err == nil && instead != "" {
		return fail(exitNothing, "nothing matches %s: try %s", article.Line(q.Text), article.Line(instead))
	}
	return fail(exitNothing, "nothing matches %s", article.Line(q.Text))
}

// hitFields are what search prints of a hit as JSON.
type hitFields struct {
	ID      string       `json:"id"`
	Title   article.Text `json:"title"`
	Excerpt article.Text `json:"excerpt"`
	Matches [][2]int     `json:"matches"`
	Count   int          `json:"count"`
	Rank    float64      `json:"rank"`
}

func hitJSON(h article.Hit) hitFields {
	f := hitFields{ID: string(h.Entry.ID), Title: h.Entry.Title, Excerpt: h.Excerpt, Matches: [][2]int{}, Count: h.Count, Rank: h.Rank}
	for _, m := range h.Marks {
		f.Matches = append(f.Matches, [2]int{m.Start, m.End})
	}
	return f
}

func printHit(out *printer, h article.Hit) error {
	date := ""
	if h.Entry.DateSource != article.NoDate {
		date = h.Entry.Date.Format("2006-01-02") + "  "
	}
	out.printf("%s%s  (%s)\n", date, h.Entry.Title, h.Entry.ID.Text())
	if h.Excerpt != "" {
		out.printf("    %s\n", h.Excerpt)
	}
	return out.err
}
