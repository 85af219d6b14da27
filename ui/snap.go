package ui

import (
	"math"
	"slices"

	"rtty/modem"
)

// How far a pair of tones has to stand out of the noise, dB.
const (
	pairStands    = 6.0  // of the present shift
	strangeStands = 12.0 // of another shift
	strangeAhead  = 6.0  // before what is there of the present shift
	aloneBy       = 6.0  // before what is between and near the tones of another shift
)

// otherShifts are the signals that a click may find beside those of the present
// kind: the first preset of each shift.
func otherShifts(sig modem.Signal, sideband modem.Sideband) (others []modem.Signal) {
	for _, p := range modem.Presets() {
		other := p.Signal(sideband)
		like := func(known modem.Signal) bool { return sameShift(known, other) }
		if !like(sig) && !slices.ContainsFunc(others, like) {
			others = append(others, other)
		}
	}
	return others
}

// sameShift tells whether two signals can't be told apart in the waterfall.
func sameShift(a, b modem.Signal) bool { return math.Abs(a.Shift()/b.Shift()-1) < 0.1 }

// snap is the signal of the pair of tones nearest to a click, or of a pair centred
// on it where none stands out. It is of the present kind, or one of the others where
// only that fits what is seen. reach is the width of a column, Hz.
func (w *waterfall) snap(hz, reach float64, sig modem.Signal, others []modem.Signal) modem.Signal {
	best, stands := w.pairNear(hz, reach, sig)
	if stands < pairStands {
		best = sig.MovedTo(hz)
	}
	least := max(strangeStands, stands+strangeAhead)
	for _, other := range others {
		found, stands := w.pairNear(hz, reach, other)
		if stands > least && w.beside(found, 1.3*sig.Shift()) < stands-aloneBy {
			best, least = found, stands
		}
	}
	return best
}

// pairNear is the place near a click where both tones of a signal stand out most,
// and how far the weaker does there, a little less the farther from the click.
func (w *waterfall) pairNear(hz, reach float64, sig modem.Signal) (best modem.Signal, stands float64) {
	stands = math.Inf(-1)
	far := sig.Shift()/2 + 1.5*reach
	for d := -far; d <= far; d += max(w.step/2, 1) {
		s := sig.MovedTo(hz + d)
		if pair := min(w.above(s.Mark), w.above(s.Space)) - 3*math.Abs(d)/far; pair > stands {
			best, stands = s, pair
		}
	}
	return best, stands
}

// beside is the most that stands out between the tones of a signal and near them:
// where something does, they may be those of two stations.
func (w *waterfall) beside(sig modem.Signal, near float64) float64 {
	low, high := min(sig.Mark, sig.Space), max(sig.Mark, sig.Space)
	skirt := min(2*sig.Baud, sig.Shift()/4)
	most := math.Inf(-1)
	for hz := low - near; hz <= high+near; hz += max(w.step, 1) {
		if min(math.Abs(hz-low), math.Abs(hz-high)) > skirt {
			most = max(most, w.above(hz))
		}
	}
	return most
}

// above is how far the power at a frequency stands out of the noise, dB.
func (w *waterfall) above(hz float64) float64 {
	if w.average == nil {
		return lowDB
	}
	i := int(math.Round((hz - w.first) / w.step))
	if i < 0 || i >= len(w.average) {
		return lowDB
	}
	return float64(w.average[i]) - w.floor
}
