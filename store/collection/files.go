package collection

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"carrel/store/article"
)

// File is an article's file as a walk finds it.
type File struct {
	ID article.ID
	Stamp
}

// leastWorkers is how many folders are looked through at once even on few
// cores: most of the time of a walk is spent waiting for a disk or a network.
const leastWorkers = 4

// Walk lists all files that may be articles with the state they are in, in the
// order of the bytes of their ids, so that the list can be merged with another
// one. It reads none of them: some may turn out to be too large or closed to
// the reader. What cannot be looked at is listed by path, and so are the
// folders that were looked through, "." first.
//
// A file that vanishes meanwhile is in no list. The error is the one of ctx, or
// says why the folder itself cannot be read; then the lists are empty, for what
// could not be looked at must not be taken for deleted.
func (f *Folder) Walk(ctx context.Context) (files []File, skipped []Skipped, dirs []string, err error) {
	if f.only != "" {
		files, skipped = f.walkOnly()
		return files, skipped, []string{"."}, ctx.Err()
	}
	// Level by level: the folders of one level are independent of each other.
	level := []string{"."}
	for depth := 0; len(level) > 0; depth++ {
		parts := f.level(ctx, level, depth)
		if err := ctx.Err(); err != nil {
			return nil, nil, nil, err
		}
		if depth == 0 && parts[0].err != nil {
			return nil, nil, nil, fmt.Errorf("look through %s: %w", f.name, parts[0].err)
		}
		var next []string
		for i, p := range parts {
			files, skipped, next = append(files, p.files...), append(skipped, p.skipped...), append(next, p.folders...)
			if p.err != nil {
				skipped = append(skipped, Skipped{Path: article.Line(level[i]), Reason: article.Line(p.err.Error())})
				continue
			}
			dirs = append(dirs, level[i])
		}
		level = next
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(skipped, func(a, b Skipped) int { return strings.Compare(string(a.Path), string(b.Path)) })
	slices.Sort(dirs[1:])
	return files, skipped, dirs, nil
}

// Some returns up to n files that may be articles, those that a walk finds first.
func (f *Folder) Some(ctx context.Context, n int) []File {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var files []File
	w := walk{tree: f.tree, ctx: ctx, stamps: true, skipped: func(Skipped) {}}
	w.found = func(found found) {
		if files = append(files, File{found.id, found.stamp}); len(files) == n {
			stop()
		}
	}
	w.enter = func(dir string, depth int) { _ = w.folder(dir, depth) }
	if f.only != "" {
		files, _ = f.walkOnly()
		return files
	}
	w.enter(".", 0)
	return files[:min(len(files), n)]
}

// walkOnly is Walk for a collection that is a single file.
func (f *Folder) walkOnly() ([]File, []Skipped) {
	info, err := f.tree.Stat(string(f.only))
	switch {
	case err != nil && missing(err) == ErrNotFound:
		return nil, nil
	case err != nil:
		return nil, []Skipped{skipOf(f.only, err)}
	case !info.Mode().IsRegular():
		return nil, []Skipped{skipOf(f.only, ErrNotFile)}
	}
	return []File{{f.only, stampOf(info)}}, nil
}

// part is what one folder holds. The error says why some or all of it is missing.
type part struct {
	files   []File
	skipped []Skipped
	folders []string
	err     error
}

// level looks through folders that all stand equally deep.
func (f *Folder) level(ctx context.Context, dirs []string, depth int) []part {
	parts := make([]part, len(dirs))
	var taken atomic.Int64
	var workers sync.WaitGroup
	for range min(len(dirs), max(leastWorkers, runtime.GOMAXPROCS(0))) {
		workers.Go(func() {
			for i := taken.Add(1) - 1; i < int64(len(dirs)); i = taken.Add(1) - 1 {
				f.part(ctx, dirs[i], depth, &parts[i])
			}
		})
	}
	workers.Wait()
	return parts
}

func (f *Folder) part(ctx context.Context, dir string, depth int, p *part) {
	w := walk{
		tree: f.tree, ctx: ctx, stamps: true,
		found:   func(f found) { p.files = append(p.files, File{f.id, f.stamp}) },
		skipped: func(k Skipped) { p.skipped = append(p.skipped, k) },
		enter:   func(dir string, _ int) { p.folders = append(p.folders, dir) },
	}
	p.err = w.folder(dir, depth)
}
