package index

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"carrel/store/article"
)

// chunk is the number of rows in a blob of the list: the first one is to be read
// in a moment, and all of them in few steps.
const chunk = 512

// Change is the number of the state that the index is in; it grows with every
// change, by whichever process.
func (ix *Index) Change(ctx context.Context) (int64, error) {
	return ix.meta(ctx, keyChange)
}

// Last is the highest number that an article has, zero if there is none.
func (ix *Index) Last(ctx context.Context) (int64, error) {
	db, release, err := ix.reader()
	if err != nil {
		return 0, err
	}
	defer release()
	var n sql.NullInt64
	err = db.QueryRowContext(ctx, "SELECT max(doc) FROM article").Scan(&n)
	return n.Int64, classify(err)
}

func (ix *Index) meta(ctx context.Context, key string) (int64, error) {
	db, release, err := ix.reader()
	if err != nil {
		return 0, err
	}
	defer release()
	var n int64
	err = db.QueryRowContext(ctx, "SELECT value FROM meta WHERE key=?", key).Scan(&n)
	return n, classify(err)
}

// Listed tells whether the list is of the state that the index is in.
func (ix *Index) Listed(ctx context.Context) (bool, error) {
	change, err := ix.meta(ctx, keyChange)
	if err != nil {
		return false, err
	}
	listed, err := ix.meta(ctx, keyListed)
	return change == listed, err
}

// mostRows bounds the number of rows that is believed before they are read.
const mostRows = 1 << 22

// Count is about the number of articles: that of the list as it was written last.
func (ix *Index) Count(ctx context.Context) (int, error) {
	n, err := ix.meta(ctx, keyCount)
	return int(min(max(n, 0), mostRows)), err
}

// Rows reads all articles, part by part. If ordered is set, they come in the
// order in which WriteList had them; otherwise in none, and more slowly. Each
// takes the rows over; it may stop the reading by an error, which is returned.
// Change is the state that they are of.
func (ix *Index) Rows(ctx context.Context, each func(rows []Row, ordered bool) error) (change int64, err error) {
	db, release, err := ix.reader()
	if err != nil {
		return 0, err
	}
	defer release()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, classify(err)
	}
	defer func() { _ = tx.Rollback() }()
	var listed int64
	err = tx.QueryRowContext(ctx, "SELECT (SELECT value FROM meta WHERE key=?), (SELECT value FROM meta WHERE key=?)", keyChange, keyListed).Scan(&change, &listed)
	if err != nil {
		return 0, classify(err)
	}
	if change == listed {
		return change, readList(ctx, tx, each)
	}
	return change, readArticles(ctx, tx, each)
}

// part is a blob of the list on its way to be rows.
type part struct {
	blob []byte
	rows []Row
	err  error
	done chan struct{}
}

// readList reads the blobs one after the other, has them decoded on all cores,
// which takes longer, and hands the rows on in their order. Nothing else is done
// before the first ones are handed on: somebody waits for them.
func readList(ctx context.Context, tx *sql.Tx, each func([]Row, bool) error) error {
	ctx, cancel := context.WithCancel(ctx)
	rows, err := tx.QueryContext(ctx, "SELECT rows FROM list ORDER BY n")
	if err != nil {
		cancel()
		return classify(err)
	}
	defer rows.Close()
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	first := decoder{}
	p, err := nextPart(rows)
	if p == nil {
		return err
	}
	if first.part(p); p.err != nil {
		return p.err
	}
	if err := each(p.rows, true); err != nil {
		return err
	}
	work, inOrder := make(chan *part, ahead), make(chan *part, ahead)
	for range runtime.NumCPU() {
		running.Go(func() {
			d := decoder{}
			for p := range work {
				d.part(p)
			}
		})
	}
	var failed error
	running.Go(func() {
		defer close(inOrder)
		defer close(work)
		failed = feed(ctx, rows, work, inOrder)
	})
	for p := range inOrder {
		<-p.done
		if p.err != nil {
			return p.err
		}
		if err := each(p.rows, true); err != nil {
			return err
		}
	}
	return failed
}

// ahead is how many blobs are read before they are needed.
const ahead = 8

