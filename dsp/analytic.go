package dsp

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// analyticBlock is how many samples of each parity are kept beyond the filter
// before the buffers are moved back to their start.
const analyticBlock = 1024

// Analytic makes the analytic signal of real samples: the signal itself with
// its Hilbert transform as imaginary part, which has no negative frequencies. A
// turn of phase then moves every tone by the same number of Hz, and a complex
// gain is what fading does to it.
//
// The transform is a linear-phase filter of odd length by the window method
// (Oppenheim & Schafer 12.4). Every second tap of it is zero, so the samples
// are kept in two rows, even and odd, and each output needs but one of them.
type Analytic struct {
	taps []float64 // those that are not zero, for the oldest sample first
	half int       // taps on either side of the middle, odd

	rows   [2][]float64 // past samples of either parity, oldest first
	filled [2]int
	parity int // of the next sample
}

// NewAnalytic designs the transform. low is the lowest frequency, in cycles per
// sample, at which it holds, and as far below half the rate the highest;
// between them negative frequencies lie rejection dB below the positive ones
// (a dB less at the very edges).
// Outside the image grows, and at zero both are equal. It panics when low
// leaves (0, 0.25) or rejection is below 20 dB.
func NewAnalytic(low, rejection float64) *Analytic {
	if !(low > 0 && low < 0.25) || !(rejection >= 20) {
		panic(fmt.Sprintf("dsp: analytic signal from %g cycles per sample with %g dB", low, rejection))
	}
	half := KaiserLength(2*low, rejection)/2 | 1
	window := Kaiser(2*half+1, KaiserBeta(rejection))
	a := &Analytic{taps: make([]float64, half+1), half: half}
	for i := range a.taps {
		a.taps[i] = window[2*i] * 2 / (math.Pi * float64(half-2*i))
	}
	for p := range a.rows {
		a.rows[p] = make([]float64, half+1+analyticBlock)
	}
	a.Reset()
	return a
}

// Delay is how many samples the output lags behind.
func (a *Analytic) Delay() int { return a.half }

// Reset fills the filter with silence.
func (a *Analytic) Reset() {
	for p := range a.rows {
		a.filled[p] = a.half
		clear(a.rows[p][:a.half])
	}
	a.parity = 0
}

// Process appends one sample to dstRe and dstIm for every one of src: the
// signal, Delay samples late, and its Hilbert transform.
func (a *Analytic) Process(dstRe, dstIm []float64, src []float32) ([]float64, []float64) {
	middle := (a.half + 1) / 2 // back from the end of the other row to the sample that the output is for
	for _, x := range src {
		row, other := a.rows[a.parity], a.rows[1-a.parity]
		end := a.filled[a.parity] + 1
		row[end-1] = float64(x)
		dstRe = append(dstRe, other[a.filled[1-a.parity]-middle])
		dstIm = append(dstIm, floats.Dot(a.taps, row[end-len(a.taps):end]))
		a.filled[a.parity] = end
		if end == len(row) {
			a.filled[a.parity] = copy(row, row[end-a.half:])
		}
		a.parity = 1 - a.parity
	}
	return dstRe, dstIm
}
