package collection

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"carrel/store/article"
)

// Read reads one article. It reads only what a scan may list, and never waits
// for a file that is none.
//
// The error is a sentence for a reader. It wraps ErrNotFound for a file that is
// not there (any more), ErrOutside, ErrNotFile, ErrTooLarge, the error of ctx,
// or one of the operating system.
func (f *Folder) Read(ctx context.Context, id article.ID) (article.Input, error) {
	in, err := f.read(ctx, id, maxFile+1)
	if err == nil && len(in.Data) > maxFile {
		err = ErrTooLarge
	}
	if err != nil {
		return article.Input{}, opening(id, err)
	}
	return in, nil
}

// Stamp tells in which state the file of an article is. The errors are those of Read.
func (f *Folder) Stamp(id article.ID) (Stamp, error) {
	if !f.listable(id) {
		return Stamp{}, opening(id, ErrNotFound)
	}
	info, err := f.tree.Stat(string(id))
	if err != nil {
		return Stamp{}, opening(id, missing(err))
	}
	if !info.Mode().IsRegular() {
		return Stamp{}, opening(id, ErrNotFile)
	}
	return stampOf(info), nil
}

func opening(id article.ID, err error) error {
	return fmt.Errorf("open %s: %w", id.Text(), unreadable(err))
}

// read reads at most the first limit bytes of an article.
func (f *Folder) read(ctx context.Context, id article.ID, limit int64) (article.Input, error) {
	if err := ctx.Err(); err != nil {
		return article.Input{}, err
	}
	if !f.listable(id) {
		return article.Input{}, ErrNotFound
	}
	file, err := f.tree.Open(string(id))
	if err != nil {
		return article.Input{}, missing(err)
	}
	defer file.Close()
	// Only now is it sure what the name leads to.
	info, err := file.Stat()
	switch {
	case err != nil:
		return article.Input{}, missing(err)
	case !info.Mode().IsRegular():
		return article.Input{}, ErrNotFile
	case info.Size() > maxFile:
		return article.Input{}, ErrTooLarge
	}
	data, err := readAll(ctx, file, min(info.Size(), limit), limit)
	if err != nil {
		return article.Input{}, err
	}
	return article.Input{ID: id, Data: data, ModTime: info.ModTime()}, nil
}

// readAll reads up to limit bytes. The file may have another size than it says
// by now; size is only where to begin.
func readAll(ctx context.Context, r io.Reader, size, limit int64) ([]byte, error) {
	const piece = 1 << 20
	data := make([]byte, 0, size+1)
	for int64(len(data)) < limit {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		end := min(int64(cap(data)), int64(len(data))+piece, limit)
		n, err := r.Read(data[len(data):end])
		data = data[:len(data)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// listable tells whether a walk may find this id: a path of an article inside
// the collection, spelled in one way only, with nothing in it that is left out.
func (f *Folder) listable(id article.ID) bool {
	name := string(id)
	if f.only != "" && id != f.only {
		return false
	}
	if filepath.Separator != '/' && strings.ContainsRune(name, filepath.Separator) {
		return false
	}
	if _, ok := article.KindOf(name); !ok || !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsRune(name, 0) {
		return false
	}
	if f.only != "" {
		return true
	}
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if part == "" || leftOut(part, i < len(parts)-1) {
			return false
		}
	}
	return true
}

// missing tells an article that is not there from other failures.
func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) || errors.Is(err, syscall.ENOTDIR) {
		return ErrNotFound
	}
	return err
}
