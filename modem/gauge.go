package modem

import "math"

// Design of the noise gauge.
const (
	gaugeUnits   = 2    // length of a window
	gaugeNear    = 2.3  // distance of the nearer gauge from a tone, units of baud: past the first keying sidelobes
	gaugeFar     = 3.5  // of the farther one
	gaugeInside  = 1.8  // least distance of one between the tones
	gaugeSeconds = 1.0  // averaging
	gaugeSides   = 3    // below, above, between
	gaugePast    = 128  // windows by which the gauge may be ahead of its reader, a power of two
	gaugeKept    = 512  // windows whose energies are remembered, a power of two: a second at the highest speed, twice
	gaugeRecent  = 12   // windows that tell whether the level has jumped
	gaugeNewest  = 2    // windows that guard against noise that has only just risen
	gaugeRise    = 1.4  // by so much at least
	riseTrust    = 1.5  // over what the quietest of those few tells
	fewDoubt     = 1.5  // by how much few windows may tell too little, in their relative error
	gaugeSettled = 0.15 // relative error of an average that is taken as it is
)

// gaugeJumps are changes of the level that are no chance: the more plainly, the
// sooner.
var gaugeJumps = [...]struct {
	windows int64
	ratio   float64
}{{3, 4}, {6, 2.5}, {gaugeRecent, 1.7}}

// noiseGauge listens beside the signal, where there is nothing but noise, and
// where the channel filter does not reach. It knows the noise when nothing has
// been read yet, and is not fooled by what has been read wrongly.
type noiseGauge struct {
	window int       // samples
	taper  []float64 // Hann, so that a strong station some hundred hertz away does not leak in
	scale  float64   // from its energies to those of the tone correlators
	memory float64   // share of the newest window
	probes []gaugeProbe
	onSide [gaugeSides]float64 // number of probes
	either int64               // windows to either side of a moment that tell its noise; 0 where nothing is heard ahead

	count int   // samples in the present window
	seen  int64 // windows so far
	mean  [gaugeSides]float64
	last  [gaugeKept][gaugeSides]float64 // ring over windows: their energies
	since int                            // windows since the level has jumped
	past  [gaugePast]float64             // ring over windows: the noise when they closed

	asked  int64   // window of which the noise was asked for last, plus one
	answer float64 // what it was
}

// gaugeProbe is a correlator at one frequency.
type gaugeProbe struct {
	side     int
	cos, sin float64 // of the rotation per sample
	weight   float64 // share in its side's mean

	p, q, re, im float64 // oscillator and sum
}

// newNoiseGauge makes a gauge for baseband samples about the signal's centre, at
// rate per second; channelRate is the rate of the correlators that the result
// is meant for.
func newNoiseGauge(sig Signal, rate, channelRate float64) *noiseGauge {
	g := &noiseGauge{
		window: int(math.Round(gaugeUnits * rate / sig.Baud)),
		scale:  channelRate / rate,
		memory: gaugeUnits / (gaugeSeconds * sig.Baud),
	}
	g.taper = hannTaper(g.window)
	add := func(side int, offset float64) {
		if math.Abs(offset) > 0.45*rate || sig.Center()+offset < MinTone {
			return
		}
		sin, cos := math.Sincos(2 * math.Pi * offset / rate)
		g.probes = append(g.probes, gaugeProbe{side: side, cos: cos, sin: sin})
		g.onSide[side]++
	}
	half := sig.Shift() / 2
	for _, distance := range [2]float64{gaugeNear, gaugeFar} {
		add(0, -half-distance*sig.Baud)
		add(1, half+distance*sig.Baud)
	}
	if half >= gaugeInside*sig.Baud {
		add(2, 0)
	}
	for i := range g.probes {
		g.probes[i].weight = 1 / g.onSide[g.probes[i].side]
	}
	g.Reset()
	return g
}

func (g *noiseGauge) Reset() {
	g.count, g.seen, g.since, g.mean = 0, 0, 0, [gaugeSides]float64{}
	g.past = [gaugePast]float64{}
	g.asked = 0
	for i := range g.probes {
		p := &g.probes[i]
		p.p, p.q, p.re, p.im = 1, 0, 0, 0
	}
}

// Push takes samples.
func (g *noiseGauge) Push(re, im []float64) {
	for len(re) > 0 {
		n := min(len(re), g.window-g.count)
		for i := range g.probes {
			g.probes[i].add(re[:n], im[:n], g.taper[g.count:])
		}
		re, im = re[n:], im[n:]
		if g.count += n; g.count == g.window {
			g.close()
		}
	}
}

