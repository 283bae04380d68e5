package query

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"carrel/store/article"
	"carrel/store/fold"
)

// The bounds of completion: how many are offered, and how many values of a kind
// are kept.
const (
	maxCompletions = 12
	maxValues      = 2000
)

// Completion is what a query may go on to.
type Completion struct {
	// Text is the whole query with it, Cursor where the cursor then stands, in bytes.
	Text   string
	Cursor int
	// Label is what is new: a field with its colon, or a value.
	Label article.Text
}

// Values are what the fields of the entries at hand hold, as written, the most
// frequent first.
type Values struct{ Authors, Tags, Folders, Langs, Sites []string }

// ValuesOf collects the values of entries, at most 2,000 of each kind.
func ValuesOf(entries []article.Entry) Values {
	authors, tags, folders, langs, sites := tally{}, tally{}, tally{}, tally{}, tally{}
	for i := range entries {
		e := &entries[i]
		for _, a := range e.Authors {
			authors.add(string(a))
		}
		for _, t := range e.Tags {
			tags.add(string(t))
		}
		folders.addFolders(string(e.ID))
		langs.add(string(e.Lang))
		sites.add(hostOf(string(e.Source)))
	}
	return Values{authors.sorted(), tags.sorted(), folders.sorted(), langs.sorted(), sites.sorted()}
}

// tally counts strings.
type tally map[string]int

func (t tally) add(s string) {
	if s != "" {
		t[s]++
	}
}

// addFolders counts the folders of a path. What is nested beyond reason is left
// out, as its names would take memory in the square of its depth.
func (t tally) addFolders(id string) {
	depth := 0
	for i := range len(id) {
		if id[i] == '/' {
			if depth++; depth > 16 {
				return
			}
			t.add(id[:i])
		}
	}
}

func (t tally) sorted() []string {
	out := slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		return cmp.Or(cmp.Compare(t[b], t[a]), cmp.Compare(a, b))
	})
	return slices.Clip(out[:min(len(out), maxValues)])
}

// Complete returns what the term at the cursor, a byte of the text, may become,
// at most 12 of them: a field whose name begins as the term does; after a field,
// the values that begin so, then those that have a word that does. What follows
// the term stays. There is nothing to complete behind white space or a word that
// begins no field.
func Complete(text string, cursor int, v Values) []Completion {
	if cursor < 0 || cursor > len(text) || len(text) > maxText {
		return nil
	}
	from := termStart(text, cursor)
	typed := text[from:cursor]
	from += len(typed) - len(strings.TrimPrefix(typed, "-"))
	name, value, ok := strings.Cut(text[from:cursor], ":")
	if !ok {
		return fieldsFor(text, from, cursor)
	}
	field, known := fieldOf(name)
	if !known {
		return nil
	}
	end := cursor + termRest(text[cursor:], strings.ContainsFunc(value, isQuote))
	from += len(name) + 1
	var out []Completion
	for _, s := range suggest(valuesFor(field, v), strings.TrimLeftFunc(value, isQuote)) {
		c := Completion{Label: article.Line(s)}
		if strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || isQuote(r) }) {
			s = `"` + strings.Map(dropQuotes, s) + `"`
		}
		rest := text[end:]
		if rest == "" || rest[0] != ' ' {
			rest = " " + rest
		}
		c.Text, c.Cursor = text[:from]+s+rest, from+len(s)+1
		out = append(out, c)
	}
	return out
}

func dropQuotes(r rune) rune {
	if isQuote(r) {
		return -1
	}
	return r
}

// termStart returns where the term begins that the cursor is in or behind.
func termStart(text string, cursor int) int {
	start, quoted := 0, false
	for i, r := range text[:cursor] {
		switch {
		case isQuote(r):
			quoted = !quoted
		case r == ' ' && !quoted:
			start = i + 1
		}
	}
	return start
}

// termRest returns how many bytes behind the cursor belong to the term.
func termRest(rest string, quoted bool) int {
	for i, r := range rest {
		if quoted && isQuote(r) {
			return i + utf8.RuneLen(r)
		}
		if !quoted && r == ' ' {
			return i
		}
	}
	return len(rest)
}

func fieldsFor(text string, from, cursor int) []Completion {
	typed := strings.ToLower(text[from:cursor])
	var out []Completion
	for name := range strings.FieldsSeq(fields) {
		if typed != "" && strings.HasPrefix(name, typed) {
			out = append(out, Completion{text[:from] + name + ":" + text[cursor:], from + len(name) + 1, article.Line(name + ":")})
		}
	}
	return out
}

func valuesFor(f Field, v Values) []string {
	switch f {
	case Author:
		return v.Authors
	case Tag:
		return v.Tags
	case In:
		return v.Folders
	case Lang:
		return v.Langs
	case Site:
		return v.Sites
	case Is:
		return []string{Unread, Read, Starred}
	}
	return nil
}

// suggest returns the values that begin with what was typed, then those in which
// a later word does.
func suggest(values []string, typed string) []string {
	typed = fold.String(typed)
	var begin, inside []string
	for _, s := range values {
		folded := fold.String(s)
		if strings.HasPrefix(folded, typed) {
			if begin = append(begin, s); len(begin) == maxCompletions {
				break
			}
		} else if len(inside) < maxCompletions && hasWord(folded, typed) {
			inside = append(inside, s)
		}
	}
	begin = append(begin, inside...)
	return begin[:min(len(begin), maxCompletions)]
}

// hasWord tells whether a word of s begins with a text.
func hasWord(s, text string) bool {
	for t := range Tokens(s) {
		if strings.HasPrefix(s[t.Start:], text) {
			return true
		}
	}
	return false
}
