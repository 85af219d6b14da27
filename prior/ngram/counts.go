package ngram

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"rtty/baudot"
)

// Counts gathers what follows what.
type Counts struct {
	order   int
	seen    []followers // by length of the context
	context Context
}

// followers are, by context, how often each character was seen to follow.
type followers map[Context]map[Symbol]float64

func (f followers) add(c Context, s Symbol, count float64) {
	if f[c] == nil {
		f[c] = map[Symbol]float64{}
	}
	f[c][s] += count
}

// NewCounts begins to count for a table of an order from 0 to MaxOrder.
func NewCounts(order int) *Counts {
	c := &Counts{order: order, context: Nothing()}
	for range order + 1 {
		c.seen = append(c.seen, followers{})
	}
	return c
}

// Learn counts the codes that a sender in shift s sends, the first of them
// after whatever came last.
func (c *Counts) Learn(codes []baudot.Code, s baudot.Shift) {
	for _, code := range codes {
		if sym, ok := SymbolOf(code, s); ok {
			for n := range c.seen {
				c.seen[n].add(c.context.Last(n), sym, 1)
			}
			c.context = c.context.Push(sym)
		}
		s = s.After(code, false)
	}
}

// Table makes a table of what was counted. It leaves out contexts that would
// not have saved worth bits for each byte they take, had the text been sent by
// the table, unless there are longer ones that would.
func (c *Counts) Table(worth float64) *Table {
	levels := make([][]node, c.order+1)
	for n := range levels {
		levels[n] = smooth(c.counted(n))
	}
	kept := map[Context]bool{} // contexts one shorter than those kept last
	for n := c.order; n > 1; n-- {
		shorter := build(levels[:n])
		shortened := map[Context]bool{}
		levels[n] = slices.DeleteFunc(levels[n], func(nd node) bool {
			if !kept[nd.context] && saved(nd, c.seen[n][nd.context], shorter) < worth*nd.bytes() {
				return true
			}
			shortened[nd.context.Last(n-1)] = true
			return false
		})
		kept = shortened
	}
	return build(levels)
}

// counted is how often characters followed contexts of n characters: at the
// highest order really, below it after how many different characters before
// the context.
func (c *Counts) counted(n int) followers {
	if n == c.order {
		return c.seen[n]
	}
	different := followers{}
	for context, f := range c.seen[n+1] {
		for sym := range f {
			different.add(context.Last(n), sym, 1)
		}
	}
	return different
}

// smooth turns counts into shares, less a discount that depends on the count.
func smooth(counts followers) (nodes []node) {
	discounts := discountsOf(counts)
	for _, context := range slices.Sorted(maps.Keys(counts)) {
		f := counts[context]
		total := 0.0
		for _, count := range f {
			total += count
		}
		var entries []entry
		for _, sym := range slices.Sorted(maps.Keys(f)) {
			p := (f[sym] - discounts[min(int(f[sym]), 3)]) / total
			if p > smallest {
				entries = append(entries, entry{sym, shareOf(p)})
			}
		}
		leaveRest(entries)
		nodes = append(nodes, node{context, entries})
	}
	return nodes
}

// smallest is the least probability that is worth an entry.
const smallest = 1e-5

// discountsOf is what is held back of counts of 1, 2, and 3 or more, from how
// many counts of each there are (Chen and Goodman, equation 26).
func discountsOf(counts followers) (d [4]float64) {
	var n [5]float64
	for _, f := range counts {
		for _, count := range f {
			if count < 5 {
				n[int(count)]++
			}
		}
	}
	y := 0.5
	if n[1] > 0 {
		y = n[1] / (n[1] + 2*n[2])
	}
	for i := 1; i < len(d); i++ {
		k := float64(i)
		d[i] = k / 2
		if n[i] > 0 {
			d[i] = max(0.1*k, min(0.95*k, k-(k+1)*y*n[i+1]/n[i]))
		}
	}
	return d
}

// leaveRest lowers the largest share where rounding has left nothing over.
func leaveRest(entries []entry) {
	const least = 1e-4
	for len(entries) > 0 && rest(entries) < least {
		i := slices.IndexFunc(entries, func(e entry) bool {
			return e == slices.MinFunc(entries, func(a, b entry) int { return cmp.Compare(a.share, b.share) })
		})
		entries[i].share++
	}
}

// saved is how many bits shorter the counted text is for the node than it
// would be by the shorter contexts alone.
func saved(n node, counts map[Symbol]float64, shorter *Table) float64 {
	share := map[Symbol]float64{}
	for _, e := range n.entries {
		share[e.symbol] = shares[e.share]
	}
	left := rest(n.entries)
	bits := 0.0
	for _, sym := range slices.Sorted(maps.Keys(counts)) {
		before := shorter.Prob(n.context, baudot.Shift(sym>>5), sym.Code())
		bits += counts[sym] * math.Log2((share[sym]+left*before)/before)
	}
	return bits
}

// bytes is about what a node takes in a file.
func (n node) bytes() float64 { return 2 + 1.5*float64(len(n.entries)) }

// nodes are the contexts of a level in order.
func (l *level) nodes() []node {
	var nodes []node
	for _, s := range l.slots {
		if !s.free() {
			nodes = append(nodes, node{s.context, l.followers(&s)})
		}
	}
	slices.SortFunc(nodes, func(a, b node) int { return cmp.Compare(a.context, b.context) })
	return nodes
}
