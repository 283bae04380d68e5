package edge

import (
	"io"
	"sync"
	"sync/atomic"
)

// Policy says which sequences may pass a Writer. The zero value passes least.
type Policy int

const (
	// Plain passes text, newlines and tabs. It is for pipes and files.
	Plain Policy = iota
	// Styled passes colours and other character styles (SGR) and hyperlinks
	// (OSC 8) besides. It is for styled text that no program draws over.
	Styled
	// Screen passes all that a full-screen program needs: moving and erasing,
	// the modes that it sets and resets, and its questions to the terminal.
	Screen
)

// Bounds, in bytes. A sequence that reaches its bound is dropped as far as it
// was read; what follows is text again.
const (
	maxControl   = 128      // a control sequence; the longest that is emitted has some 70
	maxString    = 4 << 10  // a string sequence, whatever it is for
	maxClipboard = 1 << 20  // a string sequence that sets the clipboard
	maxLink      = 2 << 10  // the target of a hyperlink
	maxKept      = 64 << 10 // a buffer that is kept for the next Write
)

// Writer passes to another writer only what its Policy allows. Everything else
// is dropped and counted; a byte that is no UTF-8 becomes U+FFFD. What comes
// out does not depend on how the bytes are parted over calls of Write.
//
// A sequence is either passed unchanged and whole or not at all. The one thing
// a Writer adds on its own is the end of an open hyperlink, where a hyperlink
// that would have taken its place was refused: the text that follows must not
// lead to the older target.
//
// A Writer may be used by several goroutines at once.
type Writer struct {
	dst     io.Writer
	policy  Policy
	refused atomic.Int64

	mu     sync.Mutex // guards what follows
	state  state
	kind   byte   // the byte after ESC that opened the string sequence
	linked bool   // a hyperlink is open
	held   []byte // the start of the unfinished token, from earlier Writes
	from   int    // where the unfinished token begins in this Write
	run    int    // from here on, this Write's bytes are not yet in out
	out    []byte // what goes out; empty while the input passes unchanged
}

// New returns a Writer that passes to w what the policy allows. For a terminal
// that is a file, NewTerminal keeps the file's own abilities.
func New(w io.Writer, policy Policy) *Writer {
	return &Writer{dst: w, policy: policy}
}

// Refused returns how many sequences and characters were dropped or replaced
// since the Writer was made. In a program without faults it stays zero.
func (w *Writer) Refused() int {
	return int(w.refused.Load())
}

// Write passes on what the policy allows of p, in one call to the underlying
// writer or, if nothing is left, in none. The start of a character or sequence
// that ends in a later Write is held back until then.
//
// Write returns len(p) although fewer or more bytes may have gone out; refusing
// is no error. The errors are those of the underlying writer, and
// io.ErrShortWrite where it takes less without an error; the count is then that
// of the underlying writer if p went out unchanged, and otherwise 0.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, changed := w.filter(p)
	if len(b) == 0 {
		return len(p), nil
	}
	n, err := w.dst.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if err == nil {
		return len(p), nil
	}
	if changed {
		return 0, err
	}
	return n, err
}

// filter returns the bytes to write, valid until the next call, and whether
// they are anything but the beginning of p.
func (w *Writer) filter(p []byte) (b []byte, changed bool) {
	if cap(w.out) > maxKept {
		w.out = nil
	}
	if cap(w.held) > maxKept && len(w.held) == 0 {
		w.held = nil
	}
	w.out = w.out[:0]
	w.scan(p)

	end := len(p)
	if w.state != ground {
		end = w.from
		w.held = append(w.held, p[end:]...)
	}
	if len(w.out) == 0 {
		return p[min(w.run, end):end], w.run > 0
	}
	if w.run < end {
		w.out = append(w.out, p[w.run:end]...)
	}
	return w.out, true
}
