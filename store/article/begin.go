package article

import (
	"bytes"
	"unicode/utf8"
)

// Long is the size of a file, in bytes, from which on Begin is worth its while.
const Long = 256 << 10

// beginning is how much of a long file Begin parses, in bytes: many screens, in
// a few milliseconds.
const beginning = 64 << 10

// Begin reads the beginning of a long article, so that its first screens can be
// shown while Parse is at work; whole is set if that is all of it. Blocks and
// links are those that Parse gives, up to the last few. Words and Size are
// estimates for the whole.
func Begin(in Input) (doc *Document, whole bool) {
	if len(in.Data) < Long || bytes.HasPrefix(in.Data, []byte{0xff, 0xfe}) || bytes.HasPrefix(in.Data, []byte{0xfe, 0xff}) {
		return Parse(in), true
	}
	all := in.Data
	end := beginning + bytes.IndexByte(all[beginning:], '\n') + 1
	if end <= beginning || end > 2*beginning {
		for end = beginning; !utf8.RuneStart(all[end]); {
			end--
		}
	}
	in.Data = append(all[:end:end], linkDefinitions(all[end:])...)
	doc = Parse(in)
	scale := float64(len(all)) / float64(end)
	doc.Words, doc.Size = int(float64(doc.Words)*scale), int(float64(doc.Size)*scale)
	return doc, false
}

// linkDefinitions collects the lines that may define what links further up lead
// to: those that begin with a bracket and have a colon after the closing one.
func linkDefinitions(rest []byte) []byte {
	out := []byte("\n\n")
	for {
		i := bytes.Index(rest, []byte("\n["))
		if i < 0 || len(out) > beginning {
			return out
		}
		rest = rest[i+1:]
		line := rest[:len(rest)-len(rest[max(bytes.IndexByte(rest, '\n'), 0):])]
		if bytes.Contains(line, []byte("]:")) && !bytes.HasPrefix(line, []byte("[^")) {
			out = append(append(out, line...), '\n')
		}
	}
}
