package store

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/semaphore"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// The bounds of one write to the index: short enough that a kill loses little
// work, large enough that FTS5 has something to sort.
const (
	batchFiles = 1000
	batchBytes = 6 << 20
)

// Rows that were read whole reach the list from time to time: each time costs a
// new list, so the longer that takes, the longer it is waited.
const (
	showEvery = 400 * time.Millisecond
	showShare = 30 // times as long as the last one took
)

// most is the number of bytes of text that an index in memory holds.
const mostInMemory = 64 << 20

// While a batch is written, the next one is read: so many files, and so many bytes
// of text, may be ready.
const (
	readyFiles = batchFiles
	readyBytes = 6 << 20
)

// prepared is a file that was read, ready to be written.
type prepared struct {
	collection.Result
	record index.Record
	bytes  int64
}

// bodies reads the pending files whole, on all cores, and writes them to the index
// in one place.
func (p *pass) bodies(ctx context.Context) error {
	p.sortPending()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ready, room := make(chan prepared, readyFiles), semaphore.NewWeighted(readyBytes)
	read := make(chan error, 1)
	go func() {
		read <- p.store.folder.ReadAll(ctx, p.pending, true, func() func(collection.Result) {
			var preparer index.Preparer
			return func(r collection.Result) {
				done := prepared{Result: r, bytes: min(p.pending[r.Index].Size, readyBytes)}
				if room.Acquire(ctx, done.bytes) != nil {
					return
				}
				if r.Document != nil {
					done.record = preparer.Prepare(r.Document, fileOf(p.pending[r.Index].Stamp))
					done.Document = nil // what follows needs the record only
				}
				select {
				case ready <- done:
				case <-ctx.Done():
				}
			}
		})
		close(ready)
	}()
	var err error
	p.store.folder.Work(func() { err = p.write(ctx, ready, room) })
	cancel()
	for range ready {
		// The workers may still be handing over.
	}
	if readErr := <-read; err == nil {
		err = readErr
	}
	return err
}

// sortPending puts the newest articles first, by what is known of them, so that
// these can be searched first.
func (p *pass) sortPending() {
	if len(p.pending) < manyFiles {
		return
	}
	l, _ := p.store.shelf.now()
	place := make(map[article.ID]int, len(l.entries))
	for i := range l.entries {
		place[l.entries[i].ID] = i
	}
	slices.SortFunc(p.pending, func(a, b collection.File) int { return place[a.ID] - place[b.ID] })
}

// batch is what the next write has.
type batch struct {
	change index.Change
	items  []item
	gone   map[article.ID]bool
	bytes  int64
}

// write takes files as they are ready and writes them in batches. The newest get
// the highest numbers, because a search finds these first.
func (p *pass) write(ctx context.Context, ready <-chan prepared, room *semaphore.Weighted) error {
	// The list may not know the numbers of all that the index has.
	last, err := p.index.Last(ctx)
	if err != nil {
		return err
	}
	w := &bodyWriter{pass: p, base: last, shown: time.Now()}
	w.reset()
	moving := map[article.ID]bool{}
	for _, from := range p.moved {
		moving[from] = true
	}
	for id := range p.store.stale {
		if !moving[id] { // that keeps its number
			w.batch.change.Remove = append(w.batch.change.Remove, id)
		}
	}
	for r := range ready {
		room.Release(r.bytes)
		w.add(r)
		if len(w.batch.change.Put) >= batchFiles || w.batch.bytes >= batchBytes {
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	w.show()
	return nil
}

// bodyWriter gathers batches and writes them.
type bodyWriter struct {
	pass  *pass
	batch batch
	// base is below the numbers of new articles; of the pending files, the first
	// gets the highest one.
	base     int64
	progress Progress
	// inMemory counts the bytes that an index in memory holds.
	inMemory int64
	// waiting and gone are for the list, to be shown at the next occasion.
	waiting []item
	gone    map[article.ID]bool
	skipped []index.Skipped
	shown   time.Time
	// wait is how long the next showing is waited for.
	wait time.Duration
}

func (w *bodyWriter) reset() { w.batch = batch{gone: map[article.ID]bool{}} }

func (w *bodyWriter) add(r prepared) {
	p := w.pass
	f := p.pending[r.Index]
	w.progress.Done++
	w.progress.BytesDone += f.Size
	if from, ok := p.moved[f.ID]; ok {
		w.batch.change.Move = append(w.batch.change.Move, index.Move{From: from, To: f.ID})
		w.batch.gone[from] = true
	}
	switch {
	case r.Gone:
		w.batch.change.Remove = append(w.batch.change.Remove, f.ID)
		w.batch.gone[f.ID] = true
	case r.Reason != "" && p.again[f.ID] == r.Reason:
	case r.Reason != "":
		w.batch.change.Skip = append(w.batch.change.Skip, index.Skipped{ID: f.ID, File: fileOf(f.Stamp), Reason: r.Reason})
		w.batch.gone[f.ID] = true
	default:
		p.readable(f.ID)
		r.record.Row.Doc = w.base + int64(len(p.pending)-r.Index)
		w.batch.change.Put = append(w.batch.change.Put, r.record)
		w.batch.bytes += f.Size
	}
}

// flush writes a batch and hands it on to the list.
func (w *bodyWriter) flush(ctx context.Context) error {
	c := &w.batch.change
	p := w.pass
	keep := p.index != nil && (p.index.Kept() || w.inMemory < mostInMemory)
	if len(c.Put)+len(c.Remove)+len(c.Move)+len(c.Skip) > 0 && keep {
		// FTS5 wants the numbers of a transaction in ascending order.
		slices.SortFunc(c.Put, func(a, b index.Record) int { return int(a.Row.Doc - b.Row.Doc) })
		if err := p.index.Apply(ctx, c); err != nil {
			return err
		}
		w.inMemory += w.batch.bytes
		for _, id := range c.Remove {
			delete(p.store.stale, id)
		}
		for _, m := range c.Move {
			delete(p.store.stale, m.From)
		}
	}
	for i := range c.Put {
		it := itemOf(&c.Put[i].Row)
		if keep {
			it.entry.Summary = "" // the index has it
		} else {
			it.fact.doc = 0
		}
		w.waiting = append(w.waiting, it)
	}
	if w.gone == nil {
		w.gone = map[article.ID]bool{}
	}
	for id := range w.batch.gone {
		w.gone[id] = true
	}
	w.skipped = append(w.skipped, c.Skip...)
	w.reset()
	if p.report != nil {
		w.progress.Files, w.progress.Bytes = len(p.pending), p.summary.Bytes
		p.report(w.progress)
	}
	if time.Since(w.shown) > w.wait {
		w.show()
	}
	return nil
}

// show brings what was written into the list.
func (w *bodyWriter) show() {
	begun := time.Now()
	defer func() {
		w.shown = time.Now()
		w.wait = max(showEvery, showShare*w.shown.Sub(begun))
	}()
	if len(w.waiting)+len(w.gone)+len(w.skipped) == 0 {
		return
	}
	shelf := &w.pass.store.shelf
	shelf.change(func() {
		for i := range w.waiting {
			id := w.waiting[i].entry.ID
			delete(w.gone, id)
			delete(shelf.skipped, id)
		}
		for id := range w.gone {
			delete(shelf.skipped, id)
		}
		for _, s := range w.skipped {
			shelf.skipped[s.ID] = s
		}
		shelf.list = shelf.list.with(w.waiting, w.gone)
	})
	w.waiting, w.gone, w.skipped = nil, nil, nil
}
