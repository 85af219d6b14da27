package modem

import (
	"math"
	"slices"
	"testing"
)

// gauged runs samples through a front end and gives what its gauge knew at every
// baseband sample.
func gauged(sig Signal, rate int, samples []float32, block int) (noise []float64) {
	f := newFrontEnd(sig, rate)
	for len(samples) > 0 {
		n := min(block, len(samples))
		re, _ := f.Process(samples[:n])
		for range re {
			noise = append(noise, f.Noise(int64(len(noise)+1)))
		}
		samples = samples[n:]
	}
	return noise
}

// lately is the median of the last second: single windows may be held to be
// louder, to be on the safe side.
func lately(sig Signal, rate int, noise []float64) float64 {
	second := int(newFrontEnd(sig, rate).rate)
	last := slices.Clone(noise[len(noise)-second:])
	slices.Sort(last)
	return last[second/2]
}

// correlatorNoise is the energy that the noise of addNoise gives a correlator,
// whatever the source's rate: the density times the baseband's rate.
func correlatorNoise(sig Signal, rate int, snr float64) float64 {
	density := 0.5 / math.Pow(10, snr/10) / 2500
	return density / 2 * newFrontEnd(sig, rate).rate
}

func TestGaugeMeasuresWhiteNoise(t *testing.T) {
	const seconds, seeds, snr = 3, 8, -5.0
	for _, c := range frontEndCases {
		sig := around(c.baud, c.shift)
		want := correlatorNoise(sig, c.rate, snr)
		sum := 0.0
		for seed := range uint64(seeds) {
			samples := make([]float32, seconds*c.rate)
			addNoise(samples, c.rate, snr, seed)
			noise := gauged(sig, c.rate, samples, frontEndBlock)
			got := lately(sig, c.rate, noise)
			sum += got
			if off := ratio(got, want); math.Abs(off) > 3 {
				t.Errorf("%+v, seed %d: off by %+.2f dB", c, seed, off)
			}
		}
		// The quietest of three sides is a little low, while they are not known well.
		if off := ratio(sum/seeds, want); off < -0.9 || off > 0.4 {
			t.Errorf("%+v: off by %+.2f dB on the average", c, off)
		}
	}
}

func TestGaugeDoesNotHearTheSignal(t *testing.T) {
	const snr = -4.0
	for _, law := range []phaseLaw{continuousPhase, freeOscillators, anyPhase} {
		s := newSender(hamSignal(), 8000, 1)
		s.law = law
		samples := s.Key(randomCodes(60, 1), 0.5, 0)
		addNoise(samples, 8000, snr, 1)
		noise := gauged(hamSignal(), 8000, samples, frontEndBlock)
		if off := ratio(lately(hamSignal(), 8000, noise), correlatorNoise(hamSignal(), 8000, snr)); math.Abs(off) > 1.5 {
			t.Errorf("law %d: off by %+.2f dB beside a signal", law, off)
		}
	}
}

func TestGaugeIsNotFooledByOneNeighbour(t *testing.T) {
	const rate, seconds, snr = 8000, 10, 0.0
	sig := hamSignal()
	want := correlatorNoise(sig, rate, snr)
	for _, beyond := range []float64{2.3, 2.8, 3.5, 5} {
		for _, hz := range []float64{sig.Mark - beyond*sig.Baud, sig.Space + beyond*sig.Baud} {
			samples := make([]float32, rate*seconds)
			for i := range samples {
				samples[i] = float32(math.Sin(2 * math.Pi * hz * float64(i) / rate))
			}
			addNoise(samples, rate, snr, 2)
			noise := gauged(sig, rate, samples, frontEndBlock)
			if off := ratio(lately(sig, rate, noise), want); math.Abs(off) > 1.5 {
				t.Errorf("a carrier at %.0f Hz: off by %+.2f dB", hz, off)
			}
		}
	}
}

func TestGaugeGivesTheSameHoweverTheStreamIsCut(t *testing.T) {
	samples := make([]float32, 8000)
	addNoise(samples, 8000, 0, 3)
	want := gauged(hamSignal(), 8000, samples, frontEndBlock)
	if want[len(want)-1] == 0 {
		t.Fatal("no noise known after a second")
	}
	for _, block := range []int{1, 19, 333} {
		got := gauged(hamSignal(), 8000, samples, block)
		if len(got) != len(want) {
			t.Fatalf("blocks of %d give %d baseband samples, want %d", block, len(got), len(want))
		}
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-9*want[i] {
				t.Fatalf("blocks of %d: noise %g at baseband sample %d, want %g", block, got[i], i, want[i])
			}
		}
	}
}

func TestGaugeFollowsJumpsOfTheLevel(t *testing.T) {
	const rate, before, after, settled = 8000, 4, 4, 1.0
	sig := hamSignal()
	for _, db := range []float64{-20, -10, -4, 4, 10, 20} {
		for seed := range uint64(4) {
			samples := make([]float32, (before+after)*rate)
			addNoise(samples, rate, 0, seed)
			gain := float32(math.Pow(10, db/20))
			for i := before * rate; i < len(samples); i++ {
				samples[i] *= gain
			}
			noise := gauged(sig, rate, samples, frontEndBlock)
			perSecond := newFrontEnd(sig, rate).rate
			want := correlatorNoise(sig, rate, 0) * math.Pow(10, db/10)
			for i := int((before + settled) * perSecond); i < len(noise); i += int(perSecond / 10) {
				if off := ratio(noise[i], want); math.Abs(off) > 3 {
					t.Errorf("jump of %+g dB, seed %d: %.1f s later the noise is off by %+.1f dB", db, seed, float64(i)/perSecond-before, off)
				}
			}
		}
	}
}
