package modem

import (
	"math"

	"rtty/dsp"
)

// logI0 is the logarithm of the modified Bessel function of order zero, the
// likelihood of a tone of known amplitude and unknown phase. The two branches
// are Abramowitz & Stegun 9.8.1 and 9.8.2; the error stays below 2e-7.
func logI0(x float64) float64 {
	if x < 3.75 {
		t := x / 3.75
		t *= t
		return math.Log(1 + t*(3.5156229+t*(3.0899424+t*(1.2067492+t*(0.2659732+t*(0.0360768+t*0.0045813))))))
	}
	t := 3.75 / x
	poly := 0.39894228 + t*(0.01328592+t*(0.00225319+t*(-0.00157565+t*(0.00916281+
		t*(-0.02057706+t*(0.02635537+t*(-0.01647633+t*0.00392377)))))))
	return x + math.Log(poly/math.Sqrt(x))
}

// fastLog is the natural logarithm of a positive, normal number, to 1e-7. The
// beam takes a million of them a second of audio at the weakest signals.
func fastLog(x float64) float64 {
	const mantissa = 1<<52 - 1
	bits := math.Float64bits(x)
	exponent := float64(int(bits>>52) - 1023)
	m := math.Float64frombits(bits&mantissa | 1023<<52)
	if m > math.Sqrt2 {
		m *= 0.5
		exponent++
	}
	s := (m - 1) / (m + 1)
	s2 := s * s
	return exponent*math.Ln2 + 2*s*(1+s2*(1.0/3+s2*(1.0/5+s2*(1.0/7))))
}

// logAdd is log(exp(a) + exp(b)).
func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return a + math.Log1p(math.Exp(b-a))
}

// Rates of the level tracker.
const (
	searchSeconds  = 3.0   // averaging while no character has been read
	quartileMove   = 0.005 // relative step of the quartile; averages over some three seconds
	fastPerUnit    = 0.12  // share of the newest unit in a tone's present power
	slowPerUnit    = 0.01  // in its mean power
	noisePerUnit   = 0.012 // in the noise
	selfNoise      = 0.01  // power of the other tone that leaks into an empty one: multipath, imperfect orthogonality
	leastNoise     = 1e-3  // of a tone's energy, however clean it is
	leakError      = 0.1   // of the leak: filters and timing make it other than calculated
	leastEbN0      = 3.0   // a signal is never taken to be weaker than this (as a ratio), or noise would pass for one
	mostEbN0       = 60.0  // nor stronger (as a ratio): it is read without error as it is, and evidence without bound makes every misfit of the model fatal
	besideTrust    = 1.12  // noise over the quietest of its gauges
	quartileTrust  = 0.6   // share of the noise told by the quartile to hold on to where a narrow filter leaves nothing beside the signal
	knownAmplitude = 0.6   // prior weight of "the amplitude is what it was just now" against "anything Rayleigh"
)

// toneLevel is what is known of one tone, in correlator units: the energy of a
// one-unit window.
type toneLevel struct {
	fast  float64 // energy where the tone was sent, over the last few units
	slow  float64 // the same over the last seconds
	off   float64 // energy where it was not sent
	noise float64 // off, freed of what choosing the stronger tone does to it, and bounded
}

// levels tracks the two tones apart from each other. That, and nothing else, is
// what makes selective fading harmless: a faded tone, or one with a carrier on
// it, gives small likelihood ratios and the other one decides.
type levels struct {
	tone [2]toneLevel

	leak       float64 // share of a tone's energy that the other's correlator sees
	floor      float64 // least noise, as a share of the tone's energy
	searchRate float64 // share of one step in the averages before lock

	weaker   float64 // lower quartile of the weaker tone's energy, for the time before lock
	stronger float64 // mean of the stronger one's
	searched float64 // steps that went into them
	beside   float64 // noise as those and the gauge tell it: decided text can't argue it away, since text read from noise picks the moments of little noise
	locked   bool
}

func newLevels(sig Signal) *levels {
	leak := math.Pow(dsp.Sinc(sig.Shift()/sig.Baud), 2)
	l := &levels{
		leak:       leak,
		floor:      leastNoise + leakError*leak,
		searchRate: 1 / sig.Baud / stepsPerUnit / searchSeconds,
	}
	l.Reset()
	return l
}

func (l *levels) Reset() {
	*l = levels{leak: l.leak, floor: l.floor, searchRate: l.searchRate}
}

// chosenNoise is how much of the noise is left in the weaker of two tones, given
// the ratio of stronger to weaker: half of it where both are noise and the
// ratio is 3, all of it beside a strong tone. Without this correction noise
// would be taken for a signal 3 dB over half the noise, and go on being so. The
// curve is fitted to a simulation; it errs by less than 0.4 dB.
func chosenNoise(ratio float64) float64 {
	return 1 - 0.5*math.Pow(3/max(ratio, 3), 3.6)
}

// quartileNoise is the noise over the lower quartile of the weaker tone's
// energy, given the ratio of the stronger's mean to that quartile, which is
// 10.7 where both are noise. Fitted to a simulation, on the side of too much
// where signal and noise are hard to tell apart.
func quartileNoise(ratio float64) float64 {
	return 3.2 + 4*math.Pow(12.5/max(ratio, 12.5), 8)
}

