package hf

import (
	"math"
	"testing"
	"time"
)

// additions gives n samples of what a maker adds to silence.
func additions(m maker, n int) []float64 {
	x := make([]float64, n)
	for at := 0; at < n; at += blockSize {
		m.add(x[at:min(at+blockSize, n)])
	}
	return x
}

func moment(x []float64, order float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Pow(math.Abs(v), order)
	}
	return sum / float64(len(x))
}

func TestNoiseIsWhite(t *testing.T) {
	const n = 200_000
	x := additions(newNoiseMaker(Noise{}, 4, rate, 1), n)
	for lag := 1; lag <= 10; lag++ {
		sum := 0.0
		for i := range x[lag:] {
			sum += x[i] * x[i+lag]
		}
		if r := sum / n / 4; math.Abs(r) > 4.5/math.Sqrt(n) {
			t.Errorf("correlation at lag %d is %.4f", lag, r)
		}
	}
}

func TestClassAHasMiddletonsAmplitudes(t *testing.T) {
	const n = 500_000
	for _, c := range []ClassA{
		{Overlap: 0.1, Ratio: 0.1, Length: 200 * time.Microsecond},
		{Overlap: 0.5, Ratio: 0.01, Length: 500 * time.Microsecond},
		{Overlap: 10, Ratio: 1},
	} {
		x := additions(newNoiseMaker(Noise{ClassA: &c}, 2, rate, 3), n)
		if got := moment(x, 2) / 2; math.Abs(got-1) > 0.06 {
			t.Errorf("%+v: mean power %.3f of what it should be", c, got)
		}
		// Of a Poisson number of impulses of power v/A each over a background the
		// fourth moment is 3·(1 + 1/(A·(1+Γ)²)) of the square of the second.
		want := 3 * (1 + 1/(c.Overlap*(1+c.Ratio)*(1+c.Ratio)))
		if got := moment(x, 4) / 4; math.Abs(got/want-1) > 0.1 {
			t.Errorf("%+v: fourth moment %.2f, want %.2f", c, got, want)
		}
		// The whole distribution, of samples so far apart that they are independent.
		var apart []float64
		for i := 0; i < n; i += 50 {
			apart = append(apart, x[i])
		}
		if d := kolmogorov(apart, func(v float64) float64 { return classACDF(v/math.Sqrt2, c) }); d > 1.8 {
			t.Errorf("%+v: distance from class A's distribution %.2f", c, d)
		}
	}
}

// classACDF is Middleton's distribution of amplitudes of variance 1.
func classACDF(x float64, c ClassA) float64 {
	sum, weight := 0.0, math.Exp(-c.Overlap)
	for m := 0.0; m < 60; m++ {
		sigma := math.Sqrt((m/c.Overlap + c.Ratio) / (1 + c.Ratio))
		sum += weight * normalCDF(x/sigma)
		weight *= c.Overlap / (m + 1)
	}
	return sum
}

func TestClassAImpulsesLast(t *testing.T) {
	const n, length = 1_000_000, 5 * time.Millisecond
	p := newClassAProcess(ClassA{Overlap: 0.5, Ratio: 0.1, Length: length}, 1, rate, newStream(4, noiseStream, 1))
	x := make([]float64, n)
	for i := range x {
		s := p.nextSigma()
		x[i] = s*s - 1
	}
	correlate := func(lag int) float64 {
		sum := 0.0
		for i := range x[lag:] {
			sum += x[i] * x[i+lag]
		}
		return sum / float64(n-lag)
	}
	samples := int(length.Seconds() * rate)
	for _, lengths := range []int{1, 2} {
		want := math.Exp(-float64(lengths))
		if got := correlate(lengths*samples) / correlate(0); math.Abs(got-want) > 0.03 {
			t.Errorf("after %d lengths the strength keeps %.3f of itself, want %.3f", lengths, got, want)
		}
	}
}
