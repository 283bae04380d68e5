package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// This file reads what the program sent byte for byte, and shares nothing with
// the code that writes it: neither Carrel's last gate nor a library of escape
// sequences.

// poison is the mark of hostile text in the articles of these tests. As text it
// may be seen; inside of a sequence it may not be.
const poison = "p0ison"

// token is one character or one whole sequence.
type token struct {
	kind tokenKind
	// text is the character, or what stands between the introducer of a sequence
	// and its terminator; the final byte of a control sequence is part of it.
	text string
}

type tokenKind string

const (
	char       tokenKind = "character"
	control    tokenKind = "control character"
	broken     tokenKind = "byte that is no UTF-8"
	escape     tokenKind = "ESC"
	csi        tokenKind = "control sequence"
	osc        tokenKind = "OSC"
	deviceText tokenKind = "DCS"
	otherText  tokenKind = "APC, PM or SOS"
	unfinished tokenKind = "unfinished sequence"
)

// tokens parts a stream as ECMA-48 has it.
func tokens(raw string) []token {
	var out []token
	for len(raw) > 0 {
		t, n := first(raw)
		out, raw = append(out, t), raw[n:]
	}
	return out
}

func first(raw string) (token, int) {
	r, n := utf8.DecodeRuneInString(raw)
	switch {
	case r == utf8.RuneError && n == 1:
		return token{broken, raw[:1]}, 1
	case r != 0x1b && (r < ' ' || r >= 0x7f && r <= 0x9f):
		return token{control, raw[:n]}, n
	case r != 0x1b:
		return token{char, raw[:n]}, n
	case len(raw) == 1:
		return token{unfinished, raw}, 1
	}
	switch raw[1] {
	case '[':
		return span(raw, csi, 2, 0x20, 0x3f)
	case ']':
		return stringOf(raw, osc)
	case 'P':
		return stringOf(raw, deviceText)
	case 'X', '^', '_':
		return stringOf(raw, otherText)
	}
	return span(raw, escape, 1, 0x20, 0x2f)
}

// span is a sequence of bytes from low to high and a final byte.
func span(raw string, kind tokenKind, from int, low, high byte) (token, int) {
	i := from
	for i < len(raw) && raw[i] >= low && raw[i] <= high {
		i++
	}
	if i == len(raw) || raw[i] < '0' || raw[i] > '~' {
		return token{unfinished, raw[:i]}, i
	}
	return token{kind, raw[from : i+1]}, i + 1
}

// stringOf is a sequence that ends with BEL or ESC \.
func stringOf(raw string, kind tokenKind) (token, int) {
	for i := 2; i < len(raw); i++ {
		switch {
		case raw[i] == 7:
			return token{kind, raw[2:i]}, i + 1
		case raw[i] == 0x1b && i+1 < len(raw) && raw[i+1] == '\\':
			return token{kind, raw[2:i]}, i + 2
		case raw[i] == 0x1b:
			return token{unfinished, raw[:i]}, i
		}
	}
	return token{unfinished, raw}, len(raw)
}

// faults names what no reader may send to a terminal.
func faults(all []token) []string {
	var out []string
	for _, t := range all {
		if !allowed(t) {
			out = append(out, fmt.Sprintf("%s %q", t.kind, t.text))
		} else if t.kind != char && strings.Contains(strings.ToLower(t.text), poison) {
			out = append(out, fmt.Sprintf("%s with text of an article: %q", t.kind, t.text))
		}
	}
	return out
}

func allowed(t token) bool {
	switch t.kind {
	case char:
		r, _ := utf8.DecodeRuneInString(t.text)
		return !unicode.Is(unicode.Bidi_Control, r) && r != 0x2028 && r != 0x2029 && r != 0xfeff && !unicode.Is(tags, r)
	case control:
		return strings.Contains("\r\n\t\b", t.text)
	case escape:
		return strings.Contains("78M=>", t.text)
	case csi:
		return allowedCSI(t.text)
	case osc:
		return allowedOSC(t.text)
	case deviceText: // "do you have this capability", its name in hexadecimal
		name, ok := strings.CutPrefix(t.text, "+q")
		return ok && strings.Trim(name, "0123456789ABCDEFabcdef;") == ""
	}
	return false
}

