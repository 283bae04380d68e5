package edge_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"

	"carrel/ui/edge"
)

// through returns what a Writer makes of the parts and how much it refused.
func through(p edge.Policy, parts ...string) (string, int) {
	var b bytes.Buffer
	w := edge.New(&b, p)
	for _, s := range parts {
		if n, err := w.Write([]byte(s)); n != len(s) || err != nil {
			panic("edge: a write to a buffer failed")
		}
	}
	return b.String(), w.Refused()
}

// expect checks one input, whole and cut into single bytes.
func expect(t *testing.T, p edge.Policy, in, out string, refused int) {
	t.Helper()
	if got, n := through(p, in); got != out || n != refused {
		t.Errorf("%.80q:\n got %.120q, %d refused\nwant %.120q, %d refused", in, got, n, out, refused)
	}
	if got, n := through(p, strings.Split(in, "")...); got != out || n != refused {
		t.Errorf("%.80q byte by byte:\n got %.120q, %d refused\nwant %.120q, %d refused", in, got, n, out, refused)
	}
}

func clip(s string) string {
	return "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(s)) + "\a"
}

func TestWhatTheProgramNeedsPassesUnchanged(t *testing.T) {
	for _, s := range []string{
		"", "plain text\r\n\tand\bmore", "naïve — 日本語 العربية עברית 👩\u200d🔬 ❤\ufe0f e\u0301 \u00a0\ufffd",
		"\x1b7\x1b8\x1bM\x1b=\x1b>",
		"\x1b[m\x1b[0m\x1b[1;38;2;1;22;255;48;5;17m\x1b[4:3;58:2::1:2:3m\x1b[;m",
		"\x1b[A\x1b[12B\x1b[3C\x1b[D\x1b[2E\x1b[F\x1b[7G\x1b[H\x1b[3;4H\x1b[;5H\x1b[3;4f\x1b[9d\x1b[9`\x1b[2I\x1b[2Z",
		"\x1b[J\x1b[1J\x1b[2J\x1b[K\x1b[1K\x1b[2K\x1b[5X\x1b[79b\x1b[3@\x1b[3P\x1b[3L\x1b[3M\x1b[3S\x1b[3T",
		"\x1b[2;23r\x1b[r\x1b[4h\x1b[4l\x1b[0 q\x1b[6 q\x1b[?5W",
		"\x1b[?25l\x1b[?25h\x1b[?1049h\x1b[?1049l\x1b[?2004h\x1b[?2026h\x1b[?2027l\x1b[?1004h\x1b[?7l",
		"\x1b[?1000h\x1b[?1002h\x1b[?1003h\x1b[?1006l\x1b[?2026$p\x1b[?2027$p",
		"\x1b[?u\x1b[>1u\x1b[>u\x1b[<1u\x1b[<u\x1b[=5;1u\x1b[>4;2m\x1b[>4m",
		"\x1b[c\x1b[0c\x1b[>c\x1b[>q\x1b[>0q\x1b[6n\x1b[?6n\x1b[5n",
		"\x1b]8;;https://example.org/a;b?c=%20\aLink\x1b]8;;\a",
		"\x1b]8;id=1:x=y;HTTP://example.org/\x1b\\Link\x1b]8;id=1;\x1b\\",
		"\x1b]8;;mailto:someone@example.org\aLink\x1b]8;;\a", "\x1b]8;;https://bücher.example\aLink\x1b]8;;\a",
		"\x1b]8;;https://example.org/" + strings.Repeat("a", 2028) + "\a\x1b]8;;\a",
		"\x1b]10;?\a\x1b]11;?\a\x1b]12;?\x1b\\\x1b]110\a\x1b]111\a\x1b]112\a",
		"\x1b]2;Title — 日本\a\x1b]0;Title\x1b\\\x1b]2;\a",
		clip("two lines\n\tof text"), strings.Replace(clip("é"), ";c;", ";p;", 1), clip(strings.Repeat("x", 700_000)),
		"\x1bP+q524742;5463\x1b\\",
	} {
		expect(t, edge.Screen, s, s, 0)
	}
}

