package reader

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/pager"
)

// selectLink selects the next visible link in a direction, from the selected
// one on and around the ends of the screen.
func (m *Model) selectLink(direction int) intent.Intent {
	var seen []int
	for _, r := range m.rows {
		for _, s := range r.Links {
			if n := len(seen); n == 0 || seen[n-1] != s.Link {
				seen = append(seen, s.Link)
			}
		}
	}
	if len(seen) == 0 {
		return intent.Say{Text: "no links on this screen"}
	}
	at := -1
	for i, link := range seen {
		if link == m.link-1 {
			at = i
		}
	}
	switch {
	case at < 0 && direction > 0:
		at = 0
	case at < 0:
		at = len(seen) - 1
	default:
		at = (at + direction + len(seen)) % len(seen)
	}
	m.link = seen[at] + 1
	return nil
}

// Unselect drops the selected link; it tells whether there was one.
func (m *Model) Unselect() bool {
	was := m.link > 0
	m.link = 0
	m.layout()
	return was
}

func (m *Model) visible(link int) bool {
	for _, r := range m.rows {
		for _, s := range r.Links {
			if s.Link == link {
				return true
			}
		}
	}
	return false
}

// follow asks to go where the selected link leads.
func (m *Model) follow() intent.Intent {
	link := m.link - 1
	if link < 0 {
		return intent.Say{Text: "no link is selected: Tab selects one"}
	}
	if i := link - len(m.page.doc.Links); i >= 0 {
		return intent.Open{ID: m.page.related[i].ID}
	}
	return intent.Follow{Link: link}
}

// copy asks for the address of the selected link, or of the article.
func (m *Model) copy() intent.Intent {
	if target := m.Target(); target != "" {
		return intent.Copy{Text: target}
	}
	if m.page.doc.Source != "" {
		return intent.Copy{Text: m.page.doc.Source}
	}
	return intent.Copy{Text: m.page.doc.ID.Text()}
}

// Target is where the selected link leads, in the words of the article; empty
// if no link is selected.
func (m *Model) Target() article.Text {
	switch i := m.link - 1; {
	case i < 0 || m.page == nil:
		return ""
	case i < len(m.page.doc.Links):
		return m.page.doc.Links[i].Target
	default:
		return m.page.related[i-len(m.page.doc.Links)].Target
	}
}

// decorate marks the selected link on a row and makes web addresses known to
// the terminal (OSC 8).
func (m *Model) decorate(r pager.Row) string {
	var spans []span
	plain := ""
	for _, s := range r.Links {
		selected := s.Link == m.link-1
		address := m.web(s.Link)
		if !selected && address == "" {
			continue
		}
		if plain == "" {
			plain = ansi.Strip(r.Text)
		}
		part := span{from: byteAt(plain, s.From), to: byteAt(plain, s.To)}
		if selected {
			part = styled(part.from, part.to, m.theme.Selected)
		}
		if address != "" {
			// One id for all rows of a link, so that they light up together.
			part.before = ansi.SetHyperlink(address, "id="+strconv.Itoa(s.Link)) + part.before
			part.after += ansi.ResetHyperlink()
		}
		spans = append(spans, part)
	}
	if len(spans) == 0 {
		return r.Text
	}
	return overlay(r.Text, spans)
}

// web is the address of a link that leads out of the collection by http, https
// or mailto; empty for all others.
func (m *Model) web(link int) string {
	if link >= len(m.page.doc.Links) {
		return ""
	}
	target := string(m.page.doc.Links[link].Target)
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if len(target) > len(scheme) && len(target) < 2000 && strings.EqualFold(target[:len(scheme)], scheme) {
			return strings.NewReplacer(" ", "%20", ";", "%3B").Replace(target)
		}
	}
	return ""
}

func itoa(n int) string { return strconv.Itoa(n) }
