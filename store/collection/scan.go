package collection

import (
	"context"
	"slices"
	"sync"
	"time"

	"carrel/store/article"
)

// Batch is the next part of what a scan found.
type Batch struct {
	// Heads are articles, in no particular order: as their heads say in the
	// first pass, as the whole files say (with words counted) in the second.
	Heads []article.Head
	// Links are, in the second pass, the links of each of Heads.
	Links [][]article.Link
	// Skipped is what was left out since the last batch.
	Skipped []Skipped
	// Whole is set in the second pass.
	Whole bool
	// Listed is set once the first pass is over: every article has been in some Heads.
	Listed bool
	// Done is set in the last batch.
	Done bool
}

// The size of batches. The first comes at once, so that a list has rows to
// show; later ones are larger, because every batch costs its receiver a round.
const (
	firstRows = 256
	mostRows  = 16384
	firstWait = 5 * time.Millisecond
	mostWait  = 256 * time.Millisecond
)

// Scan reads a folder in two passes: first the head of every file, then every
// file whole, the newest first. Workers run ahead of Next by a bounded number
// of files. Next and Close must not be called at the same time.
type Scan struct {
	folder *Folder
	ctx    context.Context
	cancel context.CancelFunc
	// running counts the goroutines of the pass.
	running sync.WaitGroup
	// results is nil between passes.
	results chan result
	whole   bool
	over    bool
	// listed is what the first pass found, in the order for the second.
	listed []article.Entry
	rows   int
	wait   time.Duration
}

// Scan begins to read the folder. All of it ends when ctx is cancelled, when
// Close is called, or with the last batch.
func (f *Folder) Scan(ctx context.Context) *Scan {
	s := &Scan{folder: f, rows: firstRows, wait: firstWait}
	s.ctx, s.cancel = context.WithCancel(ctx)
	s.startHeads()
	return s
}

// Cancel ends the scan. It may be called at any time, also during Next.
func (s *Scan) Cancel() { s.cancel() }

// Close ends the scan and waits until nothing of it runs any more.
func (s *Scan) Close() {
	s.cancel()
	s.running.Wait()
}

// Next waits for the next batch. After the last one it returns empty batches
// with Done set. The error is the one of a context: that of this call, after
// which Next may be called again, or that of the scan.
func (s *Scan) Next(ctx context.Context) (Batch, error) {
	if s.over {
		return Batch{Whole: true, Listed: true, Done: true}, nil
	}
	if err := s.ctx.Err(); err != nil {
		return Batch{}, err
	}
	if s.results == nil {
		s.startBodies()
	}
	b := Batch{Whole: s.whole, Listed: s.whole}
	ended, err := s.collect(ctx, &b)
	if err != nil {
		return b, err
	}
	s.rows, s.wait = min(2*s.rows, mostRows), min(2*s.wait, mostWait)
	if ended {
		s.endPass(&b)
	}
	return b, nil
}

// endPass is called when the results of a pass are used up.
func (s *Scan) endPass(b *Batch) {
	s.results = nil
	b.Listed = true
	if s.whole || len(s.listed) == 0 {
		s.over, b.Done = true, true
		s.cancel()
		s.running.Wait()
		return
	}
	s.whole = true
	slices.SortFunc(s.listed, Compare)
	s.rows, s.wait = firstRows, firstWait
}

// collect gathers results until the batch has as many rows or took as long as
// it may; ended tells that the pass has no more. A batch is lost only if the
// scan itself ends.
func (s *Scan) collect(ctx context.Context, b *Batch) (ended bool, err error) {
	timer := time.NewTimer(s.wait)
	defer timer.Stop()
	late := false
	for {
		// What there is goes out when it is time; without anything, wait on.
		var due <-chan time.Time
		if some := len(b.Heads)+len(b.Skipped) > 0; some && late || len(b.Heads) >= s.rows {
			return false, nil
		} else if !late {
			due = timer.C
		}
		select {
		case r, ok := <-s.results:
			if !ok {
				// Cancelled workers stop as well.
				return true, s.ctx.Err()
			}
			s.add(b, r)
		case <-due:
			late = true
		case <-s.ctx.Done():
			return false, s.ctx.Err()
		case <-ctx.Done():
			if len(b.Heads)+len(b.Skipped) > 0 {
				return false, nil
			}
			return false, ctx.Err()
		}
	}
}

func (s *Scan) add(b *Batch, r result) {
	if r.skipped != nil {
		b.Skipped = append(b.Skipped, *r.skipped)
		return
	}
	b.Heads = append(b.Heads, r.head)
	if s.whole {
		b.Links = append(b.Links, r.links)
	} else {
		s.listed = append(s.listed, r.head.Entry)
	}
}
