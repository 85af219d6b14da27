package modem

import "math"

// Time resolution and transition probabilities of the frame lattice.
const (
	stepsPerUnit = 8
	frameUnits   = 7                             // start, five data units, one unit of stop
	frameSteps   = frameUnits * stepsPerUnit     //
	maxGap       = stepsPerUnit + stepsPerUnit/4 // steps by which a machine's stop element exceeds one unit
	customStops  = stepsPerUnit / 2              // stop elements come in halves of a unit
	latticeSteps = 1024                          // history, a power of two; 16 characters
	idleAfter    = maxGap + 1                    // a longer pause counts as resting at mark

	gapShare     = 0.95  // after a frame: the next one within maxGap
	idleShare    = 0.03  // after a frame: rest at mark
	silenceShare = 0.02  // after a frame: the signal ends
	idleSeconds  = 0.4   // mean rest at mark between hand-typed characters
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

// node is the best path into one kind at one step.
type node struct {
	score float64 // log-likelihood ratio of the path against "noise alone all the time"
	from  int64   // step of the node before
	kind  nodeKind
}

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
	gaps                          [maxGap + 1]float64 // log-probabilities of the gap's length

	alwaysOn bool // there is no silence: with the squelch open everything is a frame or a rest

	step  int64               // steps taken; the next one has this number
	nodes [nodeKinds][]node   // ring
	part  []float64           // ring: score of the frame begun at a step, as far as it is heard
	rest  []float64           // ring: evidence for mark per step, summed up
	seen  [maxGap + 1]float64 // histogram of gaps, for gaps
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
	for k := range l.nodes {
		l.nodes[k] = make([]node, latticeSteps)
	}
	l.part, l.rest = make([]float64, latticeSteps), make([]float64, latticeSteps)
	l.Reset()
	return l
}

// Reset forgets the signal and the sender's habits. A stop element of 1, 1.5
// and 2 units is expected alike.
func (l *lattice) Reset() {
	l.step = 0
	for k := range l.nodes {
		for i := range l.nodes[k] {
			l.nodes[k][i].score = math.Inf(-1)
		}
	}
	for i := range l.part {
		l.part[i], l.rest[i] = math.Inf(-1), 0
	}
	for d := range l.seen {
		l.seen[d] = 1
		for _, stop := range [3]float64{0, 0.5, 1} {
			x := (float64(d) - stop*stepsPerUnit) / 1.2
			l.seen[d] += 4 * math.Exp(-x*x/2)
		}
	}
	l.learnGaps()
}

func (l *lattice) at(kind nodeKind, step int64) *node { return &l.nodes[kind][step&(latticeSteps-1)] }

// Step takes the evidence of the windows of one unit that end now: the
// log-likelihood ratios of mark and of space against noise.
func (l *lattice) Step(mark, space float64) {
	now := l.step
	slot := now & (latticeSteps - 1)
	l.rest[slot] = l.rest[(now-1)&(latticeSteps-1)] + mark/stepsPerUnit
	l.extendFrames(now, mark, space)
	l.enterRest(now, mark)
	l.enterSilence(now)
	l.enterStart(now)
	l.part[slot] = l.at(frameStart, now).score
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
			l.at(frameEnd, now).score = math.Inf(-1)
			return
		case unit == 1:
			*p += space
		case unit < frameUnits:
			*p += either
		default:
			*l.at(frameEnd, now) = node{score: *p + mark, from: begin, kind: frameStart}
		}
	}
}

func (l *lattice) enterRest(now int64, mark float64) {
	best := node{score: math.Inf(-1), from: -1}
	if now == 0 {
		best.score = l.silentCall
	}
	offer := func(score float64, from int64, kind nodeKind) {
		if score > best.score {
			best = node{score, from, kind}
		}
	}
	if now >= 1 {
		offer(l.at(resting, now-1).score+l.idleStay+mark/stepsPerUnit, now-1, resting)
	}
	// The first unit of a signal that rises out of silence counts as a whole:
	// windows that straddle its beginning tell nothing.
	if begin := now - stepsPerUnit; begin >= 0 {
		offer(l.at(silent, begin).score+l.silentCall+mark, begin, silent)
	}
	if end := now - idleAfter; end >= 0 {
		offer(l.at(frameEnd, end).score+l.toIdle+l.restBetween(end, now), end, frameEnd)
	}
	*l.at(resting, now) = best
}

func (l *lattice) enterSilence(now int64) {
	if l.alwaysOn {
		return
	}
	best := node{score: 0, from: now - 1, kind: silent}
	if now >= 1 {
		best.score = l.at(silent, now-1).score + l.silentStay
		if s := l.at(resting, now-1).score + l.idleLoss; s > best.score {
			best = node{s, now - 1, resting}
		}
	}
	if s := l.at(frameEnd, now).score + l.toSilence; s > best.score {
		best = node{s, now, frameEnd}
	}
	*l.at(silent, now) = best
}

func (l *lattice) enterStart(now int64) {
	best := node{l.at(resting, now).score + l.idleStart, now, resting}
	for d := int64(0); d <= maxGap && d <= now; d++ {
		s := l.at(frameEnd, now-d).score + l.gaps[d] + l.restBetween(now-d, now)
		if s > best.score {
			best = node{s, now - d, frameEnd}
		}
	}
	*l.at(frameStart, now) = best
}

func (l *lattice) restBetween(from, to int64) float64 {
	return l.rest[to&(latticeSteps-1)] - l.rest[from&(latticeSteps-1)]
}

// BestSignal is the score of the best path at the newest step that is not
// silent, frames that are still being heard included.
func (l *lattice) BestSignal() float64 {
	now := l.step - 1
	best := l.at(resting, now).score
	for begin := max(0, now-frameSteps+1); begin <= now; begin++ {
		best = max(best, l.part[begin&(latticeSteps-1)])
	}
	for end := max(0, now-maxGap); end <= now; end++ {
		best = max(best, l.at(frameEnd, end).score+l.restBetween(end, now))
	}
	return best
}

// Pending is the evidence since begin of a frame that began there and is still
// being heard, as the lattice sees it.
func (l *lattice) Pending(begin int64) float64 {
	start := l.at(frameStart, begin).score
	if math.IsInf(start, -1) {
		return start
	}
	return l.part[begin&(latticeSteps-1)] - start
}

// Saw tells the gap, in steps, between two frames of settled text. The
// histogram that grows from it is the flywheel: it knows the sender's stop
// length and how exactly he keeps it.
func (l *lattice) Saw(gap int64) {
	if gap < 0 || gap > maxGap {
		return
	}
	const memory = 1 - 1.0/64
	for d := range l.seen {
		l.seen[d] *= memory
	}
	l.seen[gap]++
	l.learnGaps()
}

func (l *lattice) learnGaps() {
	var smooth [maxGap + 1]float64
	total := 0.0
	for d := range smooth {
		for e := range l.seen {
			x := float64(d-e) / 0.6
			smooth[d] += l.seen[e] * math.Exp(-x*x/2)
		}
		total += smooth[d]
	}
	for d := range smooth {
		share := 0.93*smooth[d]/total + 0.07/float64(maxGap+1)
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
	for d := max(0, mode-1); d <= min(maxGap, mode+1); d++ {
		sum += float64(d) * l.seen[d]
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
	base := max(l.at(silent, l.step-1).score, l.at(resting, l.step-1).score)
	for k := range l.nodes {
		for i := range l.nodes[k] {
			l.nodes[k][i].score -= base
		}
	}
	for i := range l.part {
		l.part[i] -= base
	}
}
