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

//
// What readers keep of a row in memory, its id, its title and the like, stands in
// a string of its own behind the numbers (sealed): so it is kept as it was read,
// and the rest of a blob is not kept with it.

type encoder struct {
	b []byte
	// kept is what stands in the string behind.
	kept []byte
}

// keep writes a string that readers keep.
func (e *encoder) keep(s string) { e.number(uint64(len(s))); e.kept = append(e.kept, s...) }

// sealed returns everything that was written: how long the first part is, the
// first part, and what is kept.
func (e *encoder) sealed() []byte {
	out := binary.AppendUvarint(make([]byte, 0, len(e.b)+len(e.kept)+binary.MaxVarintLen64), uint64(len(e.b)))
	return append(append(out, e.b...), e.kept...)
}

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
	// kept is what stands behind.
	kept string
	// names and lists are those met so far: few people write most articles.
	names map[string]article.Text
	lists map[string][]article.Text
	// zones are the time zones met so far: few, and each takes memory.
	zones map[int64]*time.Location
}

func (d *decoder) fail() { d.bad, d.s, d.kept = true, "", "" }

// open begins to read what an encoder has sealed.
func (d *decoder) open(blob []byte) {
	d.s, d.kept, d.bad = "", "", false
	n, size := binary.Uvarint(blob)
	if size <= 0 || n > uint64(len(blob)-size) {
		d.fail()
		return
	}
	d.s, d.kept = string(blob[size:size+int(n)]), string(blob[size+int(n):])
}

// done tells whether everything was read and all of it could be.
func (d *decoder) done() bool { return !d.bad && d.s == "" && d.kept == "" }

// keep reads a string that was written by keep.
func (d *decoder) keep() string {
	n := d.number()
	if n > uint64(len(d.kept)) {
		d.fail()
		return ""
	}
	s := d.kept[:n]
	d.kept = d.kept[n:]
	return s
}

// maxNames bounds the names, and the lists of names, that are remembered.
const maxNames = 1 << 14

// name reads a string of which there are few different ones.
func (d *decoder) name() article.Text {
	s := d.text()
	if known, ok := d.names[s]; ok {
		return known
	}
	line := article.Line(strings.Clone(s))
	if d.names == nil {
		d.names = map[string]article.Text{}
	}
	if len(d.names) < maxNames {
		d.names[strings.Clone(s)] = line
	}
	return line
}

// list reads names that often stand together.
func (d *decoder) list() []article.Text {
	before := d.s
	for n := d.count(); n > 0 && !d.bad; n-- {
		d.text()
	}
	if d.bad {
		return nil
	}
	key := before[:len(before)-len(d.s)]
	if known, ok := d.lists[key]; ok {
		return known
	}
	after := d.s
	d.s = before
	var list []article.Text
	if n := d.count(); n > 0 {
		list = make([]article.Text, n)
		for i := range list {
			list[i] = d.name()
		}
	}
	d.s = after
	if d.lists == nil {
		d.lists = map[string][]article.Text{}
	}
	if len(d.lists) < maxNames {
		d.lists[strings.Clone(key)] = list
	}
	return list
}

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
