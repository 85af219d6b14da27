package dsp

import (
	"fmt"
	"math"
	"testing"
)

// tone is n samples of a cosine of amplitude 1; freq in cycles per sample.
func tone(n int, freq float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(math.Cos(2 * math.Pi * freq * float64(i)))
	}
	return x
}

// fit is the complex amplitude of the phasor at freq in samples, found with a
// window whose side lobes are far below anything tested here. The first sample
// has number first.
func fit(re, im []float64, freq float64, first int) complex128 {
	window := Kaiser(len(re), KaiserBeta(130))
	var sum complex128
	norm := 0.0
	for i, w := range window {
		sin, cos := math.Sincos(-2 * math.Pi * freq * float64(first+i))
		sum += complex(w, 0) * complex(re[i], im[i]) * complex(cos, sin)
		norm += w
	}
	return sum / complex(norm, 0)
}

func decibels(z complex128) float64 {
	return 20 * math.Log10(math.Hypot(real(z), imag(z))+1e-30)
}

func TestAnalyticSignalHasNoNegativeFrequencies(t *testing.T) {
	const low, rejection, n = 100.0 / 8000, 65.0, 8192
	a := NewAnalytic(low, rejection)
	for _, hz := range []float64{100, 123, 500, 1000.5, 2125, 2295, 3500, 3899} {
		a.Reset()
		freq := hz / 8000
		re, im := a.Process(nil, nil, tone(n, freq))
		settled := 2 * a.Delay()
		re, im = re[settled:], im[settled:]
		wanted, image := decibels(fit(re, im, freq, settled)), decibels(fit(re, im, -freq, settled))
		if math.Abs(wanted) > 0.01 {
			t.Errorf("%g Hz: gain %.4f dB, want 0", hz, wanted)
		}
		if image > -rejection+1 {
			t.Errorf("%g Hz: image %.1f dB, want below %.1f", hz, image, -rejection)
		}
	}
}

func TestAnalyticRealPartIsTheInputLate(t *testing.T) {
	a := NewAnalytic(0.02, 50)
	x := tone(3000, 0.0371)
	re, im := a.Process(nil, nil, x)
	if len(re) != len(x) || len(im) != len(x) {
		t.Fatalf("%d and %d samples out for %d in", len(re), len(im), len(x))
	}
	for i := range x[a.Delay():] {
		if re[i+a.Delay()] != float64(x[i]) {
			t.Fatalf("sample %d: %g, want %g", i, re[i+a.Delay()], x[i])
		}
	}
}

func TestAnalyticIsTheSameHoweverTheStreamIsCut(t *testing.T) {
	x := tone(9000, 0.123)
	wantRe, wantIm := NewAnalytic(0.01, 60).Process(nil, nil, x)
	for _, size := range []int{1, 7, 4097} {
		a := NewAnalytic(0.01, 60)
		var re, im []float64
		for at := 0; at < len(x); at += size {
			re, im = a.Process(re, im, x[at:min(at+size, len(x))])
		}
		for i := range wantRe {
			if re[i] != wantRe[i] || im[i] != wantIm[i] {
				t.Fatalf("blocks of %d: sample %d differs", size, i)
			}
		}
	}
}

func TestAnalyticRefusesNonsense(t *testing.T) {
	for _, c := range []struct{ low, rejection float64 }{
		{0, 60}, {-0.1, 60}, {0.25, 60}, {math.NaN(), 60}, {0.01, 0}, {0.01, math.NaN()},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			NewAnalytic(c.low, c.rejection)
		})
	}
}

func BenchmarkAnalytic8k(b *testing.B) {
	a := NewAnalytic(75.0/8000, 65)
	x := tone(1024, 0.2)
	re, im := make([]float64, 0, 1024), make([]float64, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		re, im = a.Process(re[:0], im[:0], x)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1024, "ns/sample")
}
