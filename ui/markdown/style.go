package markdown

import (
	"charm.land/glamour/v2/ansi"

	"carrel/ui/theme"
)

// glamourStyle is Glamour's style sheet for a theme. No element has a prefix,
// suffix or format: what Glamour writes must be the text itself with styles
// around it, so that every character keeps its offset.
func glamourStyle(t theme.Theme) ansi.StyleConfig {
	p := t.Palette
	style := ansi.StyleConfig{
		Emph:          ansi.StylePrimitive{Italic: yes()},
		Strong:        ansi.StylePrimitive{Bold: yes()},
		Strikethrough: ansi.StylePrimitive{CrossedOut: yes()},
		LinkText:      ansi.StylePrimitive{Underline: yes(), Color: colour(p.Accent)},
		Heading:       ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{Bold: yes()}},
		Code:          ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{BackgroundColor: colour(p.Code)}},
		CodeBlock:     ansi.StyleCodeBlock{Theme: p.Highlight},
	}
	// The levels of headings differ without colour: the first two are bold (the
	// second also stands in more air), the third is italic as well, the rest only italic.
	style.H3.StylePrimitive = ansi.StylePrimitive{Italic: yes(), Color: colour(p.Muted)}
	deeper := ansi.StylePrimitive{Bold: no(), Italic: yes(), Color: colour(p.Muted)}
	style.H4.StylePrimitive, style.H5.StylePrimitive, style.H6.StylePrimitive = deeper, deeper, deeper
	if t.Mono {
		style.Code.Bold = yes()
	}
	return style
}

func yes() *bool { b := true; return &b }
func no() *bool  { b := false; return &b }

func colour(hex string) *string {
	if hex == "" {
		return nil
	}
	return &hex
}
