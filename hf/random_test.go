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
	const n, bins, reach = 3_000_000, 140, 3.5
	g := newGaussian(newStream(1, noiseStream, 0))
	var sum, sum2, sum4 float64
	var count [bins]int
	for range n {
		v := g.next()
		sum += v
		sum2 += v * v
		sum4 += v * v * v * v
		if math.Abs(v) < reach {
			count[int((v+reach)/(2*reach)*bins)]++
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
	chi2 := 0.0
	for i, c := range count {
		edge := func(i int) float64 { return 2*reach*float64(i)/bins - reach }
		want := n * (normalCDF(edge(i+1)) - normalCDF(edge(i)))
		chi2 += (float64(c) - want) * (float64(c) - want) / want
	}
	if limit := bins + 4*math.Sqrt(2*bins); chi2 > limit {
		t.Errorf("χ² of the histogram is %.0f, want below %.0f", chi2, limit)
	}
}

func TestGaussianTail(t *testing.T) {
	g := newGaussian(newStream(2, noiseStream, 0))
	x := make([]float64, 30_000)
	for i := range x {
		x[i] = g.tail()
	}
	beyond := normalCDF(-zigguratTail)
	if d := kolmogorov(x, func(v float64) float64 { return 1 - normalCDF(-v)/beyond }); d > 1.8 {
		t.Errorf("distance from the normal distribution beyond %g is %.2f", zigguratTail, d)
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
