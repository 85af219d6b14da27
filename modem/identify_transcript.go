package modem

import (
	"math"
	"slices"

	"rtty/baudot"
)

// readingQ is the number of steps to a unit when a guess is read closely.
const readingQ = 8

// maxStopGap is by how many steps a machine's stop element exceeds one unit at
// the most; what is longer counts as rest.
const maxStopGap = readingQ + readingQ/4

// transcript is a guess followed through a channel: which frames it sees, and
// where mark rests.
type transcript struct {
	guess
	channel *channel
	level   loudness
	gaps    [maxStopGap + 1]float64 // log-probabilities of the stop element's excess over a unit, in steps

	step   float64      // channel samples
	energy [2][]float64 // of mark and space in windows of one unit that begin at each step
	llr    [2][]float64 // their log-likelihood ratios against noise
	frames []int        // steps at which start elements begin
	rests  [][2]int     // steps from and to which mark rests
}

// newTranscript begins to follow a guess; what an earlier transcript learnt of
// the sender's stop element is taken over.
func (p *passband) newTranscript(g guess, earlier *transcript) *transcript {
	const beside = 1.6 // width beside the tones, units of the speed
	half := math.Abs(g.tone[0]-g.tone[1])/2 + beside*g.baud
	t := &transcript{channel: p.channel((g.tone[0]+g.tone[1])/2, half)}
	for d := range t.gaps {
		t.gaps[d] = -2
	}
	if earlier != nil {
		t.gaps = earlier.gaps
	}
	t.tune(g)
	if len(t.energy[0]) > 0 {
		t.level = guessLoudness(t.energy[0], t.energy[1], 1/g.baud)
	}
	return t
}

// tune sets tones and speed and measures the energies anew.
func (t *transcript) tune(g guess) {
	t.guess = g
	t.step = t.channel.rate / g.baud / readingQ
	for k, f := range g.detectors() {
		t.energy[k] = t.channel.windowEnergies(t.energy[k], t.channel.sums(f), t.step, readingQ)
	}
}

// The states in which a path through a transcript can be.
const (
	frameOver = iota // one unit of stop has been heard
	atRest
	inSilence
)

// origin is where a path came from: the state and its step.
type origin struct {
	state int8
	step  int32
}

// paths are the best ways into each state at each step.
type paths struct {
	ends                          []float64 // score of a frame that ends at a step
	rest, silence                 float64
	startFrom, restFrom, dumbFrom []origin
}

// read finds the best chain of frames, rests and silences by the algorithm of
// Viterbi, as frameEvidence does, and writes down which it is.
func (t *transcript) read() {
	window := 1 / t.baud
	for k := range t.llr {
		t.llr[k] = t.level.presence(k, window).mixed(t.llr[k], t.energy[k])
	}
	t.frames, t.rests = t.frames[:0], t.rests[:0]
	t.score, t.plain = 0, 0
	steps := len(t.llr[0]) - 6*readingQ
	if steps <= 0 {
		return
	}
	either := eitherTone(nil, t.llr[0], t.llr[1])
	t.plain = formless(either, readingQ)
	p := t.walk(either, steps)
	at := origin{inSilence, int32(steps - 1)}
	t.score = p.silence
	if p.rest > t.score {
		at, t.score = origin{atRest, int32(steps - 1)}, p.rest
	}
	for i := steps; i < len(p.ends); i++ {
		if p.ends[i] > t.score {
			at, t.score = origin{frameOver, int32(i)}, p.ends[i]
		}
	}
	t.retrace(p, at)
}

// walk goes forward over the steps.
func (t *transcript) walk(either []float64, steps int) *paths {
	const q = readingQ
	mark, space := t.llr[0], t.llr[1]
	resting := make([]float64, steps+1) // evidence for mark until each step
	p := &paths{
		ends: make([]float64, steps+7*q), rest: math.Inf(-1),
		startFrom: make([]origin, steps), restFrom: make([]origin, steps), dumbFrom: make([]origin, steps),
	}
	for i := range p.ends {
		p.ends[i] = math.Inf(-1)
	}
	for i := range steps {
		if i >= q {
			resting[i] = resting[i-1] + mark[i-q]/q
			p.rest += mark[i-q] / q
		}
		p.enter(i)
		start := offer{p.rest + restToFrame, origin{atRest, int32(i)}}
		start.take(p.silence+silenceToSound, inSilence, i)
		start.take(p.ends[i+1]+earlyStart, frameOver, i+1)
		for d := 0; d <= maxStopGap && d <= i; d++ {
			start.take(p.ends[i-d]+t.gaps[d]+resting[i]-resting[i-d], frameOver, i-d)
		}
		p.startFrom[i] = start.from
		data := either[i+q] + either[i+2*q] + either[i+3*q] + either[i+4*q] + either[i+5*q]
		p.ends[i+7*q] = start.score + space[i] + data + mark[i+6*q]
	}
	return p
}