// hannTaper is a Hann window with a mean square of one.
func hannTaper(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = math.Sqrt(2.0/3) * (1 - math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n)))
	}
	return w
}

func (p *gaugeProbe) add(re, im, taper []float64) {
	c, s, a, b := p.p, p.q, p.re, p.im // one sum, however the stream is cut
	for i, x := range re {
		w := taper[i]
		x, y := x*w, im[i]*w
		a += x*c + y*s
		b += y*c - x*s
		c, s = c*p.cos-s*p.sin, c*p.sin+s*p.cos
	}
	p.p, p.q, p.re, p.im = c, s, a, b
}

// close ends a window. Each window starts at phase zero again: only its energy
// counts, and the oscillator can't wander off.
func (g *noiseGauge) close() {
	var energy [gaugeSides]float64
	for i := range g.probes {
		p := &g.probes[i]
		energy[p.side] += p.weight * (p.re*p.re + p.im*p.im) / float64(g.window)
		p.p, p.q, p.re, p.im = 1, 0, 0, 0
	}
	rate := max(g.memory, 1/float64(g.since+1))
	for side := range g.mean {
		energy[side] *= g.scale
		g.mean[side] += rate * (energy[side] - g.mean[side])
	}
	g.last[g.seen&(gaugeKept-1)] = energy
	if g.jumped() {
		g.mean, g.since = g.recent(gaugeNewest), gaugeNewest-1
	}
	g.past[g.seen&(gaugePast-1)] = g.noise()
	g.seen++
	g.since++
	g.count = 0
}

// noise is what the averages tell, or the newest windows where they tell of far
// more: noise that is underrated reads as text.
func (g *noiseGauge) noise() float64 {
	noise := allowance(float64(g.since+1)) * g.quietest(g.mean)
	if newest := g.quietest(g.recent(gaugeNewest)); newest > gaugeRise*noise {
		return riseTrust * newest
	}
	return noise
}

// allowance is for how much less than the noise the quietest side may tell, of so
// many windows.
func allowance(windows float64) float64 {
	return 1 + fewDoubt*max(0, 1/math.Sqrt(windows)-gaugeSettled)
}

// jumped tells that the newest windows of all sides are far from their averages
// in the same direction: the radio's gain has been turned, or a strong station
// has gone and the AGC with it. What is heard on one side alone is a neighbour
// who comes or goes.
func (g *noiseGauge) jumped() bool {
	if g.since < 2*gaugeRecent {
		return false
	}
	for _, j := range gaugeJumps {
		if g.changed(j.windows, j.ratio) {
			return true
		}
	}
	return false
}

// changed tells that so many windows of all sides are louder or quieter than
// their averages, by more than ratio.
func (g *noiseGauge) changed(windows int64, ratio float64) bool {
	recent := g.recent(windows)
	least, most := math.Inf(1), 0.0
	for i := range g.probes {
		side := g.probes[i].side
		r := recent[side] / g.mean[side]
		least, most = min(least, r), max(most, r)
	}
	return least > ratio || most < 1/ratio
}

// recent averages the energies of the newest windows, the one that closes
// included.
func (g *noiseGauge) recent(windows int64) [gaugeSides]float64 {
	var mean [gaugeSides]float64
	n := min(windows, g.seen+1)
	for i := range n {
		for side, e := range g.last[(g.seen-i)&(gaugeKept-1)] {
			mean[side] += e / float64(n)
		}
	}
	return mean
}

// Noise is the energy that noise alone gives a tone correlator, as it was known
// when so many samples had been pushed: that of the quietest side, since the
// others may have neighbours. It is 0 while nothing is known. After LookAhead it
// is what is known of that moment from both sides, or of the window before, since
// the correlators yet hear some of that.
func (g *noiseGauge) Noise(samples int64) float64 {
	closed := min(samples/int64(g.window), g.seen)
	if g.either > 0 {
		if g.asked != closed+1 {
			g.asked, g.answer = closed+1, max(g.around(closed-1), g.around(closed))
		}
		return g.answer
	}
	return g.past[(closed-1)&(gaugePast-1)]
}

func (g *noiseGauge) quietest(energy [gaugeSides]float64) float64 {
	least := math.Inf(1)
	for i := range g.probes {
		least = min(least, energy[g.probes[i].side])
	}
	if math.IsInf(least, 1) {
		return 0
	}
	return least
}
