package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"carrel/store"
	"carrel/store/article"
	"carrel/ui/edge"
)

func newIndex(o *options) *cobra.Command {
	var rebuild, asJSON bool
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Bring the index of the collection up to date",
		Long: `Bring the index of the collection up to date, so that its list and a search of it
are there at once. The reader does the same by itself; this is for scripts, and
for large collections before they are read. The index is made from the articles
alone: it may be deleted at any time.`,
		Args: cobra.NoArgs,
		Example: `  carrel index -C ~/blog
  carrel index -C ~/blog --rebuild --json`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := o.open()
			if err != nil {
				return err
			}
			defer s.Close()
			if rebuild {
				if err := s.Rebuild(cmd.Context()); err != nil {
					return fail(exitFailed, "the index cannot be made anew: %v", err)
				}
			}
			debug.SetGCPercent(indexingGC)
			bar := newProgress(o.stderr, 0)
			summary, err := s.Update(cmd.Context(), true, bar.show)
			bar.clear()
			if err != nil {
				return o.failed(cmd.Context(), err)
			}
			if err := o.printSummary(s, summary, asJSON); err != nil {
				return err
			}
			return o.reportSkipped(s)
		},
	}
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "throw the index away and make it anew")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// failed words an error of reading the collection.
func (o *options) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fail(exitFailed, "the collection cannot be read: %v", err)
}

// update brings the collection up to date, with a progress bar if that takes
// long and somebody watches.
func (o *options) update(ctx context.Context, s *store.Store) error {
	bar := newProgress(o.stderr, unexplained)
	_, err := s.Update(ctx, true, bar.show)
	bar.clear()
	if err != nil {
		return o.failed(ctx, err)
	}
	return nil
}

// indexingGC is how much garbage may pile up before it is collected, in percent
// of what is in use. A command that does nothing else is quicker with more.
const indexingGC = 300

// unexplained is how long a command may take before it says what it does.
const unexplained = 500 * time.Millisecond

// summaryFields are what index prints as JSON.
type summaryFields struct {
	Articles int           `json:"articles"`
	Added    int           `json:"added"`
	Changed  int           `json:"changed"`
	Moved    int           `json:"moved"`
	Removed  int           `json:"removed"`
	Skipped  []skippedJSON `json:"skipped"`
	Kept     bool          `json:"kept"`
	Seconds  float64       `json:"seconds"`
}

type skippedJSON struct {
	Path   article.Text `json:"path"`
	Reason article.Text `json:"reason"`
}

func (o *options) printSummary(s *store.Store, sum store.Summary, asJSON bool) error {
	if asJSON {
		f := summaryFields{sum.Articles, sum.Added, sum.Changed, sum.Moved, sum.Removed, []skippedJSON{}, s.Kept(), sum.Seconds}
		for _, k := range sum.Skipped {
			f.Skipped = append(f.Skipped, skippedJSON{k.Path, k.Reason})
		}
		out := newJSON(o.stdout)
		if err := out.write(f); err != nil {
			return err
		}
		return out.flush()
	}
	out := newPrinter(o.stdout, edge.Plain)
	out.printf("%d articles: %d added, %d changed, %d moved, %d removed, in %.1f s\n", sum.Articles, sum.Added, sum.Changed, sum.Moved, sum.Removed, sum.Seconds)
	if notice := s.State().Notice; notice != "" {
		out.printf("%s\n", notice)
	}
	return out.flush()
}

// progress is a bar on a terminal. Elsewhere it prints nothing.
type progress struct {
	w       io.Writer
	begun   time.Time
	after   time.Duration
	printed bool
}

func newProgress(w io.Writer, after time.Duration) *progress {
	p := &progress{begun: time.Now(), after: after}
	if isTerminal(w) {
		p.w = edge.New(w, edge.Styled)
	}
	return p
}

// barWidth is the width of the bar alone, in columns.
const barWidth = 24

// show draws the bar: files, megabytes a second, and the time that is left.
func (p *progress) show(now store.Progress) {
	took := time.Since(p.begun)
	if p.w == nil || took < p.after || now.Bytes == 0 {
		return
	}
	p.printed = true
	share := float64(now.BytesDone) / float64(now.Bytes)
	full := int(share * barWidth)
	speed := float64(now.BytesDone) / 1e6 / took.Seconds()
	line := fmt.Sprintf("%s%s %3.0f %%  %d of %d files  %.1f MB/s", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), 100*share, now.Done, now.Files, speed)
	if share > 0.02 {
		left := time.Duration(float64(took) * (1 - share) / share)
		line += "  " + left.Round(time.Second).String() + " left"
	}
	fmt.Fprintf(p.w, "\r%-78s", line)
}

// clear takes the bar away.
func (p *progress) clear() {
	if p.printed {
		fmt.Fprintf(p.w, "\r%-78s\r", "")
	}
}
