package proof_test

import (
	"context"
	"sync"
	"testing"

	"carrel/store"
	"carrel/store/sample"
)

// TestASearchDuringARebuildAnswers: an index may be made anew, and closed, while
// others ask it.
func TestASearchDuringARebuildAnswers(t *testing.T) {
	for _, kept := range []bool{true, false} {
		dir, cache := t.TempDir(), ""
		if kept {
			cache = t.TempDir()
		}
		if _, err := sample.Write(dir, sampleSeed, 40); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir, cache)
		update(t, s)
		ctx, stop := context.WithCancel(context.Background())
		var searching sync.WaitGroup
		for w := range 2 {
			searching.Go(func() {
				for i := w; ctx.Err() == nil; i++ {
					q := sample.Queries(sampleSeed, 16)[i%16]
					if _, _, err := search(s, store.Question{Text: q, Limit: 10}); err != nil && ctx.Err() == nil {
						t.Errorf("%q: %v", q, err)
					}
					if _, err := s.Instead(ctx, store.Question{Text: "mosss wals"}); err != nil && ctx.Err() == nil {
						t.Error(err)
					}
				}
			})
		}
		for range times(3, 30) {
			if err := s.Rebuild(context.Background()); err != nil {
				t.Fatal(err)
			}
			update(t, s)
		}
		want := truthOf(t, dir, sample.Queries(sampleSeed, 16))
		if diff := want.differs(s); diff != "" {
			t.Error(diff)
		}
		stop() // they go on for a moment
		_ = s.Close()
		if _, _, err := search(s, store.Question{Text: "moss", Limit: 10}); err == nil {
			t.Error("a closed index answers")
		}
		searching.Wait()
	}
}