// tags are the invisible characters that are used to hide text.
var tags = &unicode.RangeTable{R32: []unicode.Range32{{Lo: 0xe0000, Hi: 0xe007f, Stride: 1}}}

func allowedCSI(text string) bool {
	numbers, final := text[:len(text)-1], text[len(text)-1:]
	switch {
	case strings.HasPrefix(numbers, "?") && (final == "h" || final == "l"):
		return slices.Contains(strings.Fields("7 25 1049 2004 2026 2027"), numbers[1:])
	case strings.HasPrefix(numbers, "?"):
		return final == "u" || final == "p" && strings.HasSuffix(numbers, "$") || text == "?5W"
	case strings.HasPrefix(numbers, ">"), strings.HasPrefix(numbers, "<"), strings.HasPrefix(numbers, "="):
		return final == "u" || final == "m" && strings.HasPrefix(numbers, ">4") || text == ">q" || text == ">0q"
	case strings.HasSuffix(numbers, " "):
		return final == "q"
	}
	return text != "3J" && strings.Contains("cABCDEFGHIJKLMPSTXZ@bdfmr`", final)
}

func allowedOSC(text string) bool {
	number, rest, _ := strings.Cut(text, ";")
	switch number {
	case "8":
		_, target, ok := strings.Cut(rest, ";")
		return ok && target == "" || strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://") || strings.HasPrefix(target, "mailto:")
	case "10", "11", "12":
		return rest == "?"
	}
	return text == "110" || text == "111" || text == "112"
}

// terminalState follows what a stream leaves behind in the terminal.
type terminalState struct {
	modes    map[string]bool
	entered  bool // the alternate screen was used at all
	keyboard int  // levels of the keyboard protocol that were pushed
	other    bool // modified keys are reported
	styled   bool
	linked   bool
	region   bool
	height   int
	cursor   string
}

// follow reads a stream that was sent to a terminal of so many rows.
func follow(all []token, height int) terminalState {
	s := terminalState{height: height, modes: map[string]bool{"25": true, "7": true}, cursor: "0"}
	for _, t := range all {
		switch t.kind {
		case csi:
			s.csi(t.text[:len(t.text)-1], t.text[len(t.text)-1])
		case osc:
			if target, ok := strings.CutPrefix(t.text, "8;"); ok {
				s.linked = !strings.HasSuffix(target, ";")
			}
		}
	}
	return s
}

func (s *terminalState) csi(numbers string, final byte) {
	switch {
	case numbers != "" && numbers[0] == '?' && (final == 'h' || final == 'l'):
		for mode := range strings.SplitSeq(numbers[1:], ";") {
			s.modes[mode] = final == 'h'
			s.entered = s.entered || mode == "1049" && final == 'h'
		}
	case final == 'u' && strings.HasPrefix(numbers, ">"):
		s.keyboard++
	case final == 'u' && strings.HasPrefix(numbers, "<"):
		n, _ := strconv.Atoi(numbers[1:])
		s.keyboard = max(s.keyboard-max(n, 1), 0)
	case final == 'u' && strings.HasPrefix(numbers, "="):
		if level, _, _ := strings.Cut(numbers[1:], ";"); level == "0" || level == "" {
			s.keyboard = 0
		} else {
			s.keyboard = max(s.keyboard, 1)
		}
	case final == 'm' && strings.HasPrefix(numbers, ">4"):
		s.other = numbers != ">4" && numbers != ">4;0"
	case final == 'm':
		s.styled = numbers != "" && numbers != "0"
	case final == 'r':
		s.region = numbers != "" && numbers != "1;"+strconv.Itoa(s.height)
	case final == 'q' && strings.HasSuffix(numbers, " "):
		s.cursor = strings.TrimSpace(numbers)
	}
}

