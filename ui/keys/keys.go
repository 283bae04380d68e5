// Package keys is the one table of keys: what each does, in which pane, and how
// help names it. It knows nothing of terminals or models; the keys are the names
// that Bubble Tea gives them. Start reading at Default.
package keys

// Action is something a reader can do, under the name that settings will use.
type Action string

// The actions.
const (
	Down           Action = "down"
	Up             Action = "up"
	PageDown       Action = "page-down"
	PageUp         Action = "page-up"
	HalfDown       Action = "half-page-down"
	HalfUp         Action = "half-page-up"
	Top            Action = "top"
	Bottom         Action = "bottom"
	Percent        Action = "percent"
	Open           Action = "open"
	Leave          Action = "leave"
	Quit           Action = "quit"
	QuitNow        Action = "quit-now"
	Filter         Action = "filter"
	Search         Action = "search"
	SearchScope    Action = "search-scope"
	NextMatch      Action = "next-match"
	PrevMatch      Action = "previous-match"
	NextLink       Action = "next-link"
	PrevLink       Action = "previous-link"
	Back           Action = "back"
	Forward        Action = "forward"
	NextArticle    Action = "next-article"
	PrevArticle    Action = "previous-article"
	NextHeading    Action = "next-heading"
	PrevHeading    Action = "previous-heading"
	NextParagraph  Action = "next-paragraph"
	PrevParagraph  Action = "previous-paragraph"
	Narrower       Action = "narrower"
	Wider          Action = "wider"
	DefaultMeasure Action = "default-measure"
	Layout         Action = "layout"
	FocusList      Action = "focus-list"
	FocusArticle   Action = "focus-article"
	Copy           Action = "copy"
	Help           Action = "help"
	Redraw         Action = "redraw"
	Suspend        Action = "suspend"
)

// Scope says where a key works.
type Scope uint8

// The scopes.
const (
	List Scope = 1 << iota
	Article
	// Searching is the pane of the search. What types or edits there is no key of
	// this table.
	Searching
	Anywhere = List | Article
)

// Binding joins an action with its keys.
type Binding struct {
	Action Action
	Scope  Scope
	// Keys are names as Bubble Tea gives them, the first as help shows it.
	Keys []string
	// Help says what the action does, in a few words.
	Help string
	// Group is the heading in the help under which the binding stands.
	Group string
}

// Map finds actions by key.
type Map struct {
	bindings []Binding
	byKey    map[lookup]Action
}

type lookup struct {
	scope Scope
	key   string
}

// New makes a map of bindings. Of two bindings of one key in one scope the
// first wins.
func New(bindings []Binding) Map {
	m := Map{bindings: bindings, byKey: map[lookup]Action{}}
	for _, b := range bindings {
		for _, k := range b.Keys {
			for _, s := range []Scope{List, Article, Searching} {
				at := lookup{s, k}
				if _, taken := m.byKey[at]; b.Scope&s != 0 && !taken {
					m.byKey[at] = b.Action
				}
			}
		}
	}
	return m
}

// Action returns what a key does in a scope; ok is false if it does nothing.
func (m Map) Action(scope Scope, key string) (a Action, ok bool) {
	a, ok = m.byKey[lookup{scope, key}]
	return a, ok
}

// Bindings returns the table in the order of the help.
func (m Map) Bindings() []Binding { return m.bindings }

// Key returns the first key of an action as help shows it, empty if it has none.
func (m Map) Key(a Action) string {
	for _, b := range m.bindings {
		if b.Action == a && len(b.Keys) > 0 {
			return Label(b.Keys[0])
		}
	}
	return ""
}

// Label is how a key is written for people.
func Label(key string) string {
	switch key {
	case "space":
		return "Space"
	case "enter":
		return "Enter"
	case "esc":
		return "Esc"
	case "tab":
		return "Tab"
	case "shift+tab":
		return "Shift+Tab"
	case "backspace":
		return "Backspace"
	case "up", "down", "left", "right", "home", "end", "pgup", "pgdown":
		return map[string]string{"up": "Up", "down": "Down", "left": "Left", "right": "Right",
			"home": "Home", "end": "End", "pgup": "PgUp", "pgdown": "PgDn"}[key]
	}
	if len(key) > 5 && key[:5] == "ctrl+" {
		return "Ctrl+" + key[5:]
	}
	return key
}

