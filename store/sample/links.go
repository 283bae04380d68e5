package sample

import (
	"fmt"
	"strconv"
	"strings"
)

// plan spreads the links of an article over its length. A short one has fewer.
func (m *maker) plan(size int) {
	m.links = min(m.between(4, 10), 2+size/600)
	m.own = 0
	if m.of > 1 {
		m.own = min(m.between(1, 3), m.links-1)
	}
	m.every = max(size-len(m.out), 0) / (m.links + 1)
	m.next = len(m.out) + m.every
}

// link writes the next link: to another article or, more often, to the web.
func (m *maker) link(i int) {
	own := m.rng.IntN(m.links) < m.own
	m.links--
	m.next = len(m.out) + m.every
	if own {
		m.own--
	} else if m.oneIn(8) {
		m.out = append(m.address(append(m.out, '<')), '>')
		return
	}
	m.out = append(m.out, '[')
	m.words(m.between(1, 4))
	m.out = append(m.out, "]("...)
	if own {
		m.out = m.path(m.out, m.other(i))
	} else {
		m.out = m.address(m.out)
	}
	m.out = append(m.out, ')')
}

// address appends an address in the web.
func (m *maker) address(b []byte) []byte {
	b = m.host(append(b, "https://"...), m.rng.IntN(hosts)*m.rng.IntN(hosts)/hosts)
	for range m.rng.IntN(3) {
		b = m.word(append(b, '/'), m.rank())
	}
	b = append(m.word(append(b, '/'), m.rank()), '-')
	return strconv.AppendInt(b, int64(m.rng.IntN(10000)), 10)
}

// other draws another article than i. Most are near it in number, as posts of a
// series are.
func (m *maker) other(i int) int {
	j := m.rng.IntN(m.of - 1)
	if near := i + m.between(1, 20); m.oneIn(2) && near < m.of {
		return near
	}
	if j >= i {
		j++
	}
	return j
}

// path appends the path of an article as seen from the present one.
func (m *maker) path(b []byte, j int) []byte {
	// The other has numbers of its own: those of this one go on afterwards.
	mine, _ := m.source.MarshalBinary()
	to := m.identify(j)
	_ = m.source.UnmarshalBinary(mine)
	folder := fmt.Sprintf("%04d/%02d/", m.id.year, m.id.month)
	if name, same := strings.CutPrefix(to.name, folder); same {
		return append(b, name...)
	}
	return append(append(b, "../../"...), to.name...)
}
