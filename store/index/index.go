package index

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // the driver
)

// What callers tell apart.
var (
	// ErrDamaged: the file is no index, or not one that can be believed. Reset
	// makes it anew.
	ErrDamaged = errors.New("the index is damaged")
	// ErrFull: there is no room for it, or no permission to write it. What was
	// there before is still there.
	ErrFull = errors.New("the index cannot be written")
	// ErrReader: another process writes the index, and this one only reads it.
	ErrReader = errors.New("another Carrel keeps the index")
)

// errUnmade: whoever was to make the index was interrupted before there was
// anything in it.
var errUnmade = errors.New("there is no index yet")

// The files in the folder of an index.
const (
	fileName = "index.db"
	lockName = "index.lock"
	sumsName = "index.sums"
)

// Options say where an index is.
type Options struct {
	// Dir is the folder for the index of this collection alone; it is made with the
	// permissions 0700. Empty for an index in memory, which is gone with Close.
	Dir string
	// Collection is what the index is of: the absolute path of the folder. An index
	// of another collection is foreign.
	Collection string
	// Network tells whether a folder that is there is on a network file system,
	// where WAL does not work; nil if none is.
	Network func(dir string) bool
}

// Index is an open index. All methods are safe for concurrent use; those that
// write must be called by one goroutine at a time.
type Index struct {
	options Options
	network bool
	lock    *flock.Flock // nil in memory
	// writer is false while another process keeps the index.
	writer atomic.Bool
	// write has one connection, read several; nil when closed. Who uses them holds
	// swap for reading, because others may search while the index is made anew.
	swap        sync.RWMutex
	write, read *sql.DB
	// opened is the file that they are connected to.
	opened os.FileInfo
	// times counts how often the index was made anew or opened again.
	times atomic.Int64
	// known are the words of the vocabulary, while many are being written.
	known map[uint64]struct{}
	// summed: the sums on disk are of the file as it is.
	summed atomic.Bool
	// verified: the file was held to the sums.
	verified atomic.Bool
	// renewed says why the file was made anew, empty if it was not.
	renewed string
}

// Open opens an index, or makes a new one. A file that is damaged, foreign, or
// of another version of Carrel is made anew, and Renewed says so.
//
// If another process writes it, the index is for reading: see Writer. The error
// wraps ErrFull if there can be none in this folder, ErrReader if another process
// has one there that this version cannot read.
func Open(ctx context.Context, o Options) (*Index, error) {
	ix := &Index{options: o}
	if o.Dir == "" {
		ix.writer.Store(true)
		if err := ix.connect(); err != nil {
			return nil, err
		}
		return ix, ix.create(ctx)
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFull, err)
	}
	ix.network = o.Network != nil && o.Network(o.Dir)
	ix.lock = flock.New(filepath.Join(o.Dir, lockName), flock.SetPermissions(0o600))
	if err := ix.Claim(); err != nil {
		return nil, err
	}
	if err := ix.open(ctx); err != nil {
		_ = ix.Close()
		return nil, err
	}
	return ix, nil
}

// Claim makes this process the writer if no other is; Writer tells.
func (ix *Index) Claim() error {
	if ix.writer.Load() {
		return nil
	}
	ok, err := ix.lock.TryLock()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	if ok {
		// Who wrote before may have made sums, or taken them away.
		_, err := os.Stat(ix.sums())
		ix.summed.Store(err == nil)
		ix.verified.Store(false)
	}
	ix.writer.Store(ok)
	return nil
}

// Writer tells whether this process may write the index.
func (ix *Index) Writer() bool { return ix.writer.Load() }

// Kept tells whether the index is on a disk, and not in memory.
func (ix *Index) Kept() bool { return ix.options.Dir != "" }

// Renewed says why Open made the index anew, as the end of a sentence; empty if
// it did not.
func (ix *Index) Renewed() string { return ix.renewed }

// open connects to the file and makes it anew if it cannot be used.
func (ix *Index) open(ctx context.Context) error {
	info, err := os.Stat(ix.file())
	if err == nil && info.Size() > 0 {
		if err = ix.connect(); err == nil {
			err = ix.check(ctx)
		}
		if err == nil {
			ix.opened = info
			return nil
		}
		switch {
		case errors.Is(err, errUnmade):
		case errors.Is(err, ErrDamaged):
			ix.renewed = strings.TrimPrefix(err.Error(), ErrDamaged.Error()+": ")
		default:
			return err
		}
	}
	if !ix.Writer() {
		return ErrReader
	}
	return ix.Reset(ctx)
}

// Reset throws everything away and begins an empty index.
func (ix *Index) Reset(ctx context.Context) error {
	if !ix.Writer() {
		return ErrReader
	}
	ix.swap.Lock()
	defer ix.swap.Unlock()
	ix.disconnect()
	if ix.Kept() {
		for _, name := range []string{ix.sums(), ix.file(), ix.file() + "-wal", ix.file() + "-shm", ix.file() + "-journal"} {
			if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("%w: %w", ErrFull, err)
			}
		}
	}
	ix.summed.Store(false)
	ix.known, ix.opened = nil, nil
	ix.times.Add(1)
	if err := ix.connect(); err != nil {
		return err
	}
	if err := ix.create(ctx); err != nil {
		return err
	}
	if ix.Kept() {
		ix.opened, _ = os.Stat(ix.file())
	}
	return nil
}

