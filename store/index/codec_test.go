package index

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"carrel/store/article"
)

func drawLine(label string) *rapid.Generator[article.Text] {
	return rapid.Custom(func(t *rapid.T) article.Text { return article.Line(rapid.String().Draw(t, label)) })
}

// drawList is nil rather than empty, as the lists of articles are.
func drawList[T any](t *rapid.T, g *rapid.Generator[T], label string) []T {
	list := rapid.SliceOfN(g, 0, 4).Draw(t, label)
	if len(list) == 0 {
		return nil
	}
	return list
}

func drawID(t *rapid.T) article.ID {
	return article.ID(rapid.StringMatching(`([a-zé\x00-\xff .]{1,6}/){0,2}[a-z0-9é漢. -]{0,12}(\.md|\.txt|\.markdown)?`).Draw(t, "id"))
}

func drawTime(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "no date") {
		return time.Time{}
	}
	sec := rapid.Int64Range(time.Time{}.Unix(), 253402300799).Draw(t, "seconds")
	at := time.Unix(sec, rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).UTC()
	if offset := rapid.IntRange(-86400, 86400).Draw(t, "offset"); rapid.Bool().Draw(t, "zone") && offset != 0 {
		return at.In(time.FixedZone("", offset))
	}
	return at
}

func drawRow(t *rapid.T) Row {
	text := rapid.String()
	var r Row
	r.Doc = rapid.Int64Range(0, mostDocs).Draw(t, "doc")
	r.File = File{Size: rapid.Int64Range(0, 1<<40).Draw(t, "size"), ModTime: rapid.Int64().Draw(t, "mtime"), Inode: rapid.Uint64().Draw(t, "inode")}
	r.Entry = article.Entry{
		ID: drawID(t), Title: drawLine("title").Draw(t, "title"), Authors: drawList(t, drawLine("author"), "authors"),
		Date: drawTime(t), DateSource: article.DateSource(rapid.IntRange(0, int(article.DateFromModTime)).Draw(t, "source of the date")),
		Tags: drawList(t, drawLine("tag"), "tags"), Summary: drawLine("summary").Draw(t, "summary"), Source: drawLine("source").Draw(t, "source"),
		Lang: drawLine("lang").Draw(t, "lang"), Kind: rapid.SampledFrom([]article.Kind{article.Markdown, article.Plain}).Draw(t, "kind"),
		Words: rapid.IntRange(0, 1<<40).Draw(t, "words"),
	}
	r.Entry.Warnings = drawList(t, rapid.Custom(func(t *rapid.T) article.Warning {
		return article.Warning{Line: rapid.IntRange(0, 1<<30).Draw(t, "line"), Text: drawLine("warning").Draw(t, "text")}
	}), "warnings")
	r.Names = EncodeNames(r.Entry.ID, article.Names{Paths: drawList(t, text, "paths"), Slug: text.Draw(t, "slug")})
	return r
}

// wantSame holds rows to be equal in every field; times also in their zone.
func wantSame(t interface{ Errorf(string, ...any) }, got, want Row) {
	if !got.Entry.Date.Equal(want.Entry.Date) || got.Entry.Date.Format(time.RFC3339Nano) != want.Entry.Date.Format(time.RFC3339Nano) {
		t.Errorf("date %v, want %v", got.Entry.Date, want.Entry.Date)
	}
	got.Entry.Date, want.Entry.Date = time.Time{}, time.Time{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestARowComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRow(t)
		var e encoder
		e.row(&r, true)
		d := decoder{}
		d.open(e.sealed())
		wantSame(t, d.row(true), r)
		if !d.done() {
			t.Errorf("bad %v, %d bytes are left", d.bad, len(d.s)+len(d.kept))
		}
		// A part of it is no row.
		all := e.sealed()
		cut := rapid.IntRange(0, len(all)-1).Draw(t, "cut")
		d.open(all[:cut])
		if d.row(true); d.done() {
			t.Errorf("the first %d of %d bytes are taken for a row", cut, len(all))
		}
	})
}

func TestRowsOfAListComeBackInTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Custom(drawRow), 0, 5).Draw(t, "rows")
		d := decoder{}
		d.open(encodedRows(want))
		got, err := d.rows()
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d rows, %v; want %d", len(got), err, len(want))
		}
		for i := range want {
			want[i].Entry.Summary = ""
			wantSame(t, got[i], want[i])
		}
	})
}

func encodedRows(rows []Row) []byte {
	var e encoder
	e.number(uint64(len(rows)))
	for i := range rows {
		e.row(&rows[i], false)
	}
	return e.sealed()
}

func TestNamesComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id, text := drawID(t), rapid.String()
		slug := text.Draw(t, "slug")
		if rapid.Bool().Draw(t, "slug from the path") {
			slug = string(id[rapid.IntRange(0, len(id)).Draw(t, "from"):])
			slug = strings.TrimSuffix(slug, ending(article.ID(slug)))
		}
		want := article.Names{Paths: drawList(t, text, "paths"), Aliases: drawList(t, text, "aliases"), Slug: slug, Related: drawList(t, text, "related")}
		got, ok := DecodeNames(id, EncodeNames(id, want))
		if !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("of %q: %+v, %v; want %+v", id, got, ok, want)
		}
	})
}

func drawLink(t *rapid.T) article.Link {
	sentence := rapid.SampledFrom([]article.Text{"", "One.", "Two of them."}).Draw(t, "sentence")
	return article.Link{Target: drawLine("target").Draw(t, "target"), Label: drawLine("label").Draw(t, "label"), Sentence: sentence,
		Block: rapid.IntRange(-1, 1<<30).Draw(t, "block"), Offset: rapid.IntRange(0, 1<<30).Draw(t, "offset")}
}

func TestLinksComeBackAsTheyWere(t *testing.T) {
	var e linkEncoder // one for all articles, as a Preparer has it
	rapid.Check(t, func(t *rapid.T) {
		want := drawList(t, rapid.Custom(drawLink), "links")
		packed := e.encode(want)
		got, err := decodeLinks(packed)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
		if len(packed) > 0 {
			cut := rapid.IntRange(1, len(packed)-1).Draw(t, "cut")
			if got, err := decodeLinks(packed[:cut]); !errors.Is(err, ErrDamaged) {
				t.Errorf("the first %d of %d bytes are taken for %+v, %v", cut, len(packed), got, err)
			}
		}
	})
}

func TestAnArticleMadeOfLinksKeepsTheFirst(t *testing.T) {
	links := make([]article.Link, mostLinks+1000)
	for i := range links {
		links[i] = article.Link{Target: article.Line(fmt.Sprint(i)), Block: i}
	}
	var e linkEncoder
	got, err := decodeLinks(e.encode(links))
	if err != nil || !reflect.DeepEqual(got, links[:mostLinks]) {
		t.Errorf("%d links, %v; want the first %d", len(got), err, mostLinks)
	}
	long := article.Line(strings.Repeat("a", 20<<20))
	got, err = decodeLinks(e.encode([]article.Link{{Target: long}, {Target: long}, {Target: long}, {Target: long}}))
	if err != nil || len(got) != 3 {
		t.Errorf("%d long links, %v; want 3", len(got), err)
	}
}

func TestDamagedRowsAndLinksTakeNoMemory(t *testing.T) {
	many := func(n uint64, item string, times int) string {
		e := encoder{}
		e.number(n)
		return string(e.b) + strings.Repeat(item, times)
	}
	packed := func(s string) []byte {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, flate.BestCompression)
		_, _ = w.Write([]byte(s))
		_ = w.Close()
		return b.Bytes()
	}
	rows := func(s string) func() error {
		return func() error {
			d := decoder{}
			d.open([]byte(s))
			_, err := d.rows()
			return err
		}
	}
	links := func(blob []byte) func() error {
		return func() error { _, err := decodeLinks(blob); return err }
	}
	for name, decode := range map[string]func() error{
		"many rows":     rows(string((&encoder{b: []byte(many(1<<20, "\x00", 2<<20))}).sealed())),
		"many links":    links(packed(many(8<<20, "\x00\x00\x00\x00\x00", 8<<20))),
		"bomb":          links(packed(strings.Repeat("\x00", 2*maxLinks))),
		"a high number": rows(string(encodedRows([]Row{{Doc: mostDocs + 1}}))),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := decode()
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; !errors.Is(err, ErrDamaged) || used > 6*maxLinks {
			t.Errorf("%s: %d MB, %v", name, used>>20, err)
		}
	}
}

