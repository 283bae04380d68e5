package store

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"carrel/store/article"
	"carrel/store/collection"
)

// shelf is what scans have found. Several may put articles on it at once, and
// any number of readers look at it.
type shelf struct {
	site collection.Site
	// known is the catalogue of links. Looking into it takes no lock.
	known atomic.Pointer[collection.Catalog]

	mu     sync.Mutex
	byID   map[article.ID]*shelved
	sorted []*shelved
	// snapshot is what sorted holds; nil if it has changed since.
	snapshot []article.Entry
	// scans counts the scans that were begun, to tell later ones from earlier ones.
	scans int
	left  map[Skipped]int
}

// shelved is one article. Scan is the last scan that found it.
type shelved struct {
	head article.Head
	scan int
}

func (s *shelf) init(site collection.Site) {
	s.site, s.byID, s.left = site, map[article.ID]*shelved{}, map[Skipped]int{}
	s.known.Store(collection.NewCatalog(slices.Values([]collection.Named(nil)), site))
}

func (s *shelf) catalog() *collection.Catalog { return s.known.Load() }

func (s *shelf) entries() []article.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.snapshot == nil {
		s.snapshot = make([]article.Entry, len(s.sorted))
		for i, a := range s.sorted {
			s.snapshot[i] = a.head.Entry
		}
	}
	return s.snapshot
}

func (s *shelf) skipped() []Skipped {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Keys(s.left), func(a, b Skipped) int { return compareText(a.Path, b.Path) })
}

func compareText(a, b article.Text) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// begin returns the number of a new scan.
func (s *shelf) begin() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scans++
	return s.scans
}

// put takes in what a scan found. It tells whether the list has the same
// articles in the same order as before.
func (s *shelf) put(scan int, b collection.Batch) (sameOrder bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range b.Skipped {
		s.left[k] = scan
	}
	if len(b.Heads) > 0 {
		s.snapshot = nil
	}
	var added []*shelved
	moved := false
	for _, h := range b.Heads {
		old := s.byID[h.ID]
		if old == nil {
			old = &shelved{}
			s.byID[h.ID] = old
			added = append(added, old)
		} else {
			// The first pass counts no words; those of an earlier scan are better than none.
			if !b.Whole && h.Words == 0 {
				h.Words, h.Warnings = old.head.Words, old.head.Warnings
			}
			moved = moved || collection.Compare(old.head.Entry, h.Entry) != 0
		}
		old.head, old.scan = h, max(old.scan, scan)
	}
	if moved {
		slices.SortFunc(s.sorted, compare)
	}
	if len(added) > 0 {
		slices.SortFunc(added, compare)
		s.sorted = merge(s.sorted, added)
	}
	return !moved && len(added) == 0
}

// finish takes away what only earlier scans have found, after a first pass. It
// tells whether anything was.
func (s *shelf) finish(scan int) (removed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.left, func(_ Skipped, last int) bool { return last < scan })
	before := len(s.sorted)
	s.sorted = slices.DeleteFunc(s.sorted, func(a *shelved) bool {
		if a.scan >= scan {
			return false
		}
		delete(s.byID, a.head.ID)
		return true
	})
	if removed = len(s.sorted) < before; removed {
		s.snapshot = nil
	}
	return removed
}

// learn makes a new catalogue of links. It takes a few microseconds for each article.
func (s *shelf) learn() {
	s.mu.Lock()
	named := make([]collection.Named, len(s.sorted))
	for i, a := range s.sorted {
		named[i] = collection.Named{ID: a.head.ID, Title: a.head.Title, Source: a.head.Source, Names: a.head.Names}
	}
	s.mu.Unlock()
	s.known.Store(collection.NewCatalog(slices.Values(named), s.site))
}

func (s *shelf) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sorted)
}

func compare(a, b *shelved) int { return collection.Compare(a.head.Entry, b.head.Entry) }

// merge joins two sorted lists into a new one.
func merge(a, b []*shelved) []*shelved {
	out := make([]*shelved, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
