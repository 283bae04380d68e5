package markdown

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"
	"pgregory.net/rapid"

	"carrel/store/article"
	"carrel/ui/theme"
)

// The marks of the test's theme are characters that no text has, so that what
// the renderer adds can be told from what the article says.
const marks = "\ue000\ue001\ue002\ue003\ue004"

func marked(o theme.Options) *Renderer {
	t := theme.New(o)
	t.Glyphs.Quote, t.Glyphs.Rule, t.Glyphs.Wrap = "\ue000", "\ue001", "\ue002"
	t.Glyphs.Bullets = []string{"\ue003", "\ue003", "\ue003"}
	t.Glyphs.Checked, t.Glyphs.Unchecked = "\ue004", "\ue004"
	return New(t)
}

func themes() []theme.Options {
	return []theme.Options{{Dark: true}, {}, {Mono: true}}
}

func TestGeneratedBlocksAreLaidOutWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := marked(rapid.SampledFrom(themes()).Draw(t, "theme"))
		width := rapid.IntRange(1, 90).Draw(t, "width")
		for _, b := range genBlocks(t, 0) {
			if err := examine(r, b, width); err != nil {
				t.Fatalf("width %d, %+v: %v", width, b, err)
			}
		}
	})
}

func TestGeneratedArticlesAreLaidOutWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := marked(rapid.SampledFrom(themes()).Draw(t, "theme"))
		width := rapid.SampledFrom([]int{1, 2, 7, 12, 20, 33, 72}).Draw(t, "width")
		doc := article.Parse(article.Input{ID: "a.md", Data: []byte(genMarkdown(t))})
		for _, b := range doc.Blocks {
			if err := examine(r, b, width); err != nil {
				t.Fatalf("width %d, %+v: %v", width, b, err)
			}
		}
	})
}

// unstyled is a copy of lines without their styles.
func unstyled(lines []Line) []Line {
	out := slices.Clone(lines)
	for i := range out {
		out[i].Text = ansi.Strip(out[i].Text)
	}
	return out
}

// examine checks everything that must hold of a block's lines.
func examine(r *Renderer, b article.Block, width int) error {
	lines := r.Block(b, width)
	for i, l := range lines {
		if err := examineLine(r, l, width, has(b, article.Code)); err != nil {
			return fmt.Errorf("row %d %q: %w", i, l.Text, err)
		}
	}
	again := r.Block(b, width)
	if has(b, article.Code) {
		// The highlighter gives a token up after a quarter of a second, so on a
		// busy machine its colours may differ; rows, text and offsets may not.
		lines, again = unstyled(lines), unstyled(again)
	}
	if !reflect.DeepEqual(lines, again) {
		return fmt.Errorf("laid out twice, it is\n%s and\n%s", shown(lines), shown(again))
	}
	for _, check := range []func(*Renderer, article.Block, []Line, int) error{checkWords, checkOffsets, checkLinks} {
		if err := check(r, b, lines, width); err != nil {
			return fmt.Errorf("%w; rows\n%s", err, shown(lines))
		}
	}
	return nil
}

func examineLine(r *Renderer, l Line, width int, code bool) error {
	plain := ansi.Strip(l.Text)
	n, other := ansi.StringWidth(l.Text), displaywidth.String(plain)
	// A single character may be wider than the page, behind nothing but marks.
	single := ansi.StringWidth(strings.Trim(plain, marks+" ")) <= 2
	switch {
	case n != l.Width || n != other:
		return fmt.Errorf("Width is %d, ansi says %d, displaywidth %d", l.Width, n, other)
	case n > width && !(single && width < 4):
		return fmt.Errorf("%d columns", n)
	case strings.HasSuffix(plain, " ") && !(code && r.code != "" && l.Width >= width):
		return fmt.Errorf("ends in blanks")
	}
	at := 0
	for _, s := range l.Links {
		if s.From < at || s.To < s.From || s.To > l.Width {
			return fmt.Errorf("links %v", l.Links)
		}
		at = s.To
	}
	return closed(l.Text)
}

