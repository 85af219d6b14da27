package dsp

import "gonum.org/v1/gonum/floats"

// decimatorBlock bounds how many samples are filtered at a time, so that the
// buffers stay in the cache and never grow with the caller's blocks.
const decimatorBlock = 2048

// Decimator is a real FIR filter on complex samples of which only every
// factor-th output is computed. Real and imaginary parts come in slices of
// their own because gonum's inner product runs on those at full speed.
type Decimator struct {
	taps   []float64
	factor int

	re, im []float64 // the last len(taps)-1 samples, then new ones
	filled int       // samples in re and im
	skip   int       // samples to pass over before the next output
}

// NewDecimator takes a symmetric filter and the number of input samples per
// output sample, at least 1.
func NewDecimator(taps []float64, factor int) *Decimator {
	if len(taps) == 0 || factor < 1 {
		panic("dsp: decimator without taps or with a factor below 1")
	}
	n := len(taps) - 1 + decimatorBlock
	d := &Decimator{taps: taps, factor: factor, re: make([]float64, n), im: make([]float64, n)}
	d.Reset()
	return d
}

// Delay is how many input samples the output lags behind.
func (d *Decimator) Delay() float64 { return float64(len(d.taps)-1) / 2 }

// Reset fills the filter with silence.
func (d *Decimator) Reset() {
	d.filled = len(d.taps) - 1
	clear(d.re[:d.filled])
	clear(d.im[:d.filled])
	d.skip = 0
}

// Process appends the filtered and decimated samples to dstRe and dstIm. The
// first input sample after a Reset gives the first output.
func (d *Decimator) Process(dstRe, dstIm, re, im []float64) ([]float64, []float64) {
	for len(re) > 0 {
		n := copy(d.re[d.filled:], re)
		copy(d.im[d.filled:], im[:n])
		d.filled += n
		re, im = re[n:], im[n:]
		dstRe, dstIm = d.drain(dstRe, dstIm)
	}
	return dstRe, dstIm
}

func (d *Decimator) drain(dstRe, dstIm []float64) ([]float64, []float64) {
	at := d.skip
	for ; at+len(d.taps) <= d.filled; at += d.factor {
		dstRe = append(dstRe, floats.Dot(d.taps, d.re[at:at+len(d.taps)]))
		dstIm = append(dstIm, floats.Dot(d.taps, d.im[at:at+len(d.taps)]))
	}
	used := min(at, d.filled-len(d.taps)+1)
	d.skip = at - used
	copy(d.re, d.re[used:d.filled])
	copy(d.im, d.im[used:d.filled])
	d.filled -= used
	return dstRe, dstIm
}
