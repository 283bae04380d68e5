package edge_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"carrel/ui/edge"
)

// The oracle judges output without the Writer's machine: it is a list of regular
// expressions, each matched where an ESC stands. It knows the longest list, that
// of edge.Screen; the stricter policies have the lists before it.
type oracle struct {
	sequence *regexp.Regexp
	controls string // the C0 controls that may stand in text
}

const (
	number  = `\d*` // bounded by overlong, below
	private = `(?:7|25|1000|1002|1003|1004|1006|1049|2004|2026|2027)`
	inner   = `[^\x00-\x1f\x7f]` // in a command
	closed  = `(?:\x07|\x1b\\)`
)

func oracleFor(p edge.Policy) oracle {
	styled := []string{
		`\[[\d;:]*m`,
		`\]8;` + inner + `*?;(?:|(?i:https?|mailto):` + inner + `*)` + closed,
	}
	screen := []string{
		`[78M=>]`,
		`\[` + number + "[ABCDEFGIZd`@LMPSTXb]", `\[` + number + `(?:;` + number + `)?[Hfr]`,
		`\[0*[012]?[JK]`, `\[0*4[hl]`, `\[0*[56]n`, `\[0*c`, `\[0*[0-6]? q`,
		`\[\?0*` + private + `(?:[hl]|\$p)`, `\[\?0*6n`, `\[\?u`, `\[\?0*5W`,
		`\[>0*4(?:;0*[012]?)?m`, `\[>` + number + `u`, `\[>0*[cq]`,
		`\[<` + number + `u`, `\[=` + number + `(?:;0*[0123]?)?u`,
		`\][02];` + inner + `*?` + closed, `\]1[012];\?` + closed, `\]11[012]` + closed,
		`\]52;[cp];[A-Za-z0-9+/]+=*` + closed,
		`P\+q[0-9a-fA-F;]+\x1b\\`,
	}
	switch p {
	case edge.Plain:
		return oracle{regexp.MustCompile(`^\x1b(?:[^\x00-\x{10ffff}])`), "\n\t"}
	case edge.Styled:
		return oracle{regexp.MustCompile(`^\x1b(?:` + strings.Join(styled, "|") + `)`), "\n\t"}
	}
	return oracle{regexp.MustCompile(`^\x1b(?:` + strings.Join(append(styled, screen...), "|") + `)`), "\n\t\r\b"}
}

var overlong = regexp.MustCompile(`[1-9]\d{4}`)

// judge returns what is wrong with a Writer's output.
func (o oracle) judge(out string) error {
	if !utf8.ValidString(out) {
		return fmt.Errorf("not UTF-8")
	}
	for i := 0; i < len(out); {
		if out[i] != '\x1b' {
			r, n := utf8.DecodeRuneInString(out[i:])
			if hostile(r) && !strings.ContainsRune(o.controls, r) {
				return fmt.Errorf("character %U at %d", r, i)
			}
			i += n
			continue
		}
		s := o.sequence.FindString(out[i:])
		if s == "" {
			return fmt.Errorf("sequence at %d: %.60q", i, out[i:])
		}
		if err := judgeSequence(s); err != nil {
			return fmt.Errorf("sequence at %d: %.60q: %w", i, s, err)
		}
		i += len(s)
	}
	return nil
}

func judgeSequence(s string) error {
	body := strings.TrimRight(strings.TrimSuffix(s, "\x1b\\"), "\a")
	if strings.HasPrefix(body, "\x1b[") {
		if len(s) > 200 || overlong.MatchString(body) {
			return fmt.Errorf("too long, or a number too great")
		}
		return nil
	}
	if strings.IndexFunc(body[1:], hostile) >= 0 {
		return fmt.Errorf("a control character within")
	}
	if data, ok := strings.CutPrefix(body, "\x1b]52;"); ok {
		plain, err := base64.StdEncoding.DecodeString(data[2:])
		if err != nil || bytes.ContainsRune(plain, '\x1b') || !utf8.Valid(plain) {
			return fmt.Errorf("clipboard %q, %v", plain, err)
		}
		return nil
	}
	if len(s) > 4200 {
		return fmt.Errorf("too long")
	}
	return nil
}

