package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"carrel/store/index"
	"carrel/store/query"
)

// Instead returns the question nearest in spelling that has hits, for one that
// has none; empty if there is none near enough. Every word that occurs nowhere
// is replaced by the nearest one that does, the commonest of those equally near.
func (s *Store) Instead(ctx context.Context, q Question) (string, error) {
	ix, err := s.searchable(ctx)
	if err != nil {
		return "", err
	}
	text, replaced := q.Text, false
	terms := q.parse().Positive()
	for _, t := range slices.Backward(terms) { // from the end, so that places stay right
		if len(t.Words) != 1 {
			continue
		}
		docs, err := ix.Newest(ctx, index.Of(t), maxDoc, 1)
		if err != nil {
			return "", err
		}
		if len(docs) > 0 {
			continue
		}
		word, err := nearest(ctx, ix, t)
		if err != nil || word == "" {
			return "", err
		}
		text = replaceWord(text, t, word)
		replaced = true
	}
	if !replaced {
		return "", nil
	}
	found, err := s.Search(ctx, Question{Text: text, Scope: q.Scope, Facts: q.Facts, Limit: 1})
	if err != nil || len(found.Hits) == 0 {
		return "", err
	}
	return text, nil
}

const maxDoc = 1 << 62

// replaceWord writes another word in the place of the one of a term.
func replaceWord(text string, t query.Term, word string) string {
	part := text[t.From:t.To]
	var last query.Token
	for token := range query.Tokens(part) {
		if token.Text == t.Words[0] {
			last = token
		}
	}
	return text[:t.From] + part[:last.Start] + word + part[last.End:] + text[t.To:]
}

// candidates is how many of the nearest words are looked at more closely.
const candidates = 12

// near is a word and how many letters it is away.
type near struct {
	word     string
	distance int
}

// nearest returns the word nearest to that of a term which occurs where the term
// looks, empty if there is none near enough.
func nearest(ctx context.Context, ix *index.Index, t query.Term) (string, error) {
	word := t.Words[0]
	letters := utf8.RuneCountInString(word)
	most := 2
	switch {
	case letters < 3:
		return "", nil
	case letters < 6:
		most = 1
	}
	var close []near
	err := ix.Vocabulary(ctx, func(w string) error {
		if d := abs(utf8.RuneCountInString(w) - letters); d > most {
			return nil
		}
		if d := distance(word, w, most); d <= most {
			close = append(close, near{w, d})
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	// A slip at the first letter is the rarest.
	same := func(n near) int {
		if n.word[0] == word[0] {
			return 0
		}
		return 1
	}
	slices.SortFunc(close, func(a, b near) int {
		return cmp.Or(a.distance-b.distance, same(a)-same(b), strings.Compare(a.word, b.word))
	})
	best, bestCount := near{}, 0
	for _, n := range close[:min(len(close), candidates)] {
		if bestCount > 0 && (n.distance > best.distance || same(n) > same(best)) {
			break
		}
		t.Words, t.Prefix = []string{n.word}, false
		docs, err := ix.Newest(ctx, index.Of(t), maxDoc, quick)
		if err != nil {
			return "", err
		}
		if len(docs) > bestCount {
			best, bestCount = n, len(docs)
		}
	}
	return best.word, nil
}

func abs(n int) int { return max(n, -n) }

// distance is the number of letters that have to be put in, left out, replaced
// or exchanged with their neighbour to make one word of another (the optimal
// string alignment distance); more than most is all the same.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	before, last, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return last[len(y)]
}
