package hf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// NoiseBandwidth is the bandwidth in Hz to which every SNR refers.
const NoiseBandwidth = 2500.0

// Noise is what the receiver hears without any signal: white, and Gaussian
// unless ClassA says otherwise.
type Noise struct {
	SNR    float64 // mean power of the keyed signal over that of the noise in 2500 Hz, dB
	ClassA *ClassA // nil: Gaussian
}

// ClassA gives the noise the impulsive amplitudes of Middleton's class A
// ("Statistical-physical models of electromagnetic interference", IEEE Trans.
// Electromagn. Compat. EMC-19, 1977): beside a Gaussian background there are
// impulses at random times, and as many as happen to be there at once add their
// power. Atmospheric and man-made noise are described by an Overlap of 0.01 to 1
// and a Ratio of 0.001 to 1; with a large Overlap it becomes Gaussian. The mean
// power of all of it is that of the SNR.
type ClassA struct {
	Overlap float64       // A: impulses present on average, 0.001 to 10
	Ratio   float64       // Γ: power of the background over that of the impulses, above 0 and up to 1000
	Length  time.Duration // mean duration of an impulse, at most 1 s; 1 ms if zero
}

// Validate names the first part of c that is out of bounds.
func (c ClassA) Validate() error {
	switch {
	case !(c.Overlap >= 0.001 && c.Overlap <= 10):
		return fmt.Errorf("class A overlap %g: must be 0.001 to 10", c.Overlap)
	case !(c.Ratio > 0 && c.Ratio <= 1000):
		return fmt.Errorf("class A ratio %g: must be above 0 and up to 1000", c.Ratio)
	case c.Length < 0 || c.Length > time.Second:
		return fmt.Errorf("class A impulse length %v: must be 0 to 1s", c.Length)
	}
	return nil
}

// noiseVariance is the mean square of real white noise at rate samples per
// second that has the power asked for in 2500 Hz: white noise spreads evenly
// from zero to half the rate.
func noiseVariance(signalPower, snr, rate float64) float64 {
	return signalPower / powerRatio(snr) * (rate / 2) / NoiseBandwidth
}

// powerRatio is the ratio of powers that so many dB stand for.
func powerRatio(db float64) float64 { return math.Pow(10, db/10) }

// noiseMaker adds noise to samples.
type noiseMaker struct {
	impulses *classAProcess // nil: Gaussian

	sigma  float64
	normal *gaussian
}

func newNoiseMaker(n Noise, variance, rate float64, seed uint64) *noiseMaker {
	m := &noiseMaker{sigma: math.Sqrt(variance), normal: newGaussian(newStream(seed, noiseStream, 0))}
	if n.ClassA != nil {
		m.impulses = newClassAProcess(*n.ClassA, variance, rate, newStream(seed, noiseStream, 1))
	}
	return m
}

func (m *noiseMaker) add(dst []float64) {
	if m.impulses == nil {
		for i := range dst {
			dst[i] += m.sigma * m.normal.next()
		}
		return
	}
	for i := range dst {
		dst[i] += m.impulses.nextSigma() * m.normal.next()
	}
}

// classAProcess is the strength of class A noise in time. Impulses come as a
// Poisson process and last exponentially distributed times, so their number is
// that of a queue with any number of servers (M/M/∞): at every instant it has
// the Poisson distribution that Middleton's amplitudes are made of, and it
// lasts, as that of real noise does. Independent numbers for every sample, the
// usual short cut, would look Gaussian to any filter narrower than the rate.
type classAProcess struct {
	overlap    float64
	length     float64 // of an impulse, samples
	background float64 // variance
	impulse    float64 // variance that each impulse adds

	bits    *rand.PCG
	present int     // impulses now
	wait    float64 // samples until that changes
	sigma   float64
}

func newClassAProcess(c ClassA, variance, rate float64, bits *rand.PCG) *classAProcess {
	length := c.Length
	if length == 0 {
		length = time.Millisecond
	}
	p := &classAProcess{
		overlap:    c.Overlap,
		length:     max(length.Seconds()*rate, 0.01), // shorter ones would only cost time
		background: variance * c.Ratio / (1 + c.Ratio),
		impulse:    variance / (1 + c.Ratio) / c.Overlap,
		bits:       bits,
		present:    poisson(bits, c.Overlap),
	}
	p.settle()
	return p
}

// settle draws how long the present number of impulses lasts.
func (p *classAProcess) settle() {
	p.wait += p.length / (p.overlap + float64(p.present)) * exponential(p.bits)
	p.sigma = math.Sqrt(p.background + float64(p.present)*p.impulse)
}

// nextSigma is the standard deviation of the next sample.
func (p *classAProcess) nextSigma() float64 {
	for p.wait <= 0 {
		// The next event is a birth or a death, in proportion to their rates.
		if uniform(p.bits)*(p.overlap+float64(p.present)) <= p.overlap {
			p.present++
		} else {
			p.present--
		}
		p.settle()
	}
	p.wait--
	return p.sigma
}
