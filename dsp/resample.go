package dsp

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Design of every Resampler, relative to the lower of the two rates.
const (
	resamplerAttenuation = 90.0 // dB, of images and aliases
	resamplerTransition  = 0.05 // cycles per sample, from pass band to stop band
	resamplerPhases      = 256  // at least so many filters per sample of the lower rate, see NewResampler
	resamplerMaxExact    = 1024 // largest number of phases kept so that none has to be interpolated
	resamplerMaxRatio    = 256  // most that one rate may be of the other
	resamplerSlack       = 0.01 // how far SetRatio may leave the design
	resamplerBlock       = 2048 // samples that are taken in at a time
)

// Resampler changes the sample rate by any ratio, and lets the ratio follow a
// drifting clock. What the lower of the two rates can hold up to nine tenths of
// its half passes unchanged (ripple below 0.001 dB); what it cannot hold, above
// half of it, is more than 85 dB down.
//
// Each output is the inner product of the input around it with a Kaiser-windowed
// sinc that is centred on the output's own time (Smith & Gossett 1984). The sinc
// is tabulated at a number of phases between two input samples. A ratio of small
// integers hits them exactly; any other time gets the mean of its two
// neighbours, weighted by distance, which with this many phases costs no more
// than the filter's own stop band lets through.
//
// The delay of the filter is taken out: output m is the signal at the time
// m/ratio input samples, so the first output stands for the first input.
type Resampler struct {
	design float64     // output samples per input sample
	half   int         // input samples on either side of an output
	phases [][]float64 // filters for outputs k/(len-1) of a sample behind an input

	step    int     // whole phases from one output to the next
	partial float64 // and the fraction of a phase above them

	buf      []float64 // input samples that are still needed, then new ones
	filled   int       // samples in buf
	at       int       // first sample of buf under the filter of the next output; may lie beyond filled
	phase    int       // phase of the next output
	fraction float64   // and how far it lies towards the following phase
}

// NewResampler is for a stream of inRate samples per second that is to have
// outRate. Neither needs to be whole, and one may be up to 256 times the other.
func NewResampler(inRate, outRate float64) (*Resampler, error) {
	ratio := outRate / inRate
	if !(inRate > 0) || !(ratio >= 1.0/resamplerMaxRatio && ratio <= resamplerMaxRatio) {
		return nil, fmt.Errorf("resampling from %g to %g samples per second: rates must be above zero and within a factor of %d",
			inRate, outRate, resamplerMaxRatio)
	}
	stretch := max(1, 1/ratio) // input samples per sample of the lower rate
	r := &Resampler{design: ratio}
	r.half = KaiserLength(resamplerTransition/stretch, resamplerAttenuation)/2 + 1
	r.phases = sincPhases(r.half, stretch, phaseCount(inRate, outRate, stretch))
	r.buf = make([]float64, 2*r.half-1+resamplerBlock)
	r.setStep(inRate / outRate)
	r.Reset()
	return r, nil
}

// phaseCount is how many phases part one input sample from the next. Linear
// interpolation between phases errs by (ωd)²/8 of a tone's amplitude, ω being
// its frequency in radians and d the distance of the phases: −94 dB for 256
// phases in a sample of the lower rate. Where the rates are whole and simple the
// number is a multiple of the reduced output rate, so that every output falls on
// a phase.
func phaseCount(inRate, outRate, stretch float64) int {
	need := int(math.Ceil(resamplerPhases / stretch))
	if inRate != math.Trunc(inRate) || outRate != math.Trunc(outRate) {
		return need
	}
	a, b := outRate, inRate
	for b != 0 {
		a, b = b, math.Mod(a, b)
	}
	exact := outRate / a
	if exact > resamplerMaxExact {
		return need
	}
	return int(exact) * int(math.Ceil(float64(need)/exact))
}

