package sample_test

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carrel/store/article"
	"carrel/store/sample"
)

func TestEveryTimeTheSameBytes(t *testing.T) {
	for _, i := range []int{0, 1, 17, 999} {
		name, text := sample.Article(7, i, 1000)
		again, same := sample.Article(7, i, 1000)
		if name != again || !bytes.Equal(text, same) {
			t.Errorf("article %d is %s of %d bytes and then %s of %d bytes", i, name, len(text), again, len(same))
		}
		if _, other := sample.Article(8, i, 1000); bytes.Equal(text, other) {
			t.Errorf("article %d is the same for two seeds", i)
		}
	}
	// What was measured on one machine is measured on the next.
	name, text := sample.Article(1, 0, 100)
	if sum := fmt.Sprintf("%s %08x", name, crc32.ChecksumIEEE(text)); sum != firstArticle {
		t.Errorf("the first article is %q, and was %q when figures were last taken", sum, firstArticle)
	}
}

const firstArticle = "2023/08/carovun-letahu-0.md d8e688de"

func TestAWrittenCollectionIsTheArticlesAndNothingElse(t *testing.T) {
	const n = 300
	dir := t.TempDir()
	size, err := sample.Write(dir, 3, n)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	var all int64
	for i := range n {
		name, text := sample.Article(3, i, n)
		written, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(written, text) {
			t.Fatalf("%s: %d bytes written, want %d: %v", name, len(written), len(text), err)
		}
		names = append(names, name)
		all += int64(len(text))
	}
	if all != size {
		t.Errorf("Write says %d bytes, want %d", size, all)
	}
	slices.Sort(names)
	if found, err := filepath.Glob(filepath.Join(dir, "*", "*", "*")); err != nil || len(found) != n || len(slices.Compact(names)) != n {
		t.Errorf("%d files with %d names, want %d: %v", len(found), len(names), n, err)
	}
}

func TestArticlesAreLikePosts(t *testing.T) {
	const n = 1500
	var all, smallest, largest, links, own, related, the int
	smallest = 1 << 30
	names := map[string]bool{}
	for i := range n {
		name, _ := sample.Article(1, i, n)
		names[name] = true
	}
	authors, tags, folders := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range n {
		name, text := sample.Article(1, i, n)
		all, smallest, largest = all+len(text), min(smallest, len(text)), max(largest, len(text))
		if strings.Contains(string(text), " the ") {
			the++
		}
		doc := article.Parse(article.Input{ID: article.ID(name), Data: text})
		check(t, name, doc)
		authors[fmt.Sprint(doc.Authors)] = true
		folders[path.Dir(name)] = true
		for _, tag := range doc.Tags {
			tags[string(tag)] = true
		}
		for _, to := range doc.Names.Related {
			related++
			resolves(t, names, name, string(to))
		}
		links += len(doc.Links)
		for _, l := range doc.Links {
			if !strings.Contains(string(l.Target), "://") {
				own++
				resolves(t, names, name, string(l.Target))
			}
		}
	}
	within(t, "bytes of an article", all/n, 6100, 6900)
	within(t, "bytes of the smallest", smallest, 400, 700)
	within(t, "bytes of the largest", largest, 45_000, 175_000)
	within(t, "links of ten articles", 10*links/n, 50, 80)
	within(t, "links of ten articles to others", 10*own/n, 12, 24)
	within(t, "relations that are named", related, n/8, n/2)
	within(t, "articles of a hundred with the commonest word", 100*the/n, 93, 100)
	within(t, "authors", len(authors), 240, 300)
	within(t, "tags", len(tags), 400, 500)
	within(t, "folders", len(folders), 235, 240)
}

// check looks at what a list shows of an article.
func check(t *testing.T, name string, doc *article.Document) {
	t.Helper()
	words := len(strings.Fields(string(doc.Title)))
	if len(doc.Warnings) > 0 || words < 3 || words > 11 || len(doc.Authors) != 1 || len(doc.Tags) < 1 || len(doc.Tags) > 4 ||
		doc.Date.Year() < 2005 || doc.Date.Year() > 2024 || len(doc.Blocks) == 0 {
		t.Errorf("%s: %v", name, doc.Head)
	}
	if !strings.HasPrefix(name, doc.Date.Format("2006/01/")) {
		t.Errorf("%s is of %v", name, doc.Date)
	}
}

func resolves(t *testing.T, names map[string]bool, from, target string) {
	t.Helper()
	if to := path.Join(path.Dir(from), target); !names[to] || to == from {
		t.Errorf("%s links to %s, which is not there", from, target)
	}
}

func within(t *testing.T, what string, got, low, high int) {
	t.Helper()
	t.Logf("%s: %d", what, got)
	if got < low || got > high {
		t.Errorf("%s: %d, want %d to %d", what, got, low, high)
	}
}

func TestAnArticleAloneHasNoLinksToOthers(t *testing.T) {
	name, text := sample.Article(1, 0, 1)
	for _, l := range article.Parse(article.Input{ID: article.ID(name), Data: text}).Links {
		if !strings.Contains(string(l.Target), "://") {
			t.Errorf("it links to %s", l.Target)
		}
	}
}

func TestQueriesAskForWhatThereIs(t *testing.T) {
	queries := sample.Queries(1, 320)
	if len(queries) != 320 || !slices.Equal(queries, sample.Queries(1, 320)) {
		t.Fatal("not the same 320 queries every time")
	}
	var text strings.Builder
	for i := range 100 {
		_, b := sample.Article(1, i, 100)
		text.Write(bytes.ToLower(b))
	}
	kinds, phrases, found := map[string]bool{}, 0, 0
	for _, q := range queries {
		if strings.TrimSpace(q) == "" {
			t.Error("an empty query")
		}
		for _, mark := range []string{"title:", "author:", "tag:", "after:", "before:", " -", " OR ", "*", `"`} {
			kinds[mark] = kinds[mark] || strings.Contains(q, mark)
		}
		if strings.HasPrefix(q, `"`) {
			phrases++
			if strings.Contains(strings.NewReplacer(":", "", "?", "").Replace(text.String()), strings.ToLower(strings.Trim(q, `"`))) {
				found++
			}
		}
	}
	if len(kinds) != 9 || slices.Contains(slices.Collect(maps.Values(kinds)), false) {
		t.Errorf("some kinds of queries are missing: %v", kinds)
	}
	if phrases == 0 || found < phrases {
		t.Errorf("of %d phrases %d are in the text", phrases, found)
	}
}

func BenchmarkArticle(b *testing.B) {
	var n int64
	for i := 0; b.Loop(); i++ {
		_, text := sample.Article(1, i%100_000, 100_000)
		n += int64(len(text))
	}
	b.SetBytes(n / int64(b.N))
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		dir, err := os.MkdirTemp(b.TempDir(), "")
		if err != nil {
			b.Fatal(err)
		}
		n, err := sample.Write(dir, 1, 10_000)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(n)
	}
}
