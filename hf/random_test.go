package hf

import (
	"math"
	"slices"
	"testing"
)

// kolmogorov is the largest distance of the distribution of x from cdf, in units
// in which 1.63 is exceeded once in a hundred times (Kolmogorov-Smirnov).
func kolmogorov(x []float64, cdf func(float64) float64) float64 {
	slices.Sort(x)
	worst := 0.0
	for i, v := range x {
		p := cdf(v)
		n := float64(len(x))
		worst = max(worst, math.Abs(p-float64(i)/n), math.Abs(p-float64(i+1)/n))
	}
	return worst * math.Sqrt(float64(len(x)))
}

func normalCDF(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

func TestGaussianIsGaussian(t *testing.T) {
	const n = 300_000
	g := newGaussian(newStream(1, noiseStream, 0))
	var sum, sum2, sum4 float64
	beyond := 0
	x := make([]float64, n)
	for i := range x {
		v := g.next()
		x[i] = v
		sum += v
		sum2 += v * v
		sum4 += v * v * v * v
		if math.Abs(v) > zigguratTail {
			beyond++
		}
	}
	// Standard errors of the moments are 1, √2 and √96 over √n.
	for _, m := range []struct {
		name            string
		got, want, size float64
	}{
		{"mean", sum / n, 0, 1}, {"variance", sum2 / n, 1, math.Sqrt2}, {"fourth moment", sum4 / n, 3, math.Sqrt(96)},
	} {
		if math.Abs(m.got-m.want) > 4*m.size/math.Sqrt(n) {
			t.Errorf("%s %g, want %g", m.name, m.got, m.want)
		}
	}
	if want := 2 * normalCDF(-zigguratTail) * n; math.Abs(float64(beyond)-want) > 4*math.Sqrt(want) {
		t.Errorf("%d in the tail, want about %.0f", beyond, want)
	}
	if d := kolmogorov(x, normalCDF); d > 1.8 {
		t.Errorf("distance from the normal distribution %.2f", d)
	}
}

func TestPoissonHasItsMeanAndVariance(t *testing.T) {
	const n = 30_000
	bits := newStream(2, noiseStream, 1)
	for _, mean := range []float64{0.01, 0.3, 2, 10} {
		var sum, sum2 float64
		for range n {
			v := float64(poisson(bits, mean))
			sum += v
			sum2 += v * v
		}
		m := sum / n
		variance := sum2/n - m*m
		if e := 5 * math.Sqrt((mean+2*mean*mean)/n); math.Abs(m-mean) > e || math.Abs(variance-mean) > e {
			t.Errorf("mean %g: got mean %g and variance %g", mean, m, variance)
		}
	}
}

// Benches compare decoders by seed, over years and versions.
func TestWhatASeedMeansNeverChanges(t *testing.T) {
	g := newGaussian(newStream(1, fadingStream, 0))
	for i, want := range []float64{0.568640527377165, 0.300583827263424, 1.548871744339631, 1.409167935467388} {
		if got := g.next(); math.Abs(got-want) > 1e-12 {
			t.Errorf("number %d of seed 1 is %.15f, want %.15f", i, got, want)
		}
	}
}

func TestStreamsDifferInEverything(t *testing.T) {
	seen := map[uint64]bool{}
	for seed := range uint64(10) {
		for use := fadingStream; use <= interfererStream; use++ {
			for index := range uint64(300) {
				first := newStream(seed, use, index).Uint64()
				if seen[first] {
					t.Fatalf("seed %d, use %d, index %d repeats another stream", seed, use, index)
				}
				seen[first] = true
			}
		}
	}
}
