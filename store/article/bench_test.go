package article

import (
	"fmt"
	"strings"
	"testing"
)

// sample is an article of about size bytes with everything that ordinary ones have.
func sample(size int) []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: A sample\ndate: 2026-01-02\nauthors: [A, B]\n---\n\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "## Section %d\n\nThe *first* words of a paragraph with `code`, a [link to another](other-%d.md) and **strong** words, then more text\nover several lines that is long enough to be wrapped, and a [reference][ref] or a second [link](https://example.org/%d).\n\n", i, i, i)
		fmt.Fprintf(&b, "- one item\n- another item with a [link](#section-%d)\n- the last\n\n> A quotation that goes on for a while, as quotations do.\n\n```go\nfunc main() {\n\tprintln(%d)\n}\n```\n\n", i, i)
	}
	b.WriteString("[ref]: https://example.org/ref\n")
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	for _, size := range []int{8 << 10, 1 << 20, 10 << 20} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			in := Input{ID: "sample.md", Data: sample(size)}
			b.SetBytes(int64(len(in.Data)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(in)
			}
		})
	}
}

func BenchmarkReadHead(b *testing.B) {
	in := Input{ID: "sample.md", Data: sample(8 << 10)}
	b.ReportAllocs()
	for b.Loop() {
		ReadHead(in)
	}
}
