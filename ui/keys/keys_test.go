package keys

import "testing"

func TestNoKeyDoesTwoThingsInOnePane(t *testing.T) {
	for _, scope := range []Scope{List, Article} {
		taken := map[string]Action{}
		for _, b := range Default() {
			for _, k := range b.Keys {
				if b.Scope&scope == 0 {
					continue
				}
				if other, ok := taken[k]; ok {
					t.Errorf("%s is %s and %s", k, other, b.Action)
				}
				taken[k] = b.Action
			}
		}
	}
}

func TestEveryActionIsInTheHelp(t *testing.T) {
	seen := map[Action]bool{}
	groups := map[string]bool{}
	last := ""
	for _, b := range Default() {
		if b.Action == "" || b.Help == "" || b.Group == "" || len(b.Keys) == 0 || b.Scope == 0 {
			t.Errorf("incomplete: %+v", b)
		}
		if seen[b.Action] {
			t.Errorf("%s stands twice", b.Action)
		}
		seen[b.Action] = true
		if b.Group != last && groups[b.Group] {
			t.Errorf("the group %s is torn", b.Group)
		}
		groups[b.Group], last = true, b.Group
	}
}

func TestDigitsAreLeftForCounts(t *testing.T) {
	m := New(Default())
	for _, k := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		for _, scope := range []Scope{List, Article} {
			if a, ok := m.Action(scope, k); ok {
				t.Errorf("%s is bound to %s", k, a)
			}
		}
	}
}

func TestAKeyWorksInItsPaneOnlyAndTheFirstBindingWins(t *testing.T) {
	m := New([]Binding{
		{Action: Copy, Scope: Article, Keys: []string{"y"}},
		{Action: Filter, Scope: Anywhere, Keys: []string{"y", "/"}},
	})
	for _, test := range []struct {
		scope Scope
		key   string
		want  Action
	}{{Article, "y", Copy}, {List, "y", Filter}, {List, "/", Filter}, {Article, "/", Filter}, {List, "x", ""}, {List, "", ""}} {
		if got, ok := m.Action(test.scope, test.key); got != test.want || ok != (test.want != "") {
			t.Errorf("%q in %d is %q", test.key, test.scope, got)
		}
	}
}

func TestKeysHaveNamesForPeople(t *testing.T) {
	for key, want := range map[string]string{"space": "Space", "enter": "Enter", "esc": "Esc", "pgdown": "PgDn", "ctrl+o": "Ctrl+o", "shift+tab": "Shift+Tab", "G": "G", "ctrl+": "ctrl+"} {
		if got := Label(key); got != want {
			t.Errorf("%s is called %s", key, got)
		}
	}
	if m := New(Default()); m.Key(Filter) != "/" || m.Key("nothing") != "" {
		t.Errorf("filter is on %q, nothing on %q", m.Key(Filter), m.Key("nothing"))
	}
	if (Press{}).Times() != 1 || (Press{Count: 7}).Times() != 7 {
		t.Error("a press without a count is done once")
	}
}
