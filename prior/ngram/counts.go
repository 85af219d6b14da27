package ngram

import (
	"cmp"
	"maps"
	"slices"

	"rtty/baudot"
)

// Counts gathers what follows what.
type Counts struct {
	order   int
	seen    []map[Context]map[Symbol]float64
	context Context
}

// NewCounts begins to count for a table of an order from 0 to MaxOrder.
func NewCounts(order int) *Counts {
	c := &Counts{order: order, context: Nothing()}
	for range order + 1 {
		c.seen = append(c.seen, map[Context]map[Symbol]float64{})
	}
	return c
}

// Learn counts the codes that a sender in shift s sends, the first of them
// after whatever came last. It returns the shift the sender is left in.
func (c *Counts) Learn(codes []baudot.Code, s baudot.Shift) baudot.Shift {
	for _, code := range codes {
		if sym, ok := SymbolOf(code, s); ok {
			for n := range c.seen {
				c.add(n, sym)
			}
			c.context = c.context.Push(sym)
		}
		s = s.After(code, false)
	}
	return s
}

func (c *Counts) add(n int, sym Symbol) {
	context := c.context.Last(n)
	followers := c.seen[n][context]
	if followers == nil {
		followers = map[Symbol]float64{}
		c.seen[n][context] = followers
	}
	followers[sym]++
}

// Table makes a table of what was counted. Contexts longer than one character
// that were seen fewer than least times are left out.
func (c *Counts) Table(least float64) *Table {
	levels := make([][]node, c.order+1)
	for n, contexts := range c.seen {
		for _, context := range slices.Sorted(maps.Keys(contexts)) {
			entries := witten(contexts[context], n, least)
			if len(entries) > 0 {
				levels[n] = append(levels[n], node{context, entries})
			}
		}
	}
	return build(levels)
}

// witten gives every follower its share of what was seen, and to what was not
// seen the share of one sighting for each different follower.
func witten(followers map[Symbol]float64, n int, least float64) []entry {
	total := 0.0
	for _, count := range followers {
		total += count
	}
	if n > 1 && total < least {
		return nil
	}
	total += float64(len(followers))
	var entries []entry
	for _, sym := range slices.Sorted(maps.Keys(followers)) {
		entries = append(entries, entry{sym, shareOf(followers[sym] / total)})
	}
	leaveRest(entries)
	return entries
}

// leaveRest lowers the largest share where rounding has left nothing over.
func leaveRest(entries []entry) {
	const least = 1e-4
	for rest(entries) < least {
		largest := slices.MinFunc(entries, func(a, b entry) int { return cmp.Compare(a.share, b.share) })
		for i := range entries {
			if entries[i] == largest {
				entries[i].share++
				break
			}
		}
	}
}

// nodes are the contexts of a level in order.
func (l *level) nodes() []node {
	var nodes []node
	for _, s := range l.slots {
		if s.n != 0 {
			nodes = append(nodes, node{s.context, l.entries[s.first : s.first+s.n]})
		}
	}
	slices.SortFunc(nodes, func(a, b node) int { return cmp.Compare(a.context, b.context) })
	return nodes
}
