package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"carrel/store/article"
	"carrel/ui/browse"
	"carrel/ui/intent"
	"carrel/ui/keys"
	"carrel/ui/reader"
	"carrel/ui/search"
	"carrel/ui/theme"
)

// Options are what a session begins with.
type Options struct {
	Theme theme.Options
	// AskBackground: ask the terminal whether its background is dark. The first
	// frame does not wait for the answer.
	AskBackground bool
	// Open is an article to open at once; empty for none.
	Open article.ID
	// Keys is the table of keys; nil for the default one.
	Keys []keys.Binding
}

// focus says which pane keys go to.
type focus uint8

const (
	onList focus = iota
	onArticle
	onSearch
)

// Model is the whole reader of one session.
type Model struct {
	ctx     context.Context
	library Library
	keys    keys.Map
	theme   theme.Theme

	width, height int
	focus         focus
	// beside: the list stays beside the article while the article has the focus.
	beside bool
	list   browse.Model
	page   reader.Model
	search search.Model
	// searching is where the search stands on the reader's way.
	searching searching
	// visited: the open article was opened by the reader, not shown as a preview
	// of the selected row; only then is it a stop of the trail.
	visited bool
	// left is the stop that a preview took the place of, if one did.
	left  Visit
	trail Trail
	cache cache
	// query is what is marked in the open article.
	query intent.Query

	// overlay is what stands over the panes; nil for nothing.
	overlay overlay
	// message is the last answer to a key; the next key takes it away.
	message message
	// count is the number typed before a key, zero for none.
	count int

	// open is the open request in flight, and wish what it was made for.
	open Ticket
	wish wish
	// find is the search in flight, look the look at some of its hits. There is one
	// look at a time, so that one who scrolls fast does not cancel all of them.
	find, look Ticket
	// preview numbers the waits before a preview; an older wait is void.
	preview int
	// rank is the ranking in flight; corpus belongs to the present entries, nil
	// until it is made; result is the last ranking, which a longer query narrows.
	rank    Ticket
	entries []article.Entry
	// order numbers the orders that the entries have had; a corpus is of one.
	order  int
	corpus *browse.Corpus
	result *browse.Result
	// listedAll: all articles are known; complete: all is known about them for now;
	// empty: there was none when that was so first.
	listedAll bool
	complete  bool
	empty     bool
	// indexed is how much of the articles can be searched, in percent.
	indexed int
	// noticed is the last notice of the library that was shown.
	noticed article.Text

	askBackground bool
	first         article.ID
	// after answers with a message when a time has passed.
	after func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
}

// message is a text of the status line.
type message struct {
	text    article.Text
	problem bool
}

// overlay is a popup. It takes all keys while it is open.
type overlay interface {
	// update reacts to a key; it returns nil to close, with what then to do.
	update(m *Model, key string) (overlay, tea.Cmd)
	// view returns rows that fit into the size.
	view(m *Model, width, height int) []string
}

// previewDelay is how long a row is selected before its article is shown beside
// the list: keys that follow each other faster do not read files.
const previewDelay = 70 * time.Millisecond

// New returns the reader of a library. The context ends all its requests.
func New(ctx context.Context, library Library, o Options) Model {
	bindings := o.Keys
	if bindings == nil {
		bindings = keys.Default()
	}
	t := theme.New(o.Theme)
	table := keys.New(bindings)
	m := Model{
		ctx: ctx, library: library, keys: table, theme: t,
		list: browse.New(t, library.Name()), page: reader.New(t), search: search.New(t, table.Key(keys.SearchScope)),
		askBackground: o.AskBackground, first: o.Open, after: tea.Tick,
	}
	m.list.SetFocus(true)
	return m
}

// Init asks for the first rows.
func (m Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.next()}
	if m.askBackground {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	if m.first != "" {
		first := m.first
		cmds = append(cmds, func() tea.Msg { return openFirst{first} })
	}
	return tea.Batch(cmds...)
}

// Empty tells whether the reader ended because the collection has no article.
func (m Model) Empty() bool { return m.empty }
