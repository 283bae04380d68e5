package index

import (
	"strings"

	"carrel/store/article"
)

// File is the state of an article's file that the index was made from.
type File struct {
	// Size is in bytes; ModTime in nanoseconds of Unix time; Inode is zero where
	// the system has none.
	Size, ModTime int64
	Inode         uint64
}

// Row is an article as lists and links need it.
type Row struct {
	// Entry lacks its Summary, unless it comes from Heads.
	Entry article.Entry
	// Names are the article's names in the form of EncodeNames, which takes little
	// memory where there are many rows.
	Names string
	// Doc is the article's number in the index, never that of another one.
	Doc  int64
	File File
}

// EncodeNames packs names. Most articles have a slug only, and that is the end
// of their path.
func EncodeNames(id article.ID, n article.Names) string {
	var e encoder
	e.texts(n.Paths)
	e.texts(n.Aliases)
	if rest, ok := strings.CutSuffix(string(id), n.Slug+ending(id)); ok && n.Slug != "" {
		e.number(uint64(len(rest)) + 1)
	} else {
		e.number(0)
		e.text(n.Slug)
	}
	e.texts(n.Related)
	return string(e.b)
}

// DecodeNames unpacks names; ok is false if they are not of this article.
func DecodeNames(id article.ID, packed string) (n article.Names, ok bool) {
	d := decoder{s: packed}
	n.Paths, n.Aliases = d.texts(), d.texts()
	if at := d.number(); at > 0 {
		name := strings.TrimSuffix(string(id), ending(id))
		if at-1 > uint64(len(name)) {
			return n, false
		}
		n.Slug = name[at-1:]
	} else {
		n.Slug = strings.Clone(d.text())
	}
	n.Related = d.texts()
	return n, !d.bad
}

func ending(id article.ID) string {
	if i := strings.LastIndexByte(string(id), '.'); i >= 0 {
		return string(id)[i:]
	}
	return ""
}

func (e *encoder) row(r *Row, summary bool) {
	e.keep(string(r.Entry.ID))
	e.number(uint64(r.Doc))
	e.number(uint64(r.File.Size))
	e.signed(r.File.ModTime)
	e.number(r.File.Inode)
	e.keep(string(r.Entry.Title))
	e.lines(r.Entry.Authors)
	e.time(r.Entry.Date)
	e.number(uint64(r.Entry.DateSource))
	e.lines(r.Entry.Tags)
	e.keep(string(r.Entry.Source))
	e.line(r.Entry.Lang)
	e.text(string(r.Entry.Kind))
	e.number(uint64(r.Entry.Words))
	e.number(uint64(len(r.Entry.Warnings)))
	for _, w := range r.Entry.Warnings {
		e.number(uint64(w.Line))
		e.line(w.Text)
	}
	e.keep(r.Names)
	if summary {
		e.keep(string(r.Entry.Summary))
	}
}

// mostDocs is the highest number of an article that is believed: who keeps
// something for each number must not fill the memory. An index that has used up
// the numbers is made anew.
const mostDocs = 1 << 26

func (d *decoder) row(summary bool) Row {
	var r Row
	r.Entry.ID = article.ID(d.keep())
	if r.Doc = int64(d.number()); r.Doc < 0 || r.Doc > mostDocs {
		d.fail()
	}
	r.File = File{Size: int64(d.number()), ModTime: d.signed(), Inode: d.number()}
	r.Entry.Title = article.Line(d.keep())
	r.Entry.Authors = d.list()
	r.Entry.Date = d.time()
	r.Entry.DateSource = article.DateSource(min(d.number(), uint64(article.DateFromModTime)))
	r.Entry.Tags = d.list()
	r.Entry.Source = article.Line(d.keep())
	r.Entry.Lang = d.name()
	r.Entry.Kind = article.Kind(d.name())
	r.Entry.Words = int(d.number())
	for n := d.count(); n > 0 && !d.bad; n-- {
		r.Entry.Warnings = append(r.Entry.Warnings, article.Warning{Line: int(d.number()), Text: d.name()})
	}
	r.Names = d.keep()
	if summary {
		r.Entry.Summary = article.Line(d.keep())
	}
	return r
}

// rows reads a blob of rows that follow each other.
func (d *decoder) rows() ([]Row, error) {
	n := d.count()
	if n > chunk {
		return nil, ErrDamaged
	}
	rows := make([]Row, 0, n)
	for range n {
		rows = append(rows, d.row(false))
	}
	if !d.done() {
		return nil, ErrDamaged
	}
	return rows, nil
}
