package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing/fstest"

	"carrel/articles"
	"carrel/store"
	"carrel/store/article"
)

// inputID is the article that standard input is.
const inputID article.ID = "standard-input.md"

// maxInput bounds an article that is read from standard input, in bytes.
const maxInput = 64 << 20

// open opens the collection that the flags and the environment name: a folder,
// a file, standard input ("-"), or the handbook.
func (o *options) open() (*store.Store, error) {
	name := o.collection
	if name == "" {
		name = o.get("CARREL_COLLECTION")
	}
	switch name {
	case "":
		return store.OpenFS("Carrel handbook", articles.FS), nil
	case "-":
		return o.standardInput()
	}
	s, err := store.Open(name, store.Options{Cache: o.cache()})
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail(exitFailed, "there is no folder or file %q: check the name, or start carrel without one to read its handbook", name)
	case errors.Is(err, fs.ErrPermission):
		return nil, fail(exitFailed, "%q may not be read: its permissions do not allow it", name)
	case errors.Is(err, store.ErrNotCollection):
		return nil, fail(exitFailed, "%q is not an article: Carrel reads .md, .markdown and .txt files, and folders of them", name)
	}
	return nil, fail(exitFailed, "%q cannot be opened: %v", name, err)
}

func (o *options) standardInput() (*store.Store, error) {
	if isTerminal(o.stdin) {
		return nil, fail(exitUsage, "nothing is piped in: write the article to carrel's standard input, or name a file")
	}
	data, err := io.ReadAll(io.LimitReader(o.stdin, maxInput))
	if err != nil {
		return nil, fail(exitFailed, "standard input cannot be read: %v", err)
	}
	return store.OpenFS("standard input", fstest.MapFS{string(inputID): &fstest.MapFile{Data: data, Mode: 0o444}}), nil
}

// cache is the folder for indexes: where the XDG Base Directory Specification
// has it, on every system. Empty if there is no home to have it in.
func (e env) cache() string {
	if dir := e.get("XDG_CACHE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "carrel")
	}
	home := e.get("HOME")
	if home == "" {
		home, _ = os.UserHomeDir()
	}
	if !filepath.IsAbs(home) {
		return ""
	}
	return filepath.Join(home, ".cache", "carrel")
}
