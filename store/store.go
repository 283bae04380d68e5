package store

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// The words of package collection that callers of a Store need.
type (
	Resolution = collection.Resolution
	Skipped    = collection.Skipped
)

// What callers tell apart. Open also gives errors that wrap fs.ErrNotExist and
// fs.ErrPermission.
var (
	// ErrNotCollection: what was to be opened is neither a folder nor an article.
	ErrNotCollection = collection.ErrNotCollection
	// ErrNotFound: there is no such article, or not any more.
	ErrNotFound = collection.ErrNotFound
)

// Options say how a Store is opened.
type Options struct {
	// Cache is the folder that indexes are kept in, each in a folder of its own;
	// empty if there is no such folder, so that none can be kept.
	Cache string
}

// Store is one open collection. All methods are safe for concurrent use.
type Store struct {
	folder    *collection.Folder
	options   Options
	site      collection.Site
	shelf     shelf
	documents documents
	// looked are the articles that excerpts were cut from last.
	looked documents

	// opening is held while the index is opened, passing during a pass.
	opening, passing sync.Mutex
	// index is nil until it is opened; opened is closed then.
	index  atomic.Pointer[index.Index]
	opened chan struct{}
	ready  sync.Once
	// loaded is the state of the index that the list is of, -1 before it is loaded.
	// It belongs to the one who holds passing, and so does what follows.
	loaded int64
	// stale are those that left the list, or their names, and the index has still:
	// the next write takes them out.
	stale map[article.ID]bool
	// discarded are indexes that failed and are still open.
	discarded []*index.Index

	// closing ends what Keep began; stop closes.
	// damaged receives what searches could not read.
	damaged chan damaged
	closing context.Context
	stop    context.CancelFunc
	keeping sync.WaitGroup
	watcher atomic.Pointer[collection.Watcher]
	values  atomic.Pointer[values]
}

// Open opens a folder of articles, or a single article. It looks at no article
// yet. The error wraps fs.ErrNotExist, fs.ErrPermission or ErrNotCollection.
func Open(dir string, o Options) (*Store, error) {
	folder, err := collection.Open(dir)
	if err != nil {
		return nil, err
	}
	return newStore(folder, o), nil
}

// OpenFS opens a file system of which nothing leads out, such as one that is
// embedded in the program, as a collection of that name.
func OpenFS(name string, fsys fs.FS) *Store {
	return newStore(collection.FromFS(name, fsys), Options{})
}

func newStore(folder *collection.Folder, o Options) *Store {
	s := &Store{folder: folder, options: o, site: folder.Site(context.Background()), opened: make(chan struct{}), loaded: -1, stale: map[article.ID]bool{}, damaged: make(chan damaged, 1)}
	s.documents = documents{most: mostDocuments, mostText: mostText}
	s.looked = documents{most: mostLooked, mostText: mostLookedText}
	s.closing, s.stop = context.WithCancel(context.Background())
	s.shelf.init(s.site)
	return s
}

// Close ends what Keep began and lets go of index and folder.
func (s *Store) Close() error {
	s.stop()
	s.keeping.Wait()
	var errs []error
	for _, ix := range append(s.discarded, s.index.Load()) {
		if ix != nil {
			errs = append(errs, ix.Close())
		}
	}
	return errors.Join(append(errs, s.folder.Close())...)
}

// Name is what the collection calls itself: the title in the settings of its
// site, or else the name of the folder or file.
func (s *Store) Name() article.Text {
	if s.site.Title != "" {
		return s.site.Title
	}
	return s.folder.Name()
}

// Only is the article of a collection that is a single file; empty for a folder.
func (s *Store) Only() article.ID { return s.folder.Only() }

// Any tells whether the collection has a file that may be an article. It looks
// for as long as limit at most, and is true if that was too short to know.
func (s *Store) Any(ctx context.Context, limit time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return s.folder.Any(ctx)
}

