package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// indexDir is the folder of a collection's index in the cache: its name, for
// people, and a hash of its path, because names repeat. Empty for an index in
// memory.
func (s *Store) indexDir() string {
	if s.options.Cache == "" || s.folder.Dir() == "" || s.folder.Only() != "" {
		return ""
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, filepath.Base(s.folder.Dir()))
	sum := sha256.Sum256([]byte(s.folder.Dir()))
	return filepath.Join(s.options.Cache, name[:min(len(name), 40)]+"-"+hex.EncodeToString(sum[:6]))
}

// openIndex opens the index, on disk if it can be kept there, once.
func (s *Store) openIndex(ctx context.Context) (*index.Index, error) {
	s.opening.Lock()
	defer s.opening.Unlock()
	if ix := s.index.Load(); ix != nil {
		return ix, nil
	}
	dir := s.indexDir()
	if dir != "" {
		ix, err := index.Open(ctx, index.Options{Dir: dir, Collection: s.folder.Dir(), Network: onNetwork})
		if err == nil {
			if why := ix.Renewed(); why != "" {
				s.notice(madeAnew + why)
			}
			s.use(ix)
			return ix, nil
		}
		if ctx.Err() != nil {
			return nil, err
		}
		s.notice(notKept(err))
	}
	if dir == "" && s.folder.Dir() != "" && s.folder.Only() == "" {
		s.notice("the index is not kept: there is no folder for it, because there is no home")
	}
	ix, err := index.Open(ctx, index.Options{Collection: s.folder.Dir()})
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	s.use(ix)
	return ix, nil
}

func onNetwork(dir string) bool {
	_, ok := collection.OnNetwork(dir)
	return ok
}

func (s *Store) use(ix *index.Index) {
	s.index.Store(ix)
	s.ready.Do(func() { close(s.opened) })
}

// madeAnew begins the sentence about an index that could not be used.
const madeAnew = "the index is being made anew: "

// notKept says in one line that and why the index is in memory.
func notKept(err error) string {
	reason := bareReason(err)
	if errors.Is(err, index.ErrReader) {
		return "the index is not kept: " + reason
	}
	return "the index is not kept, because it cannot be written: " + reason
}

// bareReason is the innermost sentence of an error, without paths.
func bareReason(err error) string {
	for {
		switch e := err.(type) {
		case interface{ Unwrap() []error }:
			all := e.Unwrap()
			err = all[len(all)-1]
			continue
		case interface{ Unwrap() error }:
			if inner := e.Unwrap(); inner != nil {
				err = inner
				continue
			}
		}
		return err.Error()
	}
}

func (s *Store) notice(text string) {
	s.shelf.change(func() { s.shelf.state.Notice = article.Line(text) })
}

// withdraw takes a notice back that holds no more.
func (s *Store) withdraw(text string) {
	if _, state := s.shelf.now(); state.Notice == article.Line(text) {
		s.notice("")
	}
}
