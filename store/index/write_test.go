package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"carrel/store/article"
	"carrel/store/query"
)

// docs finds articles by a query of one clause.
func docs(t *testing.T, ix *Index, text string) []int64 {
	t.Helper()
	found, err := ix.Docs(context.Background(), expression(text))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// expression is a query in which all terms are required, or not wanted.
func expression(text string) Expression {
	var yes, no []Expression
	for _, clause := range query.Parse(text).Clauses {
		var any []Expression
		for _, term := range clause {
			any = append(any, Of(term))
		}
		if clause[0].Not {
			no = append(no, any...)
		} else {
			yes = append(yes, Or(any...))
		}
	}
	if len(no) > 0 {
		return Not(And(yes...), Or(no...))
	}
	return And(yes...)
}

func TestArticlesAreFoundByTheirWords(t *testing.T) {
	ix := inMemory(t)
	three(t, ix) // moss 1, lichen 2, walls 3
	for text, want := range map[string][]int64{
		"stone": {1, 2, 3}, "STONE": {1, 2, 3}, "moss": {1}, "lichen": {1, 2}, "nothing": nil, "lichen stone": {1, 2}, "lichen moss": {1},
		"moss OR heap": {1, 3}, "stone -moss": {2, 3}, "stone -moss -heap": {2}, "wall OR walls": {1, 2, 3},
		`"grows on stone"`: {2}, `"stone grows"`: nil, `"stone lichen"`: nil, "gro*": {1, 2}, `"grows o"*`: {2}, `"grows on"`: {2},
		"title:stone": {1}, "title:walls": {3}, "author:lovelace": {1}, "author:stone": nil, "tag:garden": {1}, "tag:gard*": {1}, "garden": {1}, "lovelace": {1},
		// No phrase goes from one paragraph or heading to the next.
		`"slow a"`: nil, `"walls a"`: nil, `"stone lichen grows"`: nil,
		// What is an operator for FTS5 is a word like others.
		"and": {1}, "near": nil, "AND": {1}, "or": nil, "moss OR": nil, "NOT": nil, "stone NEAR": nil, `"title : stone"`: nil, "{title}": nil, "stone^": {1, 2, 3},
	} {
		if got := docs(t, ix, text); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
	}
}

func TestTheBeginningsOfWordsFindThemToo(t *testing.T) {
	ix := inMemory(t)
	apply(t, ix, Change{Put: []Record{
		prepared("1.md", "compile and compare"), prepared("2.md", "company"), prepared("3.md", "éclair 漢字 ไทย"), prepared("4.md", "c"), prepared("5.md", "ecology"),
	}})
	for text, want := range map[string][]int64{"comp": {1, 2}, "compi": {1}, "c": {1, 2, 4}, "ecl": {3}, "ec": {3, 5}, "éc": {3, 5}, "漢": {3}, "x": nil, "com": {1, 2}} {
		term := query.ParseTyping(text).Clauses[0][0]
		find := ix.Openings
		if !Opens(term) {
			find = func(ctx context.Context, term query.Term) ([]int64, error) { return ix.Docs(ctx, Of(term)) }
		}
		if got, err := find(context.Background(), term); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q (opening %v) finds %v, want %v, %v", text, Opens(term), got, want, err)
		}
	}
	for text, want := range map[string]bool{"c*": true, "com*": true, "comp*": false, "comp": false, "title:c*": false, `"a c"*`: false, "漢": true, "漢字*": false} {
		if got := Opens(query.Parse(text).Clauses[0][0]); got != want {
			t.Errorf("%q is an opening: %v, want %v", text, got, want)
		}
	}
}

func TestTheBestAnswerHasTheHighestScore(t *testing.T) {
	ix := inMemory(t)
	filler := strings.Repeat("other words stand here. ", 30)
	apply(t, ix, Change{Put: []Record{
		prepared("body.md", "# One\n\n"+filler+"stone"), prepared("title.md", "# Stone\n\n"+filler), prepared("heading.md", "# Two\n\n## Stone\n\n"+filler),
		prepared("tag.md", "---\ntitle: Three\ntags: [stone]\n---\n\n"+filler), prepared("none.md", "# Four\n\n"+filler),
	}})
	scores, err := ix.Scores(context.Background(), expression("stone"))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(scores, func(a, b Scored) int {
		if a.Score > b.Score {
			return -1
		}
		return 1
	})
	var order []int64
	for _, s := range scores {
		order = append(order, s.Doc)
		if s.Score <= 0 {
			t.Errorf("article %d scores %v", s.Doc, s.Score)
		}
	}
	if want := []int64{2, 3, 4, 1}; !slices.Equal(order, want) {
		t.Errorf("order %v, want title, heading, tag, body: %v", order, want)
	}
}

