package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func parse(text string, typing bool) Query {
	p := parser{text: firstBytes(text, maxText), typing: typing, cut: len(text) > maxText}
	for len(p.terms) < maxTerms && p.item() {
	}
	return Query{Text: text, Clauses: p.clauses()}
}

// parser reads terms from the text of a query.
type parser struct {
	text   string
	typing bool
	cut    bool // more was typed than counts: the last word may be half of one
	at     int
	terms  []read
}

// read is a term, or the word OR, which may turn out to be one.
type read struct {
	Term
	or bool
}

// clauses groups the terms by the ORs that stand between two of them.
func (p *parser) clauses() [][]Term {
	var out [][]Term
	join := false
	for i, t := range p.terms {
		if t.or && i > 0 && i < len(p.terms)-1 && !p.terms[i-1].or && !p.terms[i+1].or {
			join = true
			continue
		}
		if join {
			last := &out[len(out)-1]
			*last = append(*last, t.Term)
		} else {
			out = append(out, []Term{t.Term})
		}
		join = false
	}
	return out
}

// item reads the next term, if there is one.
func (p *parser) item() bool {
	for p.at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) {
			break
		}
		p.at += n
	}
	if p.at == len(p.text) {
		return false
	}
	t := read{Term: Term{From: p.at}}
	rest := p.text[p.at:]
	if r, n := utf8.DecodeRuneInString(rest[1:]); rest[0] == '-' && n > 0 && r != '-' && !unicode.IsSpace(r) {
		t.Not = true
		p.at++
	}
	if _, ok := quoteAt(p.text[p.at:]); ok {
		t.setWords(p.quoted(&t.Term))
	} else if !p.field(&t.Term) {
		word := p.bare(&t.Term)
		t.or = word == "OR" && !t.Not
		t.setWords(word)
	}
	t.To = p.at
	if len(t.Words) > 0 || t.Value != "" || !t.Time.IsZero() {
		p.terms = append(p.terms, t)
	}
	return true
}

// bare reads a word: up to white space or a quote.
func (p *parser) bare(t *Term) string {
	end := strings.IndexFunc(p.text[p.at:], func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })
	if end < 0 {
		end = len(p.text) - p.at
		t.Prefix = (p.typing || p.cut) && !t.Not
	}
	word := p.text[p.at : p.at+end]
	p.at += end
	if s, ok := strings.CutSuffix(word, "*"); ok {
		t.Prefix = true
		return s
	}
	return word
}

// quoted reads what is between quotes, or from a quote to the end of the text. A
// star may follow.
func (p *parser) quoted(t *Term) string {
	n, _ := quoteAt(p.text[p.at:])
	t.Quoted = true
	rest := p.text[p.at+n:]
	end := strings.IndexFunc(rest, isQuote)
	if end < 0 {
		p.at = len(p.text)
		t.Prefix = p.cut && !t.Not
		return rest
	}
	closing, _ := quoteAt(rest[end:])
	p.at += n + end + closing
	if strings.HasPrefix(p.text[p.at:], "*") {
		t.Prefix = true
		p.at++
	}
	return rest[:end]
}

// field reads a known field with a value that it can have. Otherwise it reads
// nothing.
func (p *parser) field(t *Term) bool {
	name, rest, ok := strings.Cut(p.text[p.at:], ":")
	f, known := fieldOf(name)
	if !ok || !known {
		return false
	}
	q := *p
	q.at = len(p.text) - len(rest)
	got := Term{Not: t.Not, Field: f, From: t.From}
	var value string
	if _, ok := quoteAt(rest); ok {
		value = q.quoted(&got)
	} else {
		value = q.bare(&got)
	}
	if !got.setValue(value) {
		return false
	}
	p.at, *t = q.at, got
	return true
}

// setWords makes the tokens of s the words of the term.
func (t *Term) setWords(s string) {
	var tokens []Token
	for token := range Tokens(s) {
		if len(tokens) == maxWords {
			break
		}
		tokens = append(tokens, token)
		t.Words = append(t.Words, token.Text)
	}
	n := len(tokens)
	if n == 0 {
		t.Prefix = false
		return
	}
	// A run of a script without spaces may go on in the text: its last character
	// is in its last pair already, and alone it is what a pair begins with.
	last := tokens[n-1].Text
	if r, size := utf8.DecodeRuneInString(last); size != len(last) || size == 1 || !isUnspaced(r) {
		return
	}
	if n > 1 && tokens[n-2].End == tokens[n-1].End {
		t.Words = t.Words[:n-1]
		return
	}
	t.Prefix = true
}

func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '„' }

// quoteAt returns the length of the quote that s begins with, if it does.
func quoteAt(s string) (int, bool) {
	r, n := utf8.DecodeRuneInString(s)
	return n, isQuote(r)
}

// firstBytes returns at most n bytes of s, ending at a whole character.
func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
