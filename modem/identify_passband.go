package modem

import (
	"math"

	"gonum.org/v1/gonum/dsp/fourier"
)

// passband is a stretch of audio held as one long spectrum, from which narrow
// channels are cut by a short inverse transform: however sharp the filter and
// however many the channels, each costs little more than its own samples.
type passband struct {
	rate  float64
	n     int          // samples
	bins  []complex128 // of the stretch, zero-padded to size samples
	size  int
	plans map[int]*fourier.CmplxFFT
}

// guardSeconds of silence keep the end of a stretch from running into its
// beginning, as the circle of a discrete transform would have it.
const guardSeconds = 0.1

func newPassband(x []float64, rate float64) *passband {
	size := smoothSize(len(x) + int(guardSeconds*rate))
	padded := make([]float64, size)
	copy(padded, x)
	return &passband{
		rate:  rate,
		n:     len(x),
		bins:  fourier.NewFFT(size).Coefficients(nil, padded),
		size:  size,
		plans: map[int]*fourier.CmplxFFT{},
	}
}

// smoothSize is the least even number from n up that has no prime factor
// above 5: transforms of such lengths are fast.
func smoothSize(n int) int {
	for n += n & 1; ; n += 2 {
		rest := n
		for _, p := range [3]int{2, 3, 5} {
			for rest%p == 0 {
				rest /= p
			}
		}
		if rest == 1 {
			return n
		}
	}
}

// channel is a slice of the passband as complex samples: what lay at center
// lies at zero, and a tone of amplitude 1 is a phasor of length 1.
type channel struct {
	rate   float64 // samples per second
	center float64 // Hz
	z      []complex128
}

// channel cuts out what lies within half Hz of center; the flanks of the filter
// reach a quarter further.
func (p *passband) channel(center, half float64) *channel {
	hz := p.rate / float64(p.size)
	reach := int(1.25 * half / hz)
	middle := int(math.Round(center / hz))
	size := smoothSize(int(2.6 * float64(reach)))
	part := make([]complex128, size)
	for k := -reach; k <= reach; k++ {
		if at := middle + k; at > 0 && at < len(p.bins) {
			part[(k+size)%size] = p.bins[at] * complex(flank(math.Abs(float64(k))*hz/half), 0)
		}
	}
	plan := p.plans[size]
	if plan == nil {
		plan = fourier.NewCmplxFFT(size)
		p.plans[size] = plan
	}
	z := plan.Sequence(part, part)
	scale := complex(2/float64(p.size), 0)
	for i := range z {
		z[i] *= scale
	}
	rate := hz * float64(size)
	return &channel{rate: rate, center: float64(middle) * hz, z: z[:int(float64(p.n)/p.rate*rate)]}
}

// flank is the channel filter at a distance from the centre in half widths.
func flank(x float64) float64 {
	switch {
	case x <= 1:
		return 1
	case x >= 1.25:
		return 0
	}
	return 0.5 * (1 + math.Cos(math.Pi*(x-1)/0.25))
}

// sums are running sums of the channel mixed down by a tone of f Hz: sums[i] is
// that over the first i samples. Differences of them correlate with the tone
// over any stretch of time.
func (c *channel) sums(f float64) []complex128 {
	sin, cos := math.Sincos(-2 * math.Pi * (f - c.center) / c.rate)
	step, phasor, sum := complex(cos, sin), complex(1, 0), complex(0, 0)
	sums := make([]complex128, len(c.z)+1)
	for i, z := range c.z {
		sum += z * phasor
		sums[i+1] = sum
		phasor *= step
		if i&1023 == 1023 {
			phasor /= complex(math.Hypot(real(phasor), imag(phasor)), 0)
		}
	}
	return sums
}

// sumAt is a running sum at sample time t, which need not be whole.
func sumAt(sums []complex128, t float64) complex128 {
	i := int(t)
	switch {
	case t <= 0:
		return sums[0]
	case i >= len(sums)-1:
		return sums[len(sums)-1]
	}
	return sums[i] + complex(t-float64(i), 0)*(sums[i+1]-sums[i])
}

// toneEnergy is the energy of a tone from time a to b in samples, over the
// number of samples. White noise gives its power, whatever the length.
func toneEnergy(sums []complex128, a, b float64) float64 {
	z := sumAt(sums, b) - sumAt(sums, a)
	return (real(z)*real(z) + imag(z)*imag(z)) / (b - a)
}

// windowEnergies fills dst with the energies of windows of span steps, the i-th
// beginning at step i; a step is that many samples. A tone gives its power times
// the window's length in seconds, noise its density per Hz.
func (c *channel) windowEnergies(dst []float64, sums []complex128, step float64, span int) []float64 {
	n := int(float64(len(sums)-1)/step) - span
	if n < 1 {
		return dst[:0]
	}
	at := make([]complex128, n+span)
	for i := range at {
		at[i] = sumAt(sums, float64(i)*step)
	}
	scale := 1 / (step * float64(span) * c.rate)
	dst = dst[:0]
	for i := range n {
		z := at[i+span] - at[i]
		dst = append(dst, (real(z)*real(z)+imag(z)*imag(z))*scale)
	}
	return dst
}
