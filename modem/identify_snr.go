package modem

import (
	"math"
	"slices"
)

// snr measures signal and noise anew, in dB in 2500 Hz. Evidence needs no exact
// noise, but people do: here it is taken within single units, through Hann
// windows, in which keying leaves no trace of one tone at the other.
func (t *transcript) snr(band *passband) float64 {
	const clear = 3 // units of the speed from a tone to where it is not heard
	low, high := min(t.tone[0], t.tone[1]), max(t.tone[0], t.tone[1])
	c := band.channel((low+high)/2, (high-low)/2+(clear+2)*t.baud)
	w := hann(max(4, int(c.rate/t.baud)))
	power := 0.0 // of the window
	for _, v := range w {
		power += v * v
	}
	beside := [2]float64{low - clear*t.baud, high + clear*t.baud}
	var signal, count float64
	var noise [2][]float64 // power of the windows
	for _, begin := range t.frames {
		for unit := range 7 {
			at := int(math.Round((float64(begin) + float64(unit)*readingQ) * t.step * c.rate / t.channel.rate))
			if at+len(w) > len(c.z) {
				continue
			}
			k := t.sent(begin, unit)
			signal += c.hannPower(w, at, t.tone[k])
			count++
			if high-low >= clear*t.baud {
				noise[k] = append(noise[k], c.hannPower(w, at, t.tone[1-k]))
				continue
			}
			for side, f := range beside {
				if f > 2*t.baud && f < band.rate/2-2*t.baud {
					noise[side] = append(noise[side], c.hannPower(w, at, f))
				}
			}
		}
	}
	level := quieterMean(noise)
	const cleanest = 1e-6 // of the signal
	tone := max(signal/count-level, 1e-30)
	density := max(level, cleanest*tone) / (power * c.rate)
	return 10 * math.Log10(tone/(density*2500))
}

// quieterMean is the mean noise of both sides, or that of one when on the other
// there must be something else than noise. Means are taken from medians, which
// units that were misread, and hold the other tone, do not move: exponentially
// distributed powers have their median at ln 2 of the mean.
func quieterMean(powers [2][]float64) float64 {
	var mean []float64
	for _, p := range powers {
		if len(p) > 0 {
			slices.Sort(p)
			mean = append(mean, p[len(p)/2]/math.Ln2)
		}
	}
	switch {
	case len(mean) == 0:
		return 0
	case len(mean) == 1 || max(mean[0], mean[1]) > 4*min(mean[0], mean[1]):
		return slices.Min(mean)
	}
	return (mean[0] + mean[1]) / 2
}

// hannPower is the power at f Hz of the samples from at on, through a window.
func (c *channel) hannPower(w []float64, at int, f float64) float64 {
	sin, cos := math.Sincos(-2 * math.Pi * (f - c.center) / c.rate)
	step, phasor, sum := complex(cos, sin), complex(1, 0), complex(0, 0)
	for i, v := range w {
		sum += c.z[at+i] * phasor * complex(v, 0)
		phasor *= step
	}
	return real(sum)*real(sum) + imag(sum)*imag(sum)
}
