package modem

import "math"

// phaseLaw is what the sender's phase does when the tone changes.
type phaseLaw uint8

const (
	// continuousPhase is one oscillator that is shifted: while one tone is on,
	// the phase at which the other will return turns on by the difference of
	// their frequencies. At 45.45 Bd and 170 Hz that is −94° a unit, so a
	// wrong unit puts every later one of both tones a quarter turn off.
	continuousPhase phaseLaw = iota
	// freeOscillators are two that run on unheard while the other is keyed.
	freeOscillators
	// anyPhase has no memory: each run of a tone begins at a phase of its own.
	anyPhase
	phaseLaws
)

// gain is what is believed of a tone's complex amplitude at its next unit: a
// complex normal distribution.
type gain struct {
	re, im   float64
	variance float64
}

// power is the energy of the mean.
func (g *gain) power() float64 { return g.re*g.re + g.im*g.im }

// gainTracker follows the complex amplitudes of both tones through a path, by
// a Kalman filter whose channel is a first-order Rayleigh process. It is the
// whole of amplitude tracking, ATC and carrier recovery: a faded tone has a
// small gain and says little, a steady one is known in phase and says much.
type gainTracker struct {
	law  phaseLaw
	rho  float64    // correlation of the channel from one unit to the next
	mean [2]float64 // mean power of each tone: where variance returns to

	decay    float64         // rho squared
	steps    [maxHop + 1]hop // what a rest of so many steps does
	cos, sin float64         // of the turn of the silent tone in a unit
	regain   [2]float64      // (1-rho²)·mean
	perStep  float64         // turn of the silent tone in a step, radians
}

// maxHop is the longest stretch of mark that is taken in one go, in steps: the
// first part of a rest, which may end at any step of a unit.
const maxHop = idleAfter + stepsPerUnit - 1

type hop struct {
	cos, sin   float64 // turn of space
	rho, decay float64
	share      float64 // of a unit
}

// leastVariance keeps a gain from being believed beyond what the model is worth.
const modelError = 0.006 // of a tone's power: multipath, timing on a grid, clock error

// configure derives everything from law, rho and turn. turn is 2π times
// (space − mark) in cycles per unit.
func (k *gainTracker) configure(law phaseLaw, rho, turn float64) {
	k.law, k.rho, k.decay = law, rho, rho*rho
	if law != continuousPhase {
		turn = 0
	}
	k.perStep = turn / stepsPerUnit
	k.sin, k.cos = math.Sincos(turn)
	for d := range k.steps {
		share := float64(d) / stepsPerUnit
		h := &k.steps[d]
		h.share = share
		h.sin, h.cos = math.Sincos(-turn * share)
		h.rho = math.Pow(rho, share)
		h.decay = h.rho * h.rho
	}
}

// setMean takes the mean powers of the tones.
func (k *gainTracker) setMean(mean [2]float64) {
	k.mean = mean
	for t := range mean {
		k.regain[t] = (1 - k.decay) * mean[t]
	}
}

// unknown is the belief before anything was heard.
func (k *gainTracker) unknown() [2]gain {
	return [2]gain{{variance: k.mean[0]}, {variance: k.mean[1]}}
}

// heard is one correlation against a tone, and the noise energy to expect in a
// whole unit of it. The noise goes with the moment, not with the moment's
// hearer: all paths must be measured against the same one.
type heard struct {
	re, im float64
	noise  float64
}

// unit takes one unit in which tone was sent. It returns the log-likelihood
// ratio against noise alone.
func (k *gainTracker) unit(g *[2]gain, tone int, z heard) float64 {
	llr := observe(&g[tone], z, 1)
	own, other := &g[tone], &g[1-tone]
	own.re *= k.rho
	own.im *= k.rho
	own.variance = k.decay*own.variance + k.regain[tone]
	if k.law == anyPhase {
		*other = gain{variance: k.mean[1-tone]}
		return llr
	}
	sin := k.sin
	if tone == markTone {
		sin = -sin
	}
	other.re, other.im = k.rho*(other.re*k.cos-other.im*sin), k.rho*(other.re*sin+other.im*k.cos)
	other.variance = k.decay*other.variance + k.regain[1-tone]
	return llr
}

// rest takes a stretch of mark of so many steps.
func (k *gainTracker) rest(g *[2]gain, steps int, z heard) float64 {
	if steps == 0 {
		return 0
	}
	h := &k.steps[steps]
	llr := observe(&g[markTone], z, h.share)
	m, s := &g[markTone], &g[spaceTone]
	m.re *= h.rho
	m.im *= h.rho
	m.variance = h.decay*m.variance + (1-h.decay)*k.mean[markTone]
	if k.law == anyPhase {
		*s = gain{variance: k.mean[spaceTone]}
		return llr
	}
	s.re, s.im = h.rho*(s.re*h.cos-s.im*h.sin), h.rho*(s.re*h.sin+s.im*h.cos)
	s.variance = h.decay*s.variance + (1-h.decay)*k.mean[spaceTone]
	return llr
}

// observe updates a gain by a correlation over a share of a unit: its mean is
// share times the gain, its noise power share times that of a unit.
func observe(g *gain, z heard, share float64) float64 {
	if z.noise == 0 {
		return 0 // before the first sample: nothing was heard
	}
	noise := z.noise * share
	own := noise + share*share*modelError*(g.power()+g.variance)
	total := own + share*share*g.variance
	dr, di := z.re-share*g.re, z.im-share*g.im
	llr := (z.re*z.re+z.im*z.im)/noise - (dr*dr+di*di)/total - math.Log(total/noise)
	weight := g.variance * share / total
	g.re += weight * dr
	g.im += weight * di
	g.variance *= own / total
	return llr
}
