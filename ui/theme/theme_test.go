package theme

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// luminance is the relative luminance of "#rrggbb" (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	var sum float64
	for i, weight := range []float64{0.0722, 0.7152, 0.2126} {
		c := float64(n>>(8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextHasEnoughContrast(t *testing.T) {
	if got := contrast(t, "#000000", "#ffffff"); math.Abs(got-21) > 0.001 {
		t.Fatalf("black on white has a contrast of %v", got)
	}
	for _, dark := range []bool{true, false} {
		p := New(Options{Dark: dark}).Palette
		page := "#ffffff"
		if dark {
			page = "#000000"
		}
		for name, text := range map[string]string{"accent": p.Accent, "muted": p.Muted} {
			for _, under := range []string{page, p.Code} {
				if got := contrast(t, text, under); got < 4.5 {
					t.Errorf("dark %v: %s %s on %s has a contrast of %.2f", dark, name, text, under, got)
				}
			}
		}
	}
}

func TestWithoutColoursNothingIsColoured(t *testing.T) {
	th := New(Options{Mono: true, Dark: true})
	if th.Palette != (Palette{}) {
		t.Errorf("the palette is %+v", th.Palette)
	}
	for _, s := range []string{th.Title.Render("x"), th.Muted.Render("x"), th.Rule.Render("x"), th.Accent.Render("x"),
		th.Match.Render("x"), th.Selected.Render("x"), th.Key.Render("x"), th.Problem.Render("x")} {
		if strings.Contains(s, "38;") || strings.Contains(s, "48;") || ansi.Strip(s) != "x" {
			t.Errorf("a style is %q", s)
		}
	}
	if th.Selected.Render("x") == "x" || th.Match.Render("x") == "x" || th.Accent.Render("x") == "x" {
		t.Error("a state cannot be told from plain text")
	}
}

func TestGlyphsTakeOneColumn(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		g := New(Options{ASCII: ascii}).Glyphs
		all := append([]string{g.Selected, g.Dot, g.Ellipsis, g.Quote, g.Rule, g.Column, g.Wrap, g.Arrow, g.Dash}, g.Bullets...)
		for _, s := range all {
			if ansi.StringWidth(s) != 1 {
				t.Errorf("%q is %d columns wide", s, ansi.StringWidth(s))
			}
		}
		if ansi.StringWidth(g.Checked) != ansi.StringWidth(g.Unchecked) {
			t.Errorf("%q and %q are not equally wide", g.Checked, g.Unchecked)
		}
		for _, s := range append(all, g.Checked, g.Unchecked) {
			if ascii && strings.IndexFunc(s, func(r rune) bool { return r > '~' }) >= 0 {
				t.Errorf("%q is not ASCII", s)
			}
		}
	}
}
