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

// maxHop is the longest stretch of mark that is taken in one go, in steps: the
// first part of a rest, which may end at any step of a unit.
const maxHop = idleAfter + stepsPerUnit - 1

// modelError is how much of a tone's power never fits the model: multipath,
// timing on a grid, clock error.
const modelError = 0.006

// steadiness is how well a unit foretells the next: the channel's correlation.
type steadiness struct {
	rho, decay float64 // correlation over a unit, and its square
	hops       [maxHop + 1]struct{ rho, decay float64 }
}

func newSteadiness(rho float64) *steadiness {
	s := &steadiness{rho: rho, decay: rho * rho}
	for d := range s.hops {
		h := &s.hops[d]
		h.rho = math.Pow(rho, float64(d)/stepsPerUnit)
		h.decay = h.rho * h.rho
	}
	return s
}

// turning is what the silent tone's phase does while the other sounds.
type turning struct {
	cos, sin float64 // over a unit of space, as mark sees it; of mark, the other way round
	hops     [maxHop + 1]struct {
		cos, sin float64 // over a stretch of mark, as space sees it
		keep     float64 // how much of the phase is still known after it
	}
}

// set takes the turn of a unit, 2π times (space − mark) in cycles per unit, and
// the sender's stop element in steps beyond the unit that the frame has. A
// machine's stop element is known better than the grid shows it: at 170 Hz and
// 45 Bd a step is half a turn. Whatever rests for other lengths may have done
// so for half a step more or less, and the phase is known that much worse.
func (t *turning) set(turn, stop float64) {
	t.sin, t.cos = math.Sincos(turn)
	blur := turn / stepsPerUnit / math.Sqrt(12)
	keep := math.Exp(-blur * blur / 2)
	for d := range t.hops {
		h := &t.hops[d]
		steps := float64(d)
		h.keep = keep
		if math.Abs(steps-stop) < 1.01 {
			steps, h.keep = stop, 1
		}
		h.sin, h.cos = math.Sincos(-turn * steps / stepsPerUnit)
	}
}

// drift is the turn of both tones' phases by which a receiver notices that it
// is off tune.
type drift struct {
	cos, sin float64 // over a unit
	hops     [maxHop + 1]struct{ cos, sin float64 }
}

// newDrift takes the turn in a unit, radians.
func newDrift(turn float64) *drift {
	d := &drift{}
	d.sin, d.cos = math.Sincos(turn)
	for steps := range d.hops {
		d.hops[steps].sin, d.hops[steps].cos = math.Sincos(turn * float64(steps) / stepsPerUnit)
	}
	return d
}

// gainTracker follows the complex amplitudes of both tones through a path, by
// a Kalman filter whose channel is a first-order Rayleigh process. It is the
// whole of amplitude tracking, ATC and carrier recovery: a faded tone has a
// small gain and says little, a steady one is known in phase and says much.
type gainTracker struct {
	law     phaseLaw
	steady  *steadiness
	turning *turning // for continuousPhase
	drift   *drift   // nil where the tuning is held to be right
}

// unknown is the belief before anything was heard of tones of that mean power.
func unknown(mean [2]float64) [2]gain {
	return [2]gain{{variance: mean[0]}, {variance: mean[1]}}
}

// heard is one correlation against a tone, with the noise energy to expect in a
// whole unit of it and the mean energy of each tone. Those go with the moment,
// not with the path that looks back on it: all paths must be measured alike.
type heard struct {
	re, im float64
	noise  float64
	mean   [2]float64
}

// unit takes one unit in which tone was sent. It returns the log-likelihood
// ratio against noise alone.
func (k *gainTracker) unit(g *[2]gain, tone int, z heard) float64 {
	llr := observe(&g[tone], z, 1)
	own, other := &g[tone], &g[1-tone]
	own.fade(k.steady.rho, k.steady.decay, z.mean[tone])
	if k.law == anyPhase {
		*other = gain{variance: z.mean[1-tone]}
		return llr
	}
	other.fade(k.steady.rho, k.steady.decay, z.mean[1-tone])
	if k.law == continuousPhase {
		sin := k.turning.sin
		if tone == markTone {
			sin = -sin
		}
		other.turn(k.turning.cos, sin)
	}
	if k.drift != nil {
		own.turn(k.drift.cos, k.drift.sin)
		other.turn(k.drift.cos, k.drift.sin)
	}
	return llr
}

// rest takes a stretch of mark of so many steps, as it stands between frames.
// Even where the grid shows none, the sender's stop element has its length. A
// negative number gives back what the frame before has counted too much; z is
// then what was heard in those steps.
func (k *gainTracker) rest(g *[2]gain, steps int, z heard) float64 {
	llr := 0.0
	mark, space := &g[markTone], &g[spaceTone]
	if steps < 0 {
		last := *mark
		return k.rest(g, 0, heard{}) - observe(&last, z, -float64(steps)/stepsPerUnit)
	}
	h := &k.steady.hops[steps]
	if steps > 0 {
		llr = observe(mark, z, float64(steps)/stepsPerUnit)
		mark.fade(h.rho, h.decay, z.mean[markTone])
	}
	if k.law == anyPhase {
		*space = gain{variance: z.mean[spaceTone]}
		return llr
	}
	space.fade(h.rho, h.decay, z.mean[spaceTone])
	if k.law == continuousPhase {
		t := &k.turning.hops[steps]
		space.variance += (1 - t.keep*t.keep) * space.power()
		space.turn(t.cos*t.keep, t.sin*t.keep)
	}
	if k.drift != nil {
		mark.turn(k.drift.hops[steps].cos, k.drift.hops[steps].sin)
		space.turn(k.drift.hops[steps].cos, k.drift.hops[steps].sin)
	}
	return llr
}

// fade lets a gain drift as the channel does.
func (g *gain) fade(rho, decay, mean float64) {
	g.re *= rho
	g.im *= rho
	g.variance = decay*g.variance + (1-decay)*mean
}

func (g *gain) turn(cos, sin float64) {
	g.re, g.im = g.re*cos-g.im*sin, g.re*sin+g.im*cos
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
	llr := (z.re*z.re+z.im*z.im)/noise - (dr*dr+di*di)/total - fastLog(total/noise)
	weight := g.variance * share / total
	g.re += weight * dr
	g.im += weight * di
	g.variance *= own / total
	return llr
}
