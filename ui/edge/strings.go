package edge

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"carrel/store/article"
)

// allows tells whether a complete sequence, from its ESC to its last byte, may
// pass; and it keeps account of the open hyperlink.
func (w *Writer) allows(sequence []byte) bool {
	switch sequence[1] {
	case '[':
		return w.allowsControl(sequence[2:])
	case ']':
		return w.allowsCommand(unterminated(sequence[2:]))
	case 'P':
		return w.policy == Screen && isCapabilityQuery(unterminated(sequence[2:]))
	}
	// Save and restore the cursor, reverse index, keypad modes.
	return w.policy == Screen && strings.IndexByte("78M=>", sequence[1]) >= 0
}

// unterminated returns a string sequence without the BEL or ESC \ at its end.
func unterminated(b []byte) []byte {
	if n := len(b); b[n-1] == bel {
		return b[:n-1]
	}
	return b[:len(b)-2]
}

// allowsCommand is the list of operating system commands (OSC) that pass.
func (w *Writer) allowsCommand(body []byte) bool {
	number, rest, more := bytes.Cut(body, []byte{';'})
	if string(number) == "8" {
		target, ok := linkTarget(rest)
		ok = ok && w.policy >= Styled
		if ok {
			w.linked = len(target) > 0
		}
		return ok
	}
	if w.policy != Screen {
		return false
	}
	switch string(number) {
	case "0", "2": // the window's title
		return more && isInertLine(rest)
	case "10", "11", "12": // which colours are you using
		return string(rest) == "?"
	case "110", "111", "112": // back to your own colours
		return !more
	case "52":
		return isClipboard(rest)
	}
	return false
}

// linkTarget returns the target of a hyperlink whose parameters and target are
// given, and whether it may pass: it is empty, which ends the link, or leads to
// the web or to a mailbox.
func linkTarget(b []byte) (target []byte, ok bool) {
	options, target, ok := bytes.Cut(b, []byte{';'})
	if !ok || len(target) > maxLink || !isInertLine(options) || !isInertLine(target) {
		return nil, false
	}
	if len(target) == 0 {
		return nil, true
	}
	scheme, _, ok := bytes.Cut(target, []byte{':'})
	ok = ok && (bytes.EqualFold(scheme, []byte("https")) ||
		bytes.EqualFold(scheme, []byte("http")) ||
		bytes.EqualFold(scheme, []byte("mailto")))
	return target, ok
}

// isClipboard tells whether b sets the clipboard (c) or the primary selection
// (p) to text. Asking for it is not allowed, nor is emptying it. The text may
// have several lines but no other control character: it may be pasted into a
// shell, and "ESC [ 201 ~" would end a paste that the shell holds back.
func isClipboard(b []byte) bool {
	selection, data, ok := bytes.Cut(b, []byte{';'})
	if !ok || len(data) == 0 || string(selection) != "c" && string(selection) != "p" {
		return false
	}
	plain := make([]byte, base64.StdEncoding.DecodedLen(len(data)))
	n, err := base64.StdEncoding.Strict().Decode(plain, data)
	if err != nil || !utf8.Valid(plain[:n]) {
		return false
	}
	return !bytes.ContainsFunc(plain[:n], func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= del && r <= 0x9f
	})
}

// isCapabilityQuery tells whether the content of a DCS is an XTGETTCAP request:
// "+q" and names in hexadecimal, parted by semicolons.
func isCapabilityQuery(b []byte) bool {
	names, ok := bytes.CutPrefix(b, []byte("+q"))
	digits := 0
	for _, c := range names {
		switch {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'F', c >= 'a' && c <= 'f':
			digits++
		case c == ';' && digits > 0 && digits%2 == 0:
			digits = 0
		default:
			return false
		}
	}
	return ok && digits > 0 && digits%2 == 0
}

// isInertLine tells whether b is inert text without line ends and tabs.
func isInertLine(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 || r < ' ' || !article.Inert(r) {
			return false
		}
		b = b[n:]
	}
	return true
}