// Observe takes the energies of one step. Before lock they are all there is to
// tell the noise from: one of the tones is off at any time, but for windows
// that straddle a change. Those are less than three quarters of all, so the
// lower quartile does not see them, however strong the signal is.
func (l *levels) Observe(mark, space, beside float64) {
	hi := max(mark, space)
	lo := max(min(mark, space)-l.leak*hi, 0)
	l.searched++
	rate := max(l.searchRate, 1/l.searched)
	l.stronger += rate * (hi - l.stronger)
	l.descend(lo)
	l.weaker = max(l.weaker, l.floor*l.stronger/4, 1e-30)
	l.beside = max(besideTrust*beside, quartileTrust*l.quartile())
	if l.locked {
		return
	}
	noise := l.beside
	on := max(l.stronger, (1+leastEbN0)*noise)
	for t := range l.tone {
		l.tone[t] = toneLevel{fast: on, slow: on, off: noise, noise: max(noise, on/mostEbN0)}
	}
}

// quartile is the noise as the undecided energies tell it.
func (l *levels) quartile() float64 {
	return l.weaker * quartileNoise(l.stronger/l.weaker)
}

// descend moves the quartile by a fixed ratio up or down, three times as far
// down as up: it stays where one step in four lies below.
func (l *levels) descend(energy float64) {
	if l.searched == 1 {
		l.weaker = energy
	}
	move := max(quartileMove, 1/(3+l.searched))
	if energy < l.weaker {
		l.weaker *= 1 - 0.75*move
	} else {
		l.weaker *= 1 + 0.25*move
	}
}

// Unit takes one unit of received text: sent says which tone it was. A unit is
// not taken at its word in the noise average beyond six times the mean, so that
// a wrong one does little harm.
func (l *levels) Unit(sent int, mark, space float64) {
	l.locked = true
	energy := [2]float64{mark, space}
	leaked := l.leak * (energy[sent] - l.tone[sent].noise)
	on, off := &l.tone[sent], &l.tone[1-sent]
	on.fast += fastPerUnit * (energy[sent] - on.fast)
	on.slow += slowPerUnit * (energy[sent] - on.slow)
	off.off += noisePerUnit * (min(energy[1-sent]-leaked, 6*off.noise) - off.off)
	off.off = max(off.off, l.floor*off.slow, 1e-30)
	ratio := (on.slow + off.slow) / (on.off + off.off)
	least := max(l.beside, (on.slow+off.slow)/2/mostEbN0)
	on.noise = max(on.off/chosenNoise(ratio), least)
	off.noise = max(off.off/chosenNoise(ratio), least)
}

// Lost returns to the state before lock.
func (l *levels) Lost() { l.locked = false }

// Present is the log-likelihood ratio of "this tone fills this window" against
// "noise fills it", for a window energy.
func (l *levels) Present(tone int, energy float64) float64 {
	level, other := &l.tone[tone], &l.tone[1-tone]
	noise := l.noise(tone) + selfNoise*max(0, other.fast-other.noise)
	mean := max(level.slow-level.noise, leastEbN0*noise)
	now := min(max(level.fast-level.noise, 0.1*mean), 4*mean)

	// Rice: the amplitude is known, the phase is not.
	rice := -now/noise + logI0(2*math.Sqrt(now*energy)/noise)
	// Rayleigh: amplitude and phase unknown, only the mean power known.
	rayleigh := energy/noise*mean/(noise+mean) - math.Log(1+mean/noise)
	return logAdd(math.Log(knownAmplitude)+rice, math.Log(1-knownAmplitude)+rayleigh)
}

// Noise is the energy of a window without its tone.
func (l *levels) Noise() (noise [2]float64) {
	for t := range noise {
		noise[t] = l.noise(t)
	}
	return noise
}

// noise is never less than what is known at once, whatever text has told.
func (l *levels) noise(tone int) float64 { return max(l.tone[tone].noise, l.beside, 1e-30) }

// Mean is the energy that a window has from its tone, averaged over fading.
func (l *levels) Mean() (mean [2]float64) {
	for t := range mean {
		mean[t] = max(l.tone[t].slow-l.tone[t].noise, leastEbN0*l.tone[t].noise, 1e-30)
	}
	return mean
}

// EbN0 is the energy of a unit over the noise that it is judged by, a ratio.
func (l *levels) EbN0() float64 {
	m, s := &l.tone[markTone], &l.tone[spaceTone]
	return max(0, (m.slow+s.slow)/(m.noise+s.noise+1e-30)-1)
}

// SNR is the signal-to-noise ratio in 2500 Hz, dB, for a signal of that speed.
// In a strong signal what a tone leaves in the other's windows is more than the
// noise, and what is heard beside them tells it better.
func (l *levels) SNR(baud float64) float64 {
	m, s := &l.tone[markTone], &l.tone[spaceTone]
	noise := (m.off + s.off) / 2
	if beside := l.beside / besideTrust; beside > 0 {
		noise = min(noise, beside)
	}
	signal := max((m.slow-m.noise+s.slow-s.noise)/2, 1e-3*noise)
	return 10 * math.Log10(signal/noise*baud/2500)
}