// inertRow tells what of a row is not fit for a screen.
func inertRow(r Row) error {
	lines := append([]article.Text{r.Entry.Title, r.Entry.Summary, r.Entry.Source, r.Entry.Lang}, r.Entry.Authors...)
	lines = append(lines, r.Entry.Tags...)
	for _, w := range r.Entry.Warnings {
		lines = append(lines, w.Text)
	}
	for _, s := range lines {
		if article.Line(string(s)) != s {
			return fmt.Errorf("text %q", s)
		}
	}
	if r.Doc < 0 || r.Doc > mostDocs || r.Entry.DateSource > article.DateFromModTime {
		return fmt.Errorf("number %d, source %d", r.Doc, r.Entry.DateSource)
	}
	return nil
}

func FuzzRow(f *testing.F) {
	r := Row{Doc: 7, File: File{1, 2, 3}, Names: EncodeNames("a/b.md", article.Names{Slug: "b", Paths: []string{"x"}}), Entry: article.Entry{
		ID: "a/b.md", Title: "Title", Authors: []article.Text{"A", "B"}, Tags: []article.Text{"t"}, Date: time.Unix(1e9, 5).In(time.FixedZone("", 3600)),
		DateSource: article.DateFromField, Kind: article.Markdown, Words: 300, Warnings: []article.Warning{{Line: 3, Text: "w"}}}}
	f.Add(encodedRows([]Row{r}))
	f.Add(encodedRows([]Row{r, {}, r}))
	f.Add([]byte("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := decoder{}
		d.open(data)
		rows, err := d.rows()
		if err != nil {
			if rows != nil || !errors.Is(err, ErrDamaged) {
				t.Errorf("%d rows with error %v", len(rows), err)
			}
			return
		}
		for _, r := range rows {
			if err := inertRow(r); err != nil {
				t.Error(err)
			}
			DecodeNames(r.Entry.ID, r.Names)
		}
		// What was understood is understood again.
		d.open(encodedRows(rows))
		again, err := d.rows()
		if err != nil || len(again) != len(rows) {
			t.Fatalf("%d rows, then %d, %v", len(rows), len(again), err)
		}
		for i := range rows {
			wantSame(t, again[i], rows[i])
		}
	})
}

func FuzzLinks(f *testing.F) {
	var e linkEncoder
	f.Add(e.encode([]article.Link{{Target: "a.md", Label: "a", Sentence: "See a.", Block: 3, Offset: 4}, {Target: "b.md", Sentence: "See a.", Block: -1}}))
	f.Add([]byte{0x03, 0x00})
	f.Fuzz(func(t *testing.T, data []byte) {
		links, err := decodeLinks(data)
		if err != nil {
			if links != nil || !errors.Is(err, ErrDamaged) {
				t.Errorf("%d links with error %v", len(links), err)
			}
			return
		}
		if len(links) > mostLinks {
			t.Errorf("%d links", len(links))
		}
		for _, l := range links {
			for _, s := range []article.Text{l.Target, l.Label, l.Sentence} {
				if article.Line(string(s)) != s {
					t.Errorf("text %q", s)
				}
			}
		}
		var e linkEncoder
		again, err := decodeLinks(e.encode(links))
		if err != nil || len(links) > 0 && !reflect.DeepEqual(again, links) {
			t.Errorf("%+v, then %+v, %v", links, again, err)
		}
	})
}
