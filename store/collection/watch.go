package collection

import (
	"context"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watcher tells that files of a folder may have changed. It looks at none of
// them: what has changed, if anything, the next walk knows.
//
// It is told by the system where that can be relied upon. On a network file
// system others change files that this system hears nothing of, and watches can
// run out: then it does not know, and says so regularly instead.
type Watcher struct {
	folder   *Folder
	settings watchSettings
	changed  chan struct{}
	// dirs holds the folders that are to be watched next, if that has not begun.
	dirs chan []string

	mu sync.Mutex
	// reason is why the system does not tell; empty as long as it does.
	reason string
	// watched are the folders under watch, by their paths on the system.
	watched map[string]bool
}

// watchSettings are what tests do otherwise.
type watchSettings struct {
	// Changes are told of when none has followed for quiet, at the latest when
	// late has passed since the first.
	quiet, late time.Duration
	// pollEvery is how often a possible change is told of if none can be seen.
	pollEvery time.Duration
	start     func() (*fsnotify.Watcher, error)
	add       func(*fsnotify.Watcher, string) error
	network   func(dir string) (string, bool)
}

// Watch begins to watch folders of a collection: those that a walk has found.
// Once they all are under watch, Changed receives, because something may have
// happened between the walk and then. It ends with ctx.
//
// A file system of the program never changes. Of a collection that is a single
// file nothing else is noticed. A link tells of nothing that happens to what it
// leads to where that is not looked at by a walk.
func (f *Folder) Watch(ctx context.Context, dirs []string) *Watcher {
	return f.watch(ctx, dirs, watchSettings{
		quiet: 200 * time.Millisecond, late: time.Second, pollEvery: 10 * time.Second,
		start: fsnotify.NewWatcher, add: (*fsnotify.Watcher).Add, network: OnNetwork,
	})
}

func (f *Folder) watch(ctx context.Context, dirs []string, settings watchSettings) *Watcher {
	w := &Watcher{folder: f, settings: settings, changed: make(chan struct{}, 1), dirs: make(chan []string, 1)}
	if f.dir == "" {
		return w
	}
	w.Dirs(dirs)
	system, reason := w.begin()
	w.reason = reason
	if system == nil {
		go w.poll(ctx)
	} else {
		go w.run(ctx, system)
	}
	return w
}

// begin asks the system for watches, or says why that is of no use.
func (w *Watcher) begin() (*fsnotify.Watcher, string) {
	if !watchesFolders {
		return nil, "the system watches files one by one only"
	}
	if kind, ok := w.settings.network(w.folder.dir); ok {
		return nil, onNetwork(kind)
	}
	system, err := w.settings.start()
	if err != nil {
		return nil, whyNotWatched(err)
	}
	return system, ""
}

// Changed receives after files may have changed. Changes that follow each other
// closely are told of once, when they have ended, but not much later than a
// second after they began. It holds one message: who is busy misses none.
func (w *Watcher) Changed() <-chan struct{} { return w.changed }

// Dirs replaces the folders to watch after another walk. It does not wait.
func (w *Watcher) Dirs(dirs []string) {
	if w.folder.only != "" {
		dirs = []string{"."}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case <-w.dirs:
	default:
	}
	w.dirs <- dirs
}

// Mode tells whether the system tells of changes as they happen; if it does not,
// why: the end of a sentence such as "the system has no watches left".
func (w *Watcher) Mode() (live bool, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reason == "", w.reason
}

// run passes on what the system tells until ctx ends, or until it turns out that
// it cannot be relied upon.
func (w *Watcher) run(ctx context.Context, system *fsnotify.Watcher) {
	adding, stop := context.WithCancel(ctx)
	added := make(chan addition)
	var adder sync.WaitGroup
	adder.Go(func() { w.addAll(adding, system, added) })
	reason := w.listen(ctx, system, added)
	stop()
	drain(system, &adder)
	// Watches are scarce: what is not used is given back.
	system.Close()
	if reason != "" {
		w.mu.Lock()
		w.reason, w.watched = reason, nil
		w.mu.Unlock()
		w.tell()
		w.poll(ctx)
	}
}

// listen returns why listening is of no use any more; nothing if ctx has ended.
func (w *Watcher) listen(ctx context.Context, system *fsnotify.Watcher, added <-chan addition) (reason string) {
	var first time.Time
	due := time.NewTimer(time.Hour)
	defer due.Stop()
	note := func() {
		now := time.Now()
		if first.IsZero() {
			first = now
		}
		due.Reset(min(w.settings.quiet, first.Add(w.settings.late).Sub(now)))
	}
	for {
		select {
		case <-ctx.Done():
			return ""
		case event, open := <-system.Events:
			if !open {
				return "the system has stopped watching"
			}
			if w.concerns(event) {
				note()
			}
		case <-system.Errors:
			// Mostly there was more to tell than the system could keep.
			note()
		case a := <-added:
			if a.failed != "" {
				return a.failed
			}
			note()
		case <-due.C:
			if !first.IsZero() {
				first = time.Time{}
				w.tell()
			}
		}
	}
}

// drain hears the system out until the adder has ended, which may have to wait
// for the system, which may have to wait for being heard.
func drain(system *fsnotify.Watcher, adder *sync.WaitGroup) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		adder.Wait()
	}()
	for {
		select {
		case <-ended:
			return
		case <-system.Events:
		case <-system.Errors:
		}
	}
}

// poll tells of a possible change again and again.
func (w *Watcher) poll(ctx context.Context) {
	tick := time.NewTicker(w.settings.pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			w.tell()
		}
	}
}

func (w *Watcher) tell() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}
