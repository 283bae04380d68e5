package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// Progress is how far the reading of a folder is.
type Progress struct {
	// Files and Bytes are to be read altogether, Done and BytesDone have been.
	Files, Done      int
	Bytes, BytesDone int64
}

// Summary is what a pass over the folder has found and done.
type Summary struct {
	Articles, Added, Changed, Moved, Removed int
	Skipped                                  []Skipped
	Bytes                                    int64
	Seconds                                  float64
}

// pass is one way through the folder: what is there, what is new, and the
// reading of that.
type pass struct {
	store *Store
	index *index.Index
	// whole: articles are read whole and written to the index, not only their heads.
	whole  bool
	report func(Progress)
	// pending are the files to read whole, the newest first once their heads are
	// known; fresh are those of which nothing is known yet.
	pending, fresh []collection.File
	// again has files that could not be read the last time and are as they were:
	// what has changed may be their permissions, which are no part of a stamp.
	again   map[article.ID]article.Text
	moved   map[article.ID]article.ID
	gone    map[article.ID]bool
	summary Summary
}

// manyFiles is the number of new files from which on their heads are read before
// the whole of any, so that the list is there long before everything is indexed.
const manyFiles = 64

// run makes the pass. The error is the one of ctx, or wraps one of the index.
func (p *pass) run(ctx context.Context) ([]string, error) {
	start := time.Now()
	dirs, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.heads(ctx); err != nil {
		return nil, err
	}
	if !p.few() {
		p.listed()
	}
	if p.whole {
		if err := p.bodies(ctx); err != nil {
			return nil, err
		}
		if p.few() || p.summary.Changed > 0 {
			p.listed()
		}
		if err := p.settle(ctx); err != nil {
			return nil, err
		}
	}
	l, _ := p.store.shelf.now()
	p.summary.Articles, p.summary.Skipped = len(l.entries), p.store.shelf.leftOut()
	p.summary.Seconds = time.Since(start).Seconds()
	return dirs, nil
}

// few: there are new files, but not so many that their heads are read first.
func (p *pass) few() bool { return p.whole && len(p.fresh) > 0 && len(p.fresh) < manyFiles }

// look walks through the folder and compares it with what is known.
func (p *pass) look(ctx context.Context) (dirs []string, err error) {
	shelf := &p.store.shelf
	l, _ := shelf.now()
	if len(l.entries)+len(shelf.skipped) == 0 {
		p.glimpse(ctx)
	}
	files, left, dirs, err := p.store.folder.Walk(ctx)
	if err != nil {
		return nil, err
	}
	representable(files)
	changes := collection.Diff(l.known(shelf.skipped), files)
	p.moved = map[article.ID]article.ID{}
	p.gone = map[article.ID]bool{}
	p.fresh = slices.Clone(changes.Added)
	for _, m := range changes.Moved {
		p.fresh = append(p.fresh, m.File)
		p.moved[m.ID] = m.From
		p.store.stale[m.From] = true
	}
	p.pending = slices.Concat(p.fresh, changes.Changed, p.unreadable(files))
	if !p.whole {
		p.fresh = p.pending
	}
	for _, id := range changes.Removed {
		p.gone[id] = true
		p.store.stale[id] = true
	}
	p.pending = append(p.pending, p.unread(l, files)...)
	p.summary.Added, p.summary.Changed = len(changes.Added), len(changes.Changed)
	p.summary.Moved, p.summary.Removed = len(changes.Moved), len(changes.Removed)
	for _, f := range p.pending {
		p.summary.Bytes += f.Size
	}
	if len(p.gone) > 0 || !slices.Equal(left, shelf.left) {
		shelf.change(func() {
			shelf.left = left
			for id := range p.gone {
				delete(shelf.skipped, id)
			}
			shelf.list = shelf.list.with(nil, p.gone)
		})
	}
	return dirs, nil
}

// glimpse puts a few articles into an empty list: to walk through a large folder
// takes longer than one should look at nothing.
func (p *pass) glimpse(ctx context.Context) {
	files := p.store.folder.Some(ctx, manyFiles)
	representable(files)
	var mu sync.Mutex
	var items []item
	_ = p.store.folder.ReadAll(ctx, files, false, func() func(collection.Result) {
		return func(r collection.Result) {
			if r.Gone || r.Reason != "" {
				return // the pass itself will say so
			}
			mu.Lock()
			defer mu.Unlock()
			items = append(items, headItem(r, files[r.Index]))
		}
	})
	if len(items) > 0 {
		p.store.shelf.put(items, nil)
	}
}

