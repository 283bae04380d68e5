package query

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"carrel/store/article"
	"carrel/store/fold"
)

// Facts answers for what is not in an article's own data. Without a function
// nothing is read, and nothing starred.
type Facts struct {
	Read, Starred func(article.ID) bool
}

// Accepts tells whether an entry has what every clause asks for. It looks at the
// entry only: words for anywhere must be in its title, an author or a tag.
func (q Query) Accepts(e *article.Entry, f Facts) bool {
	for _, clause := range q.Clauses {
		if !accepted(clause, e, f) {
			return false
		}
	}
	return true
}

func accepted(clause []Term, e *article.Entry, f Facts) bool {
	for i := range clause {
		if clause[i].Accepts(e, f) != clause[i].Not {
			return true
		}
	}
	return false
}

// Accepts tells whether an entry has what the term is about, whether or not the
// term is negated. Dates count as the calendar of the article has them; an entry
// without a date is neither after nor before any.
func (t Term) Accepts(e *article.Entry, f Facts) bool {
	switch t.Field {
	case Title:
		return t.FoundIn(string(e.Title))
	case Author:
		return t.inAny(e.Authors)
	case Tag:
		return t.inAny(e.Tags)
	case In:
		return t.hasFolder(string(e.ID))
	case After:
		return e.DateSource != article.NoDate && !calendar(e.Date).Before(t.Time)
	case Before:
		return e.DateSource != article.NoDate && calendar(e.Date).Before(t.Time)
	case Is:
		return t.is(e.ID, f)
	case Lang:
		rest, ok := strings.CutPrefix(string(e.Lang), t.Value)
		return ok && (rest == "" || rest[0] == '-')
	case Site:
		return t.isSite(string(e.Source))
	}
	return t.FoundIn(string(e.Title)) || t.inAny(e.Authors) || t.inAny(e.Tags)
}

// FoundIn tells whether the words of the term stand in a text. It ignores the
// field.
func (t *Term) FoundIn(s string) bool {
	last := len(t.Words) - 1
	if last < 0 {
		return false
	}
	var room [maxToken]byte
	state := uint64(0)
	for x := (scanner{text: s, word: room[:0]}); x.next(); {
		now := uint64(0)
		for k, w := range t.Words {
			if string(x.word) == w || k == last && t.Prefix && bytes.HasPrefix(x.word, []byte(w)) {
				now |= 1 << k
			}
		}
		if state = (state<<1 | 1) & now; state>>last&1 != 0 {
			return true
		}
	}
	return false
}

func (t Term) inAny(list []article.Text) bool {
	for _, s := range list {
		if t.FoundIn(string(s)) {
			return true
		}
	}
	return false
}

func (t Term) is(id article.ID, f Facts) bool {
	switch t.Value {
	case Starred:
		return f.Starred != nil && f.Starred(id)
	case Unread:
		return f.Read == nil || !f.Read(id)
	}
	return f.Read != nil && f.Read(id)
}

// calendar is the date and the time of day as the article names them.
func calendar(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second)
}

// hasFolder tells whether the folders of a path have those of the term's value,
// one after the other.
func (t Term) hasFolder(id string) bool {
	end := strings.LastIndexByte(id, '/')
	if end < 0 || t.Value == "" {
		return false
	}
	folders := id[:end]
	for i := 0; i < len(folders); i++ {
		if rest, ok := cutFolded(folders[i:], t.Value); ok && (rest == "" || rest[0] == '/') {
			return true
		}
		next := strings.IndexByte(folders[i:], '/')
		if next < 0 {
			return false
		}
		i += next
	}
	return false
}

// cutFolded returns what is left of s after a beginning whose folded form is
// prefix.
func cutFolded(s, prefix string) (string, bool) {
	for prefix != "" {
		if s == "" {
			return "", false
		}
		c := s[0]
		if c >= utf8.RuneSelf {
			break
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != prefix[0] {
			return "", false
		}
		s, prefix = s[1:], prefix[1:]
	}
	if s == "" || s[0] < utf8.RuneSelf {
		return s, prefix == ""
	}
	rest, ok := strings.CutPrefix(fold.String(s), prefix)
	return rest, ok
}

// isSite tells whether an address is of the term's host or one below it.
func (t Term) isSite(address string) bool {
	if address == "" {
		return false
	}
	host := hostOf(address)
	if at := len(host) - len(t.Value); at >= 0 && strings.EqualFold(host[at:], t.Value) {
		return at == 0 || host[at-1] == '.'
	}
	for i := range len(host) {
		if host[i] >= utf8.RuneSelf {
			host = fold.String(host)
			return host == t.Value || strings.HasSuffix(host, "."+t.Value)
		}
	}
	return false
}
