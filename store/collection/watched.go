package collection

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/fsnotify/fsnotify"

	"carrel/store/article"
)

// mostWatched is how many folders are watched. All programs of a user share a
// number of watches, and each costs the system a kilobyte.
const mostWatched = 16 << 10

// addition tells that folders are under watch now that were not before, or why
// watching has failed.
type addition struct{ failed string }

// addAll puts folders under watch as they are asked for. It is apart from the
// listening, for while many are added, changes are already told of.
func (w *Watcher) addAll(ctx context.Context, system *fsnotify.Watcher, added chan<- addition) {
	for {
		select {
		case <-ctx.Done():
			return
		case dirs := <-w.dirs:
			some, reason := w.replace(ctx, system, dirs)
			if some || reason != "" {
				send(ctx, added, addition{reason})
			}
		}
	}
}

// replace watches these folders and no others. It tells whether some were not
// watched before, or why that is of no use.
func (w *Watcher) replace(ctx context.Context, system *fsnotify.Watcher, dirs []string) (some bool, reason string) {
	if len(dirs) > mostWatched {
		return false, "there are too many folders to watch"
	}
	wanted := make(map[string]bool, len(dirs))
	for _, dir := range dirs {
		wanted[filepath.Join(w.folder.dir, filepath.FromSlash(dir))] = true
	}
	before := map[string]bool{}
	for _, dir := range system.WatchList() {
		before[dir] = true
		// First, for the system may know a renamed folder by its old name still.
		if !wanted[dir] {
			system.Remove(dir)
		}
	}
	w.mu.Lock()
	w.watched = wanted
	w.mu.Unlock()
	for dir := range wanted {
		if ctx.Err() != nil {
			return false, ""
		}
		if reason := w.addOne(system, dir); reason != "" {
			return false, reason
		}
	}
	// Whether something is new the list says, not the adding: a folder that stands
	// in the collection twice would be new each time.
	some = slices.ContainsFunc(system.WatchList(), func(dir string) bool { return !before[dir] })
	return some, ""
}

// addOne watches a folder. One that is gone, or closed to the reader, is left
// alone: when that changes, the folder above it tells.
func (w *Watcher) addOne(system *fsnotify.Watcher, dir string) (reason string) {
	if kind, ok := w.settings.network(dir); ok && kind != unknownKind {
		return onNetwork(kind)
	}
	err := w.settings.add(system, dir)
	vanished := errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR)
	if err == nil || errors.Is(err, fsnotify.ErrClosed) || vanished && dir != w.folder.dir {
		return ""
	}
	return whyNotWatched(err)
}

func onNetwork(kind string) string {
	return "the folder is on a network file system (" + kind + ")"
}

// whyNotWatched words an error of the system.
func whyNotWatched(err error) string {
	for _, used := range []error{syscall.ENOSPC, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM} {
		if errors.Is(err, used) {
			return "the system has no watches left"
		}
	}
	return "the system cannot watch the folder: " + string(article.Line(bare(err).Error()))
}

// concerns tells whether an event may change what a walk finds.
func (w *Watcher) concerns(e fsnotify.Event) bool {
	f, name := w.folder, filepath.Base(e.Name)
	if e.Name == "" {
		return false
	}
	w.mu.Lock()
	folder := w.watched[e.Name]
	w.mu.Unlock()
	switch {
	case folder:
		return true
	case f.only != "":
		return name == string(f.only)
	case leftOut(name, false):
		return false
	}
	if _, known := article.KindOf(name); known {
		return true
	}
	if filepath.Dir(e.Name) == f.dir && slices.Contains(settingsFiles(), name) {
		return true
	}
	// It may be a folder that was made, moved here, or opened to the reader.
	if !e.Op.Has(fsnotify.Create|fsnotify.Chmod) || leftOut(name, true) {
		return false
	}
	id, ok := inside(f.dir, e.Name)
	if !ok {
		return false
	}
	info, err := f.tree.Stat(string(id))
	return err == nil && info.IsDir()
}
