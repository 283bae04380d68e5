package edge

import (
	"unicode/utf8"

	"carrel/store/article"
)

// The machine parts a stream of bytes into tokens: characters, and the escape
// sequences of ECMA-48 (5th edition, 5.3 to 5.6). It differs from a terminal's
// machine on purpose wherever a terminal is lenient. A control character within
// a sequence ends the sequence, where a terminal would obey it and go on; 8-bit
// controls neither open nor close anything; every sequence is bounded. What is
// not exactly right is dropped, and reading goes on with the byte that was not
// expected, so that nothing can swallow the output that follows.
//
// A token that passes costs nothing when it lies within one Write: the bytes
// from w.run on are taken over in one piece at the end. A token that began in an
// earlier Write is gathered in w.held.
type state uint8

const (
	ground        state = iota // text
	character                  // within a character of several bytes
	escape                     // after ESC
	intermediate               // after ESC and bytes 0x20 to 0x2f
	control                    // after ESC [
	controlString              // within a string sequence: OSC, DCS, APC, PM, SOS
	stringEscape               // within a string sequence, after ESC
)

const (
	bel = 0x07
	esc = 0x1b
	del = 0x7f

	replacement = "\uFFFD"
	endLink     = "\x1b]8;;\x07"
)

func (w *Writer) scan(p []byte) {
	w.from, w.run = 0, 0
	for i := 0; i < len(p); {
		switch w.state {
		case ground:
			i = w.inGround(p, i)
		case character:
			i = w.inCharacter(p, i)
		case escape, intermediate:
			i = w.inEscape(p, i)
		case control:
			i = w.inControl(p, i)
		default:
			i = w.inString(p, i)
		}
	}
}

// inGround reads text from i on and returns where it stopped.
func (w *Writer) inGround(p []byte, i int) int {
	for i < len(p) {
		if p[i]-' ' < del-' ' {
			i++
			continue
		}
		switch c := p[i]; {
		case c == '\n', c == '\t':
			i++
		case c == esc:
			w.begin(escape, i)
			return i + 1
		case c >= utf8.RuneSelf:
			i = w.wide(p, i)
		case (c == '\r' || c == '\b') && w.policy == Screen:
			i++
		default:
			w.cut(p, i, i+1)
			i++
		}
	}
	return i
}

// wide reads one character of several bytes at i, or what should have been one.
// A broken character is replaced once for all bytes that could have begun a good
// one, as the Unicode Standard recommends (3.9, "maximal subparts"). A byte that
// is an 8-bit control is not replaced: it was never meant to be seen.
func (w *Writer) wide(p []byte, i int) int {
	r, n := utf8.DecodeRune(p[i:])
	if n > 1 {
		if !article.Inert(r) {
			w.cut(p, i, i+n)
		}
		return i + n
	}
	if !utf8.FullRune(p[i:]) {
		w.begin(character, i)
		return len(p)
	}
	for i+n < len(p) && !utf8.FullRune(p[i:i+n+1]) {
		n++
	}
	w.cut(p, i, i+n)
	if p[i] >= 0xa0 {
		w.out = append(w.out, replacement...)
	}
	return i + n
}

// inCharacter goes on with a character that an earlier Write began.
func (w *Writer) inCharacter(p []byte, i int) int {
	w.held = append(w.held, p[i])
	if !utf8.FullRune(w.held) {
		w.from, w.run = i+1, i+1
		return i + 1
	}
	r, n := utf8.DecodeRune(w.held)
	switch {
	case n < len(w.held): // broken; the byte at i is none of it
		w.out = append(w.out, replacement...)
		w.refused.Add(1)
	case article.Inert(r):
		w.out = append(w.out, w.held...)
		i++
	default:
		w.refused.Add(1)
		i++
	}
	w.run, w.held, w.state = i, w.held[:0], ground
	return i
}

func (w *Writer) inEscape(p []byte, i int) int {
	switch c := p[i]; {
	case c < ' ' || c >= del || w.size(i) >= maxControl:
		return w.abandon(p, i)
	case c < '0':
		w.state = intermediate
	case w.state == intermediate:
		w.finish(p, i+1)
	case c == '[':
		w.state = control
	case c == ']', c == 'P', c == '_', c == '^', c == 'X':
		w.state, w.kind = controlString, c
	default:
		w.finish(p, i+1)
	}
	return i + 1
}

func (w *Writer) inControl(p []byte, i int) int {
	room := maxControl - w.size(i)
	for ; i < len(p); i++ {
		c := p[i]
		if c-'@' < del-'@' {
			w.finish(p, i+1)
			return i + 1
		}
		if room <= 0 || c < ' ' || c >= del {
			return w.abandon(p, i)
		}
		room--
	}
	return i
}

func (w *Writer) inString(p []byte, i int) int {
	if w.state == stringEscape {
		if p[i] == '\\' {
			w.finish(p, i+1)
			return i + 1
		}
		w.refuse(p, i)
		w.begin(escape, i)
		w.held = append(w.held, esc) // it may have come with an earlier Write
		return i
	}
	for ; i < len(p); i++ {
		switch c := p[i]; {
		case w.size(i) >= maxString && !w.mayGrow(p, i):
			return w.abandon(p, i)
		case c == esc:
			w.state = stringEscape
			return i + 1
		case c == bel && w.kind == ']':
			w.finish(p, i+1)
			return i + 1
		case c < ' ':
			return w.abandon(p, i)
		}
	}
	return i
}

// mayGrow tells whether the string sequence may be longer than maxString.
func (w *Writer) mayGrow(p []byte, i int) bool {
	return w.size(i) < maxClipboard && w.startsWith(p, i, "\x1b]52;")
}

// begin opens a token at i.
func (w *Writer) begin(s state, i int) {
	w.state, w.from = s, i
}

// size returns how many bytes the open token has before i.
func (w *Writer) size(i int) int {
	return len(w.held) + i - w.from
}

// startsWith tells whether the open token, which ends before i, starts with s.
func (w *Writer) startsWith(p []byte, i int, s string) bool {
	if w.size(i) < len(s) {
		return false
	}
	n := min(len(w.held), len(s))
	return string(w.held[:n]) == s[:n] && string(p[w.from:w.from+len(s)-n]) == s[n:]
}

// finish closes the open sequence before i: it passes if it is allowed.
func (w *Writer) finish(p []byte, i int) {
	sequence := p[w.from:i]
	if len(w.held) > 0 {
		w.held = append(w.held, sequence...)
		w.from = i
		sequence = w.held
	}
	if !w.allows(sequence) {
		w.refuse(p, i)
		return
	}
	if len(w.held) > 0 {
		w.out = append(w.out, w.held...)
		w.held, w.run = w.held[:0], i
	}
	w.state = ground
}

// abandon drops the open sequence before i, where a byte stands that is no part
// of it and is read again as text.
func (w *Writer) abandon(p []byte, i int) int {
	w.refuse(p, i)
	return i
}

// refuse drops the open sequence, which ends before i.
func (w *Writer) refuse(p []byte, i int) {
	link := w.linked && w.startsWith(p, i, "\x1b]8;")
	start := w.from
	if len(w.held) > 0 {
		start = w.run // all of it lies in held, or before
	}
	w.cut(p, start, i)
	if link {
		w.out = append(w.out, endLink...)
		w.linked = false
	}
	w.held, w.state = w.held[:0], ground
}

// cut drops what stands between two places of this Write.
func (w *Writer) cut(p []byte, from, to int) {
	w.out = append(w.out, p[w.run:from]...)
	w.run = to
	w.refused.Add(1)
}
