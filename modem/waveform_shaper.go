package modem

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"rtty/dsp"
)

// A shaper makes audio of the keyed carrier in two steps. At the baseband rate,
// a few times the signal's width, the filter of the waveform is short. Then the
// shaped carrier is mixed up and interpolated to the output rate in one: the
// interpolating low-pass filter is moved to the signal's centre, which makes it
// a band-pass with complex taps, split into one branch per output sample.
type shaper struct {
	filter   []float64
	branches []branch // of the interpolator, one per output sample

	carrier       *dsp.Oscillator
	keyed, shaped history
}

// A branch makes every len(branches)-th output sample.
type branch struct{ re, im []float64 }

// newShaper puts the signal's centre at center, in cycles per output sample.
func newShaper(p pulseShape, center float64) *shaper {
	branches := newBranches(p.interpolate, p.upsampling, center)
	return &shaper{
		filter:   p.filter,
		branches: branches,
		carrier:  dsp.NewOscillator(center * float64(p.upsampling)),
		keyed:    newHistory(len(p.filter)),
		shaped:   newHistory(len(branches[0].re)),
	}
}

// newBranches deals the taps out to the branches, those of the oldest sample
// first, as a history gives them.
func newBranches(taps []float64, count int, center float64) []branch {
	length := (len(taps) + count - 1) / count
	branches := make([]branch, count)
	for b := range branches {
		branches[b] = branch{make([]float64, length), make([]float64, length)}
	}
	for i, tap := range taps {
		sin, cos := math.Sincos(2 * math.Pi * center * float64(i))
		branches[i%count].re[length-1-i/count] = tap * cos
		branches[i%count].im[length-1-i/count] = -tap * sin
	}
	return branches
}

// reset starts the carrier anew. What the histories hold is no matter after the
// next span pushes.
func (s *shaper) reset() { s.carrier.Reset() }

// span is how many baseband samples an output sample depends on.
func (s *shaper) span() int { return len(s.filter) + len(s.branches[0].re) }

// push takes the next baseband sample, given as its phase in cycles.
func (s *shaper) push(phase float64) {
	sin, cos := math.Sincos(2 * math.Pi * phase)
	s.keyed.push(cos, sin)
	re, im := s.keyed.latest()
	carrier := s.carrier.Next()
	shaped := carrier * complex(floats.Dot(s.filter, re), floats.Dot(s.filter, im))
	s.shaped.push(real(shaped), imag(shaped))
}

// output is one of the len(branches) output samples of the last push.
func (s *shaper) output(branch int) float64 {
	re, im := s.shaped.latest()
	b := &s.branches[branch]
	return floats.Dot(b.re, re) + floats.Dot(b.im, im)
}

// A history keeps the latest complex samples in one piece, oldest first. Every
// sample is stored twice, half the buffer apart, so that no move is needed.
type history struct {
	re, im []float64
	at     int // where the next one goes, in the first half
}

func newHistory(n int) history {
	return history{re: make([]float64, 2*n), im: make([]float64, 2*n)}
}

func (h *history) push(re, im float64) {
	n := len(h.re) / 2
	h.re[h.at], h.re[h.at+n] = re, re
	h.im[h.at], h.im[h.at+n] = im, im
	if h.at++; h.at == n {
		h.at = 0
	}
}

func (h *history) latest() (re, im []float64) {
	n := len(h.re) / 2
	return h.re[h.at : h.at+n], h.im[h.at : h.at+n]
}
