package modem

import (
	"math"
	"slices"
)

// loudness is the strength of two tones and of the noise beneath them.
type loudness struct {
	tone  [2]float64 // power of each tone, amplitude squared
	noise float64    // density of the noise, power per Hz
}

// Where the model of a signal falls short of real ones.
const (
	ownNoise   = 0.02 // share of a tone's energy that counts as noise: filters, keying, multipath
	unevenness = 16.0 // ratio of the powers of two tones that fading makes at the most
)

// guessLoudness takes it from the energies of windows that fit no units yet.
// One of two tones is off at any time, so the lesser energy is mostly noise; the
// median of noise, which is distributed exponentially, is ln 2 of its mean.
func guessLoudness(a, b []float64, window float64) loudness {
	const every = 3 // windows overlap; more of them tell no more
	lesser := make([]float64, 0, len(a)/every+1)
	var sum, count [2]float64
	for i := 0; i < len(a); i += every {
		stronger := 0
		if b[i] > a[i] {
			stronger = 1
		}
		lesser = append(lesser, min(a[i], b[i]))
		sum[stronger] += max(a[i], b[i])
		count[stronger]++
	}
	slices.Sort(lesser)
	l := loudness{noise: lesser[len(lesser)/2] / math.Ln2}
	for t := range sum {
		l.tone[t] = max(0, sum[t]/max(1, count[t])-l.noise) / window
	}
	l.bound(window)
	return l
}

// bound keeps the model from being believed too much. A tone that hardly ever is
// the stronger one is not there: what is taken for it must not make evidence of
// the other's gaps.
func (l *loudness) bound(window float64) {
	loudest := max(l.tone[0], l.tone[1])
	l.noise = max(l.noise, ownNoise*loudest*window, 1e-30)
	for t := range l.tone {
		l.tone[t] = max(l.tone[t], loudest/unevenness)
	}
}

// temper is a weight for evidence beside what a text says. The louder a signal,
// the more its evidence is about what the model leaves out.
func (l loudness) temper() float64 {
	const trusted = 300 // Hz, ratio of tone power to noise density: -9 dB in 2500 Hz
	return min(1, trusted*2*l.noise/(l.tone[0]+l.tone[1]))
}

// presence turns energies into log-likelihood ratios of "this tone is on"
// against "noise alone".
type presence struct {
	noise float64 // density, power per Hz
	rho   float64 // energy of the tone in a window over that of noise
}

func (l loudness) presence(tone int, window float64) presence {
	return presence{noise: l.noise, rho: l.tone[tone] * window / l.noise}
}

// fading assumes a tone whose strength varies as on a Rayleigh channel; it is
// the easiest to compute, too.
func (p presence) fading(dst, energy []float64) []float64 {
	gain := p.rho / (1 + p.rho) / p.noise
	offset := math.Log1p(p.rho)
	dst = dst[:0]
	for _, e := range energy {
		dst = append(dst, e*gain-offset)
	}
	return dst
}

// mixed allows for steady and for fading tones alike.
func (p presence) mixed(dst, energy []float64) []float64 {
	const (
		perUnit = 8  // entries
		highest = 24 // square root of energy over noise
	)
	var table [highest*perUnit + 2]float64
	for i := range table {
		x := float64(i) / perUnit
		steady := -p.rho + logI0(2*x*math.Sqrt(p.rho))
		fading := x*x*p.rho/(1+p.rho) - math.Log1p(p.rho)
		table[i] = logAdd(steady, fading) - math.Ln2
	}
	dst = dst[:0]
	for _, e := range energy {
		x := min(math.Sqrt(e/p.noise), highest) * perUnit
		i := int(x)
		dst = append(dst, table[i]+(x-float64(i))*(table[i+1]-table[i]))
	}
	return dst
}

// eitherTone is the evidence for a unit of unknown content, mark or space.
func eitherTone(dst, mark, space []float64) []float64 {
	const perNat = 8
	var softplus [8 * perNat]float64
	for i := range softplus {
		softplus[i] = math.Log1p(math.Exp(-(float64(i) + 0.5) / perNat))
	}
	dst = dst[:0]
	for i, m := range mark {
		hi, lo := max(m, space[i]), min(m, space[i])
		if d := int((hi - lo) * perNat); d < len(softplus) {
			hi += softplus[d]
		}
		dst = append(dst, hi-math.Ln2)
	}
	return dst
}

// formless is the evidence for two tones that take turns without any framing:
// the mean over all ways to lay units on the time axis.
func formless(either []float64, q int) float64 {
	sum := 0.0
	for _, v := range either {
		sum += v
	}
	return sum / float64(q)
}

// What moves between frames, rests and silence cost, in nats. They are rough:
// what matters is that they are the same for all guesses.
const (
	frameToFrame   = -1.2
	earlyStart     = -3.0 // a step before the stop unit is over: the speed is a little off
	frameToRest    = -0.5
	restToFrame    = -2.0
	silenceToSound = -6.0
	soundToSilence = -4.0
)