// enter moves on to rest and silence at a step.
func (p *paths) enter(i int) {
	rest := offer{p.rest, origin{atRest, int32(i - 1)}}
	rest.take(p.ends[i]+frameToRest, frameOver, i)
	rest.take(p.silence+silenceToSound, inSilence, i-1)
	silence := offer{p.silence, origin{inSilence, int32(i - 1)}}
	silence.take(p.ends[i]+soundToSilence, frameOver, i)
	silence.take(p.rest+soundToSilence, atRest, i-1)
	p.rest, p.restFrom[i] = rest.score, rest.from
	p.silence, p.dumbFrom[i] = silence.score, silence.from
}

// offer is the best way into a state so far.
type offer struct {
	score float64
	from  origin
}

func (o *offer) take(score float64, state int8, step int) {
	if score > o.score {
		o.score, o.from = score, origin{state, int32(step)}
	}
}

// retrace writes down the frames and rests of the path that ends at a state.
func (t *transcript) retrace(p *paths, at origin) {
	for at.step >= 0 {
		switch at.state {
		case frameOver:
			begin := at.step - 7*readingQ
			t.frames = append(t.frames, int(begin))
			at = p.startFrom[begin]
		case atRest:
			to := at.step
			for at.state == atRest && at.step >= 0 {
				at = p.restFrom[at.step]
			}
			t.rests = append(t.rests, [2]int{int(max(0, at.step)), int(to)})
		case inSilence:
			at = p.dumbFrom[at.step]
		}
	}
	slices.Reverse(t.frames)
	slices.Reverse(t.rests)
}

// sent is the tone of a unit, 0 to 6, of the frame that begins at a step: 0 is
// mark, 1 space.
func (t *transcript) sent(begin, unit int) int {
	i := begin + unit*readingQ
	if unit == 0 || unit < 6 && t.llr[1][i] > t.llr[0][i] {
		return 1
	}
	return 0
}

// code is what the frame that begins at a step says.
func (t *transcript) code(begin int) baudot.Code {
	var c baudot.Code
	for unit := 1; unit <= 5; unit++ {
		c |= baudot.Code(1-t.sent(begin, unit)) << (unit - 1)
	}
	return c
}

// extent is from and to which step something was heard.
func (t *transcript) extent() (first, last int) {
	first = t.frames[0]
	last = t.frames[len(t.frames)-1] + 7*readingQ
	if len(t.rests) > 0 {
		first = min(first, t.rests[0][0])
		last = max(last, t.rests[len(t.rests)-1][1])
	}
	return first, last
}

// measure takes the loudness from the units that were read.
func (t *transcript) measure() {
	if len(t.frames) == 0 {
		return
	}
	var on, off, count [2]float64
	for _, begin := range t.frames {
		for unit := range 7 {
			i := begin + unit*readingQ
			k := t.sent(begin, unit)
			on[k] += t.energy[k][i]
			off[k] += t.energy[1-k][i]
			count[k]++
		}
	}
	window := 1 / t.baud
	t.level.noise = (off[0] + off[1]) / (count[0] + count[1])
	for k := range on {
		t.level.tone[k] = max(0, on[k]/count[k]-t.level.noise) / window
	}
	t.level.bound(window)
}

// learnGaps takes the length of the stop element from the frames that were
// read: a histogram, smoothed, with some probability left for all lengths.
func (t *transcript) learnGaps() {
	var seen [maxStopGap + 1]float64
	total := 0.0
	for d := range seen {
		seen[d] = 0.2
		for k := 1; k < len(t.frames); k++ {
			if gap := t.frames[k] - t.frames[k-1] - 7*readingQ; gap <= maxStopGap {
				x := float64(d - gap)
				seen[d] += math.Exp(-x * x / 0.8)
			}
		}
		total += seen[d]
	}
	for d := range seen {
		t.gaps[d] = math.Log(0.95 * seen[d] / total)
	}
}

// expectStop sets the probabilities of a machine's stop element.
func (t *transcript) expectStop(units float64) {
	const spread, sure = 0.7, 0.85 // steps; share
	for d := range t.gaps {
		x := (float64(d) - (units-1)*readingQ) / spread
		t.gaps[d] = math.Log(sure*math.Exp(-x*x/2)/(spread*math.Sqrt(2*math.Pi)) + (0.95-sure)/maxStopGap)
	}
}