func hostile(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) ||
		unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}

// cut parts s at places that a seed decides.
func cut(s string, seed uint64) []string {
	random := rand.New(rand.NewPCG(seed, 1))
	longest := 1 + random.IntN(1+min(len(s), 64))
	var parts []string
	for s != "" {
		n := min(len(s), 1+random.IntN(longest))
		parts, s = append(parts, s[:n]), s[n:]
	}
	return parts
}

// checkAnything holds a Writer to its promises for one input.
func checkAnything(t *testing.T, in string, seed uint64) {
	for _, p := range []edge.Policy{edge.Plain, edge.Styled, edge.Screen} {
		out, refused := through(p, in)
		if err := oracleFor(p).judge(out); err != nil {
			t.Fatalf("policy %d: %v\nin  %q\nout %q", p, err, in, out)
		}
		for _, parts := range [][]string{cut(in, seed), strings.SplitAfter(in, "\x1b")} {
			if got, n := through(p, parts...); got != out || n != refused {
				t.Fatalf("policy %d, cut as %q:\n got %q, %d\nwant %q, %d", p, parts, got, n, out, refused)
			}
		}
		if again, n := through(p, out); again != out || n != 0 {
			t.Fatalf("policy %d: not accepted again: %d refused of\n%q, giving\n%q", p, n, out, again)
		}
		// CAN ends whatever is open; what follows must be seen.
		after, n := through(p, in, "\x18", "é end\n")
		if !strings.HasSuffix(after, "é end\n") {
			t.Fatalf("policy %d: swallowed the text after it: %q", p, after)
		}
		if n == 1 && after != in+"é end\n" {
			t.Fatalf("policy %d: changed %q to %q without counting", p, in, after)
		}
	}
}

func FuzzEdge(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s, uint64(len(s)))
	}
	f.Fuzz(checkAnything)
}

// seeds are inputs near the borders of what may pass.
func seeds() []string {
	return []string{
		"text\r\n\t日本\u202e\u009b\xe6\x9c\xff", "\x1b[1;38:2::1:2:3m\x1b[?1049h\x1b[?2026$p\x1b[>4;2m\x1b[=5;1u\x1b[2 q",
		"\x1b]8;id=1;https://example.org\ax\x1b]8;;javascript:\ay\x1b]8;;\x1b\\", "\x1b]52;c;eA==\a\x1b]52;c;?\a",
		"\x1b]0;t\x1b\\\x1b]11;?\a\x1bP+q524742\x1b\\\x1b_Gx\x1b\\\x1b^x\x1bXx", "\x1bc\x1b(0\x1b7\x1b8\x1bM\x1b\x1b[", frame()[:400],
	}
}

// TestAnythingCutAnywhereIsSafe is the short form of FuzzEdge: sequences put
// together at random from the pieces that matter.
func TestAnythingCutAnywhereIsSafe(t *testing.T) {
	pieces := []string{
		"\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1b_", "\x1b\\", "\a", "\x18", "\n", "\x9b", "\x9c", "\xe6", "\x9c", "\u009d", "\u202e", "日", "\xf0\x9f",
		"?", ">", "=", "<", ";", ":", "0", "4", "8", "25", "52", "1049", "2026", "99999", "m", "h", "l", "u", "q", "J", "H", "t", "p", "$p", " q",
		"8;;", "https:", "javascript:", "52;c;", "eA==", "2;", "11;?", "+q", "5463", "text", " ", strings.Repeat("9", 140), strings.Repeat("k", 4100),
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var b strings.Builder
		for range 1 + random.IntN(24) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		checkAnything(t, b.String(), random.Uint64())
	}
}
