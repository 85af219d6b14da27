package dsp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// ratePairs are the conversions that the modem meets, and some that it should
// never meet.
var ratePairs = []struct{ in, out float64 }{
	{48000, 12000}, {44100, 12000}, {8000, 12000}, {6000, 12000}, {192000, 12000}, {96000, 8000},
	{12000, 48000}, {12000, 44100}, {8000, 44100}, {11025, 8000}, {22050, 48000}, {6000, 192000},
	{8000, 8000}, {48000, 47999}, {8000, 8000.4}, {44100, 44091.18}, {8000.1, 11999.3}, {192000, 6000.5},
}

func mustResampler(t testing.TB, in, out float64) *Resampler {
	t.Helper()
	r, err := NewResampler(in, out)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// resampled is a tone of hz at the rate in, converted to the rate out, whole.
func resampled(t testing.TB, in, out, hz float64, n int) []float32 {
	r := mustResampler(t, in, out)
	return r.Flush(r.Process(nil, tone(n, hz/in)))
}

// settled is the middle part of a resampled tone, where no end is felt.
func settled(y []float32, margin int) (re, im []float64) {
	for _, v := range y[margin : len(y)-margin] {
		re = append(re, float64(v))
	}
	return re, make([]float64, len(re))
}

func TestResamplerKeepsTonesAndTheirTime(t *testing.T) {
	for _, p := range ratePairs {
		low := min(p.in, p.out)
		for _, part := range []float64{0.02, 0.25, 0.44, 0.45} { // of the lower rate
			hz := part * low
			y := resampled(t, p.in, p.out, hz, int(6000*p.in/low))
			margin := int(60 * p.out / low)
			re, im := settled(y, margin)
			// A cosine of amplitude 1 has the phasor 1/2, in phase at time zero.
			got := 2 * fit(re, im, hz/p.out, margin)
			if e := decibels(got - 1); e > -85 {
				t.Errorf("%g to %g: %g Hz comes out as %.6f, off by %.1f dB", p.in, p.out, hz, got, e)
			}
			if rest := residue(re, hz/p.out, got, margin); rest > -90 {
				t.Errorf("%g to %g: beside the %g Hz tone %.1f dB of something else", p.in, p.out, hz, rest)
			}
		}
	}
}

// residue is the power in re that is not the tone, in dB of the tone.
func residue(re []float64, freq float64, amplitude complex128, first int) float64 {
	rest := 0.0
	for i, v := range re {
		sin, cos := math.Sincos(2 * math.Pi * freq * float64(first+i))
		d := v - real(amplitude)*cos + imag(amplitude)*sin
		rest += d * d
	}
	return 10*math.Log10(2*rest/float64(len(re))) - decibels(amplitude)
}

func TestResamplerLetsNothingAlias(t *testing.T) {
	for _, p := range ratePairs {
		if p.in <= p.out*1.001 {
			continue
		}
		for _, hz := range []float64{0.5 * p.out, 0.6 * p.out, 0.9 * p.out, 0.499 * p.in} {
			if hz < 0.5*p.out || hz > 0.5*p.in {
				continue
			}
			y := resampled(t, p.in, p.out, hz, int(3000*p.in/p.out))
			re, _ := settled(y, 60)
			power := 0.0
			for _, v := range re {
				power += v * v
			}
			if db := 10 * math.Log10(2*power/float64(len(re))); db > -85 {
				t.Errorf("%g to %g: %g Hz leaves %.1f dB, want below -85", p.in, p.out, hz, db)
			}
		}
	}
}

func TestResamplerGivesAsManySamplesAsTheTimeHolds(t *testing.T) {
	for _, p := range ratePairs {
		for _, n := range []int{0, 1, 2, 100, 4321} {
			r := mustResampler(t, p.in, p.out)
			got := len(r.Flush(r.Process(nil, make([]float32, n))))
			if want := int(math.Ceil(float64(n)*p.out/p.in - 1e-9)); got != want {
				t.Errorf("%g to %g: %d samples out of %d, want %d", p.in, p.out, got, n, want)
			}
		}
	}
}

func TestResamplerIsTheSameHoweverTheStreamIsCut(t *testing.T) {
	for _, p := range ratePairs {
		x := tone(9000, 0.0123)
		r := mustResampler(t, p.in, p.out)
		want := r.Flush(r.Process(nil, x))
		for _, size := range []int{1, 7, 5000} {
			r.Reset()
			var got []float32
			for at := 0; at < len(x); at += size {
				n := min(size, len(x)-at)
				before := len(got)
				got = r.Process(got, x[at:at+n])
				if len(got)-before > r.MaxOutput(n) {
					t.Fatalf("%g to %g: %d samples out of %d, more than promised", p.in, p.out, len(got)-before, n)
				}
			}
			got = r.Flush(got)
			if len(got) != len(want) {
				t.Fatalf("%g to %g in blocks of %d: %d samples, want %d", p.in, p.out, size, len(got), len(want))
			}
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("%g to %g in blocks of %d: sample %d differs", p.in, p.out, size, i)
				}
			}
		}
	}
}

