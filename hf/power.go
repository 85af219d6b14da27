package hf

import "math"

// How a PowerMeter counts: the power of short frames in a histogram in dB of
// full scale.
const (
	frameSeconds  = 0.02
	meterBottom   = -150.0 // dB, anything below is silence
	meterBins     = 2500   // up to +100 dB
	meterPerDB    = 10
	keyedBelowDB  = 3.0 // a frame is keyed when it is no more below the typical one
	keyedBinsDown = int(keyedBelowDB * meterPerDB)
)

// A PowerMeter measures the mean power of a clean transmission while it is
// keyed, whatever its pauses, in one pass and in constant memory.
//
// It takes frames of 20 ms. The typical keyed frame is the one up to which half
// of all the energy lies, counted from the weakest: pauses have no energy and a
// few clicks have little, so neither moves it. The result is the mean over all
// frames that are not more than 3 dB weaker. A fading recording has no such
// level; of one the result says no more than what the stronger parts had.
type PowerMeter struct {
	frame int // samples

	sum    float64 // of squares in the present frame
	count  int     // samples in it
	frames [meterBins]int64
	energy [meterBins]float64
}

// NewPowerMeter is for rate samples per second, at least 50.
func NewPowerMeter(rate int) *PowerMeter {
	return &PowerMeter{frame: max(1, int(frameSeconds*float64(rate)))}
}

// Add takes the next samples.
func (m *PowerMeter) Add(samples []float32) {
	for _, x := range samples {
		m.sum += float64(x) * float64(x)
		if m.count++; m.count == m.frame {
			m.closeFrame()
		}
	}
}

// closeFrame enters the present frame into the histogram.
func (m *PowerMeter) closeFrame() {
	power := m.sum / float64(m.count)
	m.sum, m.count = 0, 0
	db := 10 * math.Log10(power)
	if !(db >= meterBottom) {
		return
	}
	bin := min(int((db-meterBottom)*meterPerDB), meterBins-1)
	m.frames[bin]++
	m.energy[bin] += power
}

// KeyedPower is the mean square of the samples so far while keyed, 0 if there
// was nothing but silence. An unfinished frame counts only if there is no other.
func (m *PowerMeter) KeyedPower() float64 {
	total := 0.0
	for _, e := range m.energy {
		total += e
	}
	if total == 0 {
		return m.sum / float64(max(m.count, 1))
	}
	typical, below := 0, 0.0
	for below += m.energy[0]; below < total/2; below += m.energy[typical] {
		typical++
	}
	energy, frames := 0.0, int64(0)
	for bin := max(0, typical-keyedBinsDown); bin < meterBins; bin++ {
		energy += m.energy[bin]
		frames += m.frames[bin]
	}
	return energy / float64(frames)
}

// KeyedPower is the mean square of a transmission while it is keyed, pauses
// apart; see PowerMeter.
func KeyedPower(samples []float32, rate int) float64 {
	m := NewPowerMeter(rate)
	m.Add(samples)
	return m.KeyedPower()
}
