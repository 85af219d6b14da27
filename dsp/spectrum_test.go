package dsp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func sine(rate, frequency, amplitude float64, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(amplitude * math.Sin(2*math.Pi*frequency*float64(i)/rate))
	}
	return x
}

func decibel(ratio float64) float64 { return 10 * math.Log10(ratio) }

func TestSpectrumTotalIsTheMeanSquare(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	noise := make([]float32, 200_000)
	for i := range noise {
		noise[i] = float32(0.1 * random.NormFloat64())
	}
	for _, c := range []struct {
		name    string
		samples []float32
		want    float64
	}{
		{"full-scale sine", sine(8000, 1234.5, 1, 100_000), 0.5},
		{"half-scale sine between bins", sine(8000, 777.77, 0.5, 100_000), 0.125},
		{"noise", noise, 0.01},
	} {
		w := NewWelch(8000, 1024, 100)
		w.Add(c.samples)
		if got := decibel(w.Spectrum(nil).Total() / c.want); math.Abs(got) > 0.05 {
			t.Errorf("%s: total is off by %.3f dB", c.name, got)
		}
	}
}

func TestSpectrumSeesAWeakToneBesideAStrongOne(t *testing.T) {
	const rate = 48000
	x := sine(rate, 2210, 0.25, 10*rate)
	for i, weak := range sine(rate, 2710, 0.25e-6, len(x)) {
		x[i] += weak
	}
	w := NewWelch(rate, 32768, 160)
	w.Add(x)
	s := w.Spectrum(nil)
	if got := decibel(s.Between(2585, 2835) / s.Total()); math.Abs(got+120) > 1 {
		t.Errorf("a tone 120 dB down measures %.2f dB", got)
	}
	if got := decibel(s.Between(3000, 4000) / s.Total()); got > -130 {
		t.Errorf("1000 Hz without signal measure %.1f dB", got)
	}
}

func TestSpectrumOfWhiteNoiseIsFlat(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	x := make([]float32, 400_000)
	for i := range x {
		x[i] = float32(random.NormFloat64())
	}
	w := NewWelch(8000, 1024, 80)
	w.Add(x)
	s := w.Spectrum(nil)
	for low := 0.0; low < 4000; low += 500 {
		if got := s.Between(low, low+500); math.Abs(got-0.125) > 0.005 {
			t.Errorf("%g to %g Hz hold %.4f of the power, want 0.125", low, low+500, got)
		}
	}
}

func TestSpectrumPartsAddUp(t *testing.T) {
	s := Spectrum{BinWidth: 10, Power: []float64{1, 2, 3, 4, 5, 6, 7}}
	for _, cut := range []float64{0, 3, 5, 7, 22.5, 25, 31, 60, 64.9} {
		if got := s.Between(-10, cut) + s.Between(cut, 100); math.Abs(got-s.Total()) > 1e-12 {
			t.Errorf("both sides of %g Hz: %g, want %g", cut, got, s.Total())
		}
	}
	for _, width := range []float64{0, 1, 10, 33, 40, 80} {
		center := 30.0
		inside := s.Between(center-width/2, center+width/2)
		if got := s.Outside(center, width) + inside; math.Abs(got-s.Total()) > 1e-12 {
			t.Errorf("inside and outside of %g Hz: %g, want %g", width, got, s.Total())
		}
	}
}

func TestBandwidth(t *testing.T) {
	flat := Spectrum{BinWidth: 1, Power: make([]float64, 4001)}
	for f := 1900; f <= 2100; f++ {
		flat.Power[f] = 1
	}
	for _, c := range []struct{ center, share, want float64 }{
		{2000, 0, 201},
		{2000, 0.1, 201 * 0.9},
		{2050, 0, 301},
		{2000, 1, 0},
	} {
		if got := flat.Bandwidth(c.center, c.share); math.Abs(got-c.want) > 0.2 {
			t.Errorf("about %g Hz, %g outside: %.2f Hz, want %.2f", c.center, c.share, got, c.want)
		}
	}
}

func TestWelchIsTheSameHoweverTheStreamIsCut(t *testing.T) {
	x := sine(8000, 1000.3, 0.7, 5000)
	whole, pieces := NewWelch(8000, 256, 90), NewWelch(8000, 256, 90)
	whole.Add(x)
	for size := 1; len(x) > 0; size = size*7%311 + 1 {
		n := min(size, len(x))
		pieces.Add(x[:n])
		x = x[n:]
	}
	if whole.Frames() != pieces.Frames() || whole.Frames() != (5000-256)/64+1 {
		t.Fatalf("%d and %d frames", whole.Frames(), pieces.Frames())
	}
	a, b := whole.Spectrum(nil), pieces.Spectrum(nil)
	for i := range a.Power {
		if a.Power[i] != b.Power[i] {
			t.Fatalf("bin %d: %g and %g", i, a.Power[i], b.Power[i])
		}
	}
}

func TestWelchRestartKeepsTheOverlapAndResetDoesNot(t *testing.T) {
	w := NewWelch(8000, 256, 90)
	x := sine(8000, 1000, 1, 256)
	w.Add(x)
	w.Restart()
	w.Add(x[:64])
	if w.Frames() != 1 {
		t.Errorf("after Restart a quarter of a frame gave %d frames, want 1", w.Frames())
	}
	w.Reset()
	w.Add(x[:255])
	if w.Frames() != 0 || w.Spectrum(nil).Total() != 0 {
		t.Errorf("after Reset an incomplete frame gave %d frames", w.Frames())
	}
}

func TestNewWelchRefusesNonsense(t *testing.T) {
	for _, c := range []struct {
		rate        float64
		size        int
		attenuation float64
	}{
		{0, 1024, 80}, {math.NaN(), 1024, 80}, {8000, 8, 80}, {8000, 1022, 80}, {8000, 1024, 0}, {8000, 1024, math.NaN()},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			NewWelch(c.rate, c.size, c.attenuation)
		})
	}
}

func BenchmarkWelch(b *testing.B) {
	w := NewWelch(8000, 1024, 80)
	x := sine(8000, 1000, 1, 8000)
	power := make([]float64, 513)
	b.ReportAllocs()
	for b.Loop() {
		w.Add(x)
		w.Spectrum(power)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "x-real-time")
}

// A sine of amplitude 0.5 has a mean square of 0.125, which is −9 dB, and a
// frame of half a second keeps nearly all of it within 20 Hz.
func ExampleWelch() {
	w := NewWelch(8000, 4096, 80)
	w.Add(sine(8000, 1000, 0.5, 16000))
	s := w.Spectrum(nil)
	fmt.Printf("total %.1f dB\n", 10*math.Log10(s.Total()))
	fmt.Printf("−60 dB bandwidth below 20 Hz: %v\n", s.Bandwidth(1000, 1e-6) < 20)
	// Output:
	// total -9.0 dB
	// −60 dB bandwidth below 20 Hz: true
}
