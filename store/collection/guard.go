package collection

import (
	"errors"

	"carrel/store/article"
)

// errBroken: reading the article hit a fault of the program. One article must
// not end a scan, nor the sessions of other readers.
var errBroken = errors.New("the program failed to understand it, which is a fault of the program")

// Parse reads a whole article, as article.Parse does, and turns a fault of the
// parser into an error.
func Parse(in article.Input) (doc *article.Document, err error) {
	err = guard(func() { doc = article.Parse(in) })
	if err != nil {
		return nil, opening(in.ID, err)
	}
	return doc, nil
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
