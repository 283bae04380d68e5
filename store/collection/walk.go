package collection

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"carrel/store/article"
)

// Skipped is a file or folder that was left out though a reader may expect it.
type Skipped struct {
	// Path is the path inside the collection, made fit for a screen.
	Path article.Text
	// Reason is the end of a sentence, such as "it is larger than 64 MiB".
	Reason article.Text
}

// maxDepth is how deep folders may stand in each other. Every part of a path
// costs a call of the operating system for each file below it.
const maxDepth = 100

var (
	errNotFollowed = errors.New("it is a link to a folder, which is not followed")
	errTooDeep     = errors.New("folders are nested too deeply")
	errDangling    = errors.New("it is a link to a file that does not exist")
)

// found is a file that may be an article, by its name.
type found struct {
	id article.ID
	// link is set for a symbolic link.
	link bool
	// stamp is set if the walk asks for it.
	stamp Stamp
}

// walk is one way through a folder.
type walk struct {
	tree    tree
	ctx     context.Context
	stamps  bool
	found   func(found)
	skipped func(Skipped)
	// enter is called for each folder that stands in another.
	enter func(dir string, depth int)
}

// walk looks through the whole folder: each is called for every file that may
// be an article, skipped for what cannot be looked at. The order is by path,
// part for part. It ends early if ctx does.
func (f *Folder) walk(ctx context.Context, each func(found), skipped func(Skipped)) {
	w := walk{tree: f.tree, ctx: ctx, found: each, skipped: skipped}
	if f.only != "" {
		each(found{id: f.only})
		return
	}
	w.enter = func(dir string, depth int) {
		if err := w.folder(dir, depth); err != nil {
			w.skip(dir, err)
		}
	}
	w.enter(".", 0)
}

// Any tells whether there is a file that may be an article; true if ctx ended
// before that was known.
func (f *Folder) Any(ctx context.Context) bool {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	any := false
	f.walk(ctx, func(found) {
		any = true
		stop()
	}, func(Skipped) {})
	return any || ctx.Err() != nil
}

// folder looks through one folder. The error says why some or all of it was
// not looked at. A folder that is gone again is none.
func (w *walk) folder(dir string, depth int) error {
	if w.ctx.Err() != nil {
		return nil
	}
	if depth > maxDepth {
		return errTooDeep
	}
	entries, err := w.tree.ReadDir(dir)
	for _, e := range entries {
		if w.ctx.Err() != nil {
			return nil
		}
		w.entry(dir, depth, e)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) && depth > 0 {
		return nil
	}
	return unreadable(err)
}

func (w *walk) entry(dir string, depth int, e fs.DirEntry) {
	name, kind := e.Name(), e.Type()
	if dir != "." {
		name = dir + "/" + name
	}
	_, known := article.KindOf(e.Name())
	link := kind&fs.ModeSymlink != 0
	switch {
	case leftOut(e.Name(), e.IsDir() || link && !known):
	case e.IsDir():
		w.enter(name, depth+1)
	case link:
		w.symlink(name, known)
	case !known:
	case kind != 0:
		w.skip(name, ErrNotFile)
	case !w.stamps:
		w.found(found{id: article.ID(name)})
	default:
		w.file(name, e)
	}
}

// file passes on an ordinary file with its state.
func (w *walk) file(name string, e fs.DirEntry) {
	info, err := e.Info()
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		w.skip(name, unreadable(err))
	default:
		w.found(found{id: article.ID(name), stamp: stampOf(info)})
	}
}

// symlink follows links with the name of an article. Of the others it names
// those to folders, in which a reader would look for articles in vain.
func (w *walk) symlink(name string, known bool) {
	info, err := w.tree.Stat(name)
	switch {
	case err == nil && info.IsDir():
		w.skip(name, errNotFollowed)
	case !known:
		if err != nil && escapes(err) && path.Ext(name) == "" {
			w.skip(name, ErrOutside)
		}
	case err != nil && missing(err) == ErrNotFound:
		w.skip(name, errDangling)
	case err != nil:
		w.skip(name, unreadable(err))
	case !info.Mode().IsRegular():
		w.skip(name, ErrNotFile)
	default:
		w.found(found{id: article.ID(name), link: true, stamp: stampOf(info)})
	}
}

func (w *walk) skip(name string, err error) {
	w.skipped(Skipped{Path: article.Line(name), Reason: article.Line(err.Error())})
}

// unreadable words an error of the operating system for a reader; the errors
// of this package stay as they are.
func unreadable(err error) error {
	if escapes(err) {
		return ErrOutside
	}
	for _, own := range []error{ErrNotFound, ErrOutside, ErrNotFile, ErrTooLarge, errNotFollowed, errTooDeep, errDangling, errBroken, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, own) {
			return err
		}
	}
	return fmt.Errorf("it cannot be read: %w", bare(err))
}

// escapes tells whether os.Root refused a name because it leads out. The
// package os has this error but does not export it.
func escapes(err error) bool {
	return err != nil && bare(err).Error() == "path escapes from parent"
}

func skipOf(id article.ID, err error) Skipped {
	return Skipped{Path: id.Text(), Reason: article.Line(unreadable(err).Error())}
}
