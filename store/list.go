package store

import (
	"slices"
	"strings"

	"carrel/store/article"
	"carrel/store/collection"
	"carrel/store/index"
)

// list is one state of the list of articles, in the order of collection.Compare.
// It never changes, so it can be shared by everybody; a new state is a new list.
// Entries and facts are apart because readers keep the entries alone.
type list struct {
	entries []article.Entry
	facts   []fact
	// order is another number whenever the articles or their order are others.
	order int
}

// newList returns an empty list with room for n articles.
func newList(n int) *list {
	return &list{entries: make([]article.Entry, 0, n), facts: make([]fact, 0, n)}
}

// fact is what only the store needs of an article.
type fact struct {
	// names are in the form of index.EncodeNames.
	names string
	// doc is the article's number in the index, zero while it is not in it.
	doc  int64
	file index.File
	// whole: the article was read whole, not only its head.
	whole bool
}

// item is an article on its way into a list.
type item struct {
	entry article.Entry
	fact  fact
}

// detached returns an entry of a parsed article as lists keep it: without the
// summary, and with strings of their own, because those of a parser are parts of
// the whole file.
func detached(e article.Entry) article.Entry {
	e.Summary = ""
	for _, s := range []*article.Text{&e.Title, &e.Source, &e.Lang} {
		*s = article.Line(strings.Clone(string(*s)))
	}
	for _, list := range []*[]article.Text{&e.Authors, &e.Tags} {
		own := make([]article.Text, len(*list))
		for i, s := range *list {
			own[i] = article.Line(strings.Clone(string(s)))
		}
		if *list = own; len(own) == 0 {
			*list = nil
		}
	}
	return e
}

func itemOf(r *index.Row) item {
	return item{r.Entry, fact{names: r.Names, doc: r.Doc, file: r.File, whole: true}}
}

// row is the article at a place of the list as the index writes it.
func (l *list) row(i int) index.Row {
	f := &l.facts[i]
	return index.Row{Entry: l.entries[i], Names: f.names, Doc: f.doc, File: f.file}
}

// at returns the place in the list of an entry, by its id and where it would
// stand; false if there is none of this id there.
func (l *list) at(e *article.Entry) (int, bool) {
	i, found := slices.BinarySearchFunc(l.entries, *e, func(a, b article.Entry) int { return collection.Compare(a, b) })
	return i, found && l.entries[i].ID == e.ID
}

// with returns the list with some articles put in, in the place of those with
// their ids, and without some others.
func (l *list) with(items []item, gone map[article.ID]bool) *list {
	if len(items) == 0 && len(gone) == 0 {
		return l
	}
	if same := l.update(items); same != nil && len(gone) == 0 {
		return same
	}
	slices.SortFunc(items, func(a, b item) int { return collection.Compare(a.entry, b.entry) })
	replaced := make(map[article.ID]bool, len(items))
	for i := range items {
		replaced[items[i].entry.ID] = true
	}
	n := len(l.entries) + len(items)
	next := &list{entries: make([]article.Entry, 0, n), facts: make([]fact, 0, n), order: l.order + 1}
	take := func(it *item) {
		next.entries, next.facts = append(next.entries, it.entry), append(next.facts, it.fact)
	}
	for i := range l.entries {
		e := &l.entries[i]
		if gone[e.ID] || replaced[e.ID] {
			continue
		}
		for len(items) > 0 && collection.Compare(items[0].entry, *e) < 0 {
			take(&items[0])
			items = items[1:]
		}
		next.entries, next.facts = append(next.entries, *e), append(next.facts, l.facts[i])
	}
	for i := range items {
		take(&items[i])
	}
	return next
}

// update returns the list with more known about some of its articles, nil if one
// of them is new or would stand elsewhere.
func (l *list) update(items []item) *list {
	places := make([]int, len(items))
	for i := range items {
		at, ok := l.at(&items[i].entry)
		if !ok {
			return nil
		}
		places[i] = at
	}
	next := &list{entries: slices.Clone(l.entries), facts: slices.Clone(l.facts), order: l.order}
	for i, at := range places {
		next.entries[at], next.facts[at] = items[i].entry, items[i].fact
	}
	return next
}

// extended returns the list with rows at its end that come after all others.
func (l *list) extended(rows []index.Row) *list {
	next := &list{entries: l.entries, facts: l.facts, order: l.order + 1}
	for i := range rows {
		it := itemOf(&rows[i])
		next.entries, next.facts = append(next.entries, it.entry), append(next.facts, it.fact)
	}
	return next
}

// follows tells whether rows may be put at the end of the list as they are.
func (l *list) follows(rows []index.Row) bool {
	last := len(l.entries) - 1
	for i := range rows {
		before := article.Entry{}
		switch {
		case i > 0:
			before = rows[i-1].Entry
		case last >= 0:
			before = l.entries[last]
		default:
			continue
		}
		if collection.Compare(before, rows[i].Entry) >= 0 {
			return false
		}
	}
	return true
}

// known is what a walk is compared with, in the order of the ids.
func (l *list) known(skipped map[article.ID]index.Skipped) []collection.Known {
	all := make([]collection.Known, 0, len(l.entries)+len(skipped))
	for i := range l.entries {
		all = append(all, collection.Known{ID: l.entries[i].ID, Stamp: stampOf(l.facts[i].file)})
	}
	for id, s := range skipped {
		all = append(all, collection.Known{ID: id, Stamp: stampOf(s.File)})
	}
	slices.SortFunc(all, func(a, b collection.Known) int { return compareIDs(a.ID, b.ID) })
	return all
}
