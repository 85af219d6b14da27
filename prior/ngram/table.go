package ngram

import (
	"math"

	"rtty/baudot"
)

// A Table holds the probabilities. It is immutable.
type Table struct {
	order  int
	levels []level // of contexts of 0, 1, … order characters

	// What contexts of up to two characters say together, in the form that Add
	// gives, by shift. The rows are shared by all contexts that say the same:
	// short names the row of each two characters.
	short [symbols * symbols]uint16
	rows  [][2][32]float32
}

// A level holds the contexts of one length.
type level struct {
	slots   []slot // hashed by context
	entries []entry
}

// A slot is a context and what was seen to follow.
type slot struct {
	context Context
	place   uint32 // index of its first entry, times 256, and the number of entries: a third of the memory is here
	rest    float32
}

func (s *slot) free() bool { return s.place == 0 }

// An entry is one follower and its probability, as an index into shares.
type entry struct {
	symbol Symbol
	share  uint8
}

// shares are the probabilities an entry can have: four per cent apart, so that
// rounding costs less than a thousandth of a bit.
var shares = func() (p [256]float64) {
	for i := range p {
		p[i] = math.Exp(-float64(i) * shareStep)
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

// newLevel has room for n contexts and as much again by a third, so that few
// of them meet.
func newLevel(n int) level { return level{slots: make([]slot, n+n/3+1)} }

// size is how many contexts there are.
func (l *level) size() (n int) {
	for i := range l.slots {
		if !l.slots[i].free() {
			n++
		}
	}
	return n
}

// home is the slot where the search for c begins.
func (l *level) home(c Context) int {
	const golden = 2654435769 // 2^32 over the golden ratio spreads neighbours
	return int(uint64(uint32(c)*golden) * uint64(len(l.slots)) >> 32)
}

// find is the slot of c, or nil.
func (l *level) find(c Context) *slot {
	for i := l.home(c); ; i++ {
		if i == len(l.slots) {
			i = 0
		}
		s := &l.slots[i]
		if s.free() {
			return nil
		}
		if s.context == c {
			return s
		}
	}
}

// add takes in a node; its entries are copied.
func (l *level) add(n node) {
	i := l.home(n.context)
	for !l.slots[i].free() {
		i = (i + 1) % len(l.slots)
	}
	l.slots[i] = slot{n.context, uint32(len(l.entries)<<8 | len(n.entries)), float32(rest(n.entries))}
	l.entries = append(l.entries, n.entries...)
}

// Add adds to row the probability of each code after context c, times weight,
// for a sender that is in shift s and shifts exactly when it must. The shift
// to the other side has the probability of all characters there; the shift to
// this side and Blank have none. What is added sums to weight.
func (t *Table) Add(c Context, s baudot.Shift, weight float64, row *[32]float64) {
	code := &codeIn[s&1]
	var known [MaxOrder + 1]*slot
	for n := t.longest(c, &known); n > dense; n-- {
		for _, e := range t.levels[n].followers(known[n]) {
			row[code[e.symbol&symbolMask]&31] += weight * shares[e.share]
		}
		weight *= float64(known[n].rest)
	}
	for i, p := range t.shortRow(c, s) {
		row[i] += weight * float64(p)
	}
}

// Prob is the probability of a single code in the row that Add adds.
func (t *Table) Prob(c Context, s baudot.Shift, code baudot.Code) float64 {
	codes := &codeIn[s&1]
	want := uint8(code & 31)
	sum, weight := 0.0, 1.0
	var known [MaxOrder + 1]*slot
	for n := t.longest(c, &known); n > dense; n-- {
		for _, e := range t.levels[n].followers(known[n]) {
			if codes[e.symbol&symbolMask] == want {
				sum += weight * shares[e.share]
			}
		}
		weight *= float64(known[n].rest)
	}
	return sum + weight*float64(t.shortRow(c, s)[want])
}

// dense is the length of the contexts that have rows of their own.
const dense = 2

// longest finds the ever longer contexts at the end of c that the table knows,
// and returns the length of the last one. Where a context isn't known, no
// longer one is.
func (t *Table) longest(c Context, known *[MaxOrder + 1]*slot) int {
	for n := dense + 1; n <= t.order; n++ {
		if known[n] = t.levels[n].find(c.Last(n)); known[n] == nil {
			return n - 1
		}
	}
	return t.order
}

func (t *Table) shortRow(c Context, s baudot.Shift) *[32]float32 {
	return &t.rows[t.short[c.Last(dense)]][s&1]
}

func (l *level) followers(s *slot) []entry {
	first := s.place >> 8
	return l.entries[first : first+s.place&255]
}

// build makes a table of nodes.
func build(levels [][]node) *Table {
	t := &Table{order: len(levels) - 1}
	for _, nodes := range levels {
		l := newLevel(len(nodes))
		for _, n := range nodes {
			l.add(n)
		}
		t.levels = append(t.levels, l)
	}
	t.fillRows()
	return t
}

// A node is a context with its followers, as counted and as written.
type node struct {
	context Context
	entries []entry
}

// rest is the probability that the entries leave over.
func rest(entries []entry) float64 {
	sum := 0.0
	for _, e := range entries {
		sum += shares[e.share]
	}
	return 1 - sum
}

// fillRows makes a row for each last character and for each two last ones that
// the table knows.
func (t *Table) fillRows() {
	known := symbols
	if t.order >= dense {
		known += t.levels[dense].size()
	}
	t.rows = make([][2][32]float32, 0, known)
	even := evenSpread()
	t.refine(&even, 0, 0)
	for last := range Context(symbols) {
		one := even
		t.refine(&one, 1, last)
		t.addRow(&one)
		for before := range Context(symbols) {
			both := before<<symbolBits | last
			t.short[both] = uint16(len(t.rows) - 1)
		}
		t.fillPairs(&one, last)
	}
}

// fillPairs makes the rows for two characters of which the last is given, and
// one says what to expect after it alone.
func (t *Table) fillPairs(one *[symbols]float64, last Context) {
	for before := range Context(symbols) {
		two, both := *one, before<<symbolBits|last
		if t.refine(&two, 2, both) {
			t.addRow(&two)
			t.short[both] = uint16(len(t.rows) - 1)
		}
	}
}

// refine turns the probabilities after a context into those after one that is
// n characters long, if the table knows it.
func (t *Table) refine(p *[symbols]float64, n int, c Context) bool {
	if n > t.order {
		return false
	}
	found := t.levels[n].find(c)
	if found == nil {
		return false
	}
	for i := range p {
		p[i] *= float64(found.rest)
	}
	for _, e := range t.levels[n].followers(found) {
		p[e.symbol] += shares[e.share]
	}
	return true
}

func (t *Table) addRow(p *[symbols]float64) {
	var row [2][32]float64
	for s := range row {
		for sym, v := range p {
			row[s][codeIn[s][sym]] += v
		}
	}
	var rounded [2][32]float32
	for s := range row {
		for c, v := range row[s] {
			rounded[s][c] = float32(v)
		}
	}
	t.rows = append(t.rows, rounded)
}

// evenSpread gives every character that prints the same probability.
func evenSpread() (p [symbols]float64) {
	n := 0.0
	for i := range p {
		if Symbol(i).printing() {
			n++
		}
	}
	for i := range p {
		if Symbol(i).printing() {
			p[i] = 1 / n
		}
	}
	return p
}
