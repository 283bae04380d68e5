package query

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"carrel/store/fold"
)

// The values of Is.
const (
	Unread  = "unread"
	Read    = "read"
	Starred = "starred"
)

// setValue gives a term with a field its value and tells whether the field can
// have it.
func (t *Term) setValue(s string) bool {
	switch t.Field {
	case Title, Author, Tag:
		t.setWords(s)
		return len(t.Words) > 0
	case After, Before:
		t.Time = dateOf(s)
		return !t.Time.IsZero()
	case In:
		t.Value = strings.Trim(strings.TrimPrefix(fold.String(s), "./"), "/")
	case Is:
		switch v := fold.String(s); v {
		case Unread, Read, Starred:
			t.Value = v
		}
	case Lang:
		t.Value = strings.ReplaceAll(strings.TrimSpace(fold.String(s)), "_", "-")
	case Site:
		t.Value = hostOf(fold.String(s))
	}
	t.Prefix = false
	return t.Value != ""
}

// dateOf returns when a year, a month or a day begins, the zero time if s names
// none.
func dateOf(s string) time.Time {
	part := [3]int{1, 1, 1}
	fields := strings.Split(s, "-")
	if len(fields) > len(part) || len(fields[0]) != 4 {
		return time.Time{}
	}
	for i, f := range fields {
		n, err := strconv.ParseUint(f, 10, 16)
		if err != nil || i > 0 && len(f) > 2 {
			return time.Time{}
		}
		part[i] = int(n)
	}
	t := time.Date(part[0], time.Month(part[1]), part[2], 0, 0, 0, 0, time.UTC)
	if t.Year() != part[0] || int(t.Month()) != part[1] || t.Day() != part[2] {
		return time.Time{} // the 30th of February, month 13
	}
	return t
}

// hostOf returns the host of a web address, which may lack all other parts,
// without www.
func hostOf(address string) string {
	if i := strings.Index(address, "://"); i >= 0 {
		address = address[i+3:]
	}
	if i := strings.IndexAny(address, "/?#"); i >= 0 {
		address = address[:i]
	}
	address = address[strings.LastIndexByte(address, '@')+1:]
	if i := strings.LastIndexByte(address, ':'); i >= 0 && isNumber(address[i+1:]) {
		address = address[:i]
	}
	return strings.TrimPrefix(strings.TrimSuffix(address, "."), "www.")
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// isUnspaced tells whether a folded character of a token belongs to a script
// without spaces.
func isUnspaced(r rune) bool { return r >= utf8.RuneSelf && fold.Spaceless(r) }
