package index

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// SQLite notices damage to its own structures, not to the bytes that it keeps
// for others: a flipped bit in a list of positions would only make results
// wrong. So when nothing is being written, the sums of all parts of the file lie
// beside it, and Verify holds the file to them. They are taken away before the
// first write, which must not be made on top of damage, and made again at the
// end of Settle; without them nothing can be verified, and nothing needs to be:
// who wrote last was interrupted, for which SQLite is made.

// sumBlock is the size in bytes of the parts of the file that have sums.
const sumBlock = 256 << 10

// unsum takes the sums away, because the file is about to change.
func (ix *Index) unsum(ctx context.Context) error {
	if !ix.summed.Load() {
		return nil
	}
	if err := ix.Verify(ctx); err != nil {
		return err
	}
	if err := os.Remove(ix.sums()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	ix.summed.Store(false)
	return nil
}

// Settle is called when there is nothing to write for now: everything moves into
// the file itself, and its sums are made.
func (ix *Index) Settle(ctx context.Context) error {
	if !ix.Writer() || !ix.Kept() || ix.summed.Load() {
		return nil
	}
	ix.known = nil
	if busy, err := ix.checkpoint(ctx); busy || err != nil {
		return err // somebody reads an older state: another time
	}
	sums, err := ix.sum(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	fresh := ix.sums() + ".new"
	if err := os.WriteFile(fresh, sums, 0o600); err != nil {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	if err := os.Rename(fresh, ix.sums()); err != nil {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	ix.summed.Store(true)
	ix.verified.Store(true)
	return nil
}

// headerSize is the size in bytes of the header of a database file.
const headerSize = 100

// unversion clears what SQLite writes into the header of a file when it is opened
// by another version, or with another kind of journal, though nothing else
// changes: the journal's kind, a counter of changes, its copy, and the version
// (https://sqlite.org/fileformat.html, section 1.3).
func unversion(header []byte) {
	clear(header[18:20])
	clear(header[24:28])
	clear(header[92:100])
}

// checkpoint moves everything into the file itself. It is busy if that cannot be
// now.
func (ix *Index) checkpoint(ctx context.Context) (busy bool, err error) {
	if ix.network {
		return false, nil
	}
	ix.swap.RLock()
	defer ix.swap.RUnlock()
	if ix.write == nil {
		return false, errClosed
	}
	var log, moved int64
	err = ix.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved)
	return busy, classify(err)
}

// sum returns the size of the file, the sum of each of its parts (CRC-32 with
// the polynomial of Castagnoli, which processors have in hardware), and at last
// the sum of all that.
func (ix *Index) sum(ctx context.Context) ([]byte, error) {
	f, err := os.Open(ix.file())
	if err != nil {
		return nil, err
	}
	defer f.Close()
	table := crc32.MakeTable(crc32.Castagnoli)
	out := make([]byte, 8)
	size := uint64(0)
	block := make([]byte, sumBlock)
	for ctx.Err() == nil {
		n, err := io.ReadFull(f, block)
		size += uint64(n)
		if size == uint64(n) && n >= headerSize {
			unversion(block[:headerSize])
		}
		if n > 0 {
			if size == uint64(n) {
				forgetMode(block[:n])
			}
			out = binary.LittleEndian.AppendUint32(out, crc32.Checksum(block[:n], table))
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			binary.LittleEndian.PutUint64(out, size)
			return binary.LittleEndian.AppendUint32(out, crc32.Checksum(out, table)), nil
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, ctx.Err()
}

// forgetMode clears what SQLite changes in the head of a file when the way of
// writing it is another (https://sqlite.org/fileformat2.html, section 1.3): the
// versions, and the counters of changes.
func forgetMode(head []byte) {
	for _, part := range [][2]int{{18, 20}, {24, 28}, {92, 100}} {
		if len(head) >= part[1] {
			clear(head[part[0]:part[1]])
		}
	}
}

// Verify reads the whole file and holds it to its sums, at some gigabytes a
// second, unless that was done before or this process made the sums. The error
// wraps ErrDamaged if it is not what was written.
func (ix *Index) Verify(ctx context.Context) error {
	if ix.verified.Load() {
		return nil
	}
	want, err := os.ReadFile(ix.sums())
	if !ix.Kept() || err != nil {
		return nil // there are none now
	}
	got, err := ix.sum(ctx)
	if err != nil {
		return err
	}
	again, err := os.ReadFile(ix.sums())
	if err != nil || !bytes.Equal(again, want) {
		return nil // it was written meanwhile
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("%w: it is not as it was written", ErrDamaged)
	}
	ix.verified.Store(true)
	return nil
}
