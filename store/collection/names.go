package collection

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"slices"
)

// nameKind keeps apart what articles are called by.
type nameKind uint8

// The kinds of names; nameKinds is their number.
const (
	pathName nameKind = iota
	addressName
	aliasName
	slugName
	stemName
	titleName
	sourceName
	nameKinds
)

// names leads from the names of all kinds to articles. Names that differ in case
// or in Unicode form only are found by each other, but one that is spelled
// exactly as asked for goes first.
//
// The names themselves are not kept, because those of a large collection take
// more memory than all else that is known of it: hashes stand for them. They are
// keyed by a secret of this catalogue, so that no article can be made to be taken
// for another; that it happens by accident is out of the question with 64 bits.
type names struct {
	// seeds are one for each kind, so that names of different kinds differ.
	seeds    [nameKinds]maphash.Seed
	spelling maphash.Seed
	// rows are sorted by compareRows once all names are added.
	rows []row
	// starts tells where in rows the hashes begin that begin with the same bits:
	// those that are left after a shift to the right.
	starts []uint32
	shift  int
}

// row is one spelling of one article's name.
type row struct {
	// folded is the hash of the name in the form in which names are compared.
	folded uint64
	// spelled is the hash of the name as it is written.
	spelled uint32
	article int32
}

// The bounds on articles of one name. A chooser with more is of no use, and a
// collection must not make looking up a name slow.
const (
	maxSame     = 64
	maxCompared = 4096
)

func newNames() names {
	n := names{spelling: maphash.MakeSeed()}
	for i := range n.seeds {
		n.seeds[i] = maphash.MakeSeed()
	}
	return n
}

// add gives an article a name.
func (n *names) add(kind nameKind, spelled string, article int32) {
	if spelled != "" {
		n.rows = append(n.rows, row{n.folded(kind, spelled), n.spelled(spelled), article})
	}
}

func (n *names) folded(kind nameKind, spelled string) uint64 {
	return maphash.String(n.seeds[kind], fold(spelled))
}

func (n *names) spelled(s string) uint32 { return uint32(maphash.String(n.spelling, s)) }

// compareRows puts the rows of one name beside each other, and in the order of
// the articles.
func compareRows(a, b row) int {
	if c := cmp.Compare(a.folded, b.folded); c != 0 {
		return c
	}
	if c := cmp.Compare(a.article, b.article); c != 0 {
		return c
	}
	return cmp.Compare(a.spelled, b.spelled)
}

// settle makes ready for questions, once all names are added.
func (n *names) settle() {
	slices.SortFunc(n.rows, compareRows)
	// A new slice, as appending leaves room for a quarter more.
	n.rows = slices.Clone(slices.Compact(n.rows))
	// Four to eight rows begin with the same bits.
	significant := max(0, bits.Len(uint(len(n.rows)))-3)
	n.shift = 64 - significant
	n.starts = make([]uint32, 1<<significant+1)
	for _, r := range n.rows {
		n.starts[r.folded>>n.shift+1]++
	}
	for i := range n.starts[1:] {
		n.starts[i+1] += n.starts[i]
	}
}

// alike returns the rows of all names that fold to the same, up to a bound.
func (n *names) alike(kind nameKind, spelled string) []row {
	if spelled == "" {
		return nil
	}
	hash := n.folded(kind, spelled)
	first := hash >> n.shift
	rows := n.rows[n.starts[first]:n.starts[first+1]]
	at, _ := slices.BinarySearchFunc(rows, hash, func(r row, hash uint64) int { return cmp.Compare(r.folded, hash) })
	rows = rows[at:min(len(rows), at+maxCompared)]
	for i, r := range rows {
		if r.folded != hash {
			return rows[:i]
		}
	}
	return rows
}

// find returns the articles of a name in their order, without repetition: those
// of exactly this spelling, or else all that fold to the same.
func (n *names) find(kind nameKind, spelled string) []int32 {
	rows := n.alike(kind, spelled)
	if len(rows) == 0 {
		return nil
	}
	hash := n.spelled(spelled)
	exact := articles(rows, func(r row) bool { return r.spelled == hash })
	if exact != nil {
		return exact
	}
	return articles(rows, func(row) bool { return true })
}

// articles are those of some rows, each once and not too many.
func articles(rows []row, wanted func(row) bool) []int32 {
	var list []int32
	for _, r := range rows {
		if len(list) == maxSame {
			break
		}
		if wanted(r) && (len(list) == 0 || list[len(list)-1] != r.article) {
			list = append(list, r.article)
		}
	}
	return list
}