// Default is the table that Carrel starts with: the habits of less and vim, no
// Alt, no function keys.
func Default() []Binding {
	const move, read, find, window = "Moving", "Links and articles", "Finding", "Window"
	return []Binding{
		{Down, Anywhere, []string{"j", "down", "ctrl+n", "ctrl+e"}, "line down (10j: ten)", move},
		{Up, Anywhere, []string{"k", "up", "ctrl+p", "ctrl+y"}, "line up", move},
		{PageDown, Anywhere, []string{"space", "f", "pgdown", "ctrl+f"}, "page down", move},
		{PageUp, Anywhere, []string{"b", "pgup", "ctrl+b"}, "page up", move},
		{HalfDown, Anywhere, []string{"d", "ctrl+d"}, "half a page down", move},
		{HalfUp, Anywhere, []string{"u", "ctrl+u"}, "half a page up", move},
		{Top, Anywhere, []string{"g", "home"}, "to the top", move},
		{Bottom, Anywhere, []string{"G", "end"}, "to the bottom", move},
		{Percent, Anywhere, []string{"%"}, "to a percentage (50%)", move},
		{NextHeading, Article, []string{"]"}, "next heading", move},
		{PrevHeading, Article, []string{"["}, "previous heading", move},
		{NextParagraph, Article, []string{"}"}, "next paragraph", move},
		{PrevParagraph, Article, []string{"{"}, "previous paragraph", move},

		{Open, Anywhere, []string{"enter"}, "open the article, follow the link", read},
		{NextLink, Anywhere, []string{"tab"}, "next link on screen", read},
		{PrevLink, Anywhere, []string{"shift+tab"}, "previous link on screen", read},
		{Back, Anywhere | Searching, []string{"H", "ctrl+o", "backspace"}, "back", read},
		{Forward, Anywhere | Searching, []string{"L", "ctrl+r"}, "forward", read},
		{NextArticle, Anywhere, []string{"J"}, "next article of the list", read},
		{PrevArticle, Anywhere, []string{"K"}, "previous article", read},
		{Copy, Article, []string{"y"}, "copy the selected link", read},

		{Filter, Anywhere, []string{"/"}, "filter the list", find},
		{Search, Anywhere, []string{"s"}, "search the text of all articles", find},
		{SearchScope, Searching, []string{"ctrl+t"}, "search all, or the filtered list", find},
		{NextMatch, Anywhere, []string{"n"}, "next match", find},
		{PrevMatch, Anywhere, []string{"N"}, "previous match", find},

		{FocusList, Anywhere, []string{"h", "left"}, "to the list", window},
		{FocusArticle, Anywhere, []string{"l", "right"}, "to the article", window},
		{Layout, Anywhere, []string{"z"}, "list beside the article", window},
		{Narrower, Anywhere, []string{"-"}, "narrower text", window},
		{Wider, Anywhere, []string{"+"}, "wider text", window},
		{DefaultMeasure, Anywhere, []string{"="}, "text of 72 columns", window},
		{Leave, Anywhere, []string{"esc"}, "one level out", window},
		{Quit, Anywhere, []string{"q"}, "up, then quit", window},
		{QuitNow, Anywhere, []string{"Q", "ctrl+c"}, "quit", window},
		{Redraw, Anywhere | Searching, []string{"ctrl+l"}, "draw the screen again", window},
		{Suspend, Anywhere | Searching, []string{"ctrl+z"}, "suspend", window},
		{Help, Anywhere, []string{"?"}, "this help", window},
	}
}

// Press is an action that a reader asked for by its key. Count is the number
// typed before it, zero if there was none.
type Press struct {
	Action Action
	Count  int
}

// Times is how often to do it: the count, or once.
func (p Press) Times() int { return max(p.Count, 1) }
