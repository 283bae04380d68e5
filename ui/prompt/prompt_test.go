package prompt

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"carrel/ui/theme"
)

func named(name string) tea.KeyPressMsg {
	codes := map[string]rune{"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "tab": tea.KeyTab, "up": tea.KeyUp, "f5": tea.KeyF5}
	var k tea.KeyPressMsg
	for {
		rest, ok := strings.CutPrefix(name, "ctrl+")
		if ok {
			k.Mod |= tea.ModCtrl
		} else if rest, ok = strings.CutPrefix(name, "alt+"); ok {
			k.Mod |= tea.ModAlt
		} else {
			break
		}
		name = rest
	}
	if code, ok := codes[name]; ok {
		k.Code = code
		return k
	}
	k.Code, _ = utf8.DecodeRuneInString(name)
	if k.Mod == 0 {
		k.Text = name
	}
	return k
}

func typed(p Prompt, keys ...string) Prompt {
	for _, k := range keys {
		p = p.Update(named(k))
	}
	return p
}

func TestEditingKeys(t *testing.T) {
	for _, test := range []struct{ text, keys, want string }{
		{"tide map", "x", "tide mapx|"},
		{"tide map", "home x", "x|tide map"},
		{"tide map", "ctrl+a right right x end y", "tixde mapy|"},
		{"e\u0301👨‍👩‍👧", "backspace", "e\u0301|"},
		{"e\u0301👨‍👩‍👧", "left left delete", "|👨‍👩‍👧"},
		{"tide map", "left left backspace", "tide |ap"},
		{"tide map", "ctrl+b ctrl+b ctrl+f ctrl+h", "tide m|p"},
		{"tide map", "home delete ctrl+d", "|de map"},
		{"tide map", "ctrl+w", "tide |"},
		{"tide  map  ", "alt+backspace", "tide  |"},
		{"tide map", "left ctrl+w", "tide |p"},
		{"tide map", "left left left ctrl+u", "|map"},
		{"tide map", "left left left ctrl+k", "tide |"},
		{"", "backspace delete ctrl+w ctrl+u ctrl+k left right home end", "|"},
		{"tide", "tab up f5 ctrl+x alt+q", "tide|"},
		{"日本", "left backspace é", "é|本"},
	} {
		var p Prompt
		p.Set(test.text)
		p = typed(p, strings.Fields(test.keys)...)
		before, after, _ := strings.Cut(test.want, "|")
		if string(p.text[:p.at]) != before || string(p.text[p.at:]) != after {
			t.Errorf("%q after %s is %q|%q, not %q", test.text, test.keys, string(p.text[:p.at]), string(p.text[p.at:]), test.want)
		}
	}
}

func TestPastedControlCharactersDoNotArrive(t *testing.T) {
	for paste, want := range map[string]string{
		"two\nlines":                       "a two lines",
		"\x1b[31mred\x1b]52;c;eA==\x07":    "a [31mred]52;c;eA==",
		"nul\x00\x7f\u009b\u202e\ufeffend": "a nulend",
		"bad \xff utf":                     "a bad \ufffd utf",
		"\t\r\n":                           "a ",
		"":                                 "a ",
	} {
		var p Prompt
		p.Set("a ")
		p = p.Update(tea.PasteMsg{Content: paste})
		if p.Value() != want {
			t.Errorf("%q gives %q, not %q", paste, p.Value(), want)
		}
	}
}

func TestASpaceCanBeTyped(t *testing.T) {
	p := typed(Prompt{}, "a", " ", "b")
	if p.Value() != "a b" {
		t.Errorf("the text is %q", p.Value())
	}
}

func TestALongTextIsCut(t *testing.T) {
	p := Prompt{}.Update(tea.PasteMsg{Content: strings.Repeat("é", 1000)})
	p = typed(p, "x")
	if n := utf8.RuneCountInString(p.Value()); n != maxLength {
		t.Errorf("%d characters", n)
	}
}

func TestAnOlderPromptKeepsItsText(t *testing.T) {
	old := typed(Prompt{}, "a", "b", "c")
	_ = typed(old, "left", "x", "backspace", "backspace")
	_ = typed(old, "d")
	if old.Value() != "abc" || old.at != 3 {
		t.Errorf("it is %q at %d", old.Value(), old.at)
	}
}

func TestTheCursorStaysInItsRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Prompt
		p.Set(strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "word ", "日本語", "é", "e\u0301", "👨‍👩‍👧", "🇫🇷", " "}), 0, 20).Draw(t, "text"), ""))
		for range rapid.IntRange(0, 20).Draw(t, "left") {
			p = p.Update(named(rapid.SampledFrom([]string{"left", "left", "right", "home", "end", "backspace", "ctrl+w", "x", "語"}).Draw(t, "key")))
		}
		width := rapid.IntRange(2, 30).Draw(t, "width")
		text, cursor := p.View(width)
		if w := ansi.StringWidth(text); w > width || cursor < 0 || cursor >= width {
			t.Fatalf("%q is %d wide and its cursor at %d, in %d columns", text, w, cursor, width)
		}
		if left := ansi.Truncate(text, cursor, ""); !strings.HasSuffix(string(p.text[:p.at]), left) {
			t.Fatalf("before the cursor stands %q, of %q", left, string(p.text[:p.at]))
		}
	})
}

func TestOffersAreForWhatWasTypedOnly(t *testing.T) {
	offers := []Offer{{Text: "author:Ada", Cursor: 10, Label: "Ada"}, {Text: "author:Adam", Cursor: 11, Label: "Adam"}}
	look := theme.New(theme.Options{Mono: true})
	var p Prompt
	p.Set("author:a")
	p.Offer("author:", 7, offers)
	if len(p.Offers()) != 0 {
		t.Error("an offer for an older text is taken")
	}
	p.Offer("author:a", 8, offers)
	if row, at := p.Draw(look, 40); ansi.Strip(row) != "author:ada" || at != 8 {
		t.Errorf("the row is %q with the cursor at %d", ansi.Strip(row), at)
	}
	if row, _ := p.Draw(look, 9); ansi.StringWidth(row) > 9 {
		t.Errorf("the row is %q", row)
	}
	along := typed(p, "d")
	if got := along.Offers(); len(got) != 1 || got[0].Label != "Ada" {
		t.Errorf("typing along leaves %v", got)
	}
	if away := typed(p, "x"); len(away.Offers()) != 0 {
		t.Error("an offer stays when something else is typed")
	}
	if left := typed(p, "left"); len(left.Offers()) != 0 || left.Take() {
		t.Error("an offer stays when the cursor moves")
	}
	if !along.Take() || along.Value() != "author:Ada" || along.Cursor() != 10 || len(along.Offers()) != 0 {
		t.Errorf("taken is %q", along.Value())
	}
}

func TestEditingKeysAreTold(t *testing.T) {
	for _, key := range []string{"a", "?", "left", "home", "backspace", "ctrl+a", "ctrl+e", "ctrl+f", "ctrl+b", "ctrl+u", "ctrl+k", "ctrl+w", "ctrl+h", "ctrl+d"} {
		if !Edits(named(key)) {
			t.Errorf("%s edits nothing", key)
		}
	}
	for _, key := range []string{"ctrl+t", "ctrl+o", "ctrl+r", "ctrl+l", "ctrl+z", "up", "tab", "f5"} {
		if Edits(named(key)) {
			t.Errorf("%s edits", key)
		}
	}
}
