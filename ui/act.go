package ui

import (
	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/intent"
	"carrel/ui/keys"
)

// act is everything that a pane can ask for.
func (m *Model) act(ask intent.Intent) tea.Cmd {
	switch ask := ask.(type) {
	case intent.Open:
		return m.request(wish{kind: visiting, visit: Visit{ID: ask.ID, Place: ask.Place, Link: -1}, found: ask.Query, resume: m.focus == onList})
	case intent.Follow:
		return m.follow(ask.Link)
	case intent.Filter:
		return tea.Batch(m.filter(ask.Query), m.offerFor(m.list.Typed()), m.showPreview())
	case intent.Search:
		return tea.Batch(m.ask(ask.Query), m.offerFor(m.search.Typed()))
	case intent.Leave:
		return m.closeSearch()
	case intent.Focus:
		return m.moveFocus(ask.List)
	case intent.Say:
		m.message = message{text: ask.Text}
	case intent.Copy:
		m.say("sent to the terminal's clipboard: " + string(ask.Text))
		return tea.SetClipboard(string(ask.Text))
	}
	return nil
}

// do carries out the actions that concern no single pane; ok is false for the others.
func (m *Model) do(p keys.Press) (cmd tea.Cmd, ok bool) {
	switch p.Action {
	case keys.QuitNow:
		return tea.Quit, true
	case keys.Quit:
		return m.up(), true
	case keys.Leave:
		return m.leave(p), true
	case keys.Back:
		return m.travel((*Trail).Back, "this is where you began"), true
	case keys.Forward:
		return m.travel((*Trail).Forward, "there is nothing further on"), true
	case keys.NextArticle:
		return m.step(p.Times()), true
	case keys.PrevArticle:
		return m.step(-p.Times()), true
	case keys.Filter:
		m.setFocus(onList)
		return m.toList(p), true
	case keys.Search:
		return m.startSearch(), true
	case keys.NextMatch, keys.PrevMatch:
		return m.toMatch(p), true
	case keys.NextLink:
		if m.focus == onList {
			return m.moveFocus(false), true
		}
	case keys.FocusList:
		return m.moveFocus(true), true
	case keys.FocusArticle:
		return m.moveFocus(false), true
	case keys.Layout:
		return m.toggleLayout(), true
	case keys.Narrower, keys.Wider, keys.DefaultMeasure:
		return m.toPage(p), true
	case keys.Help:
		m.overlay = newHelp(m)
		return nil, true
	case keys.Redraw:
		return tea.ClearScreen, true
	case keys.Suspend:
		return tea.Suspend, true
	}
	return nil, false
}

// follow goes where a link of the open article leads, or says why it does not.
func (m *Model) follow(link int) tea.Cmd {
	doc := m.page.Document()
	if doc == nil || link < 0 || link >= len(doc.Links) {
		return nil
	}
	target := doc.Links[link].Target
	to := m.library.Resolve(doc.ID, target)
	switch {
	case len(to.IDs) == 1:
		return m.request(wish{kind: visiting, visit: Visit{ID: to.IDs[0], Link: -1}, fragment: to.Fragment})
	case len(to.IDs) > 1:
		m.overlay = newChooser(to)
	case to.Web != "":
		m.say(string(to.Web) + " (" + m.keys.Key(keys.Copy) + " copies it)")
	case to.Fragment != "":
		return m.jump(to.Fragment)
	default:
		m.complain(unresolved(target))
	}
	return nil
}

// jump goes to a named place of the open article.
func (m *Model) jump(fragment article.Text) tea.Cmd {
	at, ok := m.page.Document().Anchor(fragment)
	if !ok {
		m.complain(article.Line("there is no place called #" + string(fragment) + " in this article"))
		return nil
	}
	if from, ok := m.here(); ok {
		m.trail.Leave(from)
	}
	m.visited = true
	m.page.Unselect()
	m.page.Go(at)
	return nil
}

// travel goes back or forward along the trail. Over a preview, which is no stop,
// back leads to the stop that it took the place of.
func (m *Model) travel(turn func(*Trail, Visit) (Visit, bool), end string) tea.Cmd {
	if m.focus == onSearch && !m.searching.known {
		return m.closeSearch() // it is no stop yet
	}
	from, stood := m.here()
	if !stood && m.left.is() {
		return m.request(wish{kind: travelling, visit: m.left})
	}
	trail := m.trail // the trail itself turns when the article is there
	to, ok := turn(&trail, from)
	if !ok || !stood {
		m.say(end)
		return nil
	}
	return m.request(wish{kind: travelling, visit: to, turn: turn})
}

// step opens the next or previous article of the list.
func (m *Model) step(n int) tea.Cmd {
	before, _ := m.list.Selected()
	p := keys.Press{Action: keys.Down, Count: n}
	if n < 0 {
		p = keys.Press{Action: keys.Up, Count: -n}
	}
	cmd := m.toList(p)
	after, ok := m.list.Selected()
	if !ok || before.ID == after.ID {
		m.say("this is the end of the list")
		return cmd
	}
	if m.focus == onList {
		return tea.Batch(cmd, m.showPreview())
	}
	return tea.Batch(cmd, m.act(intent.Open{ID: after.ID}))
}

// toMatch goes to the next or previous match in the article.
func (m *Model) toMatch(p keys.Press) tea.Cmd {
	if _, live := m.page.Matches(); !live || m.focus != onArticle && !m.split() {
		m.say("nothing is searched for: " + m.keys.Key(keys.Search) + " searches all articles")
		return nil
	}
	return m.toPage(p)
}

// up goes from the article to the search that found it or to the list, and from
// the list out of the program.
func (m *Model) up() tea.Cmd {
	if m.focus != onArticle {
		return tea.Quit
	}
	if before, ok := m.trail.Before(); ok && before.Search != nil {
		return m.travel((*Trail).Back, "")
	}
	return m.moveFocus(true)
}

// leave goes one level out and never quits: a message, a selected link, what is
// marked, the article, the filter.
func (m *Model) leave(p keys.Press) tea.Cmd {
	if m.focus == onArticle {
		if m.page.Unselect() || m.page.ClearMatches() {
			return nil
		}
		return m.up()
	}
	return m.toList(p)
}
