package query

import (
	"testing"
	"time"

	"carrel/store/article"
)

func TestEntriesAreChosenByWhatTheyAre(t *testing.T) {
	e := article.Entry{
		ID:    "2018/Notes/Work/plan.md",
		Title: "Don't panic: the Größe of Rust言語", Authors: []article.Text{"Jun Kwon", "Ada Lovelace"},
		Tags: []article.Text{"memory safety", "rust-lang"}, Lang: "de-at", Source: "https://user@WWW.Blog.example.org:80/x?y",
		Date: time.Date(2018, 3, 7, 0, 30, 0, 0, time.FixedZone("", 7200)), DateSource: article.DateFromField,
	}
	facts := Facts{Read: func(id article.ID) bool { return id == e.ID }}
	for query, want := range map[string]bool{
		"":                          true,
		"grosse panic":              true,
		"kwon safety":               true,
		"kwon absent":               false,
		"absent OR 言":               true,
		"-absent":                   true,
		"-panic":                    false,
		"don't":                     true,
		`"panic don"`:               false,
		`author:"jun kwon"`:         true,
		`author:"kwon ada"`:         false,
		"tag:rust":                  true,
		"tag:ru":                    false,
		"tag:ru*":                   true,
		"title:kwon":                false,
		"in:2018":                   true,
		"in:notes/work":             true,
		"in:2018/work":              false,
		"in:work/plan.md":           false,
		"in:note":                   false,
		"in:018":                    false,
		"after:2018-03-07":          true,
		"after:2018-03-08":          false,
		"after:2019":                false,
		"before:2018-03-07":         false,
		"before:2018-04":            true,
		"-before:2018":              true,
		"is:read":                   true,
		"is:unread":                 false,
		"is:starred":                false,
		"-is:starred":               true,
		"lang:de":                   true,
		"lang:DE_AT":                true,
		"lang:d":                    false,
		"lang:de-a":                 false,
		"site:example.org":          true,
		"site:www.blog.Example.org": true,
		"site:ample.org":            false,
		"site:org":                  true,
		"site:x.example.org":        false,
	} {
		if got := Parse(query).Accepts(&e, facts); got != want {
			t.Errorf("%s: %v", query, got)
		}
	}
	bare := article.Entry{ID: "a.md"}
	for query, want := range map[string]bool{
		"after:0001-02": false, "before:2100": false, "-before:2100": true, "is:unread": true, "is:read": false,
		"in:a": false, "lang:de": false, "site:org": false, "x": false, "-x": true,
	} {
		if got := Parse(query).Accepts(&bare, Facts{}); got != want {
			t.Errorf("%s on an entry with nothing: %v", query, got)
		}
	}
}

func TestFoldersAreFoundWhateverLettersTheyHave(t *testing.T) {
	for _, c := range []struct{ id, query string }{
		{"Cafe\u0301/Größe/a.md", "in:café"},
		{"Cafe\u0301/Größe/a.md", "in:CAFE/grösse"},
		{"x/Cafe\u0301/Größe/a.md", `in:"cafe/grosse/"`},
		{"ⱥ/b/a.md", "in:Ⱥ/b"},
	} {
		if e := (article.Entry{ID: article.ID(c.id)}); !Parse(c.query).Accepts(&e, Facts{}) {
			t.Errorf("%s does not find %q", c.query, c.id)
		}
	}
}
