package edge

import "io"

// File is what a terminal must offer: an open file with a descriptor. *os.File
// is one, and so is the File of charmbracelet/x/term, which Bubble Tea asks for
// before it looks for a terminal's size.
type File interface {
	io.ReadWriteCloser
	// Fd returns the descriptor that the terminal is asked through.
	Fd() uintptr
}

// Terminal is a Writer before a terminal, with the Policy Screen. It is a File
// itself: whoever wants the descriptor, to set modes or to learn the size, gets
// the terminal's own.
type Terminal struct {
	*Writer
	file File
}

// NewTerminal returns a Terminal before f.
func NewTerminal(f File) *Terminal {
	return &Terminal{Writer: New(f, Screen), file: f}
}

// Fd returns the descriptor of the terminal.
func (t *Terminal) Fd() uintptr { return t.file.Fd() }

// Read reads from the terminal, unchanged: keys and answers are not output.
func (t *Terminal) Read(p []byte) (int, error) { return t.file.Read(p) }

// Close closes the terminal. A sequence that was begun and not ended is lost.
func (t *Terminal) Close() error { return t.file.Close() }
