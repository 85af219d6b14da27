package ui

import "math"

// The powers that are told apart, dB. Digital silence is less.
const lowDB, highDB = -160, 20

// sane is a power within them; silence and what is no number is the least.
func sane(db float32) float32 {
	if db > lowDB {
		return min(db, highDB)
	}
	return lowDB
}

// noiseFloor is the level from which on the noise lies in a spectrum that was
// smoothed for long. Signals with their skirts stand above it, thinly spread
// over many levels, and a receiver's filter leaves the bins outside of it far
// below. So it is sought from the top down, as the first level that many bins
// lie upon and few right below; where noise is not smooth yet, half of them.
func noiseFloor(db []float32) float64 {
	const (
		span  = 5    // dB that smoothed noise spreads over
		share = 0.08 // of all bins: the noise in a filter of 350 Hz
	)
	var counts [highDB - lowDB + 1]int
	for _, v := range db {
		counts[int(sane(v))-lowDB]++
	}
	within := func(i int) (n int) {
		for _, c := range counts[max(i, 0):min(max(i+span, 0), len(counts))] {
			n += c
		}
		return n
	}
	for i := len(counts) - 1; i >= 0; i-- {
		if n := within(i); float64(n) >= share*float64(len(db)) && 4*within(i-span) < n {
			return float64(lowDB + i)
		}
	}
	return median(counts[:], len(db))
}

// median is the level that half of all bins lie above.
func median(counts []int, bins int) float64 {
	above := 0
	for i := len(counts) - 1; i > 0; i-- {
		if above += counts[i]; 2*above >= bins {
			return float64(lowDB + i)
		}
	}
	return lowDB
}

// chance is how far, in dB, the highest of the bins of a column lies above
// their mean when they hold noise only: the sum of 1/n for exponentially
// distributed powers. Without it noise would brighten as one zooms out.
func (w *waterfall) chance(width int) float64 {
	bins := 1.0
	if w.step > 0 {
		bins = max(w.shown.width()/float64(width)/w.step, 1)
	}
	return 10 * math.Log10(math.Log(bins)+1/(2*bins)+0.5)
}