// sincPhases tabulates the interpolating filter, n+1 rows of 2·half taps; the
// last row is the first one moved by a sample. Every row has unit gain at zero
// frequency, or a constant would get a ripple at the rate of the phases.
func sincPhases(half int, stretch float64, n int) [][]float64 {
	beta := KaiserBeta(resamplerAttenuation)
	cutoff := (0.5 - resamplerTransition/2) / stretch
	norm := besselI0(beta)
	all := make([]float64, (n+1)*2*half)
	phases := make([][]float64, n+1)
	for k := range phases {
		row := all[k*2*half : (k+1)*2*half]
		sum := 0.0
		for j := range row {
			t := float64(k)/float64(n) + float64(half-1-j) // from sample to output
			x := t / float64(half)
			row[j] = Sinc(2*cutoff*t) * besselI0(beta*math.Sqrt(max(0, 1-x*x))) / norm
			sum += row[j]
		}
		floats.Scale(1/sum, row)
		phases[k] = row
	}
	return phases
}

// setStep takes the distance of two outputs in input samples.
func (r *Resampler) setStep(samples float64) {
	step := samples * float64(len(r.phases)-1)
	// The product of an exact ratio misses its whole number by rounding only.
	if whole := math.Round(step); math.Abs(step-whole) < 1e-12*step {
		step = whole
	}
	whole, partial := math.Modf(step)
	r.step, r.partial = int(whole), partial
}

// SetRatio changes the number of output samples per input sample from the next
// output on, to follow a clock. It is held within 1 % of what the resampler was
// made for, as its filter is.
func (r *Resampler) SetRatio(ratio float64) {
	ratio = min(max(ratio, r.design*(1-resamplerSlack)), r.design*(1+resamplerSlack))
	r.setStep(1 / ratio)
}

// Latency is how many input samples must follow before the output for one of
// them appears.
func (r *Resampler) Latency() int { return r.half }

// MaxOutput is the most that one Process of n samples, or of fewer, can append.
func (r *Resampler) MaxOutput(n int) int {
	return int(math.Ceil(float64(n)*r.design/(1-resamplerSlack))) + 1
}

// Reset forgets all samples and begins at time zero again. A ratio that was set
// stays.
func (r *Resampler) Reset() {
	r.filled = r.half - 1
	clear(r.buf[:r.filled])
	r.at, r.phase, r.fraction = 0, 0, 0
}

// Process appends to dst every output whose surroundings are complete.
func (r *Resampler) Process(dst, src []float32) []float32 {
	for len(src) > 0 {
		n := min(len(src), len(r.buf)-r.filled)
		for i, x := range src[:n] {
			r.buf[r.filled+i] = float64(x)
		}
		r.filled += n
		src = src[n:]
		dst = r.drain(dst)
	}
	return dst
}

// Flush appends the outputs up to the end of the input, as if silence followed:
// all in all n·ratio of them, rounded up, for n input samples. Only Reset may
// come after it.
func (r *Resampler) Flush(dst []float32) []float32 {
	for left := r.half; left > 0; {
		n := min(left, len(r.buf)-r.filled)
		clear(r.buf[r.filled : r.filled+n])
		r.filled += n
		left -= n
		dst = r.drain(dst)
	}
	return dst
}

func (r *Resampler) drain(dst []float32) []float32 {
	for r.at+2*r.half <= r.filled {
		window := r.buf[r.at : r.at+2*r.half]
		y := floats.Dot(r.phases[r.phase], window)
		if r.fraction != 0 {
			y += r.fraction * (floats.Dot(r.phases[r.phase+1], window) - y)
		}
		dst = append(dst, float32(y))
		r.advance()
	}
	used := min(r.at, r.filled)
	r.filled = copy(r.buf, r.buf[used:r.filled])
	r.at -= used
	return dst
}

// advance moves on to the time of the next output.
func (r *Resampler) advance() {
	r.phase += r.step
	if r.fraction += r.partial; r.fraction >= 1 {
		r.fraction--
		r.phase++
	}
	perSample := len(r.phases) - 1
	r.at += r.phase / perSample
	r.phase %= perSample
}
