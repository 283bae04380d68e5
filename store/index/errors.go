package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// failure is what a database says, in words for a reader.
type failure struct {
	text string
	of   error
}

func (f *failure) Error() string { return f.text }

// Is tells whether this is an error of that kind.
func (f *failure) Is(target error) bool { return errors.Is(f.of, target) }

// classify turns errors of the database into those of this package.
func classify(err error) error {
	var e *sqlite.Error
	switch {
	case err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrTxDone):
		return fmt.Errorf("%w: %w", context.Canceled, err) // nobody else ends a transaction
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: something is missing in it", ErrDamaged)
	case !errors.As(err, &e):
		return err
	}
	code := e.Code() & 0xff
	reason := func(kind error, text string) error {
		return fmt.Errorf("%w: %w", kind, &failure{text, err})
	}
	switch code {
	case sqlite3.SQLITE_INTERRUPT:
		return fmt.Errorf("%w: %w", context.Canceled, err)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT:
		return reason(ErrDamaged, "it is no database")
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_SCHEMA:
		return reason(ErrDamaged, "its tables contradict each other")
	case sqlite3.SQLITE_FULL:
		return reason(ErrFull, "the disk is full")
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return reason(ErrFull, "its file may not be written")
	case sqlite3.SQLITE_IOERR:
		return reason(ErrFull, "the disk does not take it")
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return reason(ErrFull, "another program holds it")
	}
	return err
}