func TestWhatDrivesATerminalIsDropped(t *testing.T) {
	for _, c := range []struct {
		in, out string
		refused int
	}{
		// Characters.
		{"a\x00\a\v\f\x0e\x0f\x7fb", "ab", 7},
		{"a\u0080\u009b31m\u009d0;t\u009cb", "a31m0;tb", 4},
		{"a\x9b31mb\x85", "a31mb", 2},
		{"a\xffb\xe6\x9cc\xc0\xafd\xf0\x9f\x98", "a\ufffdb\ufffdc\ufffd\ufffdd", 4},
		{"\u202eevil\u202c \u2066x\u2069 \u200f\u061c\ufeff\u2028\U000e0041", "evil x ", 9},
		// Single escapes and character sets.
		{"a\x1bcb\x1b#8c\x1b(0d\x1bDe\x1bNf\x1b\\g\x1bZh\x1b %Gi", "abcdefghi", 8},
		{"a\x1b\x1b[31mb\x1b\nc", "a\x1b[31mb\nc", 2},
		// Control sequences.
		{"a\x1b[3Jb\x1b[!pc\x1b[5id\x1b[21te\x1b[14tf\x1b[61\"pg", "abcdefg", 6},
		{"\x1b[?1l\x1b[?1005h\x1b[?1001h\x1b[?47h\x1b[?25;1049h\x1b[?3h\x1b[20h\x1b[?1$p\x1b[?2026p\x1b[?2026;1$p\x1b[?h", "", 11},
		{"\x1b[s\x1b[u\x1b[0x\x1b[1;2;3;4;5T\x1b[1;2;3H\x1b[99999b\x1b[1:2H\x1b[?4m\x1b[>1;2m\x1b[>4;3m\x1b[=c\x1b[7 q", "", 12},
		{"\x1b[>99u\x1b[=1;4u\x1b[?15n\x1b[?996n\x1b[=1h\x1b[<0;1;1M\x1b[1;?m\x1b[ m\x1b[0%m", "", 9},
		{"a\x1b[3\n1mb", "a\n1mb", 1},
		{"a\x1b[3\x1b[1mb", "a\x1b[1mb", 1},
		{"a\x1b[31éb", "aéb", 1},
		{"a\x1b[3\x181m\x1b[3\x1a1m", "a1m1m", 4},
		{"\x1b[" + strings.Repeat("1", 200) + "mz", strings.Repeat("1", 74) + "mz", 1},
		// Commands.
		{"a\x1b]0;x\x1b[31my", "a\x1b[31my", 1},
		{"a\x1b]2;t\u202ex\ab\x1b]2;t\xffx\ac\x1b]0\ad\x1b]1;x\ae\x1b]2;\u009cx\af", "abcdef", 5},
		{"\x1b]8;;javascript:alert(1)\aa\x1b]8;;file:///etc/passwd\ab\x1b]8;;man:ls\ac\x1b]8;;//x\ad\x1b]8;;\x1b]8\ae", "abcde", 6},
		{"\x1b]8;;https://e.org/\u0085\aa\x1b]8;;https://e.org/\u202e\ab\x1b]8;;httpsx:\ac\x1b]8;;https\ad", "abcd", 4},
		{"\x1b]8;;https://example.org/" + strings.Repeat("a", 2029) + "\a", "", 1},
		{"\x1b]4;1;?\a\x1b]10;red\a\x1b]11;?;?\a\x1b]12;#ffffff\a\x1b]104\a\x1b]110;1\a\x1b]112;\a", "", 7},
		{"\x1b]52;c;?\a\x1b]52;c;\a\x1b]52;;eA==\a\x1b]52;s;eA==\a\x1b]52;c;e!==\a\x1b]52;c;eA\a\x1b]52;c\a", "", 7},
		{clip("x\x1b[201~y") + clip("\xff") + clip("\u009b"), "", 3},
		{"\x1b]9;4;1;50\a\x1b]9;hi\a\x1b]22;text\a\x1b]7501;x\a\x1b]777;notify;a;b\a\x1b]1337;File=:eA==\a\x1b]50;f\a", "", 7},
		{"a\x1b]2;title\nb", "a\nb", 1},
		{"a\x1b]2;title\x18b\x1b]2;title\x1ac", "abc", 4},
		// Device control, application, privacy, start of string.
		{"a\x1bPq#0;2\x1b\\b\x1bP$qm\x1b\\c\x1bP+q1\x1b\\d\x1bP+q\x1b\\e\x1bP+q12;\x1b\\f\x1bP+p12\x1b\\g\x1bP+q1;12\x1b\\", "abcdefg", 7},
		{"a\x1b_Ga=T;eA==\x1b\\b\x1b^x\x1b\\c\x1bXx\x1b\\d\x1bP+q12\ae", "abcde", 5},
	} {
		expect(t, edge.Screen, c.in, c.out, c.refused)
	}
}

