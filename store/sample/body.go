package sample

import "strconv"

// body writes blocks until the article has its size, and then the links that
// have found no place.
func (m *maker) body(i, size int) {
	m.plan(size)
	m.paragraph(i)
	heading := false
	for len(m.out) < size-200 { // half a block
		switch block := m.rng.IntN(32); {
		case block < 6 && !heading:
			m.heading()
			heading = true
			continue
		case block < 9:
			m.list(i)
		case block < 11:
			m.fence()
		case block < 12:
			m.out = append(m.out, "> "...)
			m.sentence(-1, false)
			m.out = append(m.out, "\n\n"...)
		default:
			m.paragraph(i)
		}
		heading = false
	}
	for m.links > 0 {
		m.out = append(m.out, "- "...)
		m.link(i)
		m.out = append(m.out, '\n')
	}
}

func (m *maker) paragraph(i int) {
	if t := m.id.tongue; t != nil && t.chars != nil && !m.oneIn(3) {
		for range m.between(2, 6) {
			m.out = append(m.glyphs(m.out, t, m.between(10, 40)), t.stop...)
		}
		m.out = append(m.out, "\n\n"...)
		return
	}
	m.line = len(m.out)
	for s := range m.between(2, 6) {
		if s > 0 {
			m.space()
		}
		m.sentence(i, m.wrap)
	}
	m.out = append(m.out, "\n\n"...)
}

// space parts two words: by the end of the line, if it is long enough and lines
// are broken by hand.
func (m *maker) space() {
	if m.wrap && len(m.out)-m.line > 80 {
		m.out = append(m.out, '\n')
		m.line = len(m.out)
		return
	}
	m.out = append(m.out, ' ')
}

// sentence writes a sentence. With a number of an article, links may stand in
// it; otherwise the number is negative.
func (m *maker) sentence(i int, wrap bool) {
	n := m.between(6, 24)
	for w := range n {
		switch {
		case w == 0:
		case wrap:
			m.space()
		default:
			m.out = append(m.out, ' ')
		}
		from := len(m.out)
		if i >= 0 && w > 0 && m.links > 0 && len(m.out) >= m.next {
			m.link(i)
		} else {
			m.token(w > 0 && w < n-1)
		}
		if w == 0 {
			m.out = capital(m.out, from)
		} else if w < n-1 && w%5 == 4 && m.oneIn(3) {
			m.out = append(m.out, ',')
		}
	}
	end := "."
	if m.oneIn(16) {
		end = "?"
	}
	m.out = append(m.out, end...)
}

// token writes a word, plain or, inside of a sentence, marked.
func (m *maker) token(inside bool) {
	u := m.rng.Uint64()
	mark := ""
	if kind := u >> 56; inside && kind < 14 {
		switch {
		case kind < 5:
			mark = "*"
		case kind < 8:
			mark = "**"
		case kind < 11:
			mark = "`"
		default:
			m.out = strconv.AppendInt(m.out, int64(m.between(2, 2026)), 10)
			return
		}
	}
	m.out = append(m.out, mark...)
	m.out = m.saying(m.out, u)
	m.out = append(m.out, mark...)
}

// said appends the next word of a text.
func (m *maker) said(b []byte) []byte { return m.saying(b, m.rng.Uint64()) }

// saying appends the word that a random number stands for: mostly any, sometimes
// one of the topic or of the article's language. It leaves the upper 8 bits alone.
func (m *maker) saying(b []byte, u uint64) []byte {
	rank := rankOf(u)
	switch about := u >> 48 & 63; {
	case about < 5:
		rank = m.id.topic[about]
	case about == 5:
		rank = m.id.topic[m.rng.IntN(topics)]
	case about < 20 && m.id.tongue != nil && m.id.tongue.words != nil:
		words := m.id.tongue.words
		return append(b, words[m.rng.IntN(len(words))]...)
	}
	return m.word(b, rank)
}

func (m *maker) heading() {
	m.out = append(m.out, "## "...)
	if m.oneIn(3) {
		m.out = append(m.out[:len(m.out)-1], "# "...)
	}
	from := len(m.out)
	m.words(m.between(2, 6))
	m.out = append(capital(m.out, from), "\n\n"...)
}

// words writes words with spaces between them.
func (m *maker) words(n int) {
	for w := range n {
		if w > 0 {
			m.out = append(m.out, ' ')
		}
		m.out = m.said(m.out)
	}
}

func (m *maker) list(i int) {
	numbered := m.oneIn(3)
	for n := range m.between(3, 7) {
		if numbered {
			m.out = append(strconv.AppendInt(m.out, int64(n+1), 10), ". "...)
		} else {
			m.out = append(m.out, "- "...)
		}
		m.sentence(i, false)
		m.out = append(m.out, '\n')
	}
	m.out = append(m.out, '\n')
}

func (m *maker) fence() {
	languages := [...]string{"go", "python", "rust", "sh", "js", "yaml", "sql", ""}
	m.out = append(m.out, "```"+languages[m.rng.IntN(len(languages))]+"\n"...)
	for range m.between(2, 14) {
		for range m.rng.IntN(3) {
			m.out = append(m.out, "    "...)
		}
		m.out = m.word(m.out, m.rank())
		m.out = append(m.out, " = "...)
		m.out = m.said(m.out)
		m.out = append(m.out, '(')
		m.out = m.word(m.out, m.rank())
		m.out = append(m.out, ", "...)
		m.out = append(strconv.AppendInt(m.out, int64(m.rng.IntN(1000)), 10), ")\n"...)
	}
	m.out = append(m.out, "```\n\n"...)
}
