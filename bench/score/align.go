package score

// smallMatrix is the number of cells up to which an alignment is read from the
// whole distance matrix. Beyond it Hirschberg's division keeps memory linear.
const smallMatrix = 1 << 17

// Align finds a shortest way to turn sent into printed and tells for each
// printed rune which sent rune it stands for, -1 where it was inserted. The
// indices rise; sent runes that do not occur among them were lost. Of several
// shortest ways one that pairs runes is preferred to inserting and losing.
//
// Memory is linear in the lengths (D. S. Hirschberg, "A linear space algorithm
// for computing maximal common subsequences", CACM 18, 1975), and time is
// their product over 64, as the columns that place the cuts are computed a
// machine word at a time (see columns).
func Align(sent, printed []rune) []int {
	at := make([]int, len(printed))
	var m matrix
	divide(sent, printed, 0, at, &m)
	return at
}

// divide aligns a with b, which begins at offset in the whole sent text, into at.
func divide(a, b []rune, offset int, at []int, m *matrix) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		at[0] = offset
		a, b, at, offset = a[1:], b[1:], at[1:], offset+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		at[len(b)-1] = offset + len(a) - 1
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if (len(a)+1)*(len(b)+1) <= smallMatrix || len(b) < 2 {
		m.align(a, b, offset, at)
		return
	}
	half := len(b) / 2
	cut := bestCut(a, b, half)
	divide(a[:cut], b[:half], offset, at[:half], m)
	divide(a[cut:], b[half:], offset+cut, at[half:], m)
}

// bestCut is the place to cut a so that its parts are together nearest to the
// parts of b, which is cut at half.
func bestCut(a, b []rune, half int) int {
	left := lastColumn(a, b[:half])
	right := lastColumn(reversed(a), reversed(b[half:]))
	best := 0
	for i := range left {
		if left[i]+right[len(a)-i] < left[best]+right[len(a)-best] {
			best = i
		}
	}
	return best
}

func reversed(s []rune) []rune {
	r := make([]rune, len(s))
	for i, v := range s {
		r[len(s)-1-i] = v
	}
	return r
}

// A matrix is room for one distance matrix, used again and again.
type matrix struct{ cells []int32 }

// align fills the whole matrix and walks it back from its last corner.
func (m *matrix) align(a, b []rune, offset int, at []int) {
	width := len(b) + 1
	d := m.fill(a, b)
	i, j := len(a), len(b)
	for j > 0 {
		here := d[i*width+j]
		switch {
		case i > 0 && d[(i-1)*width+j-1]+differ(a[i-1], b[j-1]) == here:
			i, j = i-1, j-1
			at[j] = offset + i
		case d[i*width+j-1]+1 == here:
			j--
			at[j] = -1
		default:
			i--
		}
	}
}

// fill computes d[i*(len(b)+1)+j], the distance of a[:i] and b[:j].
func (m *matrix) fill(a, b []rune) []int32 {
	width := len(b) + 1
	if need := (len(a) + 1) * width; cap(m.cells) < need {
		m.cells = make([]int32, need)
	}
	d := m.cells[:(len(a)+1)*width]
	for j := range width {
		d[j] = int32(j)
	}
	for i := range a {
		above, row := d[i*width:(i+1)*width], d[(i+1)*width:(i+2)*width]
		row[0] = int32(i + 1)
		for j := range b {
			row[j+1] = min(above[j]+differ(a[i], b[j]), above[j+1]+1, row[j]+1)
		}
	}
	return d
}

func differ(x, y rune) int32 {
	if x == y {
		return 0
	}
	return 1
}
