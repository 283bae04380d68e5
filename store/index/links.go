package index

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"strings"

	"carrel/store/article"
)

// The bounds of the links of an article, in number and in bytes unpacked: neither
// an article that is made of links nor a damaged blob may fill the memory. What
// is beyond them is left out.
const (
	mostLinks = 50_000
	maxLinks  = 64 << 20
)

// linkEncoder packs the links of articles. The zero linkEncoder is ready.
type linkEncoder struct{ flate *flate.Writer }

// encode packs the links of an article. Neighbours often stand in one sentence,
// which is written once.
func (p *linkEncoder) encode(links []article.Link) []byte {
	if len(links) == 0 {
		return nil
	}
	links = links[:fitting(links)]
	var e encoder
	e.number(uint64(len(links)))
	block, sentence := 0, article.Text("")
	for _, l := range links {
		e.line(l.Target)
		e.line(l.Label)
		e.signed(int64(l.Block - block))
		e.number(uint64(l.Offset))
		if l.Sentence == sentence {
			e.number(0)
		} else {
			e.number(1)
			e.line(l.Sentence)
		}
		block, sentence = l.Block, l.Sentence
	}
	var b bytes.Buffer
	if p.flate == nil {
		p.flate, _ = flate.NewWriter(&b, flate.DefaultCompression) // it fails for unknown levels only
	} else {
		p.flate.Reset(&b)
	}
	_, _ = p.flate.Write(e.b) // a buffer takes everything
	_ = p.flate.Close()
	return b.Bytes()
}

// fitting is how many of the links are within the bounds.
func fitting(links []article.Link) int {
	const numbers = 6 * binary.MaxVarintLen64
	size := numbers
	for i, l := range links {
		if size += len(l.Target) + len(l.Label) + len(l.Sentence) + numbers; i == mostLinks || size >= maxLinks {
			return i
		}
	}
	return len(links)
}

func decodeLinks(packed []byte) ([]article.Link, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	var b strings.Builder
	if n, err := io.Copy(&b, io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxLinks)); err != nil || n == maxLinks {
		return nil, ErrDamaged
	}
	d := decoder{s: b.String()}
	n := d.count()
	if n > mostLinks {
		return nil, ErrDamaged
	}
	links := make([]article.Link, 0, n)
	block, sentence := 0, article.Text("")
	for range n {
		l := article.Link{Target: d.line(), Label: d.line(), Block: block + int(d.signed()), Offset: int(d.number())}
		if d.number() == 1 {
			sentence = d.line()
		}
		l.Sentence, block = sentence, l.Block
		links = append(links, l)
	}
	if d.bad || d.s != "" {
		return nil, ErrDamaged
	}
	return links, nil
}
