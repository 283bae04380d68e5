package store

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"carrel/store/article"
)

// Look completes hits: it reads their articles and finds the matches in them.
// The result is in the same order; a hit whose article is gone stays as it was.
// The error is the one of ctx.
func (s *Store) Look(ctx context.Context, q Question, hits []article.Hit) ([]article.Hit, error) {
	out := make([]article.Hit, len(hits))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.NumCPU(), len(hits)) {
		workers.Go(func() {
			finder := q.parse().Finder()
			for i := range next {
				out[i] = hits[i]
				if hits[i].Looked || ctx.Err() != nil {
					continue
				}
				doc, err := s.glance(ctx, hits[i].Entry.ID)
				if err != nil {
					out[i].Looked = !errors.Is(err, context.Canceled)
					continue
				}
				if looked, err := finder.Look(ctx, hits[i], doc); err == nil {
					out[i] = looked
				}
			}
		})
	}
	for i := range hits {
		next <- i
	}
	close(next)
	workers.Wait()
	return out, ctx.Err()
}

// glance is Open for an article that is only looked into: it does not take the
// place of those that were opened.
func (s *Store) glance(ctx context.Context, id article.ID) (*article.Document, error) {
	stamp, err := s.folder.Stamp(id)
	if err != nil {
		return nil, err
	}
	for _, shelf := range []*documents{&s.documents, &s.looked} {
		if doc := shelf.get(id, stamp); doc != nil {
			return doc, nil
		}
	}
	return s.parse(ctx, id, &s.looked)
}

// Matches are the parts of a document that a question asks for, in reading order.
func (s *Store) Matches(ctx context.Context, q Question, doc *article.Document) ([]article.Match, error) {
	return q.parse().Finder().Matches(ctx, doc)
}