// feed sends the parts that follow to each of some channels.
func feed(ctx context.Context, rows *sql.Rows, to ...chan<- *part) error {
	for {
		p, err := nextPart(rows)
		if p == nil {
			return err
		}
		for _, c := range to {
			select {
			case c <- p:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// nextPart reads the next part; it is nil after the last one.
func nextPart(rows *sql.Rows) (*part, error) {
	if !rows.Next() {
		return nil, classify(rows.Err())
	}
	p := &part{done: make(chan struct{})}
	if err := rows.Scan(&p.blob); err != nil {
		return nil, classify(err)
	}
	return p, nil
}

// part decodes a part.
func (d *decoder) part(p *part) {
	d.open(p.blob)
	p.rows, p.err = d.rows()
	close(p.done)
}

func readArticles(ctx context.Context, tx *sql.Tx, each func([]Row, bool) error) error {
	var part []Row
	err := eachHead(ctx, tx, func(r Row) error {
		r.Entry.Summary = ""
		part = append(part, r)
		if len(part) < chunk {
			return nil
		}
		full := part
		part = nil
		return each(full, false)
	})
	if err != nil || len(part) == 0 {
		return err
	}
	return each(part, false)
}

type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Heads reads all articles with their summaries, in no order.
func (ix *Index) Heads(ctx context.Context, each func(Row) error) error {
	db, release, err := ix.reader()
	if err != nil {
		return err
	}
	defer release()
	return eachHead(ctx, db, each)
}

func eachHead(ctx context.Context, q queryer, each func(Row) error) error {
	rows, err := q.QueryContext(ctx, "SELECT doc, head FROM article")
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	d := decoder{}
	for rows.Next() {
		var doc int64
		var blob sql.RawBytes
		if err := rows.Scan(&doc, &blob); err != nil {
			return classify(err)
		}
		d.open(blob)
		r := d.row(true)
		if !d.done() || r.Doc != doc {
			return ErrDamaged
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return classify(rows.Err())
}

// Skipped reads the files that are no articles.
func (ix *Index) Skipped(ctx context.Context) ([]Skipped, error) {
	db, release, err := ix.reader()
	if err != nil {
		return nil, err
	}
	defer release()
	rows, err := db.QueryContext(ctx, "SELECT path, size, mtime, inode, reason FROM skipped ORDER BY path")
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var list []Skipped
	for rows.Next() {
		var path, reason string
		var inode int64
		var s Skipped
		if err := rows.Scan(&path, &s.File.Size, &s.File.ModTime, &inode, &reason); err != nil {
			return nil, classify(err)
		}
		s.ID, s.File.Inode, s.Reason = article.ID(path), uint64(inode), article.Line(reason)
		list = append(list, s)
	}
	return list, classify(rows.Err())
}

// Links reads the links of an article; none if it has none, or is not there.
func (ix *Index) Links(ctx context.Context, doc int64) ([]article.Link, error) {
	db, release, err := ix.reader()
	if err != nil {
		return nil, err
	}
	defer release()
	var blob []byte
	err = db.QueryRowContext(ctx, "SELECT links FROM link WHERE doc=?", doc).Scan(&blob)
	if err == sql.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, classify(err)
	}
	return decodeLinks(blob)
}

// WriteList writes the list in an order, so that the next one who opens the index
// has it at once. State is the change that rows are of; if the index has moved on
// since, nothing is written. Next returns the rows one after the other; it is
// false after the last one.
func (ix *Index) WriteList(ctx context.Context, state int64, next func() (Row, bool)) error {
	if !ix.Writer() {
		return ErrReader
	}
	if err := ix.unsum(ctx); err != nil {
		return err
	}
	return classify(ix.transact(ctx, func(tx *sql.Tx) error {
		w := writer{ctx: ctx, tx: tx}
		if w.number("SELECT value FROM meta WHERE key=?", keyChange) != state || w.err != nil {
			return w.err
		}
		w.exec("DELETE FROM list")
		total := 0
		for n, more := 0, true; more && w.err == nil; n++ {
			var e encoder
			count := 0
			for count < chunk {
				r, ok := next()
				if !ok {
					more = false
					break
				}
				e.row(&r, false)
				count++
			}
			total += count
			if count > 0 {
				head := encoder{kept: e.kept}
				head.number(uint64(count))
				head.b = append(head.b, e.b...)
				w.exec("INSERT INTO list VALUES(?,?)", n, head.sealed())
			}
		}
		w.exec("UPDATE meta SET value=? WHERE key=?", state, keyListed)
		w.exec("UPDATE meta SET value=? WHERE key=?", total, keyCount)
		return w.err
	}))
}

// Vocabulary calls each for every word that articles have, or have had.
func (ix *Index) Vocabulary(ctx context.Context, each func(word string) error) error {
	db, release, err := ix.reader()
	if err != nil {
		return err
	}
	defer release()
	rows, err := db.QueryContext(ctx, "SELECT word FROM word")
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	for rows.Next() {
		var word sql.RawBytes
		if err := rows.Scan(&word); err != nil {
			return classify(err)
		}
		if err := each(strings.Clone(string(word))); err != nil {
			return err
		}
	}
	return classify(rows.Err())
}

// Size is the size of the index in bytes, zero in memory.
func (ix *Index) Size(ctx context.Context) (int64, error) {
	var pages, page int64
	if !ix.Kept() {
		return 0, nil
	}
	db, release, err := ix.reader()
	if err != nil {
		return 0, err
	}
	defer release()
	err = db.QueryRowContext(ctx, "SELECT p.page_count, s.page_size FROM pragma_page_count p, pragma_page_size s").Scan(&pages, &page)
	if err != nil {
		return 0, fmt.Errorf("size of the index: %w", classify(err))
	}
	return pages * page, nil
}
