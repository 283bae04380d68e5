package edge

// maxNumber bounds every parameter: more than any screen has cells in a row, too
// few for "repeat that a billion times".
const maxNumber = 9999

// parameters is a control sequence taken apart: ESC [ prefix numbers inner final.
type parameters struct {
	prefix byte   // one of < = > ? or 0
	inner  byte   // the intermediate byte, or 0
	final  byte   // what the sequence does
	count  int    // how many numbers there are
	first  [2]int // the first of them; one that is left out is 0
	colon  bool   // some number has subparameters
}

// split takes apart what stands after ESC [. It fails where that is not of the
// plain form: a prefix, numbers, at most one intermediate byte, the final one.
func split(body []byte) (c parameters, ok bool) {
	i, last := 0, len(body)-1
	c.final = body[last]
	if b := body[0]; b >= '<' && b <= '?' {
		c.prefix = b
		i++
	}
	numbers := body[i:last]
	if n := len(numbers); n > 0 && numbers[n-1] >= ' ' && numbers[n-1] <= '/' {
		c.inner, numbers = numbers[n-1], numbers[:n-1]
	}
	n := 0
	for _, b := range numbers {
		switch {
		case b >= '0' && b <= '9' && n*10 <= maxNumber:
			n = n*10 + int(b-'0')
		case b == ';' || b == ':':
			c.colon = c.colon || b == ':'
			c.add(n)
			n = 0
		default:
			return c, false
		}
	}
	if len(numbers) > 0 {
		c.add(n)
	}
	return c, true
}

func (c *parameters) add(n int) {
	if c.count < len(c.first) {
		c.first[c.count] = n
	}
	c.count++
}

// allowsControl is the list of control sequences that pass. All that Bubble Tea
// v2 and its renderer emit is on it.
func (w *Writer) allowsControl(body []byte) bool {
	c, ok := split(body)
	if !ok {
		return false
	}
	if c.final == 'm' && c.prefix == 0 && c.inner == 0 {
		return w.policy >= Styled
	}
	if w.policy != Screen || c.colon {
		return false
	}
	switch c.prefix {
	case 0:
		return c.standard()
	case '?':
		return c.private()
	case '>':
		return c.extended()
	case '<': // leave a level of the kitty keyboard protocol
		return c.is('u', 1)
	default: // '=': change the level of the kitty keyboard protocol
		return c.is('u', 2) && c.first[0] <= 31 && c.first[1] <= 3
	}
}

// is tells whether the sequence has this final byte, no intermediate byte, and
// at most so many numbers.
func (c *parameters) is(final byte, most int) bool {
	return c.final == final && c.inner == 0 && c.count <= most
}

// standard lists the sequences without a prefix. Not on it are, among others:
// J with 3, which erases what was scrolled away before the program began; T with
// several numbers, which makes xterm wait for an answer; i, which prints; p,
// which resets; t, which moves and reports the window.
func (c *parameters) standard() bool {
	if c.inner != 0 {
		return c.inner == ' ' && c.final == 'q' && c.count <= 1 && c.first[0] <= 6 // DECSCUSR
	}
	switch c.final {
	case 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'I', 'Z', 'd', '`', // moves: CUU to CHA, CHT, CBT, VPA, HPA
		'@', 'L', 'M', 'P', 'S', 'T', 'X', 'b': // ICH, IL, DL, DCH, SU, SD, ECH, REP
		return c.count <= 1
	case 'H', 'f', 'r': // CUP, HVP, DECSTBM
		return c.count <= 2
	case 'J', 'K': // ED, EL
		return c.count <= 1 && c.first[0] <= 2
	case 'h', 'l': // insert mode
		return c.count == 1 && c.first[0] == 4
	case 'n': // where is the cursor, are you there
		return c.count == 1 && (c.first[0] == 6 || c.first[0] == 5)
	case 'c': // what are you
		return c.count <= 1 && c.first[0] == 0
	}
	return false
}

// private lists the sequences with the prefix "?".
func (c *parameters) private() bool {
	switch {
	case c.is('h', 1), c.is('l', 1):
		return mode(c.first[0])
	case c.final == 'p' && c.inner == '$': // DECRQM: is this mode set
		return c.count == 1 && mode(c.first[0])
	case c.is('n', 1): // where is the cursor
		return c.first[0] == 6
	case c.is('u', 0): // which level of the kitty keyboard protocol is this
		return true
	case c.is('W', 1): // DECST8C: tab stops every eight columns
		return c.first[0] == 5
	}
	return false
}

// extended lists the sequences with the prefix ">".
func (c *parameters) extended() bool {
	switch {
	case c.is('m', 2): // XTMODKEYS, modifyOtherKeys only
		return c.first[0] == 4 && c.first[1] <= 2
	case c.is('u', 1): // a new level of the kitty keyboard protocol
		return c.first[0] <= 31
	case c.is('c', 1), c.is('q', 1): // what are you, which version
		return c.first[0] == 0
	}
	return false
}

// mode lists the private modes that may be set, reset and asked for.
func mode(n int) bool {
	switch n {
	case 7, // wrap at the right edge
		25,               // the cursor is visible
		1000, 1002, 1003, // the mouse reports clicks, drags, all moves
		1004, // the window reports its focus
		1006, // the mouse reports in decimal
		1049, // the alternate screen
		2004, // pasted text is marked
		2026, // hold the picture until the frame is complete
		2027: // widths by grapheme
		return true
	}
	return false
}
