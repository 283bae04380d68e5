package proof_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// TestAListBetweenTwoUpdatesLosesNothing: who only lists learns what has gone,
// and the index has to learn it too, the next time that it is written.
func TestAListBetweenTwoUpdatesLosesNothing(t *testing.T) {
	for _, how := range []string{"removed", "moved", "cut short"} {
		t.Run(how, func(t *testing.T) {
			dir, cache := t.TempDir(), t.TempDir()
			for i := range 5 {
				write(t, dir, fmt.Sprintf("%d.md", i), fmt.Sprintf("---\ntitle: Moss %d\ndate: 2020-01-0%d\n---\nmoss walls\n", i, i+1))
			}
			s := open(t, dir, cache)
			update(t, s)
			newest := filepath.Join(dir, "4.md")
			var err error
			switch how {
			case "moved":
				err = os.Rename(newest, filepath.Join(dir, "9.md"))
			default:
				err = os.Remove(newest)
			}
			if err != nil {
				t.Fatal(err)
			}
			if how == "cut short" {
				ctx := &shortLived{Context: context.Background()}
				ctx.checks.Store(12)
				_, _ = s.Update(ctx, true, nil)
			} else if _, err := s.List(context.Background()); err != nil {
				t.Fatal(err)
			}
			write(t, dir, "new.md", "---\ntitle: New moss\ndate: 2021-01-01\n---\nmoss\n")
			update(t, s)
			want := truthOf(t, dir, []string{"moss", "walls", "title:moss", "moss -walls"})
			if diff := want.differs(s); diff != "" {
				t.Error(diff)
			}
			if notice := s.State().Notice; notice != "" {
				t.Errorf("the index was made anew: %s", notice)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			again := open(t, dir, cache)
			if summary := update(t, again); summary.Added+summary.Changed+summary.Moved+summary.Removed > 0 {
				t.Errorf("the next one has to do again: %+v", summary)
			}
			if rows := ask(t, cache, "SELECT count(*) FROM article"); rows != fmt.Sprint(len(want.entries)) {
				t.Errorf("the index has %s articles, want %d", rows, len(want.entries))
			}
		})
	}
}

// shortLived is a context that ends after it was asked so often.
type shortLived struct {
	context.Context
	checks atomic.Int32
}

func (c *shortLived) Err() error {
	if c.checks.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}
