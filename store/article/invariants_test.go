package article

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// broken says how a document breaks the promises of this package, or is empty.
func broken(doc *Document) string {
	if s := notInert(reflect.ValueOf(doc), "Document"); s != "" {
		return s
	}
	from := 0
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.From != from {
			return fmt.Sprintf("block %d begins at %d, want %d", i, b.From, from)
		}
		from += b.Len()
		if s := badBlock(b, len(doc.Links)); s != "" {
			return fmt.Sprintf("block %d: %s", i, s)
		}
	}
	if doc.Size != from {
		return fmt.Sprintf("size %d, want %d", doc.Size, from)
	}
	return badPlaces(doc)
}

// notInert walks everything that a value holds and names the first string that
// could do harm. ID is a key for opening a file and has Text for the screen.
func notInert(v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return notInert(v.Elem(), path)
		}
	case reflect.Struct:
		if v.Type().PkgPath() == "time" {
			return ""
		}
		for i := range v.NumField() {
			if s := notInert(v.Field(i), path+"."+v.Type().Field(i).Name); s != "" {
				return s
			}
		}
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k != reflect.Struct && k != reflect.String && k != reflect.Pointer {
			return ""
		}
		for i := range v.Len() {
			if s := notInert(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); s != "" {
				return s
			}
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if s := notInert(k, path) + notInert(v.MapIndex(k), path); s != "" {
				return s
			}
		}
	case reflect.String:
		if v.Type() != reflect.TypeFor[ID]() {
			return badText(v.String(), path)
		}
	}
	return ""
}

func badText(s, path string) string {
	if !utf8.ValidString(s) {
		return fmt.Sprintf("%s is not valid UTF-8: %.80q", path, s)
	}
	for _, r := range s {
		if !Inert(r) {
			return fmt.Sprintf("%s holds %U: %.80q", path, r, s)
		}
	}
	if string(Clean(s)) != s {
		return fmt.Sprintf("%s is not clean: %.80q", path, s)
	}
	return ""
}

func badBlock(b *Block, links int) string {
	if n := b.size(); n.text > maxText || n.rows > maxRows {
		return fmt.Sprintf("%d bytes, %d rows", n.text, n.rows)
	}
	bad := ""
	b.Leaves(func(leaf Block, _ int) {
		if len(leaf.Blocks) > 0 {
			bad = "a leaf has parts"
		}
		end := uint32(0)
		for _, s := range leaf.Spans {
			if s.Start < end || s.End <= s.Start || int(s.End) > len(leaf.Text) {
				bad = fmt.Sprintf("span %v after %d in %d bytes", s, end, len(leaf.Text))
				return
			}
			if end = s.End; s.Link < 0 || int(s.Link) > links {
				bad = fmt.Sprintf("span %v of %d links", s, links)
			}
			for _, at := range []uint32{s.Start, s.End} {
				if int(at) < len(leaf.Text) && !utf8.RuneStart(leaf.Text[at]) {
					bad = fmt.Sprintf("span %v cuts a character of %q", s, leaf.Text)
				}
			}
		}
	})
	return bad
}

func badPlaces(doc *Document) string {
	linked := map[int32]bool{}
	for _, b := range doc.Blocks {
		b.Leaves(func(leaf Block, _ int) {
			for _, s := range leaf.Spans {
				linked[s.Link] = true
			}
		})
	}
	last := Link{}
	for i, l := range doc.Links {
		if l.Block < 0 || l.Block >= len(doc.Blocks) {
			return fmt.Sprintf("link %d in block %d of %d", i, l.Block, len(doc.Blocks))
		}
		if l.Block < last.Block || l.Block == last.Block && l.Offset < last.Offset {
			return fmt.Sprintf("link %d is out of order", i)
		}
		last = l
		if l.Target == "" || l.Label == "" || l.Sentence == "" || len(l.Sentence) > maxSentence+10 {
			return fmt.Sprintf("link %d: %+v", i, l)
		}
		flat := doc.Blocks[l.Block].Flat()
		if l.Offset < 0 || l.Offset >= len(flat) {
			return fmt.Sprintf("link %d at %d of %d", i, l.Offset, len(flat))
		}
		if word := strings.Fields(string(l.Label))[0]; !strings.HasPrefix(flat[l.Offset:], firstBytes(word, maxText/2)) && !strings.HasPrefix(word, strings.TrimSuffix(flat[l.Offset:], "\n")) {
			return fmt.Sprintf("link %d: label %q, text %.40q", i, l.Label, flat[l.Offset:])
		}
		if !linked[int32(i+1)] {
			return fmt.Sprintf("link %d has no span: %+v", i, l)
		}
	}
	for i, a := range doc.Anchors {
		if a.Block < 0 || a.Block >= len(doc.Blocks) || a.Offset < 0 || a.Offset > max(0, doc.Blocks[a.Block].Len()-1) {
			return fmt.Sprintf("anchor %d: %+v", i, a)
		}
	}
	seen := map[Text]bool{}
	for i, h := range doc.Outline {
		if seen[h.Anchor] || h.Anchor == "" {
			return fmt.Sprintf("heading %d: anchor %q is empty or taken", i, h.Anchor)
		}
		seen[h.Anchor] = true
		if flat := doc.Blocks[h.Block].Flat(); !strings.HasPrefix(string(Line(flat[h.Offset:])), string(h.Text)) {
			return fmt.Sprintf("heading %d: %q does not stand at %d", i, h.Text, h.Offset)
		}
	}
	return ""
}

// mustHold fails a test if a document breaks a promise.
func mustHold(t *testing.T, doc *Document) {
	t.Helper()
	if s := broken(doc); s != "" {
		t.Errorf("%s: %s", doc.ID, s)
	}
}
