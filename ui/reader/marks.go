package reader

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"carrel/store/article"
	"carrel/ui/pager"
)

// A match is a part of a block's flattened text; a mark is a part of a row. A row
// of running text shows its part of the flattened text as it is, behind a bullet or
// a bar, so places count on from where that text begins in the row. Tables lay
// theirs out side by side, and code widens its tabs: there the words of a match are
// looked for in what the row shows, and of equal ones the one with the same number
// is taken. Only rows on screen are looked at.

// mark is a part of a row, in bytes of what it shows without styles.
type mark struct {
	from, to int
	current  bool
}

// shown is a row as a reader sees it.
type shown struct {
	text   string
	offset int // in the flattened text of its block
	marks  []mark
}

// findMarks returns the marks of the visible rows; nil if there are none.
func (m *Model) findMarks() [][]mark {
	if len(m.matches.List) == 0 {
		return nil
	}
	out := make([][]mark, len(m.rows))
	for i := 0; i < len(m.rows); {
		block, from := m.rows[i].Block, i
		for i < len(m.rows) && m.rows[i].Block == block {
			i++
		}
		if block == 0 || block > len(m.page.doc.Blocks) {
			continue // the masthead and the related articles are no part of the text
		}
		first := m.after(pager.Position{Block: block})
		last := m.after(pager.Position{Block: block + 1})
		if first == last {
			continue
		}
		rows := make([]shown, i-from)
		for j := range rows {
			rows[j] = shown{text: strings.TrimRight(ansi.Strip(m.rows[from+j].Text), " "), offset: m.rows[from+j].Offset}
		}
		markBlock(m.page.doc.Blocks[block-1], rows, m.matches.List[first:last], m.matches.Current-first)
		for j := range rows {
			slices.SortFunc(rows[j].marks, func(a, b mark) int { return a.from - b.from })
			out[from+j] = rows[j].marks
		}
	}
	return out
}

// markBlock marks the matches of a block in those of its rows that are on screen.
func markBlock(b article.Block, rows []shown, matches []article.Match, current int) {
	flat := b.Flat()
	placed := make([]bool, len(matches))
	for i := range rows {
		rows[i].markRunning(flat, matches, placed, current)
	}
	for i, x := range matches {
		end := x.Offset + x.Len
		if placed[i] || x.Offset < 0 || x.Len <= 0 || end > len(flat) {
			continue
		}
		group, from, to := together(b, rows, x.Offset, len(flat))
		if len(group) > 0 {
			markWords(group, flat[from:to], x.Offset-from, end-from, i == current)
		}
	}
}

// markRunning marks matches in a row that shows the flattened text as it is.
func (r *shown) markRunning(flat string, matches []article.Match, placed []bool, current int) {
	if r.offset < 0 || r.offset >= len(flat) {
		return
	}
	tail := flat[r.offset:]
	base := 0
	for base < len(r.text) && !(r.mayBegin(base) && runs(tail, r.text[base:])) {
		base++
	}
	begin, end := r.offset, r.offset+len(r.text)-base
	for i, x := range matches {
		if x.Offset >= end {
			break
		}
		from, to := max(x.Offset, begin), min(x.Offset+x.Len, end)
		if from < to {
			r.add(mark{base + from - begin, base + to - begin, i == current})
			placed[i] = true
		}
	}
}

// mayBegin tells whether running text may begin at a byte of the row: behind a
// blank, or anywhere if so much is left that it is no accident.
func (r *shown) mayBegin(at int) bool {
	return at == 0 || r.text[at-1] == ' ' || len(r.text)-at >= 8 && utf8.RuneStart(r.text[at])
}

// runs tells whether a text begins with what a row shows, where a tab is a blank.
func runs(text, row string) bool {
	if len(text) < len(row) {
		return false
	}
	for i := range len(row) {
		if text[i] != row[i] && (text[i] != '\t' || row[i] != ' ') {
			return false
		}
	}
	return true
}

// together returns the rows that show the part of the flattened text around an
// offset, and that part: a row of a table, or a line of code.
func together(b article.Block, rows []shown, at, size int) (group []shown, from, to int) {
	from, to = -1, size
	if b.Kind == article.Table {
		from, to = tableRow(b, at)
	} else {
		for i := range rows {
			switch {
			case rows[i].offset <= at:
				from = rows[i].offset
			case rows[i].offset > at:
				to = min(to, rows[i].offset)
			}
		}
	}
	if from < 0 || from > at {
		return nil, 0, 0
	}
	first := slices.IndexFunc(rows, func(r shown) bool { return r.offset >= from })
	if first < 0 {
		return nil, 0, 0
	}
	last := first
	for last < len(rows) && rows[last].offset < to {
		last++
	}
	return rows[first:last], from, to
}

// tableRow is the part of a table's flattened text that one of its rows has.
func tableRow(b article.Block, at int) (from, to int) {
	for _, tr := range b.Blocks {
		to = from + tr.Len()
		if at < to {
			return from, to
		}
		from = to
	}
	return from, to
}

// markWords marks a part of a text in rows that lay it out in their own way: as a
// whole or, where it was wrapped, word by word.
func markWords(rows []shown, text string, from, to int, current bool) {
	if markWord(rows, text, from, to, current) {
		return
	}
	for at := from; at < to; {
		_, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(rune(text[at])) {
			at += size
			continue
		}
		end := at
		for end < to && !unicode.IsSpace(rune(text[end])) {
			end++
		}
		if end-at < to-from {
			markWord(rows, text, at, end, current)
		}
		at = end
	}
}

// markWord marks a word where it stands as often before in the rows as before in
// the text; it tells whether it is there.
func markWord(rows []shown, text string, from, to int, current bool) bool {
	word := text[from:to]
	number := 0
	for at := find(text, word, 0); at >= 0 && at < from; at = find(text, word, at+1) {
		number++
	}
	last, lastAt := -1, 0
	for i := range rows {
		for at := find(rows[i].text, word, 0); at >= 0; at = find(rows[i].text, word, at+1) {
			last, lastAt = i, at
			if number == 0 {
				rows[i].add(mark{at, at + len(word), current})
				return true
			}
			number--
		}
	}
	if last >= 0 {
		rows[last].add(mark{lastAt, lastAt + len(word), current})
	}
	return last >= 0
}

// add marks a part of a row, unless a part of it is marked.
func (r *shown) add(k mark) {
	for i, old := range r.marks {
		if k.from < old.to && old.from < k.to {
			r.marks[i].current = old.current || k.current
			return
		}
	}
	r.marks = append(r.marks, k)
}

// find is the next place at or after from where a word stands that no letter of
// the same kind continues; -1 if there is none.
func find(text, word string, from int) int {
	for from <= len(text) {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		first, size := utf8.DecodeRuneInString(word)
		if at == 0 || !joined(before, first) {
			return at
		}
		from = at + size
	}
	return -1
}

func joined(a, b rune) bool {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return letter(a) && letter(b)
}
