package collection

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"unicode/utf8"

	"carrel/store/article"
)

// headBytes is how much of a file is read for its head: the longest front
// matter, and enough after it to find a title.
const headBytes = 80 << 10

// largeFile is the size in bytes from which on files are parsed one at a time:
// a parsed article takes many times the memory of its text.
const largeFile = 1 << 20

// Result is one file that was read.
type Result struct {
	// Index is the place of the file among those to read.
	Index int
	// Document is the whole article, nil if only its head was asked for, which is
	// then in Head, or if it could not be read.
	Document *article.Document
	Head     article.Head
	// Reason says why the file could not be read, empty if it could.
	Reason article.Text
	// Gone: there is no such file any more. It is no result otherwise.
	Gone bool
}

// ReadAll reads files, on all cores and about in the order given, whole or only
// their heads. Every worker takes its results by a function of its own, which
// take makes. The error is the one of ctx.
func (f *Folder) ReadAll(ctx context.Context, files []File, whole bool, take func() func(Result)) error {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.NumCPU(), len(files)) {
		workers.Go(func() {
			f.Work(func() {
				each := take()
				for i := range next {
					r := f.result(ctx, files[i], whole)
					if ctx.Err() != nil {
						return
					}
					r.Index = i
					each(r)
				}
			})
		})
	}
	for i := range files {
		if !send(ctx, next, i) {
			break
		}
	}
	close(next)
	workers.Wait()
	return ctx.Err()
}

func (f *Folder) result(ctx context.Context, file File, whole bool) Result {
	var r Result
	limit := int64(headBytes)
	if whole {
		limit = maxFile + 1
	}
	in, err := f.read(ctx, file.ID, limit)
	switch {
	case err != nil:
	case whole && len(in.Data) > maxFile:
		err = ErrTooLarge
	case whole:
		r.Document, err = f.parse(in)
	default:
		in.Data = wholeRunes(in.Data)
		err = guard(func() { r.Head = article.ReadHead(in) })
	}
	if err != nil {
		r.Gone = errors.Is(err, ErrNotFound)
		r.Reason = article.Line(unreadable(err).Error())
	}
	return r
}

// wholeRunes cuts off a character that was read in part, so that a head that
// was cut short is not taken for one in another encoding.
func wholeRunes(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if end := b[len(b)-n:]; utf8.RuneStart(end[0]) {
			if !utf8.FullRune(end) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

// send is false if ctx ended first.
func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// Gently makes all further work that is done by Work step back behind what else
// the computer does: a reader who presses keys must not feel it.
func (f *Folder) Gently() { f.gentle.Store(true) }

// Gentle tells whether work steps back: somebody reads.
func (f *Folder) Gentle() bool { return f.gentle.Load() }

// Work runs a long piece of work.
func (f *Folder) Work(work func()) {
	if f.gentle.Load() {
		stepBack(work)
		return
	}
	work()
}
