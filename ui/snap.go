package ui

import (
	"math"

	"rtty/modem"
)

// snap is the mark of the pair of tones nearest to a click, or of a pair
// centred on it where none stands out. reach is the width of a column, Hz.
func (w *waterfall) snap(hz, reach float64, sig modem.Signal) float64 {
	clicked := hz + sig.Mark - sig.Center()
	if w.average == nil {
		return clicked
	}
	power := func(hz float64) float64 {
		i := int(math.Round((hz - w.first) / w.step))
		if i < 0 || i >= len(w.average) {
			return lowDB
		}
		return float64(w.average[i]) - w.floor
	}
	best, mark := 6.0, clicked // dB that a pair must stand out
	far := sig.Shift()/2 + 1.5*reach
	for d := -far; d <= far; d += max(w.step/2, 1) {
		m := clicked + d
		pair := min(power(m), power(m+sig.Space-sig.Mark)) - 3*math.Abs(d)/far
		if pair > best {
			best, mark = pair, m
		}
	}
	return mark
}
