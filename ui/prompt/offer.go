package prompt

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/theme"
)

// Offer is a way to go on with a text: Text with the cursor at Cursor, a byte of
// it. Label is how a list shows it.
type Offer struct {
	Text   string
	Cursor int
	Label  article.Text
}

// Offer takes in ways to go on from a text with the cursor at a byte of it. If
// that is not what stands here now, they are of no use.
func (p *Prompt) Offer(text string, cursor int, offers []Offer) {
	if text == p.Value() && cursor == p.Cursor() {
		p.offered, p.offeredText, p.offeredAt = offers, text, cursor
	}
}

// Offers are the ways to go on from here. While a reader types along the first
// one, it stays.
func (p Prompt) Offers() []Offer {
	text := p.Value()
	if text == p.offeredText && p.Cursor() == p.offeredAt {
		return p.offered
	}
	if p.at == len(p.text) && len(p.offered) > 0 && p.offeredAt == len(p.offeredText) && len(text) > p.offeredAt && p.ghost(p.offered[0]) != "" {
		return p.offered[:1]
	}
	return nil
}

// ghost is what an offer adds behind the cursor; empty if it changes more than
// small letters to capitals.
func (p Prompt) ghost(o Offer) string {
	typed := p.Value()
	if p.at < len(p.text) || len(o.Text) <= len(typed) || !strings.EqualFold(o.Text[:len(typed)], typed) {
		return ""
	}
	return string(article.Line(o.Text[len(typed):]))
}

// Take goes on with the first offer; it tells whether there was one.
func (p *Prompt) Take() bool {
	offers := p.Offers()
	if len(offers) == 0 {
		return false
	}
	o := offers[0]
	at := min(max(o.Cursor, 0), len(o.Text))
	before := []rune(string(article.Clean(o.Text[:at])))
	text := append(before, []rune(string(article.Clean(o.Text[at:])))...)
	p.text = text[:min(len(text), maxLength)]
	p.at = min(len(before), len(p.text))
	p.snap()
	return true
}

// Draw is View with what Tab would add, dimmed, behind the cursor.
func (p Prompt) Draw(t theme.Theme, width int) (row string, cursor int) {
	text, cursor := p.View(width)
	offers := p.Offers()
	if len(offers) == 0 {
		return text, cursor
	}
	room := width - ansi.StringWidth(text)
	if ghost := ansi.Truncate(p.ghost(offers[0]), max(room, 0), ""); ghost != "" {
		text += t.Ghost.Render(ghost)
	}
	return text, cursor
}

// Edits tells whether a key changes the text or moves the cursor.
func Edits(msg tea.KeyPressMsg) bool {
	if msg.Text != "" {
		return true
	}
	// Every such key does something to a text with the cursor in its middle.
	const text = "a b c"
	p := Prompt{text: []rune(text), at: utf8.RuneCountInString(text) / 2}
	q := p.Update(msg)
	return q.at != p.at || len(q.text) != len(p.text)
}
