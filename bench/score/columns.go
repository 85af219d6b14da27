package score

// lastColumn returns the distances of every prefix of a, the empty one first,
// to the whole of b.
//
// Neighbours in a column of the distance matrix differ by -1, 0 or +1, so 64
// of them fit two machine words: one marks the +1 steps, one the -1 steps.
// A column follows from the one before by a handful of word operations
// (G. Myers, "A fast bit-vector algorithm for approximate string matching",
// JACM 46, 1999, in H. Hyyrö's form for whole strings, 2003).
func lastColumn(a, b []rune) []int {
	words := (len(a) + 63) / 64
	where := occurrences(a, words)
	nowhere := make([]uint64, words)
	up, down := make([]uint64, words), make([]uint64, words)
	for w := range up {
		up[w] = ^uint64(0)
	}
	for _, r := range b {
		equal, ok := where[r]
		if !ok {
			equal = nowhere
		}
		advance(equal, up, down)
	}
	return sums(len(a), len(b), up, down)
}

// occurrences maps each rune of a to a bit set of its places.
func occurrences(a []rune, words int) map[rune][]uint64 {
	where := map[rune][]uint64{}
	for i, r := range a {
		if where[r] == nil {
			where[r] = make([]uint64, words)
		}
		where[r][i/64] |= 1 << (i % 64)
	}
	return where
}

// advance moves the vertical steps one column on. The carries are the
// horizontal step at the word's lower end; at the top of the matrix it is +1,
// since an empty prefix is one edit further from each longer text.
func advance(equal, up, down []uint64) {
	carryUp, carryDown := uint64(1), uint64(0)
	for w, eq := range equal {
		u, d := up[w], down[w]
		xv := eq | d
		eq |= carryDown
		xh := (((eq & u) + u) ^ u) | eq
		hu, hd := d|^(xh|u), u&xh
		nextUp, nextDown := hu>>63, hd>>63
		hu, hd = hu<<1|carryUp, hd<<1|carryDown
		up[w], down[w] = hd|^(xv|hu), hu&xv
		carryUp, carryDown = nextUp, nextDown
	}
}

// sums adds the steps of a column whose top is the distance top.
func sums(n, top int, up, down []uint64) []int {
	column := make([]int, n+1)
	column[0] = top
	for i := range n {
		bit := uint(i % 64)
		column[i+1] = column[i] + int(up[i/64]>>bit&1) - int(down[i/64]>>bit&1)
	}
	return column
}
