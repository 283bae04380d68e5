// Package theme holds what a session looks like: colours, weights and glyphs,
// and how texts, dates and numbers are written in rows. It knows nothing of panes
// or of what stands in an article; a Theme is built once a session, and again
// when the terminal tells its background. Start reading at New.
package theme

import (
	"charm.land/lipgloss/v2"
)

// Options are the facts about a session's terminal that decide how it looks.
type Options struct {
	// Dark: the terminal's background is dark.
	Dark bool
	// Mono: the terminal has no colours, or the reader wants none. Every state
	// is then told by weight, underline, reverse video and glyphs.
	Mono bool
	// ASCII: the terminal shows no characters beyond ASCII.
	ASCII bool
}

// Palette names the few colours of a theme as "#rrggbb"; all are empty in Mono.
// Muted text and the accent have a contrast of at least 4.5 to 1 (WCAG AA) on
// black or white and on the code background.
type Palette struct {
	Accent string
	Muted  string
	Faint  string // rules and bars; never text
	Code   string // background of code
	// Highlight is the name of the Chroma style for code; empty for none.
	Highlight string
}

// Glyphs are the marks that stand for states and structure. Each is one column
// wide, except Checked and Unchecked, which are equally wide.
type Glyphs struct {
	Selected, Dot, Ellipsis, Quote, Rule, Column, Wrap, Arrow, Dash string
	Bullets                                                         []string
	Checked, Unchecked                                              string
}

// Theme is how one session looks. It is immutable and may be shared between panes.
type Theme struct {
	Options
	Palette Palette
	Glyphs  Glyphs

	Title    lipgloss.Style // titles in lists and mastheads
	Muted    lipgloss.Style // what is said aside: dates, counts, hints
	Rule     lipgloss.Style // lines that part panes
	Accent   lipgloss.Style // the bar of the selected row, the prompt
	Match    lipgloss.Style // what a filter or a search matched
	Current  lipgloss.Style // the match that the reader has gone to
	Ghost    lipgloss.Style // what Tab would add to what is typed
	Selected lipgloss.Style // the selected link
	Key      lipgloss.Style // the name of a key in hints and help
	Problem  lipgloss.Style // what went wrong
}

// New builds a theme.
func New(o Options) Theme {
	t := Theme{Options: o, Palette: palette(o), Glyphs: glyphs(o)}
	plain := lipgloss.NewStyle()
	fg := func(s lipgloss.Style, hex string) lipgloss.Style {
		if hex == "" {
			return s
		}
		return s.Foreground(lipgloss.Color(hex))
	}
	t.Title = plain.Bold(true)
	t.Muted = fg(plain, t.Palette.Muted)
	t.Rule = fg(plain, t.Palette.Faint)
	t.Accent = fg(plain.Bold(o.Mono), t.Palette.Accent)
	t.Match = fg(plain.Underline(true).Bold(true), t.Palette.Accent)
	t.Current = t.Match.Reverse(true)
	t.Ghost = t.Muted.Faint(o.Mono)
	t.Selected = fg(plain.Reverse(true), t.Palette.Accent)
	t.Key = plain.Bold(true)
	t.Problem = plain.Bold(true)
	return t
}

func palette(o Options) Palette {
	switch {
	case o.Mono:
		return Palette{}
	case o.Dark:
		return Palette{Accent: "#8ab4f8", Muted: "#9aa0a6", Faint: "#5f6368", Code: "#22252a", Highlight: "github-dark"}
	}
	return Palette{Accent: "#0b57d0", Muted: "#5f6368", Faint: "#bdc1c6", Code: "#f1f3f4", Highlight: "github"}
}

func glyphs(o Options) Glyphs {
	if o.ASCII {
		return Glyphs{
			Selected: ">", Dot: "-", Ellipsis: "~", Quote: "|", Rule: "-", Column: "|", Wrap: "\\", Arrow: ">", Dash: "-",
			Bullets: []string{"*", "-", "+"}, Checked: "[x]", Unchecked: "[ ]",
		}
	}
	return Glyphs{
		Selected: "▌", Dot: "·", Ellipsis: "…", Quote: "┃", Rule: "─", Column: "│", Wrap: "↪", Arrow: "→", Dash: "–",
		Bullets: []string{"•", "–", "·"}, Checked: "[x]", Unchecked: "[ ]",
	}
}