// headItem is an article of which only the head was read.
func headItem(r collection.Result, f collection.File) item {
	return item{detached(r.Head.Entry), fact{names: index.EncodeNames(r.Head.ID, r.Head.Names), file: fileOf(f.Stamp)}}
}

// unread are the files of which an earlier pass read the head only.
func (p *pass) unread(l *list, files []collection.File) []collection.File {
	if !p.whole {
		return nil
	}
	waiting := map[article.ID]bool{}
	for i := range l.facts {
		if !l.facts[i].whole {
			waiting[l.entries[i].ID] = true
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	for _, f := range p.pending {
		delete(waiting, f.ID)
	}
	var unread []collection.File
	for _, f := range files {
		if waiting[f.ID] {
			unread = append(unread, f)
		}
	}
	return unread
}

// unreadable are the files that could not be read and have not changed.
func (p *pass) unreadable(files []collection.File) (again []collection.File) {
	skipped := p.store.shelf.skipped
	p.again = make(map[article.ID]article.Text, len(skipped))
	if len(skipped) == 0 {
		return nil
	}
	for _, f := range files {
		if k, ok := skipped[f.ID]; ok && k.File == fileOf(f.Stamp) {
			p.again[f.ID] = k.Reason
			again = append(again, f)
		}
	}
	return again
}

// readable counts a file that could not be read before.
func (p *pass) readable(id article.ID) {
	if _, ok := p.again[id]; ok {
		p.summary.Changed++
	}
}

// The size of the parts in which heads reach the list. The first is as large as
// a screen, and later ones grow, because each costs a new list.
const (
	firstPart = 128
	mostPart  = 16384
)

// heads reads the heads of files that are new, if there are many or no more than
// that is wanted.
func (p *pass) heads(ctx context.Context) error {
	if len(p.fresh) == 0 || p.few() {
		return nil
	}
	var mu sync.Mutex
	var items []item
	most := firstPart
	put := func() {
		gone := map[article.ID]bool{}
		for i := range items {
			if from, ok := p.moved[items[i].entry.ID]; ok {
				gone[from] = true
			}
		}
		p.store.shelf.put(items, gone)
		items, most = nil, min(2*most, mostPart)
	}
	err := p.store.folder.ReadAll(ctx, p.fresh, false, func() func(collection.Result) {
		return func(r collection.Result) {
			if r.Gone || r.Reason != "" {
				if !r.Gone {
					p.failed(p.fresh[r.Index], r.Reason, &mu)
				}
				return
			}
			it := headItem(r, p.fresh[r.Index])
			mu.Lock()
			defer mu.Unlock()
			p.readable(r.Head.ID)
			if items = append(items, it); len(items) >= most {
				put()
			}
		}
	})
	mu.Lock()
	defer mu.Unlock()
	if err == nil && len(items) > 0 {
		put()
	}
	return err
}

// failed notes a file that cannot be read.
func (p *pass) failed(f collection.File, reason article.Text, mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
	if p.again[f.ID] == reason {
		return
	}
	p.store.stale[f.ID] = true
	shelf := &p.store.shelf
	shelf.change(func() {
		gone := map[article.ID]bool{f.ID: true}
		if from, ok := p.moved[f.ID]; ok {
			delete(shelf.skipped, from)
			gone[from] = true
		}
		shelf.skipped[f.ID] = index.Skipped{ID: f.ID, File: fileOf(f.Stamp), Reason: reason}
		shelf.list = shelf.list.with(nil, gone)
	})
}

// listed is called when all articles are known.
func (p *pass) listed() {
	shelf := &p.store.shelf
	if _, state := shelf.now(); !state.Listed || p.summary.Added+p.summary.Changed+p.summary.Moved+p.summary.Removed > 0 {
		shelf.learn()
		shelf.change(func() { shelf.state.Listed = true })
	}
}

// settle is called when everything was read: the list is written in its order,
// for the next one who opens the collection.
func (p *pass) settle(ctx context.Context) error {
	l, _ := p.store.shelf.now()
	change, err := p.index.Change(ctx)
	if err != nil {
		return err
	}
	if current, err := p.index.Listed(ctx); err != nil || current {
		return errors.Join(err, p.index.Settle(ctx))
	}
	i := 0
	err = p.index.WriteList(ctx, change, func() (index.Row, bool) {
		for i < len(l.entries) {
			i++
			if l.facts[i-1].doc > 0 {
				return l.row(i - 1), true
			}
		}
		return index.Row{}, false
	})
	return errors.Join(err, p.index.Settle(ctx))
}
