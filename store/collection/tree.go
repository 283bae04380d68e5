package collection

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// tree is a folder that is read and cannot be left. Names have forward slashes
// and no slash at the end; "." is the folder itself.
type tree interface {
	// Open opens a file for reading, whatever it turns out to be, without waiting.
	Open(name string) (fs.File, error)
	// Stat describes the file that a name leads to.
	Stat(name string) (fs.FileInfo, error)
	// ReadDir lists a folder by name; what it could read it returns with an error.
	// A symbolic link is no folder. The entries tell the state that the files are
	// in without looking for their names again.
	ReadDir(name string) ([]fs.DirEntry, error)
	Close() error
}

// rootTree is a folder of the operating system. os.Root resolves every part of
// a name itself, so that no symbolic link, and no exchange of a folder for one
// at the wrong moment, leads out of it.
type rootTree struct{ root *os.Root }

func (t rootTree) Open(name string) (fs.File, error) {
	file, err := t.open(name)
	if err != nil {
		return nil, err
	}
	return file, nil
}

func (t rootTree) open(name string) (*os.File, error) {
	return t.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|nonblock, 0)
}

func (t rootTree) Stat(name string) (fs.FileInfo, error) {
	return t.root.Stat(filepath.FromSlash(name))
}

func (t rootTree) ReadDir(name string) ([]fs.DirEntry, error) {
	dir, err := t.open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	// The folder may have been exchanged since it was listed: what was opened
	// has to be a folder, and the name has to lead to it without a link.
	opened, err := dir.Stat()
	if err != nil {
		return nil, err
	}
	named, err := t.root.Lstat(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	if !opened.IsDir() || !os.SameFile(opened, named) {
		return nil, errNotFollowed
	}
	// For a folder opened in a Root, os asks for the state of each file at once,
	// by its name in the open folder.
	entries, err := dir.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

func (t rootTree) Close() error { return t.root.Close() }

// fsTree is a file system of the program.
type fsTree struct{ fsys fs.FS }

func (t fsTree) Open(name string) (fs.File, error)          { return t.fsys.Open(name) }
func (t fsTree) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(t.fsys, name) }
func (t fsTree) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.fsys, name) }
func (t fsTree) Close() error                               { return nil }

// leftOut tells whether a name is not looked at: hidden files and folders, and
// the folders that hold what programs fetch or produce.
func leftOut(name string, folder bool) bool {
	if strings.HasPrefix(name, ".") {
		return true
	}
	switch name {
	case "node_modules", "public", "_site", "themes", "layouts":
		return folder
	}
	return false
}
