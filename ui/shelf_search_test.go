package ui

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"carrel/store/article"
)

// terms are the words of a question, in lower case; not are those it excludes.
func terms(text string) (words, not []string) {
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		if rest, ok := strings.CutPrefix(w, "-"); ok && rest != "" {
			not = append(not, rest)
			continue
		}
		if w = strings.Trim(w, `"*`); w != "" {
			words = append(words, w)
		}
	}
	return words, not
}

// ranges are the places of words in a text, in order and without overlap.
func ranges(text string, words []string) []article.Range {
	var out []article.Range
	lower := strings.ToLower(text)
	for at := 0; at < len(lower); {
		n := 0
		for _, w := range words {
			if strings.HasPrefix(lower[at:], w) {
				n = max(n, len(w))
			}
		}
		if n > 0 {
			out = append(out, article.Range{Start: at, End: at + n})
			at += n
			continue
		}
		_, size := utf8.DecodeRuneInString(lower[at:])
		at += size
	}
	return out
}

// Search finds the articles whose title or text holds every word of a question,
// letter by letter. With slow set the order comes later.
func (s *shelf) Search(_ context.Context, q Question) (Found, error) {
	s.asked = append(s.asked, q)
	words, not := terms(q.Text)
	f := Found{}
	for _, e := range s.entries {
		doc := s.docs[e.ID]
		text := strings.ToLower(string(doc.Title))
		for _, b := range doc.Blocks {
			text += "\n" + strings.ToLower(b.Flat())
		}
		missing := func(w string) bool { return !strings.Contains(text, w) }
		if len(words) == 0 || slices.ContainsFunc(words, missing) || !slices.ContainsFunc(not, missing) && len(not) > 0 {
			continue
		}
		if q.Scope != nil && !slices.Contains(q.Scope, e.ID) {
			f.Outside++
			continue
		}
		f.Hits = append(f.Hits, article.Hit{Entry: e, TitleMarks: ranges(string(e.Title), words)})
	}
	f.Total = len(f.Hits)
	if f.Total == 0 && len(words) > 1 {
		f.Instead = words[0]
	}
	if !s.slow {
		return f, nil
	}
	best := f
	best.Hits = slices.Clone(f.Hits)
	slices.SortStableFunc(best.Hits, func(a, b article.Hit) int { return strings.Compare(string(a.Entry.ID), string(b.Entry.ID)) })
	f.Total, f.Outside = -1, -1
	f.More = func(context.Context) (Found, error) { return best, nil }
	return f, nil
}

// Look gives every hit the sentence or so around its first match.
func (s *shelf) Look(ctx context.Context, q Question, hits []article.Hit) ([]article.Hit, error) {
	s.looks = append(s.looks, len(hits))
	words, _ := terms(q.Text)
	out := slices.Clone(hits)
	for i := range out {
		doc := s.docs[out[i].Entry.ID]
		matches, _ := s.Matches(ctx, q, doc)
		out[i].Looked, out[i].Count = true, len(matches)
		if len(matches) == 0 {
			continue
		}
		first := matches[0]
		flat := doc.Blocks[first.Block].Flat()
		text := article.Line(flat[:min(len(flat), first.Offset+160)])
		out[i].Excerpt, out[i].Marks = text, ranges(string(text), words)
		out[i].Place = doc.PlaceAt(first.Block, first.Offset)
	}
	return out, nil
}

// Matches are the words of a question in the text of a document.
func (s *shelf) Matches(_ context.Context, q Question, doc *article.Document) ([]article.Match, error) {
	words, _ := terms(q.Text)
	var out []article.Match
	for i, b := range doc.Blocks {
		for _, r := range ranges(b.Flat(), words) {
			out = append(out, article.Match{Block: i, Offset: r.Start, Len: r.End - r.Start})
		}
	}
	return out, nil
}

// Complete knows the fields author and tag, and the authors.
func (s *shelf) Complete(text string, cursor int) []Completion {
	before := text[:cursor]
	word := before[strings.LastIndexByte(before, ' ')+1:]
	if word == "" {
		return nil
	}
	var out []Completion
	offer := func(value string) {
		if strings.HasPrefix(strings.ToLower(value), strings.ToLower(word)) && !strings.EqualFold(value, word) {
			whole := before[:len(before)-len(word)] + value
			out = append(out, Completion{Text: whole + text[cursor:], Cursor: len(whole), Label: article.Line(value)})
		}
	}
	offer("author:")
	offer("tag:")
	seen := map[article.Text]bool{}
	for _, e := range s.entries {
		for _, a := range e.Authors {
			if !seen[a] {
				seen[a] = true
				name, _, _ := strings.Cut(string(a), " ")
				offer("author:" + name)
			}
		}
	}
	return out
}
