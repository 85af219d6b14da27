package score

import "math"

// Bins is the number of equal steps of probability a Reliability counts in.
const Bins = 10

// A Printed is one printed character and the probability the decoder gave it.
type Printed struct {
	Rune rune
	P    float64
}

// A Reliability sorts printed characters by the probability their decoder gave
// them, to compare it with how many were right. An honest decoder's characters
// of p about 0.9 are right nine times in ten; drawn as a curve of the share
// that was right over p, it lies on the diagonal. Below it the decoder is too
// sure of itself, above it too modest.
//
// Characters that were lost have no probability and do not count here.
type Reliability struct {
	Count [Bins]int     // characters printed with p in [b, b+1)/Bins, p = 1 in the last
	Right [Bins]int     // those of them that had been sent
	SumP  [Bins]float64 // sum of their probabilities
}

// TextWithP scores printed characters as Text does, and their probabilities.
func TextWithP(sent string, printed []Printed) (Score, Reliability) {
	runes := make([]rune, len(printed))
	for i, c := range printed {
		runes[i] = c.Rune
	}
	a := Fold(sent)
	b, from := fold(runes)
	at := Align(a, b)
	var rel Reliability
	for j, i := range at {
		rel.Observe(printed[from[j]].P, i >= 0 && a[i] == b[j])
	}
	return tally(a, b, at), rel
}

// Observe counts one character printed with probability p, which is held to 0
// to 1; NaN, a decoder that does not know, counts as 0.
func (r *Reliability) Observe(p float64, right bool) {
	if !(p > 0) {
		p = 0
	}
	p = min(p, 1)
	bin := min(int(p*Bins), Bins-1)
	r.Count[bin]++
	r.SumP[bin] += p
	if right {
		r.Right[bin]++
	}
}

// Add counts q into r.
func (r *Reliability) Add(q Reliability) {
	for b := range Bins {
		r.Count[b] += q.Count[b]
		r.Right[b] += q.Right[b]
		r.SumP[b] += q.SumP[b]
	}
}

// Chars is the number of characters counted.
func (r Reliability) Chars() int {
	n := 0
	for _, c := range r.Count {
		n += c
	}
	return n
}

// Bin tells the mean probability and the share that was right in bin b, 0 to
// Bins-1; ok is false when it is empty.
func (r Reliability) Bin(b int) (meanP, right float64, ok bool) {
	if r.Count[b] == 0 {
		return 0, 0, false
	}
	n := float64(r.Count[b])
	return r.SumP[b] / n, float64(r.Right[b]) / n, true
}

// ECE is the expected calibration error: the distance of the two numbers that
// Bin returns, averaged over all characters. It is 0 for an honest decoder (in
// the limit of many characters; n characters leave about 1/sqrt(n)).
func (r Reliability) ECE() float64 {
	total := r.Chars()
	if total == 0 {
		return 0
	}
	sum := 0.0
	for b := range Bins {
		if meanP, right, ok := r.Bin(b); ok {
			sum += math.Abs(meanP-right) * float64(r.Count[b])
		}
	}
	return sum / float64(total)
}
