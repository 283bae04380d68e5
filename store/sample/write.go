package sample

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// Write writes a collection of n articles into a folder, which it makes, on all
// cores. It returns the number of bytes of the articles.
func Write(dir string, seed uint64, n int) (int64, error) {
	workers := runtime.GOMAXPROCS(0)
	sizes, failures := make([]int64, workers), make([]error, workers)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	var running sync.WaitGroup
	for w := range workers {
		running.Go(func() {
			m := newMaker(seed, n)
			for i := w; i < n && failures[w] == nil; i += workers {
				name, text := m.article(i)
				failures[w] = write(filepath.Join(dir, filepath.FromSlash(name)), text)
				sizes[w] += int64(len(text))
			}
		})
	}
	running.Wait()
	var all int64
	for _, size := range sizes {
		all += size
	}
	return all, errors.Join(failures...)
}

// write writes a file, and makes its folder if it is the first there.
func write(name string, text []byte) error {
	err := os.WriteFile(name, text, 0o666)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o666)
}
