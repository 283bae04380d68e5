package article

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// dateOf reads a date in any form that is not ambiguous between day and month.
// What names no zone is taken as UTC.
func dateOf(v any) (time.Time, bool) {
	var t time.Time
	switch v := v.(type) {
	case time.Time:
		t = v
	case toml.LocalDate:
		t = v.AsTime(time.UTC)
	case toml.LocalDateTime:
		t = v.AsTime(time.UTC)
	case int64:
		return parseDate(strconv.FormatInt(v, 10))
	case string:
		return parseDate(v)
	}
	return t, plausible(t)
}

func plausible(t time.Time) bool { return t.Year() >= 1000 && t.Year() <= 9999 }

// maxDate bounds what is looked at as a date, in bytes.
const maxDate = 64

// numericDate is year, month, day and what ISO 8601, RFC 3339, YAML and the
// site generators put behind them.
var numericDate = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[Tt ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?\s*(Z|z|[A-Za-z]{3,4}|[+-]\d{1,2}(?::?\d{2})?)?(?: UTC| GMT)?)?$`)

func parseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) > maxDate {
		return time.Time{}, false
	}
	if m := numericDate.FindStringSubmatch(s); m != nil {
		return numeric(m)
	}
	if t, ok := digits(s); ok {
		return t, plausible(t)
	}
	s = ordinal.ReplaceAllString(strings.ReplaceAll(strings.Join(strings.Fields(s), " "), ".", ""), "$1")
	for _, day := range dayLayouts() {
		for _, clock := range []string{"", " 15:04", " 15:04:05", " 3:04 PM", " 15:04:05 -0700", " 15:04:05 MST", " 15:04 MST"} {
			if t, err := time.ParseInLocation(day+clock, s, time.UTC); err == nil {
				return t, plausible(t)
			}
		}
	}
	return time.Time{}, false
}

// ordinal is a day with its ending, as in "2nd January 2006".
var ordinal = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)

func dayLayouts() []string {
	return []string{"2 January 2006", "2 Jan 2006", "January 2, 2006", "January 2 2006", "Jan 2, 2006", "Jan 2 2006",
		"Mon, 2 Jan 2006", "Monday, 2 January 2006", "Monday, January 2, 2006", "Mon, Jan 2, 2006", "January 2006", "Jan 2006"}
}

// numeric makes a time of the parts of numericDate.
func numeric(m []string) (time.Time, bool) {
	n := [7]int{}
	for i := 1; i <= 6; i++ {
		n[i], _ = strconv.Atoi(m[i])
	}
	hour := n[4]
	if m[7] != "" {
		hour %= 12
		if m[7][0]|0x20 == 'p' {
			hour += 12
		}
	}
	t := time.Date(n[1], time.Month(n[2]), n[3], hour, n[5], n[6], 0, zone(m[8]))
	// time.Date lets a 31st of April run over into May.
	ok := int(t.Month()) == n[2] && t.Day() == n[3] && t.Hour() == hour && n[5] < 60 && n[6] < 61
	return t, ok && plausible(t)
}

// zone reads an offset such as -05:00, -0500 or -5, or one of the names of RFC
// 822; all else is UTC.
func zone(s string) *time.Location {
	hours := map[string]int{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
	if h, ok := hours[s]; ok {
		return time.FixedZone(s, h*3600)
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return time.UTC
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	h, m := digits, "0"
	if len(digits) > 2 {
		h, m = digits[:len(digits)-2], digits[len(digits)-2:]
	}
	hour, _ := strconv.Atoi(h)
	minute, _ := strconv.Atoi(m)
	offset := hour*3600 + minute*60
	if s[0] == '-' {
		offset = -offset
	}
	if offset == 0 || hour > 15 {
		return time.UTC
	}
	return time.FixedZone("", offset)
}

// digits reads dates without any marks: 2006, 2006-01, 20060102, 200601021504,
// 20060102150405, and the seconds or milliseconds of Unix.
func digits(s string) (time.Time, bool) {
	layout := map[int]string{4: "2006", 7: "2006-01", 8: "20060102", 12: "200601021504", 14: "20060102150405"}[len(s)]
	if layout != "" {
		t, err := time.ParseInLocation(layout, s, time.UTC)
		return t, err == nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n < 0:
	case len(s) == 9 || len(s) == 10:
		return time.Unix(n, 0).UTC(), true
	case len(s) == 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

var (
	datedName = regexp.MustCompile(`^((?:1[5-9]|20|21)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:\d{4}|\d{6})?(?:[-_. T]+|$)`)
	datedPath = regexp.MustCompile(`(?:^|/)((?:1[5-9]|20|21)\d\d)/(\d\d?)(?:/(\d\d?))?(?:/|$)`)
)

// fallbacks fills what the metadata left open from the names of the file.
func (h *Head) fallbacks(in Input) {
	base := path.Base(string(in.ID))
	stem := strings.TrimSuffix(base, path.Ext(base))
	if l := strings.ToLower(stem); (l == "index" || l == "_index" || l == "readme") && path.Dir(string(in.ID)) != "." {
		stem = path.Base(path.Dir(string(in.ID)))
	}
	name, dated := stem, datedName.FindStringSubmatch(stem)
	if _, ok := dayOf(dated); ok && dated[0] != stem {
		name = stem[len(dated[0]):]
	}
	if h.Names.Slug == "" {
		h.Names.Slug = string(Line(name))
	}
	spaced := strings.NewReplacer("-", " ", "_", " ").Replace(name)
	if dated != nil && name == stem {
		spaced = name
	}
	for _, title := range []Text{h.Title, Line(spaced), in.ID.Text(), "(no title)"} {
		if h.Title = title; visible(title) {
			break
		}
	}
	if h.DateSource == NoDate {
		h.Date, h.DateSource = h.guessDate(in, stem)
	}
}

func (h *Head) guessDate(in Input, stem string) (time.Time, DateSource) {
	if t, ok := dayOf(datedName.FindStringSubmatch(stem)); ok {
		return t, DateFromName
	}
	for _, p := range append(h.Names.Paths[:len(h.Names.Paths):len(h.Names.Paths)], string(in.ID)) {
		if t, ok := dayOf(datedPath.FindStringSubmatch(p)); ok {
			return t, DateFromPath
		}
	}
	if !in.ModTime.IsZero() {
		return in.ModTime, DateFromModTime
	}
	return time.Time{}, NoDate
}

// dayOf makes a date of year, month and day; a month without a day is its first.
func dayOf(m []string) (time.Time, bool) {
	if m == nil {
		return time.Time{}, false
	}
	day := m[3]
	if day == "" {
		day = "1"
	}
	t, err := time.ParseInLocation("2006-1-2", m[1]+"-"+m[2]+"-"+day, time.UTC)
	return t, err == nil
}
