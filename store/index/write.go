package index

import (
	"context"
	"database/sql"
	"hash/fnv"
	"slices"
	"strings"

	"carrel/store/article"
)

// Skipped is a file that was found but is no article, and why.
type Skipped struct {
	ID     article.ID
	File   File
	Reason article.Text
}

// Move is an article, or a skipped file, that has another name now.
type Move struct{ From, To article.ID }

// Change is what one transaction does to the index: everything, or nothing.
type Change struct {
	// Remove are the articles and skipped files that are not there any more, by path.
	Remove []article.ID
	// Move comes first: the articles keep their numbers, and are in Put by their new
	// names. A skipped file that moves is forgotten.
	Move []Move
	// Put are articles that are new or have changed. Apply sets the Doc of those
	// that have none: an article that has one already keeps it.
	Put []Record
	// Skip are files that cannot be read.
	Skip []Skipped
}

// Apply writes a change. The error wraps ErrFull if there is no room; then
// nothing has changed.
func (ix *Index) Apply(ctx context.Context, c *Change) error {
	if !ix.Writer() {
		return ErrReader
	}
	if err := ix.unsum(ctx); err != nil {
		return err
	}
	return classify(ix.transact(ctx, func(tx *sql.Tx) error {
		w := writer{ctx: ctx, tx: tx}
		for _, m := range c.Move {
			w.remove(m.To)
			w.exec("UPDATE article SET path=? WHERE path=?", string(m.To), string(m.From))
			w.exec("DELETE FROM skipped WHERE path=?", string(m.From))
		}
		for _, id := range c.Remove {
			w.remove(id)
		}
		for i := range c.Put {
			w.put(&c.Put[i])
		}
		for _, s := range c.Skip {
			w.remove(s.ID)
			w.exec("INSERT INTO skipped VALUES(?,?,?,?,?)", string(s.ID), s.File.Size, s.File.ModTime, int64(s.File.Inode), string(s.Reason))
		}
		ix.addWords(&w, c.Put)
		w.exec("UPDATE meta SET value=value+1 WHERE key=?", keyChange)
		return w.err
	}))
}

// writer is a transaction that stops at the first error.
type writer struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
	// next is a number above all others, zero before it is asked for.
	next int64
	err  error
}

func (w *writer) stmt(text string) *sql.Stmt {
	s := w.prepared[text]
	if s == nil && w.err == nil {
		if s, w.err = w.tx.PrepareContext(w.ctx, text); w.prepared == nil {
			w.prepared = map[string]*sql.Stmt{}
		}
		w.prepared[text] = s
	}
	return s
}

func (w *writer) exec(text string, args ...any) {
	if s := w.stmt(text); w.err == nil {
		_, w.err = s.ExecContext(w.ctx, args...)
	}
}

// number returns the number that a query answers with, zero for none.
func (w *writer) number(text string, args ...any) int64 {
	var n sql.NullInt64
	if s := w.stmt(text); w.err == nil {
		if err := s.QueryRowContext(w.ctx, args...).Scan(&n); err != nil && err != sql.ErrNoRows {
			w.err = err
		}
	}
	return n.Int64
}

// remove forgets a file and returns the number that its article had.
func (w *writer) remove(id article.ID) int64 {
	doc := w.number("SELECT doc FROM article WHERE path=?", string(id))
	if doc > 0 {
		w.exec("DELETE FROM article WHERE doc=?", doc)
		w.exec("DELETE FROM link WHERE doc=?", doc)
		w.exec("DELETE FROM text WHERE rowid=?", doc)
		w.exec("DELETE FROM opening WHERE rowid=?", doc)
	}
	w.exec("DELETE FROM skipped WHERE path=?", string(id))
	return doc
}

func (w *writer) put(r *Record) {
	if w.next == 0 {
		w.next = w.number("SELECT max(doc) FROM article") + 1
	}
	if had := w.remove(r.Row.Entry.ID); had > 0 {
		r.Row.Doc = had
	}
	if r.Row.Doc <= 0 {
		r.Row.Doc = w.next
	}
	w.next = max(w.next, r.Row.Doc+1)
	var e encoder
	e.row(&r.Row, true)
	w.exec("INSERT INTO article VALUES(?,?,?)", r.Row.Doc, string(r.Row.Entry.ID), e.sealed())
	if len(r.links) > 0 {
		w.exec("INSERT INTO link VALUES(?,?)", r.Row.Doc, r.links)
	}
	c := &r.columns
	w.exec("INSERT INTO text(rowid, body, title, headings, tags, author) VALUES(?,?,?,?,?,?)", r.Row.Doc, c[0], c[1], c[2], c[3], c[4])
	w.exec("INSERT INTO opening(rowid, openings) VALUES(?,?)", r.Row.Doc, r.openings)
}

// The bounds of the vocabulary, which serves to correct spelling: what is
// shorter or longer, in bytes, or has a digit in it, is no word to be proposed.
const (
	shortestWord = 3
	longestWord  = 24
)

// manyWords is the number of articles from which on it is cheaper to know all
// words than to ask for each whether it is there.
const manyWords = 100

// addWords adds the words of articles to the vocabulary. Words are never taken
// out of it: whether one still occurs is asked when it would be proposed.
func (ix *Index) addWords(w *writer, records []Record) {
	if w.err != nil {
		return // and must stay so
	}
	if ix.known == nil && len(records) >= manyWords {
		ix.known = ix.words(w)
	}
	var fresh []string
	for i := range records {
		for _, word := range records[i].words {
			if len(word) < shortestWord || len(word) > longestWord || strings.ContainsAny(word, "0123456789") {
				continue
			}
			if ix.known != nil {
				h := hashWord(word)
				if _, ok := ix.known[h]; ok {
					continue
				}
				ix.known[h] = struct{}{}
			}
			fresh = append(fresh, word)
		}
	}
	slices.Sort(fresh)
	for _, word := range slices.Compact(fresh) {
		w.exec("INSERT OR IGNORE INTO word VALUES(?)", word)
	}
	if w.err != nil {
		ix.known = nil // some of them are not written after all
	}
}

func (ix *Index) words(w *writer) map[uint64]struct{} {
	known := map[uint64]struct{}{}
	rows, err := w.tx.QueryContext(w.ctx, "SELECT word FROM word")
	if err != nil {
		w.err = err
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var word string
		if w.err = rows.Scan(&word); w.err != nil {
			return nil
		}
		known[hashWord(word)] = struct{}{}
	}
	w.err = rows.Err()
	return known
}

// hashWord stands for a word among those that are known. Two words that share
// one cost a proposal at most.
func hashWord(word string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(word))
	return h.Sum64()
}
