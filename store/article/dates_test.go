package article

import (
	"testing"
	"time"
)

// TestDatesAreReadInEveryUsualForm: what is ambiguous between day and month is
// no date, and what names a zone keeps it.
func TestDatesAreReadInEveryUsualForm(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2024-01-02", "2024-01-02T00:00:00Z"}, {"2024-1-2", "2024-01-02T00:00:00Z"}, {"2024/01/02", "2024-01-02T00:00:00Z"}, {"2024.01.02", "2024-01-02T00:00:00Z"},
		{" 2024-01-02 ", "2024-01-02T00:00:00Z"}, {"20240102", "2024-01-02T00:00:00Z"}, {"2024-01", "2024-01-01T00:00:00Z"}, {"2024", "2024-01-01T00:00:00Z"},
		{"2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"}, {"2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05Z"}, {"2024-01-02T03:04:05+09:00", "2024-01-02T03:04:05+09:00"},
		{"2024-01-02T03:04:05-0330", "2024-01-02T03:04:05-03:30"}, {"2024-01-02t03:04:05.10-05:00", "2024-01-02T03:04:05-05:00"}, {"2024-01-02 03:04:05.10 -5", "2024-01-02T03:04:05-05:00"},
		{"2024-01-02T03:04", "2024-01-02T03:04:00Z"}, {"2024-01-02 03:04", "2024-01-02T03:04:00Z"}, {"2024-01-02 3:04 PM", "2024-01-02T15:04:00Z"}, {"2024-01-02 12:04am", "2024-01-02T00:04:00Z"},
		{"2024-01-02 03:04:05 -0700", "2024-01-02T03:04:05-07:00"}, {"2024-01-02 03:04:05 UTC", "2024-01-02T03:04:05Z"}, {"2024-01-02 03:04:05 EST", "2024-01-02T03:04:05-05:00"},
		{"2024-01-02 03:04:05.678901 +0000 UTC", "2024-01-02T03:04:05Z"}, {"2024-01-02 03:04:05+00:00", "2024-01-02T03:04:05Z"},
		{"Tue, 02 Jan 2024 03:04:05 +0100", "2024-01-02T03:04:05+01:00"}, {"Tue, 2 Jan 2024 03:04:05 GMT", "2024-01-02T03:04:05Z"}, {"2 January 2024", "2024-01-02T00:00:00Z"},
		{"January 2, 2024", "2024-01-02T00:00:00Z"}, {"january 2 2024", "2024-01-02T00:00:00Z"}, {"Jan. 2, 2024", "2024-01-02T00:00:00Z"}, {"2nd January 2024", "2024-01-02T00:00:00Z"},
		{"Tuesday, January 2, 2024", "2024-01-02T00:00:00Z"}, {"January 2024", "2024-01-01T00:00:00Z"}, {"2 Jan 2024 15:04", "2024-01-02T15:04:00Z"},
		{"202401020304", "2024-01-02T03:04:00Z"}, {"20240102030405", "2024-01-02T03:04:05Z"}, {"1704164645", "2024-01-02T03:04:05Z"}, {"1704164645000", "2024-01-02T03:04:05Z"},
		{"01/02/2024", ""}, {"1.2.2024", ""}, {"2024-02-30", ""}, {"2024-13-01", ""}, {"2024-00-01", ""}, {"2024-01-02 25:00", ""}, {"0001-01-01", ""}, {"soon", ""}, {"", ""}, {"true", ""}, {"12", ""},
	} {
		got := ""
		if d, ok := dateOf(c.in); ok {
			got = d.Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

// TestUndatedArticlesAreDatedByTheirNames: the file's name, the path on the
// site, the folder, and as a guess the time of the file.
func TestUndatedArticlesAreDatedByTheirNames(t *testing.T) {
	mod := time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC)
	for _, c := range []struct {
		id, front, date string
		source          DateSource
		slug            string
		title           Text
	}{
		{"2024-01-02-some-post.md", "", "2024-01-02", DateFromName, "some-post", "some post"},
		{"a/2024_01_02_some_post.md", "", "2024-01-02", DateFromName, "some_post", "some post"},
		{"20240102-note.md", "", "2024-01-02", DateFromName, "note", "note"},
		{"202401020304 note.md", "", "2024-01-02", DateFromName, "note", "note"},
		{"2024-01-02.md", "", "2024-01-02", DateFromName, "2024-01-02", "2024-01-02"},
		{"2024-01-02-bundle/index.md", "", "2024-01-02", DateFromName, "bundle", "bundle"},
		{"2024-13-02-post.md", "", "2026-05-06", DateFromModTime, "2024-13-02-post", "2024-13-02-post"},
		{"post.md", "path: 2024/01/02/post", "2024-01-02", DateFromPath, "post", "post"},
		{"2023/post.md", "permalink: /2024/01/post/", "2024-01-01", DateFromPath, "post", "post"},
		{"blog/2024/01/02/post.md", "", "2024-01-02", DateFromPath, "post", "post"},
		{"blog/2024/01/post.md", "", "2024-01-01", DateFromPath, "post", "post"},
		{"blog/2024/99/post.md", "", "2026-05-06", DateFromModTime, "post", "post"},
		{"2024-01-02-post.md", "date: 2020-01-01", "2020-01-01", DateFromField, "post", "post"},
		{"2024-01-02-post.md", "date: nonsense", "2024-01-02", DateFromName, "post", "post"},
		{"1800-roads.md", "", "2026-05-06", DateFromModTime, "1800-roads", "1800 roads"},
		{"README.md", "", "2026-05-06", DateFromModTime, "README", "README"},
		{"docs/README.md", "", "2026-05-06", DateFromModTime, "docs", "docs"},
		{"\u200b.md", "", "2026-05-06", DateFromModTime, "\u200b", "\u200b.md"},
		{"", "", "2026-05-06", DateFromModTime, "", "(no title)"},
	} {
		h := ReadHead(Input{ID: ID(c.id), ModTime: mod, Data: []byte("---\n" + c.front + "\n---\nText\n")})
		if got := h.Date.Format(time.DateOnly); got != c.date || h.DateSource != c.source {
			t.Errorf("%s: date %s from %d, want %s from %d", c.id, got, h.DateSource, c.date, c.source)
		}
		if h.Names.Slug != c.slug || h.Title != c.title {
			t.Errorf("%s: slug %q, title %q; want %q, %q", c.id, h.Names.Slug, h.Title, c.slug, c.title)
		}
	}
	if h := ReadHead(Input{ID: "a.md"}); h.DateSource != NoDate || !h.Date.IsZero() {
		t.Errorf("date %v from nowhere", h.Date)
	}
}
