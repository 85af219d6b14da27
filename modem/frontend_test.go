package modem

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"
)

// frontEndCases span the speeds, shifts and rates that a receiver accepts, with
// one filter stage and with two.
var frontEndCases = []struct {
	baud, shift float64
	rate        int
}{
	{45.45, 170, 8000}, {45.45, 170, 48000}, {45.45, 23, 11025}, {36, 1000, 6000},
	{50, 450, 192000}, {75, 850, 44100}, {110, 170, 22050}, {300, 200, 8000}, {300, 1000, 96000},
}

// around is a signal centred at 1700 Hz.
func around(baud, shift float64) Signal {
	return Signal{Mark: 1700 - shift/2, Space: 1700 + shift/2, Baud: baud, StopBits: 1.5}
}

// toBaseband sends samples through a front end in blocks.
func toBaseband(f *frontEnd, samples []float32, block int) (z []complex128) {
	for len(samples) > 0 {
		n := min(block, len(samples), frontEndBlock)
		re, im := f.Process(samples[:n])
		for i := range re {
			z = append(z, complex(re[i], im[i]))
		}
		samples = samples[n:]
	}
	return z
}

func TestFrontEndKnowsItsDelay(t *testing.T) {
	for _, c := range frontEndCases {
		f := newFrontEnd(around(c.baud, c.shift), c.rate)
		for _, at := range []int{c.rate/2 + 1, c.rate/2 + f.factor/2 + 1} {
			f.Reset()
			samples := make([]float32, c.rate)
			samples[at] = 1
			moment, energy := 0.0, 0.0
			for i, z := range toBaseband(f, samples, frontEndBlock) {
				e := real(z)*real(z) + imag(z)*imag(z)
				moment += e * float64(i)
				energy += e
			}
			if got := moment/energy*float64(f.factor) - f.delay; math.Abs(got-float64(at)) > 0.05*float64(f.factor) {
				t.Errorf("%+v: a click at sample %d is seen at %.2f", c, at, got)
			}
		}
	}
}

func TestFrontEndPassesTheTonesAndNothingBeyond(t *testing.T) {
	for _, c := range frontEndCases {
		sig := around(c.baud, c.shift)
		f := newFrontEnd(sig, c.rate)
		level := func(hz float64) float64 {
			f.Reset()
			samples := make([]float32, c.rate)
			for i := range samples {
				samples[i] = float32(math.Cos(2 * math.Pi * hz * float64(i) / float64(c.rate)))
			}
			z := toBaseband(f, samples, frontEndBlock)
			energy := 0.0
			for _, y := range z[len(z)/2:] {
				energy += real(y)*real(y) + imag(y)*imag(y)
			}
			return 10 * math.Log10(4*energy/float64(len(z)-len(z)/2))
		}
		for _, tone := range []float64{sig.Mark, sig.Space, sig.Center()} {
			if got := level(tone); math.Abs(got) > 0.1 {
				t.Errorf("%+v: %g Hz comes out at %.2f dB", c, tone, got)
			}
		}
		for _, beyond := range []float64{2.1, 4, 7} {
			for _, hz := range []float64{sig.Mark - beyond*c.baud, sig.Space + beyond*c.baud} {
				if hz < MinTone || hz > 0.48*float64(c.rate) {
					continue
				}
				if got := level(hz); got > -60 {
					t.Errorf("%+v: %g Hz, %g times the speed beyond the tones, comes out at %.1f dB", c, hz, beyond, got)
				}
			}
		}
	}
}

func TestFrontEndGivesTheSameHoweverTheStreamIsCut(t *testing.T) {
	samples := make([]float32, 10000)
	addNoise(samples, 48000, 0, 1)
	f := newFrontEnd(around(45.45, 170), 48000)
	want := toBaseband(f, samples, frontEndBlock)
	for _, block := range []int{1, 7, 480} {
		f.Reset()
		got := toBaseband(f, samples, block)
		if len(got) != len(want) {
			t.Fatalf("blocks of %d give %d baseband samples, want %d", block, len(got), len(want))
		}
		for i := range got {
			if cmplx.Abs(got[i]-want[i]) > 1e-12 {
				t.Fatalf("blocks of %d: baseband sample %d is %v, want %v", block, i, got[i], want[i])
			}
		}
	}
}

func TestWindowsAreSumsOfSamplesAndTheirFractions(t *testing.T) {
	const rate = 1000.0
	tones := [2]float64{-85, 85}
	rng := rand.New(rand.NewPCG(1, 1))
	bank := newToneBank(rate)
	bank.Tune(tones[markTone], tones[spaceTone])
	var heard []complex128
	direct := func(tone int, start, end float64) (sum complex128) {
		for i := int(start); float64(i) < end; i++ {
			share := min(end, float64(i+1)) - max(start, float64(i))
			turn := cmplx.Rect(share, -2*math.Pi*tones[tone]/rate*float64(i))
			sum += heard[i] * turn
		}
		return sum
	}
	// The second stretch crosses the end of the ring.
	for _, until := range []int{3000, toneHistory + 700, 3*toneHistory + 1} {
		for len(heard) < until {
			z := complex(rng.NormFloat64(), rng.NormFloat64())
			heard = append(heard, z)
			bank.Push(real(z), imag(z))
		}
		for range 200 {
			start := float64(until) - 1 - rng.Float64()*2000
			end := min(start+rng.Float64()*60, float64(until)-1)
			for tone := range tones {
				if got, want := bank.Window(tone, start, end), direct(tone, start, end); cmplx.Abs(got-want) > 1e-9 {
					t.Fatalf("tone %d from %.3f to %.3f: %v, want %v", tone, start, end, got, want)
				}
			}
		}
	}
	if got, want := bank.Window(markTone, float64(bank.count-50), float64(bank.count-10)),
		bank.Window(markTone, float64(bank.count-50), float64(bank.count-30))+bank.Window(markTone, float64(bank.count-30), float64(bank.count-10)); cmplx.Abs(got-want) > 1e-9 {
		t.Errorf("two halves of a window make %v, the whole %v", want, got)
	}
}

func TestCarrierDoesNotOutgrowTheSums(t *testing.T) {
	bank := newToneBank(1000)
	bank.Tune(0, 170)
	for range 100 * toneHistory {
		bank.Push(1e6, 0)
	}
	for tone := range bank.sums {
		for i, sum := range bank.sums[tone] {
			if cmplx.Abs(sum) > 1e6*toneHistory*1.001 {
				t.Fatalf("sum %d of tone %d is %g", i, tone, sum)
			}
		}
	}
	end := float64(bank.count) - 0.25
	if got := bank.Window(markTone, end-22.5, end); cmplx.Abs(got-22.5e6) > 1e-3 {
		t.Errorf("22.5 samples of a carrier make %v", got)
	}
}
