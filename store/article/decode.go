package article

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// decode turns the bytes of a file into UTF-8: by its byte order mark (UTF-8,
// UTF-16), as UTF-8 if it is valid, and as Windows-1252 otherwise, which is what
// text without a declared encoding most often is and which contains Latin-1.
func decode(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		return string(b[3:])
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return decodeUTF16(b[2:], binary.LittleEndian)
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return decodeUTF16(b[2:], binary.BigEndian)
	}
	if utf8.Valid(b) || mostlyUTF8(b) {
		// An Input is not changed once it was read, so the text need not be copied:
		// long articles are most of the memory that a reader takes.
		return unsafe.String(unsafe.SliceData(b), len(b))
	}
	var out strings.Builder
	out.Grow(len(b) + len(b)/8)
	for _, c := range b {
		out.WriteRune(windows1252(c))
	}
	return out.String()
}

// mostlyUTF8 tells a UTF-8 file with a few broken bytes from one in another
// encoding: it has at least as many whole multi-byte characters as broken bytes.
// In an encoding of one byte a character such pairs are rare.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good > 0 && good >= bad
}

func decodeUTF16(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	text := string(utf16.Decode(units))
	if len(b)%2 != 0 {
		text += string(utf8.RuneError)
	}
	return text
}

// windows1252 maps one byte (WHATWG Encoding, index windows-1252). The five
// bytes that stand for nothing become U+FFFD.
func windows1252(c byte) rune {
	if c < 0x80 || c > 0x9f {
		return rune(c)
	}
	return [...]rune{
		'€', 0xfffd, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0xfffd, 'Ž', 0xfffd,
		0xfffd, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0xfffd, 'ž', 'Ÿ',
	}[c-0x80]
}
