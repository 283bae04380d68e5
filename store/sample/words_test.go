package sample

import "testing"

func TestEveryRankIsAWordOfItsOwn(t *testing.T) {
	m := newMaker(0, 1)
	if n := len(m.english); n < 350 || n > 450 {
		t.Errorf("%d English words", n)
	}
	ranked := map[string]int{}
	twice := 0
	for rank := 1; rank <= ranks; rank++ {
		word := m.spelt(rank)
		if before, ok := ranked[word]; ok {
			// An invented word may happen to be English.
			if twice++; before > len(m.english) || rank <= len(m.english) {
				t.Errorf("%q has the ranks %d and %d", word, before, rank)
			}
		}
		ranked[word] = rank
	}
	if twice > 10 {
		t.Errorf("%d invented words are English", twice)
	}
}

func TestCommonWordsAreDrawnAsOftenAsZipfSays(t *testing.T) {
	m := newMaker(0, 1)
	m.source.Seed(1, 1)
	const draws = 1_000_000
	var english, first, rarest int
	for range draws {
		switch rank := m.rank(); {
		case rank < 1 || rank > ranks:
			t.Fatalf("rank %d", rank)
		case rank > ranks/2:
			rarest++
		case rank <= len(m.english):
			english++
			if rank == 1 {
				first++
			}
		}
	}
	for _, share := range []struct {
		name      string
		n         int
		low, high float64
	}{{"the first", first, 0.055, 0.07}, {"English", english, 0.5, 0.6}, {"the rarer half", rarest, 0.055, 0.07}} {
		if got := float64(share.n) / draws; got < share.low || got > share.high {
			t.Errorf("%s: %.3f of all words, want %.3f to %.3f", share.name, got, share.low, share.high)
		}
	}
}