// State is what is known at this moment.
func (s *Store) State() State {
	_, state := s.shelf.now()
	return state
}

// Wait returns the state as soon as it is another than that of a version; zero
// is the version before anything was known. The error is the one of ctx.
func (s *Store) Wait(ctx context.Context, version int) (State, error) {
	return s.shelf.wait(ctx, version)
}

// Entries are the articles that are known so far, in the order of
// collection.Compare. The slice is shared: it must not be changed, and never changes.
func (s *Store) Entries() []article.Entry {
	l, _ := s.shelf.now()
	return l.entries
}

// List finds all articles and returns them in the order of collection.Compare.
// It reads no more of new files than their heads: their words are not counted.
func (s *Store) List(ctx context.Context) ([]article.Entry, error) {
	_, err := s.Update(ctx, false, nil)
	return s.Entries(), err
}

// Skipped are the files and folders that were left out, by path.
func (s *Store) Skipped() []Skipped { return s.shelf.leftOut() }

// Title is the title of an article; empty if it is not known.
func (s *Store) Title(id article.ID) article.Text { return s.shelf.catalog.Load().Title(id) }

// Resolve tells where a link leads that stands in the article from. It knows the
// articles that are known so far, all of them once they are Listed, and reads no
// file.
func (s *Store) Resolve(from article.ID, target article.Text) Resolution {
	return s.shelf.catalog.Load().Resolve(from, string(target))
}

// Read reads the file of an article. The errors are those of Open.
func (s *Store) Read(ctx context.Context, id article.ID) (article.Input, error) {
	return s.folder.Read(ctx, id)
}

// Open reads an article whole. The one that was opened before is returned if its
// file has not changed since.
//
// The error is a sentence for a reader. It wraps ErrNotFound for an article that
// is not there (any more), or the error of ctx.
func (s *Store) Open(ctx context.Context, id article.ID) (*article.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stamp, err := s.folder.Stamp(id)
	if err != nil {
		return nil, err
	}
	if doc := s.documents.get(id, stamp); doc != nil {
		return doc, nil
	}
	doc, err := s.parse(ctx, id, &s.documents)
	if err != nil {
		return nil, err
	}
	return doc, ctx.Err()
}

// parse reads an article whole and keeps it among some others.
func (s *Store) parse(ctx context.Context, id article.ID, among *documents) (*article.Document, error) {
	in, err := s.folder.Read(ctx, id)
	if err != nil {
		return nil, err
	}
	doc, err := s.folder.Parse(in)
	if err != nil {
		return nil, err
	}
	among.put(collection.Stamp{ModTime: in.ModTime, Size: int64(len(in.Data))}, doc)
	return doc, nil
}

// Begin is like Open, but of a long article it may return the beginning only:
// then whole is false, and Open gives the rest.
func (s *Store) Begin(ctx context.Context, id article.ID) (doc *article.Document, whole bool, err error) {
	stamp, err := s.folder.Stamp(id)
	if err != nil || stamp.Size < article.Long || s.documents.get(id, stamp) != nil {
		doc, err = s.Open(ctx, id)
		return doc, true, err
	}
	in, err := s.folder.Read(ctx, id)
	if err != nil {
		return nil, false, err
	}
	return collection.Begin(in)
}

// Find returns the articles that an argument of a command may mean: an id, a path
// of the operating system, or whatever a link may be, among that a slug or a
// title. Several are in the order of collection.Compare. Names other than paths
// are those of articles that are known so far.
func (s *Store) Find(arg string) []article.ID {
	candidates := []article.ID{article.ID(arg)}
	if id, ok := s.folder.IDOf(arg); ok {
		candidates = append(candidates, id)
	}
	catalog := s.shelf.catalog.Load()
	for _, id := range candidates {
		if catalog.Has(id) {
			return []article.ID{id}
		}
		if _, err := s.folder.Stamp(id); err == nil {
			return []article.ID{id}
		}
	}
	return catalog.Resolve("", arg).To
}