func TestResamplerNeedsNoMoreThanItsLatency(t *testing.T) {
	for _, p := range ratePairs {
		r := mustResampler(t, p.in, p.out)
		if y := r.Process(nil, make([]float32, r.Latency())); len(y) != 0 {
			t.Errorf("%g to %g: %d outputs before the latency has passed", p.in, p.out, len(y))
		}
		if y := r.Process(nil, make([]float32, 1)); len(y) == 0 {
			t.Errorf("%g to %g: no output after the latency has passed", p.in, p.out)
		}
	}
}

// A clock that drifts is followed: a tone whose true rate wanders comes out at
// one frequency when the ratio is set to match.
func TestResamplerFollowsADriftingClock(t *testing.T) {
	const rate, hz, n = 12000.0, 1500.0, 60000
	r := mustResampler(t, rate, rate)
	var y []float32
	phase := 0.0
	for at := 0; at < n; at += 600 {
		ppm := 300 * math.Sin(float64(at)/n*2*math.Pi)
		block := make([]float32, 600)
		for i := range block {
			block[i] = float32(math.Cos(phase))
			phase += 2 * math.Pi * hz / rate / (1 + ppm*1e-6)
		}
		r.SetRatio(1 / (1 + ppm*1e-6))
		y = r.Process(y, block)
	}
	re, im := settled(y, 200)
	// The filter looks ahead, so the ratio lags by 5 ms: that alone may show.
	if got := 2 * fit(re, im, hz/rate, 200); decibels(got) < -0.1 {
		t.Errorf("tone comes out at %.2f dB, smeared", decibels(got))
	}
	r.SetRatio(2)
	if got := len(r.Process(nil, make([]float32, 100000))); got > 101100 {
		t.Errorf("ratio not held to 1 %% of the design: %d samples out of 100000", got)
	}
}

func TestResamplerRefusesNonsense(t *testing.T) {
	for _, p := range []struct{ in, out float64 }{
		{0, 8000}, {8000, 0}, {-1, 8000}, {8000, -8000}, {-8000, -8000}, {math.NaN(), 8000}, {8000, math.NaN()},
		{math.Inf(1), 8000}, {8000, math.Inf(1)}, {8000, 8000 * 257}, {8000 * 257, 8000},
	} {
		if _, err := NewResampler(p.in, p.out); err == nil {
			t.Errorf("%g to %g is accepted", p.in, p.out)
		}
	}
}

func ExampleResampler() {
	r, err := NewResampler(44100, 12000)
	if err != nil {
		fmt.Println(err)
		return
	}
	out := make([]float32, 0, r.MaxOutput(441))
	total := 0
	for range 100 { // a second of sound in blocks of 10 ms
		out = r.Process(out[:0], make([]float32, 441))
		total += len(out)
	}
	total += len(r.Flush(out[:0]))
	fmt.Println(total, "samples")
	// Output: 12000 samples
}

func BenchmarkResampler(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float32, 1024)
	for i := range x {
		x[i] = rng.Float32()
	}
	for _, p := range []struct{ in, out float64 }{
		{48000, 12000}, {44100, 12000}, {8000, 12000}, {12000, 48000}, {8000, 8000.4}, {192000, 12000},
	} {
		b.Run(fmt.Sprintf("%g-%g", p.in, p.out), func(b *testing.B) {
			r := mustResampler(b, p.in, p.out)
			y := make([]float32, 0, r.MaxOutput(len(x)))
			b.ReportAllocs()
			for b.Loop() {
				y = r.Process(y[:0], x)
			}
			perSample := b.Elapsed().Seconds() / float64(b.N) / float64(len(x))
			b.ReportMetric(1/(perSample*p.in), "x-realtime")
		})
	}
}
