package collection

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"carrel/store/article"
)

// many makes a folder of n articles with dates.
func many(t testing.TB, n int) *Folder {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		write(t, dir, fmt.Sprintf("part%d/%05d.md", i%7, i), fmt.Sprintf("---\ntitle: Article %d\ndate: 2026-01-%02d\n---\nOne two three [next](%05d.md).\n", i, 1+i%28, i+1))
	}
	return open(t, dir)
}

// settled waits until no more goroutines run than before.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 500 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

func TestEveryFileIsReadOnceAsHeadAndWhole(t *testing.T) {
	f := many(t, 1000)
	before := runtime.NumGoroutine()
	ids := walkAll(t, f).ids()
	w := readFolder(t, f)
	wantIDs(t, w.heads, ids...)
	wantIDs(t, w.docs, ids...)
	if len(w.skipped)+len(w.gone) > 0 {
		t.Errorf("skipped %v, gone %v", w.skipped, w.gone)
	}
	for i, d := range w.docs {
		if d.Words == 0 || len(w.links[i]) != 1 || !strings.HasPrefix(string(d.Title), "Article ") {
			t.Fatalf("%s: %q, %d words, links %v", d.ID, d.Title, d.Words, w.links[i])
		}
	}
	settled(t, before)
}

func TestFilesAreReadAboutInTheOrderTheyAreAskedFor(t *testing.T) {
	f := many(t, 1000)
	files := walkAll(t, f).files
	slices.Reverse(files)
	var mu sync.Mutex
	before := 0
	err := f.ReadAll(context.Background(), files, false, func() func(Result) {
		return func(r Result) {
			mu.Lock()
			defer mu.Unlock()
			// A worker may be held up over one file, while the others go on.
			if before++; before < 100 && r.Index > 900 {
				t.Errorf("file %d comes after %d others", r.Index, before-1)
			}
			if r.Head.ID != files[r.Index].ID {
				t.Errorf("file %d is %s, want %s", r.Index, r.Head.ID, files[r.Index].ID)
			}
		}
	})
	if err != nil || before != 1000 {
		t.Errorf("%d files, %v", before, err)
	}
}

func TestReadingThatIsGivenUpLeavesNothingRunning(t *testing.T) {
	f := many(t, 3000)
	files := walkAll(t, f).files
	for _, whole := range []bool{false, true} {
		for _, most := range []int64{0, 1, 5, 500} {
			before := runtime.NumGoroutine()
			ctx, cancel := context.WithCancel(context.Background())
			if most == 0 {
				cancel()
			}
			var read atomic.Int64
			err := f.ReadAll(ctx, files, whole, func() func(Result) {
				return func(r Result) {
					if r.Reason != "" {
						t.Errorf("%s is said to be unreadable: %s", files[r.Index].ID, r.Reason)
					}
					if read.Add(1) == most {
						cancel()
					}
				}
			})
			cancel()
			if n := read.Load(); !errors.Is(err, context.Canceled) || n > most+int64(runtime.NumCPU()) {
				t.Errorf("given up after %d files: %d were read, %v", most, n, err)
			}
			settled(t, before)
		}
	}
}

func TestAFileThatChangesWhileItIsReadIsNoTrouble(t *testing.T) {
	for _, size := range []int64{0, 1, 5, 100} {
		data, err := readAll(context.Background(), strings.NewReader("0123456789"), size, 1000)
		if err != nil || string(data) != "0123456789" {
			t.Errorf("said to be %d bytes: %q, %v", size, data, err)
		}
		if data, err = readAll(context.Background(), strings.NewReader("0123456789"), size, 5); err != nil || string(data) != "01234" {
			t.Errorf("said to be %d bytes, five wanted: %q, %v", size, data, err)
		}
	}
}

