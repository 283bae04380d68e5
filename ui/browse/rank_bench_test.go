package browse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"carrel/store/article"
)

// vocabulary is what technical titles are made of.
const vocabulary = `a about abstraction access accessible account across actor adapter address adopting after agent agile
algorithm allocation an analysis and android announcing another api app approach architecture archive array article async
atlas atomic audio audit author automatic await backup balance bank battery bayesian beginner behind benchmark best beta
better beyond binary biology block blog book borrow boundary branch browser budget buffer bug build building bytes cache
calendar call can career case catalogue change channel chart checker chemistry city class clean client climate clock cloud
cluster code cold collection colour command comment commit common community compiler complete complex compression concurrency
conference config connection consensus consistent constant container content context continuous contract control cookbook
cost course craft crash create critical culture cursor data database date debugging decade decision deep default design
desk detail developer development device diagram dictionary difference digital disk distributed document domain down draft
driver dynamic early earth easy ecology economics edge edition editor education efficient electric embedded emergent end
energy engine english enough entropy environment error essay estimate ethernet event every everyday evidence evolution
example exception experiment explained exploring expression failure fast feature field file filter finding first five fix
floating flow font for forest formal format foundation four fragment framework free french from frontend function future
game garden garbage generic geometry german getting git glass global go goal good governance grammar graph great green
group growth guide hacking handbook hardware hash health heap help hidden high history home house how human idea image
impossible improving in incident index infrastructure inside interface interpreter introducing introduction invention
island issue it iterator java journey json just kernel key keyboard kitchen knowledge lab lambda land language large latency
launching layer learning lessons letter library life light limits linear linker linux list literate living load local lock
log logic long look loop love machine macro magic maintenance making management manual map market match mathematics matter
meeting memory message metal method metrics micro migration mind minimal mobile model modern module monad money month more
most moving multi music my naming native nature network new next night no node noise not notes number object observability
ocean of office old on one online open operating optimisation order ordinary origin our outage output over owner package
page painting paper parallel parser part partial patch path pattern performance person philosophy photograph physics pipeline
place plan planet platform plugin podcast poetry pointer policy politics pool port postgres postmortem power practical
practice predicting preview primer principles print privacy problem process product profile program project proof property
proposal protocol prototype public puzzle python quality quantum query question queue quick quiet radio random raft rate
raw reader reading real reason recap recipe recovery reducing refactoring reference reflections regex region registry
release remote rendering replication report research resource response results retrieval retrospective review rewrite right
river road roadmap robust room root router rule runtime rust safety sailing sample scaling schedule schema science scope
screen script search season secret secure security selection semantic sensor server service session set seven shape shared
shell ship short signal silent simple simulation site sketch slow small social software solar something sorting source space
spatial specification speed stability stable stack stage standard star startup state static statistics status steering step
storage story stream street string structure study style subsystem success summary summer sunset supply support survey
swift symbol sync system table tail taking talk target taste teaching team technical ten terminal test testing text that the
theory there things thinking this thread three through time timeline tiny to together tokens tool tour toward trace trade
traffic training trait transaction transition translation transport travel tree trouble tutorial two type typography
understanding unicode unit universe unsafe update upgrade using value vector version video vim virtual vision visual voice
walk war water weather web week weekend welcome what when where why wiki wild wind window winter with without word work
workflow working world writing year years yesterday you your zero zone`

// synthetic makes a collection of n titles of 3 to 11 words, the first words of
// the vocabulary's shuffled order more often than the last, by 300 authors under
// 500 tags.
func synthetic(n int) []article.Entry {
	rnd := rand.New(rand.NewPCG(1, 2))
	list := strings.Fields(vocabulary)
	rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	pick := func() string {
		f := rnd.Float64()
		return list[int(f*f*float64(len(list)))]
	}
	title := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
	var authors, tags []article.Text
	for range 300 {
		authors = append(authors, article.Line(title(pick())+" "+title(pick())+pick()))
	}
	for i := range 500 {
		tags = append(tags, article.Line(fmt.Sprint(pick(), "-", i%7)))
	}
	entries := make([]article.Entry, n)
	for i := range entries {
		parts := []string{title(pick())}
		for range 2 + rnd.IntN(9) {
			parts = append(parts, pick())
		}
		if rnd.IntN(8) == 0 {
			parts = append(parts, fmt.Sprintf("%d.%d", rnd.IntN(3), rnd.IntN(99)))
		}
		e := &entries[i]
		e.Title = article.Line(strings.Join(parts, " "))
		e.Authors = []article.Text{authors[rnd.IntN(len(authors))]}
		for range rnd.IntN(5) {
			e.Tags = append(e.Tags, tags[rnd.IntN(len(tags))])
		}
	}
	return entries
}

// typed are queries as one types them: common and rare words, two terms,
// numbers, initials, slips with and without a match, a phrase, one letter.
func typed() []string {
	return []string{
		"the", "rust", "async await", "security", "release 1.9", "tyir", "anouncing", "srvy results", "zzz", "qxj",
		"e", "s", "typography", "in the", "memory safety", "what we learned", "state of the", "pstgres", "compilr",
		"performance of distributed databases", "how", "tst", "ae", "st", "re in", "1.42", "wiki yesterday", "introduction to",
		"building a parser", "monad tutorail", "gc", "design review", "unicode", "river road", "o",
	}
}

func BenchmarkNewCorpus(b *testing.B) {
	entries := synthetic(100_000)
	b.ReportAllocs()
	for b.Loop() {
		NewCorpus(entries)
	}
}

// BenchmarkTyping types every query letter by letter, each key narrowing the
// result before it, and reports the time of a key in milliseconds.
func BenchmarkTyping(b *testing.B) {
	c := NewCorpus(synthetic(100_000))
	var first, later []float64
	b.ReportAllocs()
	for b.Loop() {
		for _, q := range typed() {
			var prev *Result
			for n := range len(q) {
				start := time.Now()
				r, err := c.Rank(context.Background(), q[:n+1], prev)
				if err != nil {
					b.Fatal(err)
				}
				took := float64(time.Since(start)) / 1e6
				if n == 0 {
					first = append(first, took)
				} else {
					later = append(later, took)
				}
				prev = r
			}
		}
	}
	report(b, "first", first)
	report(b, "key", later)
}

// BenchmarkPasted ranks every whole query without an earlier result.
func BenchmarkPasted(b *testing.B) {
	c := NewCorpus(synthetic(100_000))
	var times []float64
	for b.Loop() {
		for _, q := range typed() {
			start := time.Now()
			if _, err := c.Rank(context.Background(), q, nil); err != nil {
				b.Fatal(err)
			}
			times = append(times, float64(time.Since(start))/1e6)
		}
	}
	report(b, "paste", times)
}

// BenchmarkPositions marks a screen of 50 rows.
func BenchmarkPositions(b *testing.B) {
	c := NewCorpus(synthetic(5_000))
	r, err := c.Rank(context.Background(), "srvy r", nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, row := range r.Rows[:50] {
			c.Positions("srvy r", int(row))
		}
	}
}

func report(b *testing.B, name string, ms []float64) {
	slices.Sort(ms)
	b.ReportMetric(ms[len(ms)/2], name+"-p50-ms")
	b.ReportMetric(ms[len(ms)*99/100], name+"-p99-ms")
	b.ReportMetric(ms[len(ms)-1], name+"-max-ms")
}
