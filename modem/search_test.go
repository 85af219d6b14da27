package modem

import (
	"math"
	"testing"
)

// searching pushes samples into a tuning search and calls each after every
// second of them.
func searching(sig Signal, rate int, samples []float32, each func(s *tuningSearch)) {
	f := newFrontEnd(sig, rate)
	s := newTuningSearch(sig, f.center, f.rate)
	for second := rate; second <= len(samples); second += rate {
		for _, z := range toBaseband(f, samples[second-rate:second], frontEndBlock) {
			s.Push(real(z), imag(z))
		}
		each(s)
	}
}

func TestSearchFindsASignalOffTune(t *testing.T) {
	const rate, snr = 8000, -8.0
	for _, hz := range []float64{-30, -17, -4, 0, 9, 22, 30} {
		sig, sum, looks := hamSignal(), 0.0, 0
		for seed := range uint64(3) {
			samples := newSender(sig.MovedTo(sig.Center()+hz), rate, seed).Key(randomCodes(45, seed), 0.5, 0)
			addNoise(samples, rate, snr, seed)
			second := 0
			searching(sig, rate, samples, func(s *tuningSearch) {
				if second++; second < 3 {
					return
				}
				got, found := s.Offset()
				if !found {
					t.Errorf("%+g Hz, seed %d: not found after %d s", hz, seed, second)
					return
				}
				sum += got
				looks++
				if math.Abs(got-hz) > 5 {
					t.Errorf("%+g Hz, seed %d: found at %+.1f Hz after %d s", hz, seed, got, second)
				}
			})
		}
		if mean := sum / float64(looks); math.Abs(mean-hz) > 1 {
			t.Errorf("%+g Hz: found at %+.2f Hz on the average of %d looks", hz, mean, looks)
		}
	}
}

func TestSearchFindsNothingInNoise(t *testing.T) {
	const rate, seconds = 8000, 60
	for seed := range uint64(2) {
		samples := make([]float32, rate*seconds)
		addNoise(samples, rate, 0, seed)
		second, found := 0, 0
		searching(hamSignal(), rate, samples, func(s *tuningSearch) {
			if second++; second < 3 {
				return
			}
			if _, ok := s.Offset(); ok {
				found++
			}
		})
		if found > seconds/20 {
			t.Errorf("seed %d: a signal is found in %d of %d seconds of noise", seed, found, seconds)
		}
	}
}
