package modem

import (
	"math"
	"math/rand/v2"

	"rtty/baudot"
)

// sender keys ideal tones for tests, without filters or ramps.
type sender struct {
	Signal
	rate int
	law  phaseLaw
	gap  func() float64 // extra rest at mark after each character, units; nil: none

	phase [2]float64
	rng   *rand.Rand
}

func newSender(sig Signal, rate int, seed uint64) *sender {
	rng := rand.New(rand.NewPCG(seed, 1))
	return &sender{Signal: sig, rate: rate, rng: rng,
		phase: [2]float64{rng.Float64() * 2 * math.Pi, rng.Float64() * 2 * math.Pi}}
}

// Key gives the samples of codes, amplitude 1, with rest at mark for lead and
// tail seconds around them.
func (s *sender) Key(codes []baudot.Code, lead, tail float64) []float32 {
	type element struct {
		tone int
		end  float64 // seconds
	}
	var elements []element
	now := 0.0
	add := func(tone int, seconds float64) {
		now += seconds
		elements = append(elements, element{tone, now})
	}
	unit := 1 / s.Baud
	add(markTone, lead)
	for _, c := range codes {
		add(spaceTone, unit)
		for bit := range 5 {
			tone := spaceTone
			if c>>bit&1 == 1 {
				tone = markTone
			}
			add(tone, unit)
		}
		stop := s.StopBits
		if s.gap != nil {
			stop += s.gap()
		}
		add(markTone, stop*unit)
	}
	add(markTone, tail)

	freq := [2]float64{s.Mark, s.Space}
	out := make([]float32, 0, int(now*float64(s.rate))+1)
	at, last := 0, -1
	for i := 0; float64(i) < now*float64(s.rate); i++ {
		for float64(i)/float64(s.rate) >= elements[at].end {
			at++
		}
		tone := elements[at].tone
		if tone != last && s.law == anyPhase {
			s.phase[tone] = s.rng.Float64() * 2 * math.Pi
		}
		if tone != last && s.law == continuousPhase && last >= 0 {
			s.phase[tone] = s.phase[last]
		}
		last = tone
		out = append(out, float32(math.Sin(s.phase[tone])))
		for t := range s.phase {
			if s.law == freeOscillators || t == tone {
				s.phase[t] = math.Mod(s.phase[t]+2*math.Pi*freq[t]/float64(s.rate), 2*math.Pi)
			}
		}
	}
	return out
}

// addNoise adds white noise for an SNR in 2500 Hz, dB, to samples of a sine of
// amplitude 1.
func addNoise(samples []float32, rate int, snr float64, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 2))
	density := 0.5 / math.Pow(10, snr/10) / 2500
	sigma := math.Sqrt(density * float64(rate) / 2)
	for i := range samples {
		samples[i] += float32(sigma * rng.NormFloat64())
	}
}

// randomCodes gives n codes that are not shifts, so that codes can be compared
// one by one.
func randomCodes(n int, seed uint64) []baudot.Code {
	rng := rand.New(rand.NewPCG(seed, 3))
	codes := make([]baudot.Code, n)
	for i := range codes {
		for codes[i] = baudot.LTRS; codes[i] == baudot.LTRS || codes[i] == baudot.FIGS; {
			codes[i] = baudot.Code(rng.IntN(32))
		}
	}
	return codes
}

// codeErrors is the edit distance of two code sequences.
func codeErrors(sent, got []baudot.Code) int {
	row := make([]int, len(got)+1)
	for j := range row {
		row[j] = j
	}
	for i, a := range sent {
		diagonal := row[0]
		row[0] = i + 1
		for j, b := range got {
			cost := diagonal
			if a != b {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(got)]
}
