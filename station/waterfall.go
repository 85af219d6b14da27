package station

import (
	"math"
	"slices"

	"rtty/dsp"
)

// Form of the waterfall: bins of 2.9 Hz part the tones of the narrowest signals,
// and a frame overlaps the one before it by three quarters, so that 11.7 rows a
// second show every unit of a 45 Bd signal.
const (
	waterfallFrame = 4096
	waterfallTop   = 4000.0 // Hz
	waterfallDepth = 60.0   // dB, side lobes of the window
)

// waterfall makes rows of the audio, and knows from them how strong the noise is.
type waterfall struct {
	welch  *dsp.Welch
	power  []float64
	sorted []float64
	step   int
	noise  float64 // mean square of white noise as strong as that of the audio
}

func newWaterfall() *waterfall {
	return &waterfall{welch: dsp.NewWelch(AudioRate, waterfallFrame, waterfallDepth), step: waterfallFrame / 4}
}

// Add takes samples and gives each row that they complete to show. What is heard
// while sending tells nothing of the noise.
func (w *waterfall) Add(samples []float32, gauge bool, show func(Row)) {
	for len(samples) > 0 {
		n := min(len(samples), w.step)
		w.welch.Add(samples[:n])
		samples = samples[n:]
		if w.welch.Frames() == 0 {
			continue
		}
		spectrum := w.welch.Spectrum(w.power)
		w.power = spectrum.Power
		w.welch.Restart()
		if gauge {
			w.gauge(spectrum)
		}
		show(row(spectrum))
	}
}

// Where a radio passes noise, and how slowly its strength is followed.
const (
	passbandLow   = 400.0  // Hz
	passbandHigh  = 2600.0 // Hz
	noiseFollow   = 1.0 / 24
	medianOfPower = math.Ln2 // median over mean of the power in a bin of noise
)

// gauge follows the noise: the median over the bins, of which few have a signal.
func (w *waterfall) gauge(s dsp.Spectrum) {
	w.sorted = append(w.sorted[:0], s.Power[int(passbandLow/s.BinWidth):int(passbandHigh/s.BinWidth)]...)
	slices.Sort(w.sorted)
	noise := w.sorted[len(w.sorted)/2] / medianOfPower * float64(len(s.Power))
	if w.noise == 0 {
		w.noise = noise
	}
	w.noise += (noise - w.noise) * noiseFollow
}

// row is a spectrum in dB below a sine of full scale, whose power is a half.
func row(s dsp.Spectrum) Row {
	const floor = 1e-14
	bins := min(len(s.Power), int(waterfallTop/s.BinWidth)+1)
	r := Row{Step: s.BinWidth, DB: make([]float32, bins)}
	for i, p := range s.Power[:bins] {
		r.DB[i] = float32(10 * math.Log10(2*p+floor))
	}
	return r
}
