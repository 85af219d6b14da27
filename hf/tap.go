package hf

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// The gain of a path changes slowly, so it is made at a low rate and drawn
// through the points by cubics. At 32 points per Hz of spread the cubics follow
// the process so closely that the test of its spectrum cannot tell.
const (
	pointsPerSpread = 32.0
	bellReach       = 4.0 // standard deviations of the shaping filter on either side
)

// tap is the gain of one path: a complex Gaussian process with a Gaussian
// Doppler spectrum, stationary from its first sample on. A path that stands
// still has a constant gain of random phase.
type tap struct {
	shape []float64 // makes a point of each part out of white noise
	step  float64   // points per sample; 0 stands still

	normal *gaussian
	re, im gainPart
	u      float64 // place of the next sample between two points, 0 to 1
}

// newTap makes a gain of mean power for rate samples per second; spread is 2σ
// of its spectrum in Hz.
//
// A filter whose impulse response is a bell of standard deviation s has the
// power response exp(−(2πfs)²). The spectrum asked for is exp(−f²/2σ²), hence
// s = 1/(2√2·πσ).
func newTap(normal *gaussian, power, spread, rate float64) *tap {
	t := &tap{normal: normal}
	if spread == 0 {
		sin, cos := math.Sincos(2 * math.Pi * uniform(normal.bits))
		t.re.cubic[0], t.im.cubic[0] = math.Sqrt(power)*cos, math.Sqrt(power)*sin
		return t
	}
	t.step = pointsPerSpread * spread / rate
	const s = pointsPerSpread / (math.Sqrt2 * math.Pi) // in points, whatever the spread
	half := int(math.Ceil(bellReach * s))
	for i := -half; i <= half; i++ {
		x := float64(i) / s
		t.shape = append(t.shape, math.Exp(-x*x/2))
	}
	floats.Scale(math.Sqrt(power/2/floats.Dot(t.shape, t.shape)), t.shape) // half the power to each part
	t.re.white = make([]float64, 2*len(t.shape))
	t.im.white = make([]float64, 2*len(t.shape))
	for range len(t.shape) + len(t.re.point) {
		t.advance()
	}
	return t
}

// advance makes the next point.
func (t *tap) advance() {
	t.re.advance(t.shape, t.normal.next())
	t.im.advance(t.shape, t.normal.next())
}

// apply adds to dst the signal re + j·im times the gain; of the product the real
// part. All three have one length.
func (t *tap) apply(dst, re, im []float64) {
	a, b := &t.re.cubic, &t.im.cubic
	u := t.u
	for i := range dst {
		gainRe := a[0] + u*(a[1]+u*(a[2]+u*a[3]))
		gainIm := b[0] + u*(b[1]+u*(b[2]+u*b[3]))
		dst[i] += gainRe*re[i] - gainIm*im[i]
		if u += t.step; u >= 1 {
			u--
			t.advance()
		}
	}
	t.u = u
}

// gainPart is the real or the imaginary part of a gain.
type gainPart struct {
	white []float64  // noise under the shaping filter, kept twice so that it is always in one piece
	at    int        // of the oldest
	point [4]float64 // the last four points; samples lie between the middle ones
	cubic [4]float64 // coefficients of 1, u, u², u³ there
}

// advance takes one more number of white noise and moves on by a point.
func (p *gainPart) advance(shape []float64, noise float64) {
	n := len(shape)
	p.white[p.at], p.white[p.at+n] = noise, noise
	p.at = (p.at + 1) % n
	copy(p.point[:], p.point[1:])
	p.point[3] = floats.Dot(shape, p.white[p.at:p.at+n])
	p.cubic = catmullRom(p.point)
}

// catmullRom is the cubic through the middle two of four points that has at
// each of them the slope of the chord between its neighbours.
func catmullRom(p [4]float64) [4]float64 {
	return [4]float64{
		p[1],
		(p[2] - p[0]) / 2,
		p[0] - 2.5*p[1] + 2*p[2] - 0.5*p[3],
		1.5*(p[1]-p[2]) + (p[3]-p[0])/2,
	}
}