func TestAPipeGetsNoSequences(t *testing.T) {
	const link = "\x1b]8;;https://example.org\aLink\x1b]8;;\a"
	const in = "a\r\n\tb\b\x1b[1;4:3mbold\x1b[m\x1b[2J\x1b[?25l\x1b]2;t\a\x1b]11;?\a\x1bM\x1bP+q12\x1b\\" + link
	expect(t, edge.Plain, in, "a\n\tbboldLink", 12)
	expect(t, edge.Styled, in, "a\n\tb\x1b[1;4:3mbold\x1b[m"+link, 8)
}

func TestAnUnendedStringDoesNotSwallowTheRest(t *testing.T) {
	fill := strings.Repeat("x", 5000)
	for _, open := range []string{"\x1b]", "\x1b]2;", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1b]8;;http:", "\x1b]5;"} {
		rest := fill[4096-len(open):]
		expect(t, edge.Screen, open+fill+"\x1b[1mend", rest+"\x1b[1mend", 1)
	}
	expect(t, edge.Screen, "\x1b]52;c;"+strings.Repeat("A", 1<<20)+"end", "AAAAAAAend", 1)
}

func TestARefusedLinkDoesNotLeadToTheOneBefore(t *testing.T) {
	const open, end = "\x1b]8;;https://good.example\a", "\x1b]8;;\a"
	expect(t, edge.Screen, open+"one\x1b]8;;javascript:x\atwo"+end, open+"one"+end+"two"+end, 1)
	expect(t, edge.Screen, open+"one\x1b]8;;https://cut\ntwo", open+"one"+end+"\ntwo", 1)
	expect(t, edge.Styled, open+"one"+end+"two\x1b]8;;x:\athree", open+"one"+end+"twothree", 1)
}

// failing takes so many bytes and then fails.
type failing struct {
	room  int
	err   error
	calls int
}

func (f *failing) Write(p []byte) (int, error) {
	f.calls++
	if len(p) <= f.room {
		f.room -= len(p)
		return len(p), nil
	}
	return f.room, f.err
}

func TestAFailureOfTheTerminalIsReported(t *testing.T) {
	gone := errors.New("gone")
	for _, c := range []struct {
		in   string
		err  error
		n    int
		want error
	}{
		{"hello", gone, 3, gone},
		{"hello", nil, 3, io.ErrShortWrite},
		{"h\aello", gone, 0, gone},
		{"\ahello", gone, 0, gone},
	} {
		n, err := edge.New(&failing{room: 3, err: c.err}, edge.Screen).Write([]byte(c.in))
		if n != c.n || !errors.Is(err, c.want) {
			t.Errorf("%q: %d, %v, want %d, %v", c.in, n, err, c.n, c.want)
		}
	}
}

func TestOneWriteBecomesOneWrite(t *testing.T) {
	f := &failing{room: 1 << 20}
	w := edge.New(f, edge.Screen)
	for i, s := range []string{"a\ab\x1b[1mc\x1b[5id\x1b", "[1mx", "é"[:1], "\a\a\a"} {
		if _, err := w.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		// The third holds its byte back, the fourth replaces it.
		if want := []int{1, 2, 2, 3}[i]; f.calls != want {
			t.Errorf("after write %d: %d writes to the terminal, want %d", i, f.calls, want)
		}
	}
	if _, err := w.Write(nil); err != nil || f.calls != 3 {
		t.Errorf("an empty write: %v, %d calls", err, f.calls)
	}
}

func TestATypicalFrameCostsNoMemory(t *testing.T) {
	frame := []byte(frame())
	w := edge.New(io.Discard, edge.Screen)
	if n := testing.AllocsPerRun(50, func() { _, _ = w.Write(frame) }); n != 0 {
		t.Errorf("%v allocations a frame", n)
	}
	if n := w.Refused(); n != 0 {
		t.Errorf("%d refused in a good frame", n)
	}
}
