package dsp

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/dsp/fourier"
)

// A Spectrum says how the power of a real signal is spread over frequency.
// Power[i] is the mean power in a bin BinWidth wide about i*BinWidth; the last
// bin stands at half the sample rate. All bins together make the mean square of
// the samples, so that a sine of full scale adds up to 0.5.
type Spectrum struct {
	BinWidth float64 // Hz
	Power    []float64
}

// Total is the power of the whole signal.
func (s Spectrum) Total() float64 {
	sum := 0.0
	for _, p := range s.Power {
		sum += p
	}
	return sum
}

// Between is the power from low to high Hz. A bin that the band covers in part
// counts in part.
func (s Spectrum) Between(low, high float64) float64 {
	sum := 0.0
	first := max(0, int(math.Floor(low/s.BinWidth)))
	for i := first; i < len(s.Power); i++ {
		left, right := (float64(i)-0.5)*s.BinWidth, (float64(i)+0.5)*s.BinWidth
		if left >= high {
			break
		}
		covered := min(right, high) - max(left, low)
		sum += s.Power[i] * max(0, covered) / s.BinWidth
	}
	return sum
}

// Outside is the power that a band of that width about center leaves out, both
// in Hz. It is summed directly, not as a difference from the total, so that it
// stays exact when it is a tiny part of it.
func (s Spectrum) Outside(center, bandwidth float64) float64 {
	top := (float64(len(s.Power)) + 1) * s.BinWidth
	return s.Between(-s.BinWidth, center-bandwidth/2) + s.Between(center+bandwidth/2, top)
}

// Bandwidth is the width in Hz of the narrowest band about center outside of
// which no more than share of the total power lies: 1e-6 for the −60 dB
// bandwidth. This is the occupied bandwidth of ITU-R SM.328 for another share
// than its 0.01.
func (s Spectrum) Bandwidth(center, share float64) float64 {
	limit := share * s.Total()
	low, high := 0.0, 2*float64(len(s.Power))*s.BinWidth
	for high-low > s.BinWidth/16 {
		if middle := (low + high) / 2; s.Outside(center, middle) > limit {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// Welch estimates a Spectrum by the method of Welch (1967): the signal is cut
// into overlapping frames, each is weighted with a window and transformed, and
// the powers are averaged. Longer frames part frequencies more finely, more
// frames make the estimate steadier.
//
// The window is a Kaiser window, whose side lobes decide how far down one can
// look beside a strong signal. Frames overlap by three quarters, which such a
// narrow window needs to give every sample its due.
type Welch struct {
	fft      *fourier.FFT
	window   []float64
	scale    float64 // of a squared coefficient, makes it mean power
	binWidth float64
	hop      int

	weighted []float64
	bins     []complex128

	frame  []float64 // the last samples, oldest first
	filled int
	sum    []float64
	frames int
}

// NewWelch makes an estimator for rate samples per second with frames of size
// samples, a multiple of 4 and best a power of two, and side lobes attenuation
// dB down, 21 to 200. It panics outside those limits.
//
// A steady tone spreads over sqrt(1+(KaiserBeta/π)²) bins to each side: some 2
// at 60 dB, some 5 at 160 dB.
func NewWelch(rate float64, size int, attenuation float64) *Welch {
	if !(rate > 0) || size < 16 || size%4 != 0 || !(attenuation >= 21 && attenuation <= 200) {
		panic(fmt.Sprintf("dsp: spectrum of %g samples per second, frames of %d, %g dB", rate, size, attenuation))
	}
	w := &Welch{
		fft:      fourier.NewFFT(size),
		window:   Kaiser(size, KaiserBeta(attenuation)),
		binWidth: rate / float64(size),
		hop:      size / 4,
		weighted: make([]float64, size),
		bins:     make([]complex128, size/2+1),
		frame:    make([]float64, size),
		sum:      make([]float64, size/2+1),
	}
	energy := 0.0
	for _, v := range w.window {
		energy += v * v
	}
	w.scale = 1 / (energy * float64(size))
	return w
}

// Reset forgets all samples.
func (w *Welch) Reset() {
	w.filled = 0
	w.Restart()
}

// Restart begins a new average. Samples that the next frame overlaps are kept,
// so that a waterfall takes its rows one after the other without a seam.
func (w *Welch) Restart() {
	clear(w.sum)
	w.frames = 0
}

// Frames is how many frames the present average holds.
func (w *Welch) Frames() int { return w.frames }

// Add takes samples in blocks of any length.
func (w *Welch) Add(samples []float32) {
	for len(samples) > 0 {
		n := min(len(samples), len(w.frame)-w.filled)
		for i, x := range samples[:n] {
			w.frame[w.filled+i] = float64(x)
		}
		w.filled += n
		samples = samples[n:]
		if w.filled == len(w.frame) {
			w.transform()
			w.filled = copy(w.frame, w.frame[w.hop:])
		}
	}
}

func (w *Welch) transform() {
	for i, x := range w.frame {
		w.weighted[i] = x * w.window[i]
	}
	w.bins = w.fft.Coefficients(w.bins, w.weighted)
	last := len(w.bins) - 1
	for i, c := range w.bins {
		p := real(c)*real(c) + imag(c)*imag(c)
		if i != 0 && i != last {
			p *= 2 // the twin at the negative frequency
		}
		w.sum[i] += p * w.scale
	}
	w.frames++
}

// Spectrum is the average so far; its bins are in dst when that is long enough.
// Without a complete frame all power is zero.
func (w *Welch) Spectrum(dst []float64) Spectrum {
	if cap(dst) < len(w.sum) {
		dst = make([]float64, len(w.sum))
	}
	dst = dst[:len(w.sum)]
	for i, p := range w.sum {
		dst[i] = p / float64(max(w.frames, 1))
	}
	return Spectrum{BinWidth: w.binWidth, Power: dst}
}