// Times counts how often the index was made anew, or opened again. As long as it
// is the same, numbers of articles mean the same.
func (ix *Index) Times() int64 { return ix.times.Load() }

// Replaced tells whether another process has made the index anew, so that this
// one has a file that is none any more.
func (ix *Index) Replaced() bool {
	if !ix.Kept() {
		return false
	}
	info, err := os.Stat(ix.file())
	return err == nil && info.Size() > 0 && (ix.opened == nil || !os.SameFile(info, ix.opened))
}

// Reopen opens the index that is there now. It calls before when the numbers of
// articles are about to mean others. An error leaves everything as it was.
func (ix *Index) Reopen(ctx context.Context, before func()) error {
	fresh := &Index{options: ix.options, network: ix.network}
	info, err := os.Stat(ix.file())
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	if err = fresh.connect(); err == nil {
		err = fresh.check(ctx)
	}
	if err != nil {
		fresh.disconnect()
		return err
	}
	before()
	ix.swap.Lock()
	defer ix.swap.Unlock()
	ix.disconnect()
	ix.times.Add(1)
	ix.write, ix.read, ix.opened, ix.known = fresh.write, fresh.read, info, nil
	return nil
}

func (ix *Index) file() string { return filepath.Join(ix.options.Dir, fileName) }
func (ix *Index) sums() string { return filepath.Join(ix.options.Dir, sumsName) }

// readers is the number of connections that read: two for a search, one for
// what happens besides.
const readers = 4

func (ix *Index) connect() error {
	file := ix.file()
	if !ix.Kept() {
		// Connections of one process share a database in memory by its name, which
		// must not be one that was ever used before.
		file = "/carrel-" + rand.Text()
	}
	var err error
	if ix.Kept() {
		// SQLite would make a file that others may read.
		if f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err == nil {
			_ = f.Close()
		}
	}
	if ix.write, err = sql.Open("sqlite", dsn(file, !ix.Kept(), ix.network, true)); err != nil {
		return classify(err)
	}
	ix.write.SetMaxOpenConns(1)
	if ix.read, err = sql.Open("sqlite", dsn(file, !ix.Kept(), ix.network, false)); err != nil {
		return classify(err)
	}
	ix.read.SetMaxOpenConns(readers)
	ix.read.SetMaxIdleConns(readers)
	return nil
}

func (ix *Index) disconnect() {
	for _, db := range []*sql.DB{ix.read, ix.write} {
		if db != nil {
			_ = db.Close()
		}
	}
	ix.read, ix.write = nil, nil
}

// create makes the tables of an empty index.
func (ix *Index) create(ctx context.Context) error {
	err := transact(ctx, ix.write, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d; %s", applicationID, schemaVersion, schema))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO meta VALUES(?,?),(?,0),(?,-1),(?,0)", keyCollection, ix.options.Collection, keyChange, keyListed, keyCount)
		return err
	})
	return classify(err)
}

// check looks whether the file is an index of this collection and version.
func (ix *Index) check(ctx context.Context) error {
	var application, version, tables int64
	var collection string
	err := ix.read.QueryRowContext(ctx, "SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id a, pragma_user_version v").Scan(&application, &version, &tables)
	if err != nil {
		return classify(err)
	}
	switch {
	case application == 0 && version == 0 && tables == 0:
		return errUnmade
	case application != applicationID:
		return fmt.Errorf("%w: it belongs to another program", ErrDamaged)
	case version != schemaVersion:
		return fmt.Errorf("%w: it is of another version of Carrel", ErrDamaged)
	}
	if err := ix.read.QueryRowContext(ctx, "SELECT value FROM meta WHERE key=?", keyCollection).Scan(&collection); err != nil {
		return classify(err)
	}
	if collection != ix.options.Collection {
		return fmt.Errorf("%w: it is of another folder", ErrDamaged)
	}
	return nil
}

// Close lets go of the index. What was written is kept.
func (ix *Index) Close() error {
	ix.swap.Lock()
	defer ix.swap.Unlock()
	ix.disconnect()
	if ix.lock != nil {
		return ix.lock.Close()
	}
	return nil
}

var errClosed = errors.New("the index is closed")

// reader returns the database to read from. It stays as it is until release is
// called.
func (ix *Index) reader() (db *sql.DB, release func(), err error) {
	ix.swap.RLock()
	if ix.read == nil {
		ix.swap.RUnlock()
		return nil, nil, errClosed
	}
	return ix.read, ix.swap.RUnlock, nil
}

// transact runs a write transaction.
func (ix *Index) transact(ctx context.Context, f func(*sql.Tx) error) error {
	ix.swap.RLock()
	defer ix.swap.RUnlock()
	if ix.write == nil {
		return errClosed
	}
	return transact(ctx, ix.write, f)
}

func transact(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}
