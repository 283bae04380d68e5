package sample

import (
	"math/rand/v2"
	"strings"
)

// ranks is the number of words: rank 1 is the commonest.
const ranks = 1<<16 - 1

// english are the commonest words, by rank. More than half of a text is these,
// and the first is in nearly every article.
const english = `the of and to a in is that for it as was with be by on not he this are or at from
his have an had they which one you were her all she there would their we him been has when who will
more no if out so said what up its about into than them can only other new some could time these two
may then do first any my now such like our over man me even most made after also did many before must
through back years where much your way well down should because each just those people how too little
state good very make world still own see men work long get here between both life being under never
day same another know while last might us great old year off come since against go came right used
take three states himself few house use during without again place around however home small found
thought went say part once general high upon school every does got united left number course war until
always away something fact though water less public put think almost hand enough far took head yet
government system better set told nothing night end why called eyes find going look asked later knew
point next city business case group give days young let room within side social given several order
national second possible rather face per among form often things early large white kind need become
help line best known certain open change program problem means field name company big area
important example book matter power law five six four ten half least interest free themselves special
development light study word money question idea month week reader reason result today
start story answer sense service table market read write run text page list file code data test build
version release user site link note post thing others keep show try turn move play feel seem leave
bring begin listen hear stop allow add grow walk win offer love consider appear buy wait serve die send
expect stay fall cut reach remain suggest raise pass sell require report decide pull`

// maker writes text. It is made for one goroutine and may write many articles,
// one after the other.
type maker struct {
	seed uint64
	of   int

	english   []string
	syllables [onsets * vowels]string
	tongues   []tongue

	source *rand.PCG
	rng    *rand.Rand
	out    []byte
	// id is the article that is being written; links are those still to come, own
	// how many of them lead to other articles, next where in out the next may
	// stand, and every the distance between two.
	id          identity
	links, own  int
	next, every int
	// wrap: the lines of the article are broken by hand; line is where the present
	// one begins.
	wrap bool
	line int
}

// How many beginnings and ends syllables have.
const (
	onsets = 20
	vowels = 6
)

func newMaker(seed uint64, of int) *maker {
	source := rand.NewPCG(0, 0)
	m := &maker{
		seed: seed, of: of,
		english: strings.Fields(english), tongues: tongues(),
		source: source, rng: rand.New(source),
		out: make([]byte, 0, 2*middle),
	}
	ends := [vowels]string{"a", "e", "i", "o", "u", "ia"}
	for i, onset := range strings.Fields("b c d f g h k l m n p r s t v st tr pl sh gr") {
		for j, vowel := range ends {
			m.syllables[i+onsets*j] = onset + vowel
		}
	}
	return m
}

// rank draws the rank of a word.
func (m *maker) rank() int { return rankOf(m.rng.Uint64()) }

// rankOf takes the rank of a word from the lower 40 bits of a random number, as
// Zipf found words to be distributed: the k-th is drawn about 1/k as often as the
// first. To draw the logarithm, in quarters of a power of two, comes close, and
// costs one number and no table.
func rankOf(u uint64) int {
	bounds := [...]uint64{65536, 77936, 92682, 110218, 131072} // 2^(i/4), in 1/65536
	power, quarter := u&15, u>>4&3
	low, high := bounds[quarter]<<power>>16, bounds[quarter+1]<<power>>16
	// A product with a fraction of 2^32 is a draw below the other factor.
	return int(low + uint64(uint32(u>>8))*(high-low)>>32)
}

// between draws from low up to and with high.
func (m *maker) between(low, high int) int { return low + m.rng.IntN(high-low+1) }

// oneIn is true one time in n.
func (m *maker) oneIn(n int) bool { return m.rng.IntN(n) == 0 }

// word appends the word of a rank. Those beyond the English ones are syllables:
// the rank, spread out so that neighbours do not look alike, is a number whose
// digits they are. Common words have two, the others three.
func (m *maker) word(b []byte, rank int) []byte {
	if rank <= len(m.english) {
		return append(b, m.english[rank-1]...)
	}
	const two = 6000
	const pairs, triples = onsets * vowels * onsets * vowels, onsets * vowels * onsets * vowels * onsets * vowels
	n := rank - len(m.english)
	// The factors are prime and no divisor of the number of combinations, so that
	// no two ranks become the same.
	code, digits := n*7919%pairs, 2
	if n >= two {
		code, digits = n*1000003%triples, 3
	}
	for range digits {
		b = append(b, m.syllables[code%(onsets*vowels)]...)
		code /= onsets * vowels
	}
	if coda := "...nrslt"[n%8]; coda != '.' {
		b = append(b, coda)
	}
	return b
}

// spelt is the word of a rank as a string.
func (m *maker) spelt(rank int) string { return string(m.word(nil, rank)) }

// capital makes the word that begins at from begin with a capital letter.
func capital(b []byte, from int) []byte {
	if from < len(b) && 'a' <= b[from] && b[from] <= 'z' {
		b[from] -= 'a' - 'A'
	}
	return b
}

// host is the name of one of the web sites that links lead to.
func (m *maker) host(b []byte, h int) []byte {
	b = m.word(b, 700+13*h)
	return append(b, [...]string{".com", ".org", ".net", ".dev", ".io", ".de"}[h%6]...)
}

// author is the name of one of the authors.
func (m *maker) author(a int) string {
	first := strings.Fields(`Ada Ben Carla David Elena Felix Grace Hugo Ines Jonas Karla Liam Maria
		Nora Oscar Paula Quentin Rosa Simon Tara Ulrich Vera William Xenia Yuri Zoe`)
	return first[a%len(first)] + " " + string(capital(m.word(nil, 1000+37*a), 0))
}

// tag is one of the tags.
func (m *maker) tag(t int) string {
	if t%9 == 4 {
		return m.spelt(600+7*t) + "-" + m.spelt(450+t%50)
	}
	return m.spelt(600 + 7*t)
}
