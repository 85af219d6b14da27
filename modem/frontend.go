package modem

import (
	"math"

	"rtty/dsp"
)

// Design of the front end. The channel filter is sharp because a strong
// neighbour's keying sidebands pass any matched filter, whose own skirts fall
// only with 1/f; it stays 1.4 baud away from the tones because the first
// keying sidelobes still carry energy of the wanted signal.
const (
	channelMargin      = 1.43 // −6 dB point beyond the tones, units of baud
	channelTransition  = 1.1  // units of baud
	channelAttenuation = 70.0 // dB
	firstAttenuation   = 80.0 // dB, of what would alias into the channel
	basebandPerBit     = 20.0 // complex samples per unit, at the least
	frontEndBlock      = 1024 // source samples mixed at a time
)

// frontEnd turns source samples into complex baseband about the centre of the
// signal: it mixes, and filters and decimates in one or two steps.
type frontEnd struct {
	center float64 // source frequency that becomes zero, Hz
	rate   float64 // of the baseband, samples per second
	factor int     // source samples per baseband sample
	last   int     // of which the last stage's input samples
	delay  float64 // source samples from the input to the output

	clipper *clipper
	mixer   *dsp.Oscillator
	stages  []*dsp.Decimator
	gauge   *noiseGauge // hears what goes into the last stage

	re, im   [][]float64 // output of the mixer and of each stage
	consumed int64       // source samples so far
	drained  bool        // what comes is silence that drives the rest out of the filters, not to be taken for the noise
}

func newFrontEnd(sig Signal, rate int) *frontEnd {
	cutoff := sig.Shift()/2 + channelMargin*sig.Baud
	edge := cutoff + channelTransition*sig.Baud/2
	least := max(basebandPerBit*sig.Baud, 2.2*edge)
	first := max(1, int(float64(rate)/(6*least)))
	second := max(1, int(float64(rate)/float64(first)/least))

	f := &frontEnd{center: sig.Center(), factor: first * second, rate: float64(rate) / float64(first*second)}
	f.clipper = newClipper(rate)
	f.mixer = dsp.NewOscillator(f.center / float64(rate))
	middle := float64(rate) / float64(first)
	if first > 1 {
		taps := dsp.LowPass(middle/2/float64(rate), (middle-2*edge)/float64(rate), firstAttenuation)
		f.addStage(taps, first, 1)
	}
	f.addStage(dsp.LowPass(min(cutoff/middle, 0.45), min(channelTransition*sig.Baud/middle, 0.45), channelAttenuation), second, first)

	f.last = second
	f.gauge = newNoiseGauge(sig, middle, f.rate)

	f.re, f.im = make([][]float64, len(f.stages)+1), make([][]float64, len(f.stages)+1)
	f.re[0], f.im[0] = make([]float64, frontEndBlock), make([]float64, frontEndBlock)
	return f
}

func (f *frontEnd) addStage(taps []float64, factor, before int) {
	d := dsp.NewDecimator(taps, factor)
	f.stages = append(f.stages, d)
	f.delay += d.Delay() * float64(before)
}

// Process gives the baseband of src, which must be no longer than
// frontEndBlock. The result holds until the next call.
func (f *frontEnd) Process(src []float32) (re, im []float64) {
	f.consumed += int64(len(src))
	re, im = f.re[0][:len(src)], f.im[0][:len(src)]
	f.mixer.MixDown(re, im, f.clipper.Process(src))
	for i, stage := range f.stages {
		if i == len(f.stages)-1 && !f.drained {
			f.gauge.Push(re, im)
		}
		f.re[i+1], f.im[i+1] = stage.Process(f.re[i+1][:0], f.im[i+1][:0], re, im)
		re, im = f.re[i+1], f.im[i+1]
	}
	return re, im
}

// Noise is what the gauge knew when so many samples of the baseband had come.
func (f *frontEnd) Noise(count int64) float64 { return f.gauge.Noise((count - 1) * int64(f.last)) }

func (f *frontEnd) Reset() {
	f.consumed, f.drained = 0, false
	f.mixer.Reset()
	f.clipper.Reset()
	f.gauge.Reset()
	for _, stage := range f.stages {
		stage.Reset()
	}
}

// toneBank integrates the baseband against mark and space. It keeps running
// sums, so that a tone's correlation over any window, at any fraction of a
// sample, costs two look-ups. The oscillators are never reset, so correlations
// of different windows can be compared in phase.
type toneBank struct {
	rate float64 // baseband samples per second

	osc   [2]*dsp.Oscillator // indexed by tone
	sums  [2][]complex128    // ring: sum of all samples before the index
	count int64              // baseband samples so far
}

// The tones, as indices.
const (
	markTone  = 0
	spaceTone = 1
)

// toneHistory is how many baseband samples stay reachable, a power of two:
// about two seconds at 20 a bit and 100 baud.
const toneHistory = 4096

func newToneBank(rate float64) *toneBank {
	b := &toneBank{rate: rate}
	for t := range b.sums {
		b.osc[t] = dsp.NewOscillator(0)
		b.sums[t] = make([]complex128, toneHistory)
	}
	return b
}

// Tune sets the frequencies of the tones in the baseband, Hz.
func (b *toneBank) Tune(mark, space float64) {
	b.osc[markTone].SetFrequency(mark / b.rate)
	b.osc[spaceTone].SetFrequency(space / b.rate)
}

// Push takes the next baseband sample.
func (b *toneBank) Push(re, im float64) {
	x := complex(re, im)
	at, next := b.count&(toneHistory-1), (b.count+1)&(toneHistory-1)
	for t := range b.sums {
		p := b.osc[t].Next()
		b.sums[t][next] = b.sums[t][at] + x*complex(real(p), -imag(p))
	}
	b.count++
	if next == 0 {
		b.rebase()
	}
}

// rebase subtracts the newest sum from all, so that the sums of a long stream
// with a carrier in it do not outgrow the precision of their differences.
func (b *toneBank) rebase() {
	for t := range b.sums {
		newest := b.sums[t][0]
		for i := range b.sums[t] {
			b.sums[t][i] -= newest
		}
	}
}

// at is the running sum of a tone up to baseband time x, which must lie within
// the history.
func (b *toneBank) at(tone int, x float64) complex128 {
	whole := math.Floor(x)
	i, frac := int64(whole), x-whole
	lo := b.sums[tone][i&(toneHistory-1)]
	hi := b.sums[tone][(i+1)&(toneHistory-1)]
	return lo + complex(frac, 0)*(hi-lo)
}

// Window correlates a tone over the baseband samples from start to end. White
// noise of power N per sample gives N times their distance on the average.
func (b *toneBank) Window(tone int, start, end float64) complex128 {
	if start < 0 {
		start = 0
	}
	return b.at(tone, end) - b.at(tone, start)
}

func (b *toneBank) Reset() {
	for t := range b.sums {
		b.osc[t].Reset()
		clear(b.sums[t])
	}
	b.count = 0
}
