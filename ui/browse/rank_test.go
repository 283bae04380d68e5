package browse

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"carrel/store/article"
)

// entryOf makes an entry of "title | author; author | tag; tag".
func entryOf(s string) article.Entry {
	parts := append(strings.Split(s, "|"), "", "")
	return article.Entry{
		Title:   article.Line(parts[0]),
		Authors: article.Lines(strings.Split(parts[1], ";")),
		Tags:    article.Lines(strings.Split(parts[2], ";")),
	}
}

func corpusOf(rows ...string) *Corpus {
	entries := make([]article.Entry, len(rows))
	for i, s := range rows {
		entries[i] = entryOf(s)
	}
	return NewCorpus(entries)
}

// In each case the rows are listed in the order wanted, and ranked in the
// opposite one, so that nothing comes out right by the newest being first.
func TestTheRulesOfRanking(t *testing.T) {
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"every place a term may have, best first", "rust", []string{
			"Rust for everyone",
			"Everything in rust",
			"Everything is trusted",
			"Everything | Rust Team",
			"Everything | Trustees",
			"Everything || rust",
			"Everything || trusted",
			"Everything runs on top",
		}},
		{"the title that is the query, then whole words", "the rust", []string{"The Rust", "The Rust book", "The rusty nail"}},
		{"a prefix beats closer and shorter titles", "go in", []string{
			"Go in a rather long title that nobody would call short any more", "Let us go in"}},
		{"a whole word beats the beginning of one", "1.9", []string{"Announcing 1.9", "Announcing 1.98"}},
		{"together, in order, in any order", "lang team", []string{"The lang team", "The lang design team", "A team for lang"}},
		{"a term in pieces is below one in a tag", "survey team", []string{"Team || survey", "Team sur-vey"}},
		{"all terms in the title beat one in an author", "niko goals", []string{"A talk with Niko on goals", "New goals | Niko"}},
		{"one author with both names beats two with one each", "ann lee", []string{"Two | Ann Lee", "One | Ann Oak; Bo Lee"}},
		{"a letter left out beats initials", "trat", []string{"A new trait", "The rust air team"}},
		{"initials", "tyir", []string{"This Year in Rust"}},
		{"initials with a word left out", "gsc", []string{"Google Summer of Code"}},
		{"author's initials", "jberanek", []string{"One | Jakub Beránek"}},
		{"short titles before long ones", "cargo", []string{"News on Cargo",
			"News on Cargo, which we will tell in a title that goes on and on"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := slices.Clone(c.want)
			slices.Reverse(rows)
			r := mustRank(t, corpusOf(rows...), c.query, nil)
			var got []string
			for _, i := range r.Rows {
				got = append(got, rows[i])
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q:\n\t%s\nwant\n\t%s", c.query, strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}

func TestWhatIsNotFound(t *testing.T) {
	for query, title := range map[string]string{
		"zig":                                 "Rust",
		"rust zig":                            "Rust || zog",                          // every term is required
		"rut":                                 "An article on trust",                  // a piece begins a word
		"sec":                                 "Searching",                            // too much left out
		"abc":                                 "apple and then some more bread cakes", // words too far apart
		"sv":                                  "Survey",                               // two letters in a word are noise
		"crt":                                 "One || certainty",                     // so are scattered letters in tags
		"abcdefghijklmnopqrstuvwxyzabcdefghi": "abcdefghijklmnopqrstuvwxyz-abcdefghi", // no slip that long
	} {
		if r := mustRank(t, corpusOf(title), query, nil); len(r.Rows) != 0 {
			t.Errorf("%q finds %q", query, title)
		}
	}
}

func TestCaseAccentsAndLettersOfOtherKeyboardsDoNotMatter(t *testing.T) {
	for _, c := range [][2]string{
		{"beranek", "Jakub Beránek"}, {"BERÁNEK", "jakub beranek"}, {"strasse", "Die Straße"}, {"straße", "STRASSE"},
		{"soren", "Søren"}, {"lodz", "Łódź"}, {"aesop", "Æsop"}, {"odysseys", "Odysseys"}, {"ελλας", "ΕΛΛΑΣ"},
		{"rust's", "Rust’s"}, {"a - b", "a — b"}, {"ångström", "A\u030angstrom"}, {"istanbul", "İstanbul"},
		{"ёлка", "елка"}, {"no break", "no\u00a0break"}, {"  two   words ", "two words"}, {"日本", "今日の日本"},
	} {
		if r := mustRank(t, corpusOf(c[1]), c[0], nil); len(r.Rows) != 1 {
			t.Errorf("%q does not find %q", c[0], c[1])
		}
	}
}

func TestTheNewestIsFirstAmongEquals(t *testing.T) {
	c := corpusOf("News 3", "Olds", "News 2", "News 1")
	if got := mustRank(t, c, "news", nil).Rows; !slices.Equal(got, []int32{0, 2, 3}) {
		t.Errorf("rows %v", got)
	}
}

func TestAnEmptyQueryShowsTheListAsItIs(t *testing.T) {
	c := corpusOf("b", "a", "c")
	for _, query := range []string{"", "  ", "\u0301"} {
		if got := mustRank(t, c, query, nil).Rows; !slices.Equal(got, []int32{0, 1, 2}) {
			t.Errorf("%q: rows %v", query, got)
		}
	}
	if got := mustRank(t, NewCorpus(nil), "x", nil).Rows; len(got) != 0 {
		t.Errorf("rows %v of nothing", got)
	}
}

// countdown is a context that is cancelled when it has been asked a number of
// times, so that what happens after does not depend on time.
type countdown struct {
	context.Context
	left, asked atomic.Int64
}

func (c *countdown) Err() error {
	c.asked.Add(1)
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestACancelledQueryStopsAtOnce(t *testing.T) {
	c := NewCorpus(synthetic(60_000))
	for _, after := range []int64{0, 1, 2, 20} {
		ctx := &countdown{Context: context.Background()}
		ctx.left.Store(after)
		r, err := c.Rank(ctx, "srvy", nil)
		if r != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d questions: %v, %v", after, r, err)
		}
		// Each worker may ask twice more before it stops, and Rank once.
		if more := ctx.asked.Load() - after; more > 40 {
			t.Errorf("it went on for %d more steps", more)
		}
	}
}

func TestAResultOfAnotherCorpusIsNoStart(t *testing.T) {
	old := mustRank(t, corpusOf("nothing"), "r", nil)
	if got := mustRank(t, corpusOf("nothing", "rust"), "ru", old).Rows; !slices.Equal(got, []int32{1}) {
		t.Errorf("rows %v", got)
	}
}

func TestMonstersAreCutToSize(t *testing.T) {
	big := article.Line(strings.Repeat("word ", 200_000))
	e := article.Entry{Title: big, Authors: []article.Text{big}, Tags: slices.Repeat([]article.Text{"tag"}, 100_000)}
	c := NewCorpus([]article.Entry{e, {Title: "word word"}})
	if n := len(c.segments[0].titles.text) + len(c.segments[0].names.text) + len(c.segments[0].refs); n > 2000 {
		t.Errorf("%d bytes and names are looked at", n)
	}
	for _, query := range []string{string(big), "word", strings.Repeat("w", 1<<20)} {
		for _, row := range mustRank(t, c, query, nil).Rows {
			if len(c.Positions(query, int(row))) == 0 {
				t.Error("no positions")
			}
		}
	}
}
