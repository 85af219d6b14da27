package hf

import (
	"fmt"
	"math"
	"time"

	"gonum.org/v1/gonum/floats"

	"rtty/dsp"
)

// The skirts of a receiver's audio filter.
const (
	passbandTransition = 100.0 // Hz, from pass band to stop band
	passbandRejection  = 70.0  // dB
)

// A Passband is the audio filter of a receiver: linear phase, 6 dB down at both
// edges, 70 dB down 50 Hz beyond them. The zero value passes everything, a Low
// of zero everything below High.
type Passband struct {
	Low, High float64 // Hz
}

// AGC is a receiver's automatic gain control. It brings the peaks of what it
// hears, noise and interferers included, to those of the wanted signal without
// fading; a strong burst pumps the signal down until the gain has recovered.
type AGC struct {
	Attack time.Duration // time constant of less gain; 2 ms if zero
	Decay  time.Duration // time constant of more gain; 500 ms if zero
	MaxDB  float64       // most gain in dB; 60 if zero
}

// A Clip cuts the peaks off, as an overdriven sound card does.
type Clip struct {
	OverDB float64 // level above the root mean square of all that is heard with the signal keyed, dB; 3 is a sine's peak
}

// Validate names the first part of p that is out of bounds.
func (p Passband) Validate(rate int) error {
	if p == (Passband{}) {
		return nil
	}
	edge := passbandTransition / 2
	top := float64(rate)/2 - edge
	switch {
	case !(p.Low == 0 || p.Low > edge):
		return fmt.Errorf("passband from %g Hz: must be 0 or above %g", p.Low, edge)
	case !(p.High >= p.Low+passbandTransition && p.High < top):
		return fmt.Errorf("passband %g to %g Hz: must be %g Hz wide and end below %g Hz at %d samples per second",
			p.Low, p.High, passbandTransition, top, rate)
	}
	return nil
}

// Validate names the first part of a that is out of bounds.
func (a AGC) Validate() error {
	switch {
	case a.Attack < 0 || a.Attack > 10*time.Second:
		return fmt.Errorf("agc attack %v: must be 0 to 10s", a.Attack)
	case a.Decay < 0 || a.Decay > 60*time.Second:
		return fmt.Errorf("agc decay %v: must be 0 to 1m", a.Decay)
	case !(a.MaxDB >= 0 && a.MaxDB <= 120):
		return fmt.Errorf("agc gain %g dB: must be 0 to 120", a.MaxDB)
	}
	return nil
}

// Validate names the first part of c that is out of bounds.
func (c Clip) Validate() error {
	if !(c.OverDB >= -40 && c.OverDB <= 40) {
		return fmt.Errorf("clip level %g dB: must be -40 to 40", c.OverDB)
	}
	return nil
}

// audioFilter is the filter of a Passband at work.
type audioFilter struct {
	taps []float64

	buf []float64 // the last len(taps)-1 samples, then a block
}

func newAudioFilter(p Passband, rate float64) *audioFilter {
	transition := passbandTransition / rate
	taps := dsp.LowPass(p.High/rate, transition, passbandRejection)
	if p.Low > 0 {
		floats.Sub(taps, dsp.LowPass(p.Low/rate, transition, passbandRejection))
	}
	return &audioFilter{taps: taps, buf: make([]float64, len(taps)-1, len(taps)-1+blockSize)}
}

// latency is how many samples the output lags behind.
func (f *audioFilter) latency() int { return (len(f.taps) - 1) / 2 }

// noiseGain is the part of white noise that passes.
func (f *audioFilter) noiseGain() float64 { return floats.Dot(f.taps, f.taps) }

// process filters a block in place.
func (f *audioFilter) process(block []float64) {
	past := len(f.taps) - 1
	buf := append(f.buf[:past], block...)
	for i := range block {
		block[i] = floats.Dot(f.taps, buf[i:i+len(f.taps)])
	}
	copy(buf[:past], buf[len(block):])
}

// gainControl is an AGC at work: a peak detector that is quick to rise and slow
// to fall, and the gain that brings what it shows to the target.
type gainControl struct {
	target  float64 // peak to come out
	least   float64 // peak below which the gain grows no more
	rise    float64 // of the detector, part of the difference per sample
	release float64

	peak float64
}

func newGainControl(a AGC, target, rate float64) *gainControl {
	if a.Attack == 0 {
		a.Attack = 2 * time.Millisecond
	}
	if a.Decay == 0 {
		a.Decay = 500 * time.Millisecond
	}
	if a.MaxDB == 0 {
		a.MaxDB = 60
	}
	return &gainControl{
		target:  target,
		least:   target / math.Sqrt(powerRatio(a.MaxDB)),
		rise:    1 - math.Exp(-1/(a.Attack.Seconds()*rate)),
		release: 1 - math.Exp(-1/(a.Decay.Seconds()*rate)),
		peak:    target,
	}
}

func (g *gainControl) process(block []float64) {
	for i, x := range block {
		change := math.Abs(x) - g.peak
		if change > 0 {
			g.peak += g.rise * change
		} else {
			g.peak += g.release * change
		}
		block[i] = x * g.target / max(g.peak, g.least)
	}
}
