// Package prompt is a line of text that a reader edits: the filter of the list.
// It knows characters and a cursor, and scrolls when the text is longer than its
// room; it knows nothing of what the text is for. It exists because the usual
// text field looks for clipboard programs at start and runs them to paste,
// which a reader must not do unasked. Start reading at Prompt.Update.
package prompt

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
)

// maxLength bounds the text, in characters.
const maxLength = 256

// Prompt is a line being edited. The zero Prompt is empty.
type Prompt struct {
	text []rune
	at   int // cursor, an index of text
}

// Value is the text.
func (p Prompt) Value() string { return string(p.text) }

// Set replaces the text and puts the cursor at its end.
func (p *Prompt) Set(s string) {
	p.text = []rune(string(article.Clean(s)))
	p.at = len(p.text)
}

// Update edits the text by a key or by what was pasted.
func (p Prompt) Update(msg tea.Msg) Prompt {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		p.insert(msg.Content)
	case tea.KeyPressMsg:
		p.key(msg)
	}
	return p
}

func (p *Prompt) key(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "left", "ctrl+b":
		p.at = max(p.at-1, 0)
	case "right", "ctrl+f":
		p.at = min(p.at+1, len(p.text))
	case "home", "ctrl+a":
		p.at = 0
	case "end", "ctrl+e":
		p.at = len(p.text)
	case "backspace", "ctrl+h":
		p.remove(max(p.at-1, 0), p.at)
	case "delete", "ctrl+d":
		p.remove(p.at, min(p.at+1, len(p.text)))
	case "ctrl+w", "alt+backspace":
		p.remove(p.wordStart(), p.at)
	case "ctrl+u":
		p.remove(0, p.at)
	case "ctrl+k":
		p.remove(p.at, len(p.text))
	default:
		p.insert(msg.Text)
	}
}

func (p *Prompt) insert(s string) {
	add := []rune(string(article.Line(s)))
	// A typed space is white space only, which Line cuts away.
	if len(add) == 0 && strings.Trim(s, " ") == "" {
		add = []rune(s)
	}
	add = add[:min(len(add), max(maxLength-len(p.text), 0))]
	text := make([]rune, 0, len(p.text)+len(add))
	text = append(append(append(text, p.text[:p.at]...), add...), p.text[p.at:]...)
	p.text, p.at = text, p.at+len(add)
}

func (p *Prompt) remove(from, to int) {
	text := make([]rune, 0, len(p.text))
	p.text = append(append(text, p.text[:from]...), p.text[to:]...)
	p.at = from
}

func (p *Prompt) wordStart() int {
	i := p.at
	for i > 0 && unicode.IsSpace(p.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(p.text[i-1]) {
		i--
	}
	return i
}

// View returns the part of the text that fits a width, with the column of the cursor in it.
func (p Prompt) View(width int) (text string, cursor int) {
	width = max(width, 1)
	before := string(p.text[:p.at])
	cursor = ansi.StringWidth(before)
	hidden := max(0, cursor-width+1)
	text = ansi.TruncateLeft(string(p.text), hidden, "")
	return ansi.Truncate(text, width, ""), cursor - hidden
}
