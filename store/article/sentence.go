package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of the text around a link, in bytes: what is shown at all, and
// how much of it may stand before the link.
const (
	maxSentence = 240
	maxBefore   = 140
)

// sentence returns the sentence of an inert text around the bytes from to to, with "…"
// where it is cut. It looks at no more text than it may return.
func sentence(text string, from, to int) Text {
	start := from
	for start > 0 && from-start < maxBefore && !parts(text, start) {
		start--
	}
	most := min(len(text), start+maxSentence)
	end := min(most, max(start, to))
	for end < most && !parts(text, end) {
		end++
	}
	head, tail := "", ""
	if !parts(text, end) {
		tail = " …"
		end = wordBefore(text, start, end)
	}
	if !parts(text, start) {
		head = "… "
		start = wordAfter(text, start, min(from, end))
	}
	return fold(head + strings.TrimSpace(text[start:end]) + tail)
}

// wordAfter moves a cut forward to the beginning of a word, but not beyond most.
func wordAfter(text string, at, most int) int {
	if i := strings.IndexAny(text[at:most], " \n"); i >= 0 {
		return at + i + 1
	}
	for at < most && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

// wordBefore moves a cut back to the end of a word, if there is one after least.
func wordBefore(text string, least, at int) int {
	if i := strings.LastIndexAny(text[least:at+1], " \n"); i > 0 {
		return least + i
	}
	for at > least && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// parts tells whether the bytes before i and those from i on belong to two
// sentences: a hard line break is between them; or a full stop, question or
// exclamation mark, with the quotes, brackets and footnote marks that close
// behind it, before white space and what may begin a sentence.
func parts(text string, i int) bool {
	if i <= 0 || i >= len(text) {
		return true
	}
	if text[i] > ' ' && text[i-1] > ' ' && text[i-1] < utf8.RuneSelf {
		return false
	}
	return partsAt(text, i)
}

// partsAt is parts where it is worth a closer look.
func partsAt(text string, i int) bool {
	if text[i-1] == '\n' || text[i] == '\n' {
		return true
	}
	if c := text[i-1]; text[i] != ' ' || c == ',' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
		return c >= utf8.RuneSelf && endsWide(text[:i])
	}
	before := strings.TrimRightFunc(text[max(0, i-32):i], closes)
	if before == "" {
		return false
	}
	switch before[len(before)-1] {
	case '!', '?':
		return begins(text[i:])
	case '.':
		return begins(text[i:]) && !abbreviates(before[:len(before)-1])
	}
	return endsWide(before)
}

// endsWide tells whether a text ends in a mark that closes a sentence in
// Chinese or Japanese, where no space follows.
func endsWide(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r == '。' || r == '！' || r == '？' || r == '．'
}

// closes tells the characters that may stand between the end of a sentence and
// the space after it.
func closes(r rune) bool { return strings.ContainsRune(`"'”’»)]*⁰¹²³⁴⁵⁶⁷⁸⁹`, r) }

// begins tells whether a text may begin a sentence: not with a small letter.
func begins(text string) bool {
	text = strings.TrimLeft(text, ` "'“‘«([`)
	r, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsLower(r)
}

// abbreviates tells whether a full stop after this text belongs to its last
// word: to an initial, a form such as "e.g", or a title.
func abbreviates(before string) bool {
	word := before[strings.LastIndexAny(before, " (\n")+1:]
	switch strings.ToLower(word) {
	case "mr", "mrs", "ms", "dr", "prof", "st", "vs", "cf", "fig", "approx":
		return true
	}
	if word == "" || unicode.IsDigit(rune(word[0])) {
		return false
	}
	return utf8.RuneCountInString(word) == 1 || strings.Contains(word, ".") && len(word) <= 4
}