// frameEvidence is how much better the best chain of start-stop frames explains
// what was heard than noise alone does, in nats. A frame is a unit of space,
// five of either tone and one of mark; between frames mark rests for as long as
// it likes, or there is silence. The slices hold the evidence of windows of one
// unit that begin at each step, q steps to a unit; ends is scratch, q longer.
func frameEvidence(mark, space, either []float64, q int, ends []float64) float64 {
	n := len(mark)
	for i := range ends {
		ends[i] = math.Inf(-1)
	}
	silence, rest := 0.0, math.Inf(-1)
	perStep := 1 / float64(q)
	for i := range n - 6*q {
		end := ends[i]
		if i >= q {
			rest += mark[i-q] * perStep
		}
		rest = max(rest, end+frameToRest, silence+silenceToSound)
		silence = max(silence, end+soundToSilence, rest+soundToSilence)
		start := max(end+frameToFrame, ends[i+1]+earlyStart, rest+restToFrame, silence+silenceToSound)
		data := either[i+q] + either[i+2*q] + either[i+3*q] + either[i+4*q] + either[i+5*q]
		ends[i+7*q] = start + space[i] + data + mark[i+6*q]
	}
	return max(silence, rest, slices.Max(ends[n-6*q:]))
}

// guess is a signal that could be what is heard.
type guess struct {
	tone  [2]float64 // mark and space, Hz
	baud  float64
	score float64 // evidence of the best chain of frames, nats above noise
	plain float64 // evidence of the same tones without framing
}

// framing is how much of the evidence comes from the frames.
func (g guess) framing() float64 { return g.score - g.plain }

// detectors are the frequencies at which to listen for mark and space. A window
// of one unit hears a tone that is off by a third of the speed nearly as well,
// but not one that is off by all of it: with tones closer than that it is
// better to listen a little outside of them.
func (g guess) detectors() [2]float64 {
	const apart = 1.15 // units of the speed
	mark, space := g.tone[0], g.tone[1]
	if wider := (apart*g.baud - math.Abs(space-mark)) / 2; wider > 0 {
		wider = math.Copysign(wider, space-mark)
		return [2]float64{mark - wider, space + wider}
	}
	return g.tone
}

// trialQ is the number of steps to a unit when speeds are compared.
const trialQ = 4

// trySpeeds rates two tones at many speeds, which ascend, with the low tone as
// mark and with the high one.
func (p *passband) trySpeeds(low, high float64, speeds []float64) (ways [2][]guess) {
	s := speedTrial{band: p, tones: [2]float64{low, high}}
	level, ok := s.level(speeds[len(speeds)-1])
	if !ok {
		return ways
	}
	var a, b, either, ends []float64
	for _, baud := range speeds {
		if s.listen(baud); len(s.energy[0]) < 7*trialQ {
			continue
		}
		a = level.presence(0, 1/baud).fading(a, s.energy[0])
		b = level.presence(1, 1/baud).fading(b, s.energy[1])
		either = eitherTone(either, a, b)
		plain := formless(either, trialQ)
		ends = slices.Grow(ends[:0], len(a)+trialQ)[:len(a)+trialQ]
		ways[0] = append(ways[0], guess{[2]float64{low, high}, baud, frameEvidence(a, b, either, trialQ, ends), plain})
		ways[1] = append(ways[1], guess{[2]float64{high, low}, baud, frameEvidence(b, a, either, trialQ, ends), plain})
	}
	return ways
}

// speedTrial listens to two tones at one speed after the other.
type speedTrial struct {
	band  *passband
	tones [2]float64

	channel *channel
	half    float64 // width of the channel on either side
	sums    [2][]complex128
	at      [2]float64 // frequencies of the sums
	energy  [2][]float64
}

// listen measures the tones in windows of one unit. The channel is made as
// narrow as the speed allows, and wide enough for somewhat higher ones.
func (s *speedTrial) listen(baud float64) {
	const least, spare, most = 1.5, 2.5, 5.0 // width beside the tones, units of the speed
	beside := s.half - (s.tones[1]-s.tones[0])/2
	if s.channel == nil || beside < least*baud || beside > most*baud {
		s.half = (s.tones[1]-s.tones[0])/2 + spare*baud
		s.channel = s.band.channel((s.tones[0]+s.tones[1])/2, s.half)
		s.at = [2]float64{}
	}
	for t, f := range (guess{tone: s.tones, baud: baud}).detectors() {
		if f != s.at[t] {
			s.at[t], s.sums[t] = f, s.channel.sums(f)
		}
		s.energy[t] = s.channel.windowEnergies(s.energy[t], s.sums[t], s.channel.rate/baud/trialQ, trialQ)
	}
}

// level is the loudness of the tones, common to all speeds so that their
// evidence can be compared. Windows longer than a unit hold both tones, which
// looks like noise: the window that finds least of it fits best.
func (s *speedTrial) level(fastest float64) (best loudness, ok bool) {
	for _, p := range paces {
		if ok && p.middle > 1.3*fastest {
			break
		}
		if s.listen(p.middle); len(s.energy[0]) == 0 {
			continue
		}
		if l := guessLoudness(s.energy[0], s.energy[1], 1/p.middle); !ok || l.noise < best.noise {
			best, ok = l, true
		}
	}
	return best, ok
}
