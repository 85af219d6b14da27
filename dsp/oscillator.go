package dsp

import "math"

// renormEvery is how many steps of the rotation recurrence pass before its
// length is pulled back to one: rounding makes it wander by some 1e-16 a step.
const renormEvery = 1024

// Oscillator is a rotating unit phasor, the numerically controlled oscillator
// of a mixer. Its frequency may change while it runs; the phase stays continuous.
type Oscillator struct {
	step complex128 // rotation per sample

	phasor complex128
	age    int // steps since the length was last restored
}

// NewOscillator starts at phase zero. frequency is in cycles per sample and may
// be negative.
func NewOscillator(frequency float64) *Oscillator {
	o := &Oscillator{phasor: 1}
	o.SetFrequency(frequency)
	return o
}

// SetFrequency changes the frequency, in cycles per sample, from the next
// sample on.
func (o *Oscillator) SetFrequency(frequency float64) {
	sin, cos := math.Sincos(2 * math.Pi * frequency)
	o.step = complex(cos, sin)
}

// Reset returns to phase zero.
func (o *Oscillator) Reset() { o.phasor, o.age = 1, 0 }

// Next gives the present phasor and moves on by one sample.
func (o *Oscillator) Next() complex128 {
	p := o.phasor
	o.phasor *= o.step
	if o.age++; o.age >= renormEvery {
		o.renormalise()
	}
	return p
}

func (o *Oscillator) renormalise() {
	o.phasor /= complex(math.Hypot(real(o.phasor), imag(o.phasor)), 0)
	o.age = 0
}

// MixDown multiplies real samples by the conjugate of the oscillator, which
// moves what lies at its frequency to zero. re and im must be as long as src.
func (o *Oscillator) MixDown(re, im []float64, src []float32) {
	for i, x := range src {
		p := o.Next()
		re[i] = float64(x) * real(p)
		im[i] = -float64(x) * imag(p)
	}
}
