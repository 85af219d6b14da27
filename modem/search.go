package modem

import (
	"math"

	"rtty/dsp"
)

// Design of the tuning search.
const (
	trialSpacing   = 0.09 // between trial offsets, units of baud: a tenth of a correlator's main lobe
	trialsEachSide = 8
	trials         = 2*trialsEachSide + 1
	quarters       = 4    // windows start every quarter unit
	searchMemory   = 1.2  // seconds
	leastContrast  = 1.35 // best trial over worst; noise alone stays below
)

// tuningSearch finds a signal that is off its tones by up to 0.7 times the
// speed. At each trial offset it averages the stronger of the two tones'
// energies, which is best or equal among five such measures down to -12 dB.
type tuningSearch struct {
	spacing float64 // Hz
	quarter float64 // baseband samples in a quarter unit
	memory  float64 // share of the newest window in the averages

	osc    [trials][2]*dsp.Oscillator
	parts  [trials][2][quarters]complex128
	filled float64 // baseband samples in the present quarter
	slot   int
	count  int
	mean   [trials]float64
}

func newTuningSearch(sig Signal, center, rate float64) *tuningSearch {
	s := &tuningSearch{
		spacing: trialSpacing * sig.Baud,
		quarter: rate / sig.Baud / quarters,
		memory:  1 / (searchMemory * sig.Baud * quarters),
	}
	for i := range s.osc {
		offset := float64(i-trialsEachSide) * s.spacing
		s.osc[i][markTone] = dsp.NewOscillator((sig.Mark - center + offset) / rate)
		s.osc[i][spaceTone] = dsp.NewOscillator((sig.Space - center + offset) / rate)
	}
	return s
}

func (s *tuningSearch) Reset() {
	for i := range s.osc {
		s.osc[i][0].Reset()
		s.osc[i][1].Reset()
	}
	s.parts, s.mean = [trials][2][quarters]complex128{}, [trials]float64{}
	s.filled, s.slot, s.count = 0, 0, 0
}

// Push takes a baseband sample.
func (s *tuningSearch) Push(re, im float64) {
	for i := range s.osc {
		for t := range s.osc[i] {
			p := s.osc[i][t].Next()
			s.parts[i][t][s.slot] += complex(re*real(p)+im*imag(p), im*real(p)-re*imag(p))
		}
	}
	if s.filled++; s.filled >= s.quarter {
		s.filled -= s.quarter
		s.windows()
	}
}

// windows averages the unit that ends with the present quarter.
func (s *tuningSearch) windows() {
	s.count++
	rate := max(s.memory, 1/float64(s.count))
	s.slot = (s.slot + 1) % quarters
	for i := range s.mean {
		var energy [2]float64
		for t := range energy {
			p := &s.parts[i][t]
			z := p[0] + p[1] + p[2] + p[3]
			energy[t] = real(z)*real(z) + imag(z)*imag(z)
			p[s.slot] = 0
		}
		s.mean[i] += rate * (max(energy[0], energy[1]) - s.mean[i])
	}
}

// Offset is how far the signal is off, in Hz, and whether there is one.
func (s *tuningSearch) Offset() (hz float64, found bool) {
	best, least := 0, math.Inf(1)
	for i, m := range s.mean {
		if m > s.mean[best] {
			best = i
		}
		least = min(least, m)
	}
	if s.count < 2*quarters || s.mean[best] < leastContrast*least {
		return 0, false
	}
	at := float64(best - trialsEachSide)
	if best > 0 && best < trials-1 {
		l, c, r := s.mean[best-1], s.mean[best], s.mean[best+1]
		if d := l - 2*c + r; d < 0 {
			at += 0.5 * (l - r) / d
		}
	}
	return at * s.spacing, true
}
