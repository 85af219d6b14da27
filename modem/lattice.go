package modem

import "math"

// Time resolution and transition probabilities of the frame lattice.
const (
	stepsPerUnit = 8
	frameUnits   = 7                             // start, five data units, one unit of stop
	frameSteps   = frameUnits * stepsPerUnit     //
	minGap       = -1                            // steps by which a frame may begin before the one before it has ended
	maxGap       = stepsPerUnit + stepsPerUnit/4 // steps by which a machine's stop element exceeds one unit
	customStops  = stepsPerUnit / 2              // stop elements come in halves of a unit
	latticeSteps = 1024                          // history, a power of two; 16 characters
	gapSteps     = maxGap - minGap + 1
	idleAfter    = maxGap + 1 // a longer pause counts as resting at mark

	gapShare     = 0.95  // after a frame: the next one within maxGap
	idleShare    = 0.03  // after a frame: rest at mark
	silenceShare = 0.02  // after a frame: the signal ends
	idleSeconds  = 0.4   // mean rest at mark between hand-typed characters
	openRest     = 0.6   // nats that a unit of rest costs with the squelch open, or noise would be taken for one
	lossSeconds  = 10.0  // mean time until a resting signal vanishes
	callSeconds  = 600.0 // mean time until a signal appears
	callEvidence = 12.0  // nats of evidence beyond that: the squelch, which also pays for what the model of noise gets wrong
)

// nodeKind says what a path is doing at a step.
type nodeKind uint8

const (
	frameStart nodeKind = iota // a start bit begins here
	frameEnd                   // one unit of stop element has ended here
	resting                    // mark, for longer than a stop element
	silent                     // no signal: noise alone
	nodeKinds
)

// lattice decides framing and bits together. It is a semi-Markov trellis over
// steps of an eighth of a unit: a path is a chain of seven-unit frames (space,
// five units of either tone, mark) with gaps of mark between them, rests, and
// stretches of no signal. Every step of every path is accounted for, so paths
// can be compared, and no start edge has to be found: a frame's start and stop
// are evidence like its bits, and so are those of its neighbours.
//
// "No signal" is a path of its own that collects nothing. Noise makes frames
// collect negative evidence, so the squelch needs no level.
type lattice struct {
	idleStart, idleStay, idleLoss float64 // log-probabilities per step
	silentCall, silentStay        float64
	toIdle, toSilence             float64
	gaps                          [gapSteps]float64 // log-probabilities of the gap's length

	alwaysOn bool // there is no silence: with the squelch open everything is a frame or a rest

	step  int64                // steps taken; the next one has this number
	score [nodeKinds][]float64 // ring: log-likelihood ratio of the best path into a kind against "noise alone all the time"
	part  []float64            // ring: score of the frame begun at a step, as far as it is heard
	rest  []float64            // ring: evidence for mark per step, summed up
	seen  [gapSteps]float64    // histogram of gaps, for gaps
}

func newLattice(stepSeconds float64) *lattice {
	l := &lattice{
		idleStart:  math.Log(stepSeconds / idleSeconds),
		idleLoss:   math.Log(stepSeconds / lossSeconds),
		idleStay:   math.Log(1 - stepSeconds/idleSeconds - stepSeconds/lossSeconds),
		silentCall: math.Log(stepSeconds/callSeconds) - callEvidence,
		silentStay: math.Log(1 - stepSeconds/callSeconds),
		toIdle:     math.Log(idleShare),
		toSilence:  math.Log(silenceShare),
	}
	for k := range l.score {
		l.score[k] = make([]float64, latticeSteps)
	}
	l.part, l.rest = make([]float64, latticeSteps), make([]float64, latticeSteps)
	l.Reset()
	return l
}

// Open does away with silence: whatever is heard is text, noise too.
func (l *lattice) Open() {
	l.alwaysOn = true
	l.idleStay -= openRest / stepsPerUnit
}

// Reset forgets the signal and the sender's habits. A stop element of 1, 1.5
// and 2 units is expected alike.
func (l *lattice) Reset() {
	l.step = 0
	for k := range l.score {
		for i := range l.score[k] {
			l.score[k][i] = math.Inf(-1)
		}
	}
	for i := range l.part {
		l.part[i], l.rest[i] = math.Inf(-1), 0
	}
	for d := range l.seen {
		l.seen[d] = 1
		for _, stop := range [3]float64{0, 0.5, 1} {
			x := (float64(d+minGap) - stop*stepsPerUnit) / 1.2
			l.seen[d] += 4 * math.Exp(-x*x/2)
		}
	}
	l.learnGaps()
}

func (l *lattice) at(kind nodeKind, step int64) *float64 {
	return &l.score[kind][step&(latticeSteps-1)]
}

// Step takes the evidence of the windows of one unit that end now: the
// log-likelihood ratios of mark and of space against noise.
func (l *lattice) Step(mark, space float64) {
	now := l.step
	slot := now & (latticeSteps - 1)
	l.rest[slot] = l.rest[(now-1)&(latticeSteps-1)] + mark/stepsPerUnit
	l.extendFrames(now, mark, space)
	l.enterRest(now, mark)
	l.enterSilence(now)
	if now > 0 {
		l.enterStart(now - 1)
	}
	l.step++
}

