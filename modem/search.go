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
	aloneMemory    = 4.0  // seconds; diddles, which are mark for the most part, must not look like a neighbour
	leastContrast  = 1.35 // best trial over worst; noise alone stays below
	mostImbalance  = 3.0  // one tone over the other; beyond it the stronger is suspected to be somebody else's
	leastNearer    = 3.0  // trials by which he is farther off than the weaker one
	weakerContrast = 2.0  // best trial of the weaker one over its worst, for it to be heard in his place
)

// tuningSearch finds a signal that is off its tones by up to 0.7 times the
// speed. At each trial offset it averages the stronger of the two tones'
// energies, which is best or equal among five such measures down to -12 dB.
//
// Beside a strong neighbour that measure leads to him, by the tone that is
// nearer to his. So where the two tones found are very unlike, the weaker one
// tells by itself, if it stands out nearer to where a signal is expected.
type tuningSearch struct {
	spacing float64 // Hz
	quarter float64 // baseband samples in a quarter unit
	memory  float64 // share of the newest window in the averages
	slow    float64 // the same, of each tone

	osc    [trials][2]*dsp.Oscillator
	parts  [trials][2][quarters]complex128
	filled float64 // baseband samples in the present quarter
	slot   int
	count  int
	mean   [trials]float64    // of the stronger tone's energy
	alone  [2][trials]float64 // of each tone's
}

func newTuningSearch(sig Signal, center, rate float64) *tuningSearch {
	s := &tuningSearch{
		spacing: trialSpacing * sig.Baud,
		quarter: rate / sig.Baud / quarters,
		memory:  1 / (searchMemory * sig.Baud * quarters),
		slow:    1 / (aloneMemory * sig.Baud * quarters),
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
	s.alone = [2][trials]float64{}
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
	rate, slow := max(s.memory, 1/float64(s.count)), max(s.slow, 1/float64(s.count))
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
		for t, e := range energy {
			s.alone[t][i] += slow * (e - s.alone[t][i])
		}
	}
}

// Forget takes what has been found for gone: what stands out of the averages is
// levelled.
func (s *tuningSearch) Forget() {
	level(&s.mean)
	for t := range s.alone {
		level(&s.alone[t])
	}
}

func level(values *[trials]float64) {
	least := math.Inf(1)
	for _, v := range values {
		least = min(least, v)
	}
	for i := range values {
		values[i] = least
	}
}

// Offset is how far the signal is off, in Hz, and how far it stands out
// of the noise: its power over the noise's, 0 where there is none.
func (s *tuningSearch) Offset() (hz, prominence float64) {
	best, contrast := summit(&s.mean)
	if s.count < 2*quarters || !(contrast >= leastContrast) { // of digital silence it is no number
		return 0, 0
	}
	at := int(math.Round(best))
	weaker := markTone
	if s.alone[spaceTone][at] < s.alone[markTone][at] {
		weaker = spaceTone
	}
	if s.alone[1-weaker][at] > mostImbalance*s.alone[weaker][at] {
		alone, contrast := summit(&s.alone[weaker])
		if nearer := math.Abs(best-trialsEachSide) - math.Abs(alone-trialsEachSide); contrast > weakerContrast && nearer > leastNearer {
			best = alone
		}
	}
	return (best - trialsEachSide) * s.spacing, contrast - 1
}

// summit is where the greatest of the trials' values is, interpolated, and how
// many times the least it is.
func summit(values *[trials]float64) (at, contrast float64) {
	best, least := 0, math.Inf(1)
	for i, v := range values {
		if v > values[best] {
			best = i
		}
		least = min(least, v)
	}
	at = float64(best)
	if best > 0 && best < trials-1 {
		l, c, r := values[best-1], values[best], values[best+1]
		if d := l - 2*c + r; d < 0 {
			at += 0.5 * (l - r) / d
		}
	}
	return at, values[best] / least
}
