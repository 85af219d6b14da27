package hf

import (
	"math"
	"math/cmplx"
	"testing"

	"gonum.org/v1/gonum/dsp/fourier"

	"rtty/dsp"
)

// gains runs a tap of unit power for n samples: one copy of it on a constant
// signal for the real part, and one on a constant imaginary signal for minus the
// imaginary part.
func gains(spread, rate float64, seed, path uint64, n int) []complex128 {
	ones, zeros := make([]float64, n), make([]float64, n)
	for i := range ones {
		ones[i] = 1
	}
	re, im := make([]float64, n), make([]float64, n)
	newTap(newGaussian(newStream(seed, fadingStream, path)), 1, spread, rate).apply(re, ones, zeros)
	newTap(newGaussian(newStream(seed, fadingStream, path)), 1, spread, rate).apply(im, zeros, ones)
	g := make([]complex128, n)
	for i := range g {
		g[i] = complex(re[i], -im[i])
	}
	return g
}

// correlation is the mean of a[n+lag] times the conjugate of b[n].
func correlation(a, b []complex128, lag int) complex128 {
	var sum complex128
	for i := range a[lag:] {
		sum += a[i+lag] * cmplx.Conj(b[i])
	}
	return sum / complex(float64(len(a)-lag), 0)
}

func TestTapHasUnitPowerAndRayleighEnvelope(t *testing.T) {
	for _, spread := range []float64{0.1, 30} {
		rate := 40 * spread
		// At a distance of 1.5/spread the gain remembers exp(−11) of itself.
		const every, n = 60, 6000
		g := gains(spread, rate, 1, 0, every*n)
		power := make([]float64, n)
		sum := 0.0
		for i := range power {
			v := cmplx.Abs(g[i*every])
			power[i] = v * v
			sum += power[i]
		}
		if e := math.Abs(sum/n - 1); e > 4/math.Sqrt(n) {
			t.Errorf("spread %g Hz: mean power %.3f, want 1", spread, sum/n)
		}
		// The square of a Rayleigh envelope has an exponential distribution.
		if d := kolmogorov(power, func(p float64) float64 { return 1 - math.Exp(-p) }); d > 1.8 {
			t.Errorf("spread %g Hz: distance of the envelope from Rayleigh's distribution %.2f", spread, d)
		}
	}
}

func TestTapStartsInItsStationaryState(t *testing.T) {
	const n = 2000
	first := make([]float64, n)
	for seed := range first {
		tp := newTap(newGaussian(newStream(uint64(seed), fadingStream, 0)), 1, 0.5, 8000)
		re, im := tp.re.cubic[0], tp.im.cubic[0]
		first[seed] = re*re + im*im
	}
	if d := kolmogorov(first, func(p float64) float64 { return 1 - math.Exp(-p) }); d > 1.8 {
		t.Errorf("distance of the first envelope of many seeds from Rayleigh's distribution %.2f", d)
	}
}

func TestTapForgetsAsAGaussianSpectrumMustForget(t *testing.T) {
	const spread, rate = 1.0, 100.0
	g := gains(spread, rate, 3, 0, 1_000_000) // some 15,000 independent fades
	for _, lag := range []int{0, 5, 10, 20, 30, 40, 50, 70} {
		tau := float64(lag) / rate
		want := math.Exp(-math.Pi * math.Pi * spread * spread * tau * tau / 2)
		if got := correlation(g, g, lag); cmplx.Abs(got-complex(want, 0)) > 0.035 {
			t.Errorf("correlation after %g s is %.3f, want %.3f", tau, got, want)
		}
	}
}

func TestTapSpectrumIsABellOfTheRightWidth(t *testing.T) {
	const spread, rate, block, blocks = 1.0, 128.0, 4096, 200
	g := gains(spread, rate, 4, 0, block*blocks)
	window := dsp.Kaiser(block, dsp.KaiserBeta(120))
	fft := fourier.NewCmplxFFT(block)
	density := make([]float64, block)
	buf := make([]complex128, block)
	for b := range blocks {
		for i := range buf {
			buf[i] = g[b*block+i] * complex(window[i], 0)
		}
		fft.Coefficients(buf, buf)
		for i, c := range buf {
			density[i] += real(c)*real(c) + imag(c)*imag(c)
		}
	}
	at := func(hz float64) float64 { // mean over a tenth of a hertz
		sum := 0.0
		for k := -2; k <= 2; k++ {
			sum += density[(int(math.Round(hz*block/rate))+k+block)%block]
		}
		return 10 * math.Log10(sum)
	}
	const sigma = spread / 2
	for _, hz := range []float64{-3 * sigma, -2 * sigma, -sigma, sigma, 2 * sigma, 3 * sigma} {
		want := -10 * math.Log10(math.E) * hz * hz / (2 * sigma * sigma)
		if got := at(hz) - at(0); math.Abs(got-want) > 0.9 {
			t.Errorf("spectrum at %+g Hz %.2f dB, want %.2f", hz, got, want)
		}
	}
	for hz := 7 * sigma; hz < rate/2-1; hz += 0.25 {
		if got := max(at(hz), at(-hz)) - at(0); got > -65 {
			t.Errorf("%.1f dB at %.2f Hz, far from the spectrum", got, hz)
		}
	}
	// 2σ by the second moment of the spectrum, with the far ends left out.
	var sum, sum2 float64
	for k := -200; k <= 200; k++ {
		f := float64(k) * rate / block
		d := density[(k+block)%block]
		sum += d
		sum2 += d * f * f
	}
	if got := 2 * math.Sqrt(sum2/sum); math.Abs(got/spread-1) > 0.03 {
		t.Errorf("Doppler spread %.4f Hz, want %g", got, spread)
	}
}

func TestPathsAndSeedsFadeIndependently(t *testing.T) {
	const n = 400_000 // some 6,000 independent fades, a correlation of 0.013 by chance
	a := gains(1, 100, 5, 0, n)
	for _, c := range []struct {
		name string
		b    []complex128
	}{
		{"the other path", gains(1, 100, 5, 1, n)},
		{"the next seed", gains(1, 100, 6, 0, n)},
	} {
		for _, lag := range []int{0, 20} {
			if got := cmplx.Abs(correlation(a, c.b, lag)); got > 0.05 {
				t.Errorf("correlation with %s at lag %d is %.3f", c.name, lag, got)
			}
		}
	}
	// Real and imaginary part: the mean of the square of a circular process is 0.
	var sum complex128
	for _, g := range a {
		sum += g * g
	}
	if got := cmplx.Abs(sum) / n; got > 0.06 {
		t.Errorf("mean square of the gain is %.3f, want 0", got)
	}
}

func TestTapWithoutSpreadStandsStill(t *testing.T) {
	g := gains(0, 8000, 7, 0, 1000)
	for i, v := range g {
		if v != g[0] || math.Abs(cmplx.Abs(v)-1) > 1e-12 {
			t.Fatalf("gain %d is %g after %g", i, v, g[0])
		}
	}
}
