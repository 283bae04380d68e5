package store

import (
	"context"
	"slices"

	"carrel/store/article"
	"carrel/store/index"
)

// WithSummaries returns entries with the summaries of their articles, which the
// list lacks because nobody reads them there. It reads them from the index.
func (s *Store) WithSummaries(ctx context.Context, entries []article.Entry) ([]article.Entry, error) {
	ix := s.index.Load()
	if ix == nil {
		return entries, nil
	}
	summaries := map[article.ID]article.Text{}
	err := ix.Heads(ctx, func(r index.Row) error {
		if r.Entry.Summary != "" {
			summaries[r.Entry.ID] = r.Entry.Summary
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	entries = slices.Clone(entries)
	for i := range entries {
		if e := &entries[i]; e.Summary == "" {
			e.Summary = summaries[e.ID]
		}
	}
	return entries, nil
}