// extendFrames adds the unit that has just ended to the seven frames that it
// belongs to.
func (l *lattice) extendFrames(now int64, mark, space float64) {
	either := logAdd(mark, space) - math.Ln2
	for unit := int64(1); unit <= frameUnits; unit++ {
		begin := now - unit*stepsPerUnit
		p := &l.part[begin&(latticeSteps-1)]
		switch {
		case begin < 0:
			*l.at(frameEnd, now) = math.Inf(-1)
			return
		case unit == 1:
			*p += space
		case unit < frameUnits:
			*p += either
		default:
			*l.at(frameEnd, now) = *p + mark
		}
	}
}

func (l *lattice) enterRest(now int64, mark float64) {
	best := l.silentCall
	if now > 0 {
		best = *l.at(resting, now-1) + l.idleStay + mark/stepsPerUnit
	}
	// The first unit of a signal that rises out of silence counts as a whole:
	// windows that straddle its beginning tell nothing.
	if begin := now - stepsPerUnit; begin >= 0 {
		best = max(best, *l.at(silent, begin)+l.silentCall+mark)
	}
	if end := now - idleAfter; end >= 0 {
		best = max(best, *l.at(frameEnd, end)+l.toIdle+l.restBetween(end, now))
	}
	*l.at(resting, now) = best
}

func (l *lattice) enterSilence(now int64) {
	if l.alwaysOn {
		return
	}
	best := *l.at(frameEnd, now) + l.toSilence
	if now == 0 {
		best = 0
	} else {
		best = max(best, *l.at(silent, now-1)+l.silentStay, *l.at(resting, now-1)+l.idleLoss)
	}
	*l.at(silent, now) = best
}

// enterStart is called a step late: a frame may begin a step before the one
// before it has had its whole stop unit, when the sender is a little fast and
// has stop elements of one unit.
func (l *lattice) enterStart(begin int64) {
	best := *l.at(resting, begin) + l.idleStart
	for d := int64(minGap); d <= maxGap && d <= begin; d++ {
		best = max(best, *l.at(frameEnd, begin-d)+l.gap(d)+l.restBetween(begin-d, begin))
	}
	*l.at(frameStart, begin) = best
	l.part[begin&(latticeSteps-1)] = best
}

// gap is the log-probability that a frame begins so many steps after the end
// of the one before.
func (l *lattice) gap(steps int64) float64 { return l.gaps[steps-minGap] }

func (l *lattice) restBetween(from, to int64) float64 {
	return l.rest[to&(latticeSteps-1)] - l.rest[from&(latticeSteps-1)]
}

// BestSignal is the score of the best path at the newest step that is not
// silent, frames that are still being heard included.
func (l *lattice) BestSignal() float64 {
	now := l.step - 1
	best := *l.at(resting, now)
	for begin := max(0, now-frameSteps+1); begin < now; begin++ {
		best = max(best, l.part[begin&(latticeSteps-1)])
	}
	for end := max(0, now-maxGap); end <= now; end++ {
		best = max(best, *l.at(frameEnd, end)+l.restBetween(end, now))
	}
	return best
}

// Pending is the evidence since begin of a frame that began there and is still
// being heard, as the lattice sees it.
func (l *lattice) Pending(begin int64) float64 {
	start := *l.at(frameStart, begin)
	if math.IsInf(start, -1) {
		return start
	}
	return l.part[begin&(latticeSteps-1)] - start
}

// Saw tells the gap, in steps, between two frames of settled text. The
// histogram that grows from it is the flywheel: it knows the sender's stop
// length and how exactly he keeps it.
func (l *lattice) Saw(gap int64) {
	if gap < minGap || gap > maxGap {
		return
	}
	const memory = 1 - 1.0/64
	for d := range l.seen {
		l.seen[d] *= memory
	}
	l.seen[gap-minGap]++
	l.learnGaps()
}

func (l *lattice) learnGaps() {
	var smooth [gapSteps]float64
	total := 0.0
	for d := range smooth {
		for e := range l.seen {
			x := float64(d-e) / 0.6
			smooth[d] += l.seen[e] * math.Exp(-x*x/2)
		}
		total += smooth[d]
	}
	for d := range smooth {
		share := 0.93*smooth[d]/total + 0.07/gapSteps
		l.gaps[d] = math.Log(gapShare * share)
	}
}

// StopUnits is the length of the stop element that the sender is heard to use.
func (l *lattice) StopUnits() float64 { return 1 + l.StopSteps()/stepsPerUnit }

// StopSteps is how many steps the stop element lasts beyond one unit: the mean
// of the commonest lengths, and one of the three customary ones if that is
// near.
func (l *lattice) StopSteps() float64 {
	mode := 0
	for d := range l.seen {
		if l.seen[d] > l.seen[mode] {
			mode = d
		}
	}
	sum, weight := 0.0, 0.0
	for d := max(0, mode-1); d <= min(gapSteps-1, mode+1); d++ {
		sum += float64(d+minGap) * l.seen[d]
		weight += l.seen[d]
	}
	mean := sum / weight
	if custom := math.Round(mean/customStops) * customStops; math.Abs(mean-custom) < 0.3 {
		return custom
	}
	return mean
}

// Settle keeps the scores of an endless stream small.
func (l *lattice) Settle() {
	base := max(*l.at(silent, l.step-1), *l.at(resting, l.step-1))
	for k := range l.score {
		for i := range l.score[k] {
			l.score[k][i] -= base
		}
	}
	for i := range l.part {
		l.part[i] -= base
	}
}