func TestTwoConnectionsTogetherScoreEveryArticleOnce(t *testing.T) {
	ix := inMemory(t)
	var put []Record
	for i := range 20 {
		r := prepared(fmt.Sprintf("%02d.md", i), "stone "+strings.Repeat("word ", i))
		r.Row.Doc = int64(1 + i*sharing/10)
		put = append(put, r)
	}
	apply(t, ix, Change{Put: put})
	scores, err := ix.Scores(context.Background(), expression("stone"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int64]float64{}
	for _, s := range scores {
		seen[s.Doc] = s.Score
	}
	if len(scores) != 20 || len(seen) != 20 || seen[1] <= seen[put[19].Row.Doc] {
		t.Errorf("%v", scores)
	}
}

func TestTheNewestAreThoseWithTheHighestNumbers(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	for _, c := range []struct {
		below int64
		limit int
		want  []int64
	}{{100, 10, []int64{3, 2, 1}}, {100, 2, []int64{3, 2}}, {3, 10, []int64{2, 1}}, {1, 10, nil}, {100, 0, nil}} {
		got, err := ix.Newest(context.Background(), expression("stone"), c.below, c.limit)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%d below %d: %v, want %v, %v", c.limit, c.below, got, c.want, err)
		}
	}
}

func TestNothingIsLeftOfAnArticleThatIsGone(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	apply(t, ix, Change{Remove: []article.ID{"moss.md", "never.md"}})
	wantPaths(t, ix, "sub/lichen.md", "walls.md")
	if got := docs(t, ix, "moss"); got != nil {
		t.Errorf("it is still found: %v", got)
	}
	if got := docs(t, ix, "stone"); !slices.Equal(got, []int64{2, 3}) {
		t.Errorf("others: %v", got)
	}
	if links, err := ix.Links(context.Background(), 1); links != nil || err != nil {
		t.Errorf("links %v, %v", links, err)
	}
	if got, err := ix.Openings(context.Background(), query.Parse("mos*").Clauses[0][0]); got != nil || err != nil {
		t.Errorf("by its beginning: %v, %v", got, err)
	}
}

func TestAnArticleThatChangesKeepsItsNumber(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	changed := prepared("moss.md", "# Another title\n\nFern. [walls](walls.md)")
	changed.Row.Doc = 99
	put := apply(t, ix, Change{Put: []Record{changed, prepared("new.md", "stone")}})
	if put[0].Row.Doc != 1 || put[1].Row.Doc != 4 {
		t.Errorf("numbers %d and %d, want 1 and 4", put[0].Row.Doc, put[1].Row.Doc)
	}
	if a, b := docs(t, ix, "fern"), docs(t, ix, "moss"); !slices.Equal(a, []int64{1}) || b != nil {
		t.Errorf("by its new words %v, by its old ones %v", a, b)
	}
	links, err := ix.Links(context.Background(), 1)
	if err != nil || len(links) != 1 || links[0].Target != "walls.md" {
		t.Errorf("links %v, %v", links, err)
	}
}

func TestAnArticleThatMovesKeepsItsNumber(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	// The new name may be one that another article has had.
	put := apply(t, ix, Change{Move: []Move{{"moss.md", "walls.md"}}, Put: []Record{prepared("walls.md", "# Moss\n\nSoft moss")}})
	wantPaths(t, ix, "sub/lichen.md", "walls.md")
	if put[0].Row.Doc != 1 || !slices.Equal(docs(t, ix, "moss"), []int64{1}) || docs(t, ix, "heap") != nil {
		t.Errorf("number %d; moss in %v, heap in %v", put[0].Row.Doc, docs(t, ix, "moss"), docs(t, ix, "heap"))
	}
}

func TestSkippedFilesAreKnownUntilTheyAreGoneOrRead(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	file := File{Size: 5, ModTime: -7, Inode: 1<<64 - 1}
	apply(t, ix, Change{Skip: []Skipped{{"moss.md", file, "it is too large"}, {"odd\xff.md", file, "it is too odd"}, {"pipe.md", file, "it is a pipe"}}})
	wantPaths(t, ix, "sub/lichen.md", "walls.md")
	got, err := ix.Skipped(context.Background())
	if err != nil || len(got) != 3 || got[0] != (Skipped{"moss.md", file, "it is too large"}) || got[1].ID != "odd\xff.md" {
		t.Errorf("skipped %+v, %v", got, err)
	}
	apply(t, ix, Change{Move: []Move{{"odd\xff.md", "even.md"}}, Put: []Record{prepared("moss.md", "moss"), prepared("even.md", "even")}, Remove: []article.ID{"pipe.md"}})
	wantPaths(t, ix, "even.md", "moss.md", "sub/lichen.md", "walls.md")
	if got, err := ix.Skipped(context.Background()); err != nil || len(got) != 0 {
		t.Errorf("skipped %+v, %v", got, err)
	}
}

