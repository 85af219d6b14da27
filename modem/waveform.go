package modem

import (
	"fmt"
	"math"

	"rtty/dsp"
)

// A Waveform is the way in which a Transmitter gets from one tone to the other.
//
// Keying hard, from one sample to the next, costs nothing in the receiver but
// spreads clicks over the band: a 170 Hz, 45.45 Bd signal is then 1 kHz wide at
// −40 dB and some 5 kHz at −60 dB, and neighbours hear every bit. A receiver
// takes in no more than about one speed in Hz to each side of a tone, so next to
// nothing is lost by sending no more (Chen, W7AY, "RTTY Transmit Filters" and
// "RTTY Sidebands").
//
// Both waveforms are phase-continuous. Figures are for 45.45 Bd and 170 Hz;
// other signals scale with speed and shift.
type Waveform uint8

const (
	// Linear passes the keyed carrier through a linear-phase filter 300 Hz
	// wide. It is the narrowest, −60 dB at 335 Hz, and loses least, but its
	// envelope moves by 1.9 dB: like PSK31 it needs a chain that is linear up
	// to the antenna. ALC at zero, compressor off.
	Linear Waveform = iota

	// Constant glides from tone to tone within half a bit and keeps its
	// envelope, −60 dB at 550 Hz. No limiter or class-C stage can spoil it.
	Constant
)

// ParseWaveform is the inverse of String.
func ParseWaveform(name string) (Waveform, error) {
	for w := Linear; w <= Constant; w++ {
		if name == w.String() {
			return w, nil
		}
	}
	return 0, fmt.Errorf("no waveform %q; there are %s, %s", name, Linear, Constant)
}

func (w Waveform) String() string {
	switch w {
	case Linear:
		return "linear"
	case Constant:
		return "constant"
	}
	return fmt.Sprintf("Waveform(%d)", uint8(w))
}

// The lengths of the frequency glide in units, for a ham signal. Half a unit is
// where constant reaches its 550 Hz with 0.1 dB lost. The filter of linear does
// the work by itself; its quarter only keeps the keyed carrier from aliasing at
// the baseband rate.
const (
	linearGlide   = 0.25
	constantGlide = 0.5
)

// The filter of linear, as multiples of the speed: its −6 dB edge beyond the
// tones and the width of its slope. A steeper slope narrows the signal but
// makes the envelope overshoot further.
const (
	linearEdge        = 1.43
	linearSlope       = 1.5
	linearAttenuation = 80 // dB; the glide before it leaves some 60 dB at +500 Hz
)

// The keyed carrier has next to nothing beyond 10 speeds from its tones, so
// three times that on both sides is a comfortable baseband rate.
const (
	keyedSkirt        = 10
	basebandOversized = 3
	imageAttenuation  = 125 // dB
)

// hamIndex is the modulation index, shift over speed, of 170 Hz at 45.45 Bd.
// Towards larger ones a glide passes ever more cycles away from both tones, and
// what an edge spills between them is ever more of what the filter must keep.
// Shorter glides and a wider filter then hold the loss at 0.1 dB and the peaks
// at 1 dB up to the largest index there is; the exponents are fits to measurement.
const (
	hamIndex      = 3.74
	glideExponent = 2.0 / 3
	edgeExponent  = 0.4
)

// A pulseShape is what a waveform means for one signal at one sample rate.
type pulseShape struct {
	glide       float64   // units from tone to tone
	upsampling  int       // output samples per baseband sample
	filter      []float64 // at the baseband rate
	interpolate []float64 // at the output rate, gain upsampling
}

func (w Waveform) shape(sig Signal, rate int) pulseShape {
	wideness := max(1, sig.Shift()/sig.Baud/hamIndex)
	quickening := math.Pow(wideness, glideExponent)
	half := sig.Shift()/2 + keyedSkirt*quickening*sig.Baud
	up := max(1, int(float64(rate)/(basebandOversized*half)))
	baseband := float64(rate) / float64(up)

	p := pulseShape{glide: constantGlide / quickening, upsampling: up, filter: []float64{1}, interpolate: []float64{1}}
	if w == Linear {
		edge := sig.Shift()/2 + linearEdge*math.Pow(wideness, edgeExponent)*sig.Baud
		p.glide = min(linearGlide, p.glide)
		p.filter = dsp.LowPass(edge/baseband, linearSlope*sig.Baud/baseband, linearAttenuation)
	}
	if up > 1 {
		p.interpolate = dsp.LowPass(baseband/2/float64(rate), (baseband-2*half)/float64(rate), imageAttenuation)
		for i := range p.interpolate {
			p.interpolate[i] *= float64(up)
		}
	}
	return p
}

// delay is how long the filters hold the keyed carrier up, in baseband samples.
func (p pulseShape) delay() float64 {
	return float64(len(p.filter)-1)/2 + float64(len(p.interpolate)-1)/2/float64(p.upsampling)
}

// glideTurn is how far a glide that takes one unit of time, from frequency 0
// to 1, has turned the carrier after x of it, 0 to 1. The frequency follows the
// integral of a Hann pulse, x − sin(2πx)/2π, which joins both tones without a
// kink, so that the skirts fall fast; this is its integral.
func glideTurn(x float64) float64 {
	return x*x/2 + (math.Cos(2*math.Pi*x)-1)/(4*math.Pi*math.Pi)
}
