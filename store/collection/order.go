package collection

import (
	"cmp"
	"strings"

	"carrel/store/article"
)

// Compare orders entries as lists show them: newest first, then by title, then
// by id. Articles that name no date come after those that do, by the age of
// their files. It returns a negative number, zero or a positive number; zero for
// entries with the same id only, if dates and titles are what the files say.
func Compare(a, b article.Entry) int {
	if c := cmp.Compare(trust(a), trust(b)); c != 0 {
		return c
	}
	if c := b.Date.Compare(a.Date); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Title), string(b.Title)); c != 0 {
		return c
	}
	return strings.Compare(string(a.ID), string(b.ID))
}

// trust is lower for dates that the article itself names.
func trust(e article.Entry) int {
	switch e.DateSource {
	case article.NoDate:
		return 2
	case article.DateFromModTime:
		return 1
	}
	return 0
}
