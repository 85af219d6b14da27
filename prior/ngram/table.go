package ngram

import (
	"math"

	"rtty/baudot"
)

// A Table holds the probabilities. It is immutable.
type Table struct {
	order  int
	levels []level // of contexts of 0, 1, … order characters

	// pairs is what levels 0 and 1 say together, by last character and shift,
	// in the form that Row gives.
	pairs [symbols][2][32]float32
}

// A level holds the contexts of one length.
type level struct {
	slots   []slot // hashed by context, the free ones with n == 0
	mask    uint32
	entries []entry
}

// A slot is a context and what was seen to follow.
type slot struct {
	context Context
	first   uint32 // index of its first entry
	n       uint32 // number of entries
	rest    float32
}

// An entry is one follower and its probability, as an index into shares.
type entry struct {
	symbol Symbol
	share  uint8
}

// shares are the probabilities an entry can have: four per cent apart, so that
// rounding costs less than a thousandth of a bit.
var shares = func() (p [256]float32) {
	for i := range p {
		p[i] = float32(math.Exp(-float64(i) * shareStep))
	}
	return p
}()

const shareStep = 0.045

func shareOf(p float64) uint8 {
	return uint8(max(0, min(255, math.Round(-math.Log(p)/shareStep))))
}

// codeIn is the code that stands for a symbol in the row of a shift: its own
// if it reads there, else the shift that leads to it.
var codeIn = func() (code [2][symbols]uint8) {
	for _, in := range []baudot.Shift{baudot.Letters, baudot.Figures} {
		for i := range code[in] {
			sym := Symbol(i)
			shift, either := sym.shift()
			switch {
			case either || shift == in:
				code[in][i] = uint8(sym.Code())
			case shift == baudot.Figures:
				code[in][i] = uint8(baudot.FIGS)
			default:
				code[in][i] = uint8(baudot.LTRS)
			}
		}
	}
	return code
}()

// Order is the number of characters that the table looks back.
func (t *Table) Order() int { return t.order }

func hash(c Context) uint32 { return uint32(c) * 2654435769 >> 7 }

// find is the slot of c, or nil.
func (l *level) find(c Context) *slot {
	for i := hash(c) & l.mask; ; i = (i + 1) & l.mask {
		s := &l.slots[i]
		if s.n == 0 {
			return nil
		}
		if s.context == c {
			return s
		}
	}
}

// Add adds to row the probability of each code after context c, times weight,
// for a sender that is in shift s and shifts exactly when it must. The shift
// to the other side has the probability of all characters there; the shift to
// this side and Blank have none. What is added sums to weight.
func (t *Table) Add(c Context, s baudot.Shift, weight float64, row *[32]float64) {
	code := &codeIn[s&1]
	for n := t.order; n >= 2; n-- {
		l := &t.levels[n]
		found := l.find(c.Last(n))
		if found == nil {
			continue
		}
		for _, e := range l.entries[found.first : found.first+found.n] {
			row[code[e.symbol&symbolMask]&31] += weight * float64(shares[e.share])
		}
		weight *= float64(found.rest)
	}
	for i, p := range &t.pairs[c.Last(1)][s&1] {
		row[i] += weight * float64(p)
	}
}

// Prob is the probability of a single code in the row that Add adds.
func (t *Table) Prob(c Context, s baudot.Shift, code baudot.Code) float64 {
	codes := &codeIn[s&1]
	want := uint8(code & 31)
	sum, weight := 0.0, 1.0
	for n := t.order; n >= 2; n-- {
		l := &t.levels[n]
		found := l.find(c.Last(n))
		if found == nil {
			continue
		}
		for _, e := range l.entries[found.first : found.first+found.n] {
			if codes[e.symbol&symbolMask] == want {
				sum += weight * float64(shares[e.share])
			}
		}
		weight *= float64(found.rest)
	}
	return sum + weight*float64(t.pairs[c.Last(1)][s&1][want])
}

// build makes the hash tables and the pairs.
func build(levels [][]node) *Table {
	t := &Table{order: len(levels) - 1, levels: make([]level, len(levels))}
	for i, nodes := range levels {
		t.levels[i] = hashed(nodes)
	}
	t.fillPairs()
	return t
}

// A node is a context with its followers, as counted and as written.
type node struct {
	context Context
	entries []entry
}

// rest is the probability that the entries leave over.
func rest(entries []entry) float32 {
	sum := float32(0)
	for _, e := range entries {
		sum += shares[e.share]
	}
	return 1 - sum
}

func hashed(nodes []node) level {
	size := 1
	for size < len(nodes)*3/2+1 {
		size *= 2
	}
	l := level{slots: make([]slot, size), mask: uint32(size - 1)}
	for _, n := range nodes {
		i := hash(n.context) & l.mask
		for l.slots[i].n != 0 {
			i = (i + 1) & l.mask
		}
		l.slots[i] = slot{n.context, uint32(len(l.entries)), uint32(len(n.entries)), rest(n.entries)}
		l.entries = append(l.entries, n.entries...)
	}
	return l
}

// fillPairs puts order 0, over an even spread of all characters, and order 1
// into rows.
func (t *Table) fillPairs() {
	for last := range t.pairs {
		var p [symbols]float32
		spread(&p)
		for n := range min(t.order, 1) + 1 {
			l := &t.levels[n]
			found := l.find(Context(last).Last(n))
			if found == nil {
				continue
			}
			for i := range p {
				p[i] *= found.rest
			}
			for _, e := range l.entries[found.first : found.first+found.n] {
				p[e.symbol] += shares[e.share]
			}
		}
		for s := range t.pairs[last] {
			for sym, v := range p {
				t.pairs[last][s][codeIn[s][sym]] += v
			}
		}
	}
}

// spread gives every character that prints the same probability.
func spread(p *[symbols]float32) {
	n := 0
	for i := range p {
		if Symbol(i).printing() {
			n++
		}
	}
	for i := range p {
		if Symbol(i).printing() {
			p[i] = 1 / float32(n)
		}
	}
}