func TestAHeadCutInACharacterKeepsItsEncoding(t *testing.T) {
	dir := t.TempDir()
	title := "# Prélude\n"
	write(t, dir, "a.md", title+strings.Repeat("x", headBytes-len(title)-1)+"é and more")
	f := open(t, dir)
	if w := readFolder(t, f); len(w.heads) != 1 || w.heads[0].Title != "Prélude" {
		t.Errorf("heads %+v", w.heads)
	}
	for in, want := range map[string]string{"": "", "é": "é", "é\xc3": "é", "a\xf0\x9f\x98": "a", "a😀": "a😀", "a\xff": "a\xff", "\x80\x80\x80\x80": "\x80\x80\x80\x80"} {
		if got := string(wholeRunes([]byte(in))); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestAFaultOfTheParserIsOneSkippedArticle(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.md", "broken.md", "c.md"} {
		write(t, dir, name, "text")
	}
	f := open(t, dir)
	f.parser = func(in article.Input) *article.Document {
		if in.ID == "broken.md" {
			panic("broken")
		}
		return article.Parse(in)
	}
	w := readFolder(t, f)
	wantIDs(t, w.docs, "a.md", "c.md")
	if r := reasons(w.skipped); len(r) != 1 || r["broken.md"] != errBroken.Error() {
		t.Errorf("skipped %v", r)
	}
	in, err := f.Read(context.Background(), "broken.md")
	if err != nil {
		t.Fatal(err)
	}
	if doc, err := f.Parse(in); doc != nil || !errors.Is(err, errBroken) || !strings.HasPrefix(err.Error(), "open broken.md: ") {
		t.Errorf("%v, %v", doc, err)
	}
}

func TestNewestFirstThenByTitleThenByName(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }
	const field, file = article.DateFromField, article.DateFromModTime
	want := []article.Entry{
		{ID: "z", Title: "Z", Date: day(2), DateSource: field},
		{ID: "c", Title: "A", Date: day(1), DateSource: field}, {ID: "a", Title: "B", Date: day(1), DateSource: field}, {ID: "b", Title: "B", Date: day(1), DateSource: article.DateFromName},
		{ID: "f", Title: "F", Date: day(4), DateSource: file}, {ID: "g", Title: "G", Date: day(3), DateSource: file},
		{ID: "e", Title: "A"}, {ID: "d", Title: "B"},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	for i := range want {
		if got[i].ID != want[i].ID {
			t.Fatalf("order %v, want %v", got, want)
		}
	}
}

func TestTheSettingsOfASiteAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		want       Site
	}{
		"zola":          {"config.toml", "base_url = \"https://example.org/\"\ntitle = \"T\"", Site{"T", "https://example.org"}},
		"hugo":          {"hugo.toml", `baseURL = "https://example.org/blog/"`, Site{"", "https://example.org/blog"}},
		"hugo yaml":     {"hugo.yaml", "baseURL: https://example.org\ntitle: \"A \u202e\\e[2J title\"", Site{"A [2J title", "https://example.org"}},
		"old hugo yaml": {"config.yaml", "baseurl: http://example.org", Site{"", "http://example.org"}},
		"jekyll":        {"_config.yml", "url: https://example.org\nbaseurl: /blog\ntitle: J", Site{"J", "https://example.org/blog"}},
		"jekyll alone":  {"_config.yml", "url: https://example.org", Site{"", "https://example.org"}},
		"no host":       {"config.toml", `base_url = "/"`, Site{}},
		"other scheme":  {"config.toml", `base_url = "javascript://example.org/"`, Site{}},
		"wrong type":    {"config.toml", "base_url = 7\ntitle = ['x']", Site{}},
		"broken":        {"config.toml", "base_url = \"https://example.org", Site{}},
		"list":          {"_config.yml", "- a\n- b", Site{}},
		"alias bomb":    {"_config.yml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n", Site{}},
		"deep":          {"_config.yml", "a: " + strings.Repeat("[", 30000), Site{}},
		"deep toml":     {"config.toml", "a = " + strings.Repeat("[", 60000), Site{}},
		"large":         {"config.toml", `base_url = "https://example.org"` + strings.Repeat("\n", maxSettings), Site{}},
	} {
		dir := t.TempDir()
		write(t, dir, c.file, c.text)
		if got := open(t, dir).Site(context.Background()); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestASettingsFolderIsNoSettingsFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/config.toml", 0o755); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Site(context.Background()); got != (Site{}) {
		t.Errorf("%+v", got)
	}
}
