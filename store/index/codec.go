package index

import (
	"encoding/binary"
	"strings"
	"time"

	"carrel/store/article"
)

// The encoding of rows: numbers are varints, strings are their length and their
// bytes, lists are their length and their items. It is private to one
// schemaVersion, so that it needs no marks for what may be missing.

type encoder struct{ b []byte }

func (e *encoder) number(n uint64)     { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) signed(n int64)      { e.b = binary.AppendVarint(e.b, n) }
func (e *encoder) text(s string)       { e.number(uint64(len(s))); e.b = append(e.b, s...) }
func (e *encoder) line(s article.Text) { e.text(string(s)) }

func (e *encoder) lines(list []article.Text) {
	e.number(uint64(len(list)))
	for _, s := range list {
		e.line(s)
	}
}

func (e *encoder) texts(list []string) {
	e.number(uint64(len(list)))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) time(t time.Time) {
	e.signed(t.Unix())
	e.number(uint64(t.Nanosecond()))
	_, offset := t.Zone()
	e.signed(int64(offset))
}

// decoder reads what an encoder wrote. After the first thing that cannot be,
// bad is set and everything reads as empty.
type decoder struct {
	s   string
	bad bool
	// zones are the time zones met so far: few, and each takes memory.
	zones map[int64]*time.Location
}

func (d *decoder) fail() { d.bad, d.s = true, "" }

func (d *decoder) number() uint64 {
	var n uint64
	for i := 0; i < len(d.s) && i < binary.MaxVarintLen64; i++ {
		c := d.s[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.s = d.s[i+1:]
			return n
		}
	}
	d.fail()
	return 0
}

func (d *decoder) signed() int64 {
	n := d.number()
	return int64(n>>1) ^ -int64(n&1)
}

// count reads the length of a list. Every item takes a byte at least.
func (d *decoder) count() int {
	n := d.number()
	if n > uint64(len(d.s)) {
		d.fail()
		return 0
	}
	return int(n)
}

// text returns a part of the encoded string itself.
func (d *decoder) text() string {
	n := d.count()
	s := d.s[:n]
	d.s = d.s[n:]
	return s
}

// line makes what it reads inert once more: the file may have been changed.
func (d *decoder) line() article.Text { return article.Line(d.text()) }

func (d *decoder) lines() []article.Text {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]article.Text, n)
	for i := range list {
		list[i] = d.line()
	}
	return list
}

func (d *decoder) texts() []string {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = strings.Clone(d.text())
	}
	return list
}

func (d *decoder) time() time.Time {
	sec, nsec, offset := d.signed(), d.number(), d.signed()
	if d.bad || nsec >= 1e9 || offset < -86400 || offset > 86400 {
		d.fail()
		return time.Time{}
	}
	t := time.Unix(sec, int64(nsec))
	if offset == 0 {
		return t.UTC()
	}
	zone := d.zones[offset]
	if zone == nil {
		if d.zones == nil {
			d.zones = map[int64]*time.Location{}
		}
		zone = time.FixedZone("", int(offset))
		d.zones[offset] = zone
	}
	return t.In(zone)
}
