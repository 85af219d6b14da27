package prior

import (
	"math/bits"

	"rtty/baudot"
	"rtty/prior/ngram"
)

// A Cache remembers the last two thousand characters received and expects them
// to come again: where the last two to five characters have been seen before,
// what followed them then is likely to follow now. How likely it learns from
// the text itself, for each length of match and by whether all matches agree,
// so that a cache costs little where nothing is repeated.
//
// One receiver owns a cache; its Models share it. It is not safe for
// concurrent use.
type Cache struct {
	model *Model

	memory  [remembered]memory
	head    [heads]uint32 // index of the latest memory by hashed context, 0 for none
	next    uint32        // index of the next memory, from 1 on
	context ngram.Context // with Unknown for doubtful characters
	state   State
	trust   [ngram.MaxOrder + 1][agreements]trust
}

const (
	remembered = 2048
	heads      = 4096

	// shortest is the number of characters that must match. Two find a call
	// after its first letter: the space before it is the other.
	shortest = 2
	// looked is the number of memories that are compared at most.
	looked = 24
	// heard is the number of equally long matches that have a say.
	heard = 8
	// doubtful is the probability below which a code isn't remembered.
	doubtful = 0.5
)

// A memory is a character and what came before it.
type memory struct {
	context  ngram.Context
	symbol   ngram.Symbol
	previous uint32 // index of the memory before with the same hashed context
}

// Matches agree or not; how many they are tells how far they may be trusted.
type agreement uint8

const (
	apart agreement = iota // they expect different characters
	single
	few
	many // four or more
	agreements
)

// trust is how often what the cache expected came, rather than what the model
// expected.
type trust struct{ right, of float64 }

// weight is the part of the cache in what is expected.
func (t trust) weight() float64 { return min(t.right/t.of, mostTrust) }

// firstTrust is the trust before anything is heard, measured on text of all
// kinds; it counts as much as trustPrior observations.
var firstTrust = [ngram.MaxOrder + 1][agreements]float64{
	2: {apart: 0.07, single: 0.09, few: 0.19, many: 0.42},
	3: {apart: 0.16, single: 0.23, few: 0.47, many: 0.75},
	4: {apart: 0.25, single: 0.39, few: 0.66, many: 0.86},
	5: {apart: 0.51, single: 0.62, few: 0.86, many: 0.90},
}

const (
	trustPrior  = 5
	trustMemory = 100 // observations, after which the old ones count half

	// mostTrust leaves room for doubt: the text that the cache learns from was
	// read with its help.
	mostTrust = 0.9
)

// NewCache makes an empty cache for a model that has none.
func NewCache(m *Model) *Cache {
	c := &Cache{model: m}
	c.Reset()
	return c
}

// Reset forgets everything.
func (c *Cache) Reset() {
	c.next = 1
	clear(c.head[:])
	c.context = ngram.Nothing()
	c.state = c.model.Start()
	for length := range c.trust {
		for a, p := range firstTrust[length] {
			c.trust[length][a] = trust{p * trustPrior, trustPrior}
		}
	}
}

// WithCache is the model with what c remembers. c must have been made for a
// model with the same experts.
func (m *Model) WithCache(c *Cache) *Model {
	cached := *m
	cached.cache = c
	return &cached
}

// Learn takes the next code of the text that is settled, and the probability
// that it is right. Doubtful ones are not remembered, nor do they link what is
// before them to what follows.
func (c *Cache) Learn(code baudot.Code, p float64) {
	code &= 31
	shift := c.state.Shift()
	sym, ok := ngram.SymbolOf(code, shift)
	if p < doubtful {
		sym = ngram.Unknown
	} else {
		c.judge(shift, code)
		if ok {
			c.remember(sym)
		}
	}
	if ok {
		c.context = c.context.Push(sym)
	}
	c.model.Advance(&c.state, code)
}

// Pause tells that the signal was gone: who comes next may be another station.
func (c *Cache) Pause() { c.state = c.model.again(c.state) }

// judge learns how far the matches can be trusted: the weight of what they
// expect, against what the model expects, that would have been best.
func (c *Cache) judge(shift baudot.Shift, code baudot.Code) {
	var v votes
	if !c.find(c.context, &v) {
		return
	}
	var again, usual [32]float64
	v.row(&c.state, shift, &again)
	c.model.average(&c.state, &usual)
	t := &c.trust[v.length][v.agreement]
	weight := t.weight()
	right := weight * again[code]
	t.right += right / (right + (1-weight)*usual[code])
	t.of++
	if t.of > trustMemory {
		t.right, t.of = t.right/2, t.of/2
	}
}

func (c *Cache) remember(s ngram.Symbol) {
	h := hash(c.context)
	c.memory[c.next%remembered] = memory{c.context, s, c.head[h]}
	c.head[h] = c.next
	c.next++
}

func hash(c ngram.Context) uint32 {
	return uint32(c.Last(shortest)) * 2654435769 >> (32 - 12)
}

// recall mixes what the cache expects into p.
func (c *Cache) recall(s *State, p *[32]float64) {
	r := s.reading()
	var v votes
	if !c.find(r.context, &v) {
		return
	}
	var again [32]float64
	v.row(s, r.shift, &again)
	weight := c.trust[v.length][v.agreement].weight()
	for i := range p {
		p[i] += weight * (again[i] - p[i])
	}
}

// votes are what followed the longest matches.
type votes struct {
	symbols   [heard]ngram.Symbol
	n         int // of symbols
	length    int
	agreement agreement
}

// find looks for the memories whose contexts match best.
func (c *Cache) find(context ngram.Context, v *votes) bool {
	i := c.head[hash(context)]
	for range looked {
		if i == 0 || c.next-i > remembered {
			break
		}
		m := &c.memory[i%remembered]
		length := matching(m.context, context)
		if length > v.length && length >= shortest {
			v.length, v.n = length, 0
		}
		if length == v.length && length >= shortest && v.n < heard {
			v.symbols[v.n] = m.symbol
			v.n++
		}
		i = m.previous
	}
	v.agree()
	return v.n > 0
}

func (v *votes) agree() {
	for i := 1; i < v.n; i++ {
		if v.symbols[i] != v.symbols[0] {
			v.agreement = apart
			return
		}
	}
	switch {
	case v.n == 1:
		v.agreement = single
	case v.n < 4:
		v.agreement = few
	default:
		v.agreement = many
	}
}

// matching is the number of characters that two contexts have in common, from
// the newest on.
func matching(a, b ngram.Context) int {
	const bitsPerSymbol = 6
	if a == b {
		return ngram.MaxOrder
	}
	return bits.TrailingZeros32(uint32(a^b)) / bitsPerSymbol
}

// row sets row to the codes that the sender would send for the votes.
func (v *votes) row(s *State, shift baudot.Shift, row *[32]float64) {
	share := 1 / float64(v.n)
	for _, sym := range v.symbols[:v.n] {
		row[sym.CodeIn(shift)] += share
	}
	if s.run > 0 {
		reasons := s.reasons(row)
		for c := range row {
			row[c] /= reasons
		}
	}
	s.transmit(row, 1)
}
