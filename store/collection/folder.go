package collection

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"carrel/store/article"
)

// Why a collection, a folder in it, or an article cannot be read. The texts
// end a sentence such as "open notes/a.md: no such article".
var (
	// ErrNotCollection: the name belongs to something that is neither a folder
	// nor a file of a known kind.
	ErrNotCollection = errors.New("it is neither a folder nor an article")
	// ErrNotFound: there is no such article, or not any more.
	ErrNotFound = errors.New("no such article")
	// ErrOutside: the file is a symbolic link that leads out of the collection.
	ErrOutside = errors.New("it is a link that leads out of the folder")
	// ErrNotFile: it is a folder, a pipe, a socket or a device.
	ErrNotFile = errors.New("it is not an ordinary file")
	// ErrTooLarge: the file is larger than 64 MiB.
	ErrTooLarge = errors.New("it is larger than 64 MiB")
)

// maxFile is the size in bytes up to which a file is read.
const maxFile = 64 << 20

// Folder is a collection as it lies on a disk or in the program: a tree of
// files that is only read. It is safe for concurrent use.
type Folder struct {
	tree tree
	name article.Text
	// dir is the absolute path of the folder, empty for a collection that is
	// no folder of the operating system.
	dir string
	// only is the one article of a collection that is a single file.
	only article.ID
	// large is held while a long article is parsed.
	large sync.Mutex
	// gentle: see Gently.
	gentle atomic.Bool
	// parser is article.Parse, unless a test has another one.
	parser func(article.Input) *article.Document
}

// Open opens a folder, or a single article: then its folder is the one that
// nothing leads out of, but no other file of it is listed or read.
//
// The error wraps fs.ErrNotExist, fs.ErrPermission or ErrNotCollection.
func Open(dir string) (*Folder, error) {
	fail := func(err error) (*Folder, error) {
		return nil, fmt.Errorf("open %s: %w", article.Line(dir), bare(err))
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fail(err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return fail(err)
	}
	f := &Folder{dir: abs, name: article.Line(filepath.Base(abs)), parser: article.Parse}
	switch {
	case info.IsDir():
	case info.Mode().IsRegular():
		// A link that the user names may lead anywhere; from there on none does.
		real, err := filepath.EvalSymlinks(abs)
		if err != nil {
			return fail(err)
		}
		f.dir, f.only = filepath.Dir(real), article.ID(filepath.Base(real))
		if _, ok := article.KindOf(string(f.only)); !ok {
			return fail(ErrNotCollection)
		}
	default:
		return fail(ErrNotCollection)
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return fail(err)
	}
	f.tree = rootTree{root}
	return f, nil
}

// FromFS makes a collection of a file system of which nothing leads out, such
// as one embedded in the program. The name is what lists call it.
func FromFS(name string, fsys fs.FS) *Folder {
	return &Folder{tree: fsTree{fsys}, name: article.Line(name), parser: article.Parse}
}

// Name is the name of the folder, or of the file that is the collection. It
// holds no path.
func (f *Folder) Name() article.Text { return f.name }

// Dir is the absolute path of the folder; empty for one that is not of the
// operating system.
func (f *Folder) Dir() string { return f.dir }

// Only is the article of a collection that is a single file; empty for a folder.
func (f *Folder) Only() article.ID { return f.only }

// Close lets go of the folder. What is read afterwards fails.
func (f *Folder) Close() error { return f.tree.Close() }

// IDOf returns the id of the file that a path of the operating system names:
// an absolute one, or one relative to the working directory. It is false for
// what lies outside of the collection. Whether the file exists is not asked.
func (f *Folder) IDOf(name string) (article.ID, bool) {
	if f.dir == "" || name == "" {
		return "", false
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", false
	}
	if id, ok := inside(f.dir, abs); ok {
		return id, true
	}
	// The same folder may be reached by another name, through symbolic links.
	dir, err := filepath.EvalSymlinks(f.dir)
	if err != nil {
		return "", false
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return "", false
	}
	return inside(dir, filepath.Join(parent, filepath.Base(abs)))
}

func inside(dir, name string) (article.ID, bool) {
	rel, err := filepath.Rel(dir, name)
	if err != nil || rel == "." || !filepath.IsLocal(rel) {
		return "", false
	}
	return article.ID(filepath.ToSlash(rel)), true
}

// bare takes the path off an error of the operating system: paths may hold
// anything, and are nobody's business at the other end of a connection.
func bare(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
