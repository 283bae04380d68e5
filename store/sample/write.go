package sample

import (
	"errors"
	"fmt"
	"hash/crc32"
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

// Folder is a collection of n articles below the folder parent. It is made once,
// because to write so many files takes longer than most that is measured on them.
// Its name tells what is in it: another way to make articles leads to another folder.
func Folder(parent string, seed uint64, n int) (string, error) {
	sum := crc32.NewIEEE()
	for _, i := range []int{0, n / 2, n - 1} {
		_, text := Article(seed, i, n)
		_, _ = sum.Write(text) // it takes everything
	}
	dir := filepath.Join(parent, fmt.Sprintf("carrel-sample-%d-%08x", n, sum.Sum32()))
	// The stamp stands beside the folder, where it is no part of the collection.
	stamp := dir + ".whole"
	if _, err := os.Stat(stamp); !errors.Is(err, fs.ErrNotExist) {
		return dir, err
	}
	if _, err := Write(dir, seed, n); err != nil {
		return dir, err
	}
	return dir, os.WriteFile(stamp, nil, 0o666)
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