// left names what is not as it was before the program began.
func (s terminalState) left() []string {
	var out []string
	for mode, set := range s.modes {
		if set != (mode == "25" || mode == "7") {
			out = append(out, fmt.Sprintf("mode %s set: %v", mode, set))
		}
	}
	for what, wrong := range map[string]bool{
		"keyboard protocol": s.keyboard != 0, "modified keys": s.other, "character style": s.styled,
		"hyperlink": s.linked, "scroll region": s.region, "cursor shape": s.cursor != "0" && s.cursor != "",
	} {
		if wrong {
			out = append(out, what)
		}
	}
	slices.Sort(out)
	return out
}

// colours returns the SGR sequences that set a colour.
func colours(all []token) []string {
	var out []string
	for _, t := range all {
		if t.kind != csi || !strings.HasSuffix(t.text, "m") || strings.HasPrefix(t.text, ">") {
			continue
		}
		for number := range strings.SplitSeq(strings.TrimSuffix(t.text, "m"), ";") {
			n, _ := strconv.Atoi(strings.SplitN(number, ":", 2)[0])
			if n >= 30 && n <= 38 || n >= 40 && n <= 48 || n == 58 || n >= 90 && n <= 107 {
				out = append(out, t.text)
				break
			}
		}
	}
	return out
}

func TestTheByteReaderSeesWhatIsWrong(t *testing.T) {
	for _, bad := range []string{
		"\x1b]52;c;cDBpc29u\a", "\x1b]52;c;?\x1b\\", "\x1bP1$r\x1b\\", "\x1b_x\x1b\\", "\x1b^x\x1b\\", "\x1bXx\x1b\\",
		"\u009b31m", "\x9b31m", "\x1bc", "\x1b[5i", "\x1b[3J", "\x1b[?9h", "\x1b[?1000h", "\x1b[2;3;3t", "\x1b(0",
		"\x1b]0;title\a", "\x1b]8;;file:///etc\a", "\x1b]8;;https://example.org/" + poison + "\a", "\x1b]8;;javascript:x\a",
		"\x07", "\x00", "\x7f", "\x0e", "\u202e", "\u2066", "\u2028", "\U000e0041", "\x1b", "\x1b[", "\x1b[12", "\x1b]8;;", "\x1b[1\x1b[m",
	} {
		if len(faults(tokens("text "+bad))) == 0 {
			t.Errorf("no fault found in %q", bad)
		}
	}
	for _, good := range []string{
		"plain " + poison + "\r\n", "\x1b[1;38;2;1;2;3m", "\x1b]8;;https://example.org\aé\x1b]8;;\a", "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H",
		"\x1b]11;?\a", "\x1b[?2026$p", "\x1bP+q524742\x1b\\", "\x1b[>4;1m\x1b[>1u\x1b[<u", "\x1bM\x1b[1;5r",
	} {
		if f := faults(tokens(good)); f != nil {
			t.Errorf("%q: %q", good, f)
		}
	}
	if got := follow(tokens("\x1b[?1049h\x1b[?25l\x1b[>1u\x1b[1m\x1b]8;;https://a\a\x1b[2;5r\x1b[4 q\x1b[>4;1m"), 24).left(); len(got) != 8 {
		t.Errorf("left behind: %q", got)
	}
	if got := follow(tokens("\x1b[?1049h\x1b[?25l\x1b[1m\x1b[m\x1b[?25h\x1b[?1049l"), 24); got.left() != nil || !got.entered {
		t.Errorf("left behind: %q", got.left())
	}
	if got := colours(tokens("\x1b[1m\x1b[4:3m\x1b[0;97m\x1b[38:5:1m\x1b[48;5;2m\x1b[39m")); len(got) != 3 {
		t.Errorf("colours: %q", got)
	}
}
