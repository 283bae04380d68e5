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

// result is one file, or what stood in its place.
type result struct {
	head    article.Head
	links   []article.Link
	skipped *Skipped
}

// startHeads starts the first pass.
func (s *Scan) startHeads() {
	produce := func(files chan<- found, results chan<- result) {
		s.folder.walk(s.ctx,
			func(f found) { send(s.ctx, files, f) },
			func(k Skipped) { send(s.ctx, results, result{skipped: &k}) })
	}
	// Few files ahead: who shows the first rows should not have to share the
	// cores with the reading of the others.
	s.start(runtime.GOMAXPROCS(0), 64, produce, s.head)
}

// startBodies starts the second pass.
func (s *Scan) startBodies() {
	listed := s.listed
	s.listed = nil
	produce := func(files chan<- found, _ chan<- result) {
		for _, e := range listed {
			if !send(s.ctx, files, found{id: e.ID}) {
				return
			}
		}
	}
	s.start(runtime.GOMAXPROCS(0), 256, produce, s.body)
}

// start runs a pass: one goroutine finds files, the workers turn them into
// results, and the results are closed when all is done.
func (s *Scan) start(workers, ahead int, produce func(chan<- found, chan<- result), work func(found) (result, bool)) {
	files, results := make(chan found, ahead), make(chan result, ahead)
	var pass sync.WaitGroup
	pass.Go(func() {
		defer close(files)
		produce(files, results)
	})
	for range workers {
		pass.Go(func() {
			for f := range files {
				if r, ok := work(f); ok && !send(s.ctx, results, r) {
					return
				}
				// A key that was pressed meanwhile comes first.
				runtime.Gosched()
			}
		})
	}
	s.running.Go(func() {
		pass.Wait()
		close(results)
	})
	s.results = results
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

// head reads the head of a file. A file that is gone again is no result.
func (s *Scan) head(f found) (result, bool) {
	in, err := s.folder.read(s.ctx, f.id, headBytes)
	if err != nil {
		if errors.Is(err, ErrNotFound) {
			if !f.link {
				return result{}, false
			}
			err = errDangling
		}
		return skip(f.id, err), true
	}
	in.Data = wholeRunes(in.Data)
	var r result
	err = guard(func() { r.head = article.ReadHead(in) })
	if err != nil {
		return skip(f.id, err), true
	}
	return r, true
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

// body reads a file whole.
func (s *Scan) body(f found) (result, bool) {
	in, err := s.folder.read(s.ctx, f.id, maxFile)
	if err != nil {
		return skip(f.id, err), true
	}
	doc, err := s.folder.Parse(in)
	if err != nil {
		return skip(f.id, err), true
	}
	return result{head: doc.Head, links: doc.Links}, true
}

func skip(id article.ID, err error) result {
	return result{skipped: &Skipped{Path: id.Text(), Reason: article.Line(unreadable(err).Error())}}
}
