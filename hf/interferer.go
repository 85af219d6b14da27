package hf

import (
	"fmt"
	"math"

	"rtty/dsp"
)

// A Source fills dst with the next samples of a signal, at the rate of the
// channel, and tells how many there were. Fewer than asked for means that the
// signal has ended; silence follows.
type Source func(dst []float32) int

// Samples is a Source of a signal in memory.
func Samples(signal []float32) Source {
	return func(dst []float32) int {
		n := copy(dst, signal)
		signal = signal[n:]
		return n
	}
}

// Loop is a Source that repeats a signal in memory without end.
func Loop(signal []float32) Source {
	at := 0
	return func(dst []float32) int {
		if len(signal) == 0 {
			return 0
		}
		for i := range dst {
			dst[i] = signal[at]
			at = (at + 1) % len(signal)
		}
		return len(dst)
	}
}

// An Interferer is another transmission in the receiver's passband. It starts
// with the wanted signal's first sample.
type Interferer struct {
	Source  Source
	Power   float64 // mean square of its samples while keyed, as KeyedPower measures it
	LevelDB float64 // its mean power over the wanted signal's, dB
	Offset  float64 // moves it in frequency, Hz
	Fading  Fading  // its own
}

// A Carrier is an unmodulated tone in the receiver's passband.
type Carrier struct {
	Frequency float64 // Hz
	LevelDB   float64 // its mean power over the wanted signal's, dB
	Fading    Fading  // its own
}

// Validate names the first part of v that is out of bounds.
func (v Interferer) Validate(rate int) error {
	switch {
	case v.Source == nil:
		return fmt.Errorf("interferer without a source")
	case !(v.Power > 0) || math.IsInf(v.Power, 0):
		return fmt.Errorf("interferer power %g: must be the mean square of its samples, above 0", v.Power)
	case !(v.LevelDB >= -100 && v.LevelDB <= 100):
		return fmt.Errorf("interferer level %g dB: must be -100 to 100", v.LevelDB)
	case !(math.Abs(v.Offset) <= float64(rate)/4):
		return fmt.Errorf("interferer offset %g Hz: must be within %g Hz at %d samples per second", v.Offset, float64(rate)/4, rate)
	}
	return v.Fading.Validate()
}

// Validate names the first part of c that is out of bounds.
func (c Carrier) Validate(rate int) error {
	switch {
	case !(c.Frequency > 0 && c.Frequency < float64(rate)/2):
		return fmt.Errorf("carrier at %g Hz: must be above 0 and below %g Hz at %d samples per second", c.Frequency, float64(rate)/2, rate)
	case !(c.LevelDB >= -100 && c.LevelDB <= 100):
		return fmt.Errorf("carrier level %g dB: must be -100 to 100", c.LevelDB)
	}
	return c.Fading.Validate()
}

// interfererMaker adds an interferer to samples.
type interfererMaker struct {
	source Source
	gain   float64
	path   *propagation

	ended bool
	skip  int // samples by which the path still lags
	in    []float32
	out   []float64
}

func newInterfererMaker(v Interferer, power, rate float64, seed, index uint64) *interfererMaker {
	f := newFader(v.Fading, rate, seed, interfererStream, index)
	m := &interfererMaker{
		source: v.Source,
		gain:   math.Sqrt(power / v.Power),
		path:   newPropagation(f, rate, v.Offset, 0),
		in:     make([]float32, blockSize),
		out:    make([]float64, blockSize),
	}
	m.skip = m.path.latency()
	return m
}

// add adds as many samples as dst has, a block at the most.
func (m *interfererMaker) add(dst []float64) {
	for m.skip > 0 {
		m.skip -= len(m.read(min(m.skip, blockSize)))
	}
	for i, x := range m.read(len(dst)) {
		dst[i] += m.gain * x
	}
}

// read gives the next n samples of the signal as it arrives.
func (m *interfererMaker) read(n int) []float64 {
	got := 0
	if !m.ended {
		got = min(max(m.source(m.in[:n]), 0), n)
		m.ended = got < n
	}
	clear(m.in[got:n])
	m.path.process(m.out[:n], m.in[:n])
	return m.out[:n]
}

// carrierMaker adds a carrier to samples.
type carrierMaker struct {
	amplitude float64
	fader     fader

	oscillator *dsp.Oscillator
	re, im     []float64
	out        []float64
}

// newCarrierMaker begins at phase zero. A path that is late by some ms but
// carries a steady tone differs by a phase only, and the phases are random
// anyhow: no delay line is needed.
func newCarrierMaker(c Carrier, power, rate float64, seed, index uint64) *carrierMaker {
	f := c.Fading
	f.Delay = 0
	return &carrierMaker{
		amplitude:  math.Sqrt(2 * power),
		fader:      newFader(f, rate, seed, carrierStream, index),
		oscillator: dsp.NewOscillator(c.Frequency / rate),
		re:         make([]float64, blockSize),
		im:         make([]float64, blockSize),
		out:        make([]float64, blockSize),
	}
}

// add adds as many samples as dst has, a block at the most.
func (m *carrierMaker) add(dst []float64) {
	re, im, out := m.re[:len(dst)], m.im[:len(dst)], m.out[:len(dst)]
	for i := range re {
		p := m.oscillator.Next()
		re[i], im[i] = m.amplitude*real(p), m.amplitude*imag(p)
	}
	if len(m.fader.taps) > 0 {
		m.fader.apply(out, re, im)
		re = out
	}
	for i, x := range re {
		dst[i] += x
	}
}