// closed checks that a row has no sequences but styles, and ends all it begins.
func closed(s string) error {
	for _, c := range sequence.ReplaceAllString(s, "") {
		if c < ' ' || c >= 0x7f && c < 0xa0 {
			return fmt.Errorf("control character %U", c)
		}
	}
	open := map[string]bool{}
	for _, m := range sequence.FindAllStringSubmatch(s, -1) {
		params := m[1]
		if strings.HasPrefix(params, "38;") || strings.HasPrefix(params, "48;") {
			open[params[:2]] = true
			continue
		}
		for _, p := range strings.Split(params, ";") {
			switch n, _ := strconv.Atoi(p); {
			case n == 0:
				clear(open)
			case n == 24:
				delete(open, "4")
			case n == 27:
				delete(open, "7")
			default:
				open[p] = true
			}
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("styles %v are open", open)
	}
	return nil
}

// checkOffsets: every row has an offset of its own, in order, unless there are
// more rows than bytes of text.
func checkOffsets(_ *Renderer, b article.Block, lines []Line, _ int) error {
	before := -1
	for i, l := range lines {
		if l.Offset < 0 || l.Offset > b.Len() {
			return fmt.Errorf("row %d: offset %d of %d", i, l.Offset, b.Len())
		}
		if l.Offset <= before && before < b.Len() {
			return fmt.Errorf("row %d: offset %d after %d", i, l.Offset, before)
		}
		before = l.Offset
	}
	return nil
}

// checkLinks: every label is on the rows, in the columns that its spans name.
// Of a character that a link cuts, the first byte decides; characters without a
// width are in no column.
func checkLinks(r *Renderer, b article.Block, lines []Line, width int) error {
	want, got := map[int]string{}, map[int]string{}
	b.Leaves(func(leaf article.Block, _ int) {
		if leaf.Kind == article.Title || leaf.Kind == article.Code || leaf.Kind == article.Rule {
			return
		}
		at := 0
		for g := displaywidth.StringGraphemes(strings.ReplaceAll(string(leaf.Text), "\t", " ")); g.Next(); at += len(g.Value()) {
			for _, s := range leaf.Spans {
				if int(s.Start) <= at && at < int(s.End) && s.Link > 0 {
					want[int(s.Link)-1] += visible(g.Value())
				}
			}
		}
	})
	for _, l := range lines {
		plain := ansi.Strip(l.Text)
		for _, s := range l.Links {
			got[s.Link] += visible(ansi.Cut(plain, s.From, s.To))
		}
	}
	for link, label := range want {
		shown := got[link]
		if has(b, article.Table) {
			// Cells stand side by side, and heads of records come again.
			if !within(label, shown) {
				return fmt.Errorf("link %d is %q, its spans show %q", link, label, shown)
			}
		} else if label != shown {
			return fmt.Errorf("link %d is %q, its spans show %q", link, label, shown)
		}
	}
	return nil
}

// within tells whether all characters of a are in b, however often.
func within(a, b string) bool {
	for _, c := range a {
		if !strings.ContainsRune(b, c) {
			return false
		}
	}
	return true
}

// solid is a text without its blanks and marks.
func solid(s string) string {
	return strings.Map(func(c rune) rune {
		if c == ' ' || c == '\n' || c == '\t' || strings.ContainsRune(marks, c) {
			return -1
		}
		return c
	}, s)
}

// visible is what a text shows in columns of its own: without blanks, marks and
// characters that have no width.
func visible(s string) string {
	var b strings.Builder
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		if c := solid(g.Value()); displaywidth.String(c) > 0 {
			b.WriteString(c)
		}
	}
	return b.String()
}

func has(b article.Block, kind article.BlockKind) bool {
	return b.Kind == kind || slices.ContainsFunc(b.Blocks, func(c article.Block) bool { return has(c, kind) })
}

func shown(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%6d %2d %v |%s|\n", l.Offset, l.Width, l.Links, ansi.Strip(l.Text))
	}
	return b.String()
}
