package dsp

import (
	"math"
	"testing"
)

// feed runs a complex tone through a fresh decimator in blocks of the sizes
// given, over and over.
func feed(t *testing.T, taps []float64, factor, n int, freq float64, sizes []int) (re, im []float64) {
	t.Helper()
	d := NewDecimator(taps, factor)
	srcRe, srcIm := make([]float64, n), make([]float64, n)
	for i := range srcRe {
		srcIm[i], srcRe[i] = math.Sincos(2 * math.Pi * freq * float64(i))
	}
	for k := 0; len(srcRe) > 0; k++ {
		m := min(sizes[k%len(sizes)], len(srcRe))
		re, im = d.Process(re, im, srcRe[:m], srcIm[:m])
		srcRe, srcIm = srcRe[m:], srcIm[m:]
	}
	return re, im
}

func TestDecimatorGivesTheSameHoweverTheStreamIsCut(t *testing.T) {
	taps := LowPass(0.03, 0.02, 60)
	for _, factor := range []int{1, 3, 7, 40} {
		wantRe, wantIm := feed(t, taps, factor, 10000, 0.011, []int{10000})
		for _, sizes := range [][]int{{1}, {7, 1, 300}, {4096, 5000}} {
			re, im := feed(t, taps, factor, 10000, 0.011, sizes)
			if len(re) != len(wantRe) || len(re) != (10000+factor-1)/factor {
				t.Fatalf("factor %d, blocks %v: %d samples, want %d", factor, sizes, len(re), len(wantRe))
			}
			for i := range re {
				if re[i] != wantRe[i] || im[i] != wantIm[i] {
					t.Fatalf("factor %d, blocks %v: sample %d differs", factor, sizes, i)
				}
			}
		}
	}
}

func TestDecimatorPassesAndStops(t *testing.T) {
	const attenuation = 60.0
	taps := LowPass(0.05, 0.02, attenuation)
	for _, c := range []struct {
		freq   float64
		lo, hi float64 // dB
	}{
		{0, -0.02, 0.02}, {0.035, -0.02, 0.02}, {-0.039, -0.02, 0.02}, {0.05, -6.2, -5.8},
		{0.061, -200, 1 - attenuation}, {0.2, -200, 1 - attenuation}, {-0.45, -200, 1 - attenuation},
	} {
		re, im := feed(t, taps, 5, 20000, c.freq, []int{999})
		last := len(re) - 1
		db := 20 * math.Log10(math.Hypot(re[last], im[last]))
		if db < c.lo || db > c.hi {
			t.Errorf("gain at %g cycles per sample is %.2f dB, want %.2f to %.2f", c.freq, db, c.lo, c.hi)
		}
	}
}

func TestOscillatorKeepsPhaseAndLength(t *testing.T) {
	const freq = 0.1234567
	o := NewOscillator(freq)
	var p complex128
	const n = 1_000_000
	for range n + 1 {
		p = o.Next()
	}
	_, frac := math.Modf(freq * n)
	sin, cos := math.Sincos(2 * math.Pi * frac)
	if e := math.Hypot(real(p)-cos, imag(p)-sin); e > 1e-8 {
		t.Errorf("after %d samples the phasor is off by %g", n, e)
	}
}

func BenchmarkDecimator(b *testing.B) {
	d := NewDecimator(LowPass(0.02, 0.02, 60), 7)
	re, im := make([]float64, 1024), make([]float64, 1024)
	outRe, outIm := make([]float64, 0, 1024), make([]float64, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		outRe, outIm = d.Process(outRe[:0], outIm[:0], re, im)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1024, "ns/sample")
}
