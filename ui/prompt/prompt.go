// Package prompt is a line of text that a reader edits: the filter of the list,
// the question of the search. It knows characters, a cursor and ways to go on that
// it is offered, and scrolls when the text is longer than its room; it knows
// nothing of what the text is for. It exists because the usual
// text field looks for clipboard programs at start and runs them to paste,
// which a reader must not do unasked. Start reading at Prompt.Update.
package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	// offered are ways to go on from a text with the cursor at a byte of it.
	offered     []Offer
	offeredText string
	offeredAt   int
}

// Value is the text.
func (p Prompt) Value() string { return string(p.text) }

// Cursor is the byte of Value that the cursor stands before.
func (p Prompt) Cursor() int { return len(string(p.text[:p.at])) }

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
		p.at = p.before()
	case "right", "ctrl+f":
		p.at = p.after(p.at)
	case "home", "ctrl+a":
		p.at = 0
	case "end", "ctrl+e":
		p.at = len(p.text)
	case "backspace", "ctrl+h":
		p.remove(p.before(), p.at)
	case "delete", "ctrl+d":
		p.remove(p.at, p.after(p.at))
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
	p.snap()
}

func (p *Prompt) remove(from, to int) {
	text := make([]rune, 0, len(p.text))
	p.text = append(append(text, p.text[:from]...), p.text[to:]...)
	p.at = from
	p.snap()
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

// before is where the character before the cursor begins. A character is what a
// reader takes for one: marks and joined emoji belong to what they stand on.
func (p *Prompt) before() int {
	from := 0
	for next := p.after(from); next < p.at; next = p.after(from) {
		from = next
	}
	return from
}

// after is where the character that begins at an index of text ends.
func (p *Prompt) after(from int) int {
	cluster, _ := ansi.FirstGraphemeCluster(string(p.text[from:]), ansi.GraphemeWidth)
	return from + utf8.RuneCountInString(cluster)
}

// snap puts a cursor that an edit has left inside of a character behind it.
func (p *Prompt) snap() {
	if p.at > 0 {
		p.at = p.after(p.before())
	}
}

// View returns the part of the text that fits a width, with the column of the cursor in it.
func (p Prompt) View(width int) (text string, cursor int) {
	width = max(width, 1)
	cursor = ansi.StringWidth(string(p.text[:p.at]))
	from := 0
	for cursor >= width {
		next := min(p.after(from), p.at)
		cursor = ansi.StringWidth(string(p.text[next:p.at]))
		from = next
	}
	return ansi.Truncate(string(p.text[from:]), width, ""), cursor
}
