package collection

import (
	"errors"

	"carrel/store/article"
)

// errBroken: reading the article hit a fault of the program. One article must
// not end a scan, nor the sessions of other readers.
var errBroken = errors.New("the program failed to understand it, which is a fault of the program")

// Parse reads a whole article, as article.Parse does, and turns a fault of the
// parser into an error. Long articles are parsed one at a time: each takes
// several times the memory of its text while it is parsed.
func (f *Folder) Parse(in article.Input) (*article.Document, error) {
	doc, err := f.parse(in)
	if err != nil {
		return nil, opening(in.ID, err)
	}
	return doc, nil
}

// parse is Parse with an error that does not name the article.
func (f *Folder) parse(in article.Input) (doc *article.Document, err error) {
	if len(in.Data) > largeFile {
		f.large.Lock()
		defer f.large.Unlock()
	}
	err = guard(func() { doc = f.parser(in) })
	return doc, err
}

func guard(read func()) (err error) {
	defer func() {
		if recover() != nil {
			err = errBroken
		}
	}()
	read()
	return nil
}

// Begin is article.Begin behind the same guard.
func Begin(in article.Input) (doc *article.Document, whole bool, err error) {
	err = guard(func() { doc, whole = article.Begin(in) })
	return doc, whole, err
}