func TestAChangeIsMadeWhollyOrNotAtAll(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	before, err := ix.Change(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	twice := prepared("twice.md", "twice")
	twice.Row.Doc = 2 // the number of another article
	if err := ix.Apply(context.Background(), &Change{Remove: []article.ID{"moss.md"}, Put: []Record{prepared("new.md", "new"), twice}}); err == nil {
		t.Fatal("two articles have one number")
	}
	wantPaths(t, ix, "moss.md", "sub/lichen.md", "walls.md")
	if after, err := ix.Change(context.Background()); after != before || err != nil {
		t.Errorf("state %d becomes %d, %v", before, after, err)
	}
	if len(docs(t, ix, "moss")) != 1 || len(docs(t, ix, "new")) != 0 {
		t.Error("half of the change was made")
	}
}

func TestTheListComesInTheOrderItWasWrittenIn(t *testing.T) {
	ix := inMemory(t)
	ctx := context.Background()
	var put []Record
	for i := range 2*chunk + 10 {
		put = append(put, prepared(fmt.Sprintf("%05d.md", i), fmt.Sprintf("# No %d\n\ntext", i)))
	}
	put = apply(t, ix, Change{Put: put})
	if rows, ordered := rowsOf(t, ix); ordered || len(rows) != len(put) {
		t.Errorf("before there is a list: %d rows, in order %v", len(rows), ordered)
	}
	slices.Reverse(put)
	state, err := ix.Change(ctx)
	if err != nil {
		t.Fatal(err)
	}
	writeList := func(state int64) {
		t.Helper()
		i := -1
		if err := ix.WriteList(ctx, state, func() (Row, bool) {
			if i++; i < len(put) {
				return put[i].Row, true
			}
			return Row{}, false
		}); err != nil {
			t.Fatal(err)
		}
	}
	writeList(state - 1)
	if listed, err := ix.Listed(ctx); listed || err != nil {
		t.Errorf("the list of an older state is taken for this one's, %v", err)
	}
	writeList(state)
	rows, ordered := rowsOf(t, ix)
	if listed, err := ix.Listed(ctx); !ordered || !listed || err != nil || len(rows) != len(put) {
		t.Fatalf("%d rows, in order %v, listed %v, %v", len(rows), ordered, listed, err)
	}
	for i := range rows {
		want := put[i].Row
		want.Entry.Summary = ""
		wantSame(t, rows[i], want)
	}
	apply(t, ix, Change{Remove: []article.ID{"00000.md"}})
	if rows, ordered := rowsOf(t, ix); ordered || len(rows) != len(put)-1 {
		t.Errorf("after a change: %d rows, in order %v", len(rows), ordered)
	}
	stop := errors.New("stop")
	if _, err := ix.Rows(ctx, func([]Row, bool) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("error %v", err)
	}
}

func TestDamagedRowsAreNotBelieved(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	ctx := context.Background()
	if _, err := ix.write.Exec("UPDATE article SET head=x'ff' WHERE doc=2; UPDATE link SET links=x'ff' WHERE doc=1"); err != nil {
		t.Fatal(err)
	}
	_, rows := ix.Rows(ctx, func([]Row, bool) error { return nil })
	_, links := ix.Links(ctx, 1)
	heads := ix.Heads(ctx, func(Row) error { return nil })
	for _, err := range []error{rows, links, heads} {
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%v, want ErrDamaged", err)
		}
	}
}

func TestTheVocabularyHasWhatMayBeProposed(t *testing.T) {
	few, many := inMemory(t), inMemory(t)
	text := "Élan vital, at 4 o'clock x86 " + strings.Repeat("w", longestWord+1)
	apply(t, few, Change{Put: []Record{prepared("a.md", text)}})
	apply(t, few, Change{Put: []Record{prepared("b.md", text)}})
	var put []Record
	for i := range manyWords {
		put = append(put, prepared(fmt.Sprint(i, ".md"), text))
	}
	apply(t, many, Change{Put: put})
	for name, ix := range map[string]*Index{"one by one": few, "all at once": many} {
		var words []string
		if err := ix.Vocabulary(context.Background(), func(w string) error { words = append(words, w); return nil }); err != nil {
			t.Fatal(err)
		}
		slices.Sort(words)
		if want := []string{"clock", "elan", "vital"}; !slices.Equal(words, want) {
			t.Errorf("%s: %q, want %q", name, words, want)
		}
	}
}

func BenchmarkPrepare(b *testing.B) {
	doc := article.Parse(article.Input{ID: "a.md", Data: []byte("# Title\n\n" + strings.Repeat("Some words, and [a link](b.md) in a sentence.\n\n", 100))})
	var p Preparer
	b.ReportAllocs()
	for b.Loop() {
		p.Prepare(doc, File{})
	}
}

func TestAChangeThatFailsAtOneOfManyArticlesIsNotHalfMade(t *testing.T) {
	ix := inMemory(t)
	three(t, ix)
	var c Change
	for i := range manyWords + 20 {
		r := prepared(fmt.Sprintf("new/%d.md", i), "# New\n\nA text.\n")
		r.Row.Doc = int64(2 + i) // the first two belong to others
		c.Put = append(c.Put, r)
	}
	c.Remove = []article.ID{"moss.md"}
	if err := ix.Apply(context.Background(), &c); !errors.Is(err, ErrDamaged) {
		t.Errorf("two articles of one number: %v", err)
	}
	wantPaths(t, ix, "moss.md", "sub/lichen.md", "walls.md")
}
