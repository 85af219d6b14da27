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
				got, prominence := s.Offset()
				if prominence == 0 {
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
			if _, prominence := s.Offset(); prominence > 0 {
				found++
			}
		})
		if found > seconds/20 {
			t.Errorf("seed %d: a signal is found in %d of %d seconds of noise", seed, found, seconds)
		}
	}
}

func TestSearchIsNotLedAwayByANeighbour(t *testing.T) {
	const rate, snr, louder = 8000, 3.0, 10 // amplitude
	for _, far := range []float64{-250, 250} {
		for seed := range uint64(3) {
			sig := hamSignal()
			samples := newSender(sig, rate, seed).Key(randomCodes(60, seed), 0.5, 0)
			other := newSender(sig.MovedTo(sig.Center()+far), rate, seed+50).Key(randomCodes(60, seed+50), 0.8, 0)
			for i := range samples {
				samples[i] += louder * other[min(i, len(other)-1)]
			}
			addNoise(samples, rate, snr, seed)
			second := 0
			searching(sig, rate, samples, func(s *tuningSearch) {
				if second++; second < 3 {
					return
				}
				if hz, prominence := s.Offset(); prominence == 0 || math.Abs(hz) > 4 {
					t.Errorf("neighbour at %+g Hz, seed %d: the signal is found at %+.1f Hz after %d s", far, seed, hz, second)
				}
			})
		}
	}
}

func TestSearchForgetsASignalThatIsGone(t *testing.T) {
	const rate = 8000
	sig := hamSignal()
	samples := newSender(sig.MovedTo(sig.Center()+20), rate, 1).Key(randomCodes(20, 1), 0, 0)
	searching(sig, rate, samples[:3*rate], func(s *tuningSearch) {
		if _, prominence := s.Offset(); prominence == 0 {
			t.Error("the signal is not found")
		}
		s.Forget()
		if hz, prominence := s.Offset(); prominence > 0 {
			t.Errorf("the signal is still found at %+.1f Hz", hz)
		}
	})
}
