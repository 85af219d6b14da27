package dsp

import (
	"fmt"
	"math"
)

// KaiserBeta is the shape parameter of a Kaiser window whose stop band lies
// attenuation dB below the pass band (Kaiser 1974, Oppenheim & Schafer 7.75).
func KaiserBeta(attenuation float64) float64 {
	switch {
	case attenuation > 50:
		return 0.1102 * (attenuation - 8.7)
	case attenuation >= 21:
		return 0.5842*math.Pow(attenuation-21, 0.4) + 0.07886*(attenuation-21)
	}
	return 0
}

// KaiserLength is the odd number of taps that a Kaiser-windowed filter needs
// for a transition band that wide; transition is in cycles per sample.
func KaiserLength(transition, attenuation float64) int {
	n := int(math.Ceil((attenuation-7.95)/(2.285*2*math.Pi*transition))) + 1
	return max(n|1, 3)
}

// Kaiser is a window of n samples, 1 at its middle.
func Kaiser(n int, beta float64) []float64 {
	w := make([]float64, n)
	norm := besselI0(beta)
	for i := range w {
		x := 0.0
		if n > 1 {
			x = 2*float64(i)/float64(n-1) - 1
		}
		w[i] = besselI0(beta*math.Sqrt(max(0, 1-x*x))) / norm
	}
	return w
}

// LowPass designs a linear-phase low-pass filter of odd length with unit gain
// at zero frequency by the window method. cutoff is the −6 dB edge and
// transition the full width from pass band to stop band, both in cycles per
// sample; attenuation is that of the stop band in dB. The delay is half its
// length less a half, (len-1)/2 samples.
//
// It panics when cutoff or transition leave (0, 0.5): they come from the
// program, not from users.
func LowPass(cutoff, transition, attenuation float64) []float64 {
	if !(cutoff > 0 && cutoff < 0.5) || !(transition > 0 && transition < 0.5) {
		panic(fmt.Sprintf("dsp: low-pass cutoff %g or transition %g outside (0, 0.5)", cutoff, transition))
	}
	taps := Kaiser(KaiserLength(transition, attenuation), KaiserBeta(attenuation))
	middle := float64(len(taps)-1) / 2
	sum := 0.0
	for i := range taps {
		taps[i] *= 2 * cutoff * Sinc(2*cutoff*(float64(i)-middle))
		sum += taps[i]
	}
	for i := range taps {
		taps[i] /= sum
	}
	return taps
}

// Sinc is sin(πx)/(πx).
func Sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// besselI0 is the modified Bessel function of order zero by its power series,
// which converges to double precision for every window parameter in use.
func besselI0(x float64) float64 {
	sum, term, q := 1.0, 1.0, x*x/4
	for k := 1.0; term > 1e-17*sum; k++ {
		term *= q / (k * k)
		sum += term
	}
	return sum
}
