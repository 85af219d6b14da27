package modem

import (
	"math"

	"rtty/baudot"
	"rtty/prior"
)

// Size of the search.
const (
	beamWidth    = 8       // tokens kept where a frame ends
	restWidth    = 2       // tokens kept in a rest
	beamSteps    = 256     // ring of steps, a power of two: frames, gaps and what the best path looks back on
	riseMargin   = 40.0    // nats by which silence may trail a rest and still give rise to another
	restEvidence = 8.0     // nats that a rest must have for it before a frame may follow
	priorWeight  = 1.0     // of the text prior against what is heard
	hopeMargin   = 6.0     // nats below a signal that has just appeared at which a text is given up
	treeMargin   = 14.0    // nats below the best at which a half-read frame is given up
	recall       = 256     // steps of text that a token remembers: what is older is final
	arenaSize    = 1 << 12 // letters: more than tokens can write while one is remembered, or read after one that is
)

// letter is one character of a token's text. Tokens share the letters that
// they have in common.
type letter struct {
	before int32 // index of the letter before, −1 for none
	code   baudot.Code
	begin  int64 // step at which its start bit begins
	guess  bool  // the text prior decided it

	shifts [2]baudot.Shift // that it may be read in, the second by who unshifts
	shift  baudot.Shift    // that it is read in
	next   expectation     // of what comes after it, once asked for
}

// tone is the one sent in a unit of the frame: 1 is the start, 7 the stop.
func (l *letter) tone(unit int) int {
	if unit == frameUnits || unit > 1 && l.code>>(unit-2)&1 == 1 {
		return markTone
	}
	return spaceTone
}

// expectation is what the text prior makes of a text: the logarithms of the
// probabilities of the next code, over 1/32 each.
type expectation struct {
	state prior.State
	logs  [32]int16 // times logScale: letters are most of a receiver's memory
	known bool
}

const logScale = 512 // to a nat: down to −64 of them

func (x *expectation) log(c baudot.Code) float64 { return float64(x.logs[c]) / logScale }

// token is one hypothesis: a text, where its characters stand, and what the
// tones' gains must then be.
type token struct {
	score  float64 // log-likelihood ratio of the path against noise alone
	gains  [2]gain
	letter int32  // newest letter in the arena
	guess  bool   // the prior preferred it to what was heard
	recent uint16 // its last codes, by which tokens are told apart
}

// recentMask keeps two codes.
const recentMask = 1<<10 - 1

// hypotheses are the tokens that meet in one node, best first.
type hypotheses struct {
	count int
	list  [beamWidth]token
}

// offer inserts t unless the list has a better one of the same recent codes or
// is full of better ones.
func (h *hypotheses) offer(t *token, width int) {
	for i := range h.count {
		if h.list[i].recent != t.recent {
			continue
		}
		if h.list[i].score >= t.score {
			return
		}
		copy(h.list[i:], h.list[i+1:h.count])
		h.count--
		break
	}
	if h.count == width {
		if h.list[width-1].score >= t.score {
			return
		}
		h.count--
	}
	at := h.count
	for at > 0 && h.list[at-1].score < t.score {
		h.list[at] = h.list[at-1]
		at--
	}
	h.list[at] = *t
	h.count++
}

// beam is the decoder proper: it extends tokens through the frames that the
// lattice has not ruled out, each with its own belief about phase and
// amplitude, so that every unit is judged by all units before it.
type beam struct {
	tracker gainTracker
	width   int
	lattice *lattice // framing, gaps and their probabilities

	prior *prior.Model // nil for none
	blank expectation  // where a token has no text: after that which is final

	ends   []hypotheses // ring: tokens whose frame has ended at a step
	rests  []hypotheses // ring: tokens resting at mark
	silent []token      // ring: the best token after which there is nothing
	arena  []letter     // ring of letters
	next   int32
	first  int64 // first step with evidence

	tree [2][32]reading
}

// reading is a half-read frame.
type reading struct {
	score float64
	gains [2]gain
	code  baudot.Code
}

func newBeam(l *lattice, model *prior.Model) *beam {
	b := &beam{
		prior:   model,
		lattice: l, width: beamWidth,
		ends: make([]hypotheses, beamSteps), rests: make([]hypotheses, beamSteps),
		silent: make([]token, beamSteps), arena: make([]letter, arenaSize),
	}
	b.Reset()
	return b
}

func (b *beam) Reset() {
	for i := range b.ends {
		b.ends[i].count, b.rests[i].count = 0, 0
		b.silent[i] = token{score: math.Inf(-1), letter: -1}
	}
	b.next, b.first = 0, 0
	b.blank = expectation{}
	for i := range b.arena {
		b.arena[i] = letter{before: -1, begin: math.MinInt64}
	}
}

func (b *beam) end(step int64) *hypotheses  { return &b.ends[step&(beamSteps-1)] }
func (b *beam) rest(step int64) *hypotheses { return &b.rests[step&(beamSteps-1)] }
func (b *beam) quiet(step int64) *token     { return &b.silent[step&(beamSteps-1)] }

// ear gives the beam the correlations: of the unit that ends at a step, and of
// mark over the last steps before one.
type ear interface {
	unitAt(step int64, tone int) heard
	markOver(step int64, steps int) heard
}

// Step takes the step now. open tells that the lattice finds the frame that
// ends now worth a look.
func (b *beam) Step(e ear, now int64, open bool) {
	b.end(now).count = 0
	if open && now >= frameSteps {
		b.readFrame(e, now)
	}
	b.enterRest(e, now)
	b.enterSilence(now)
}

// Skip takes a step of which nothing is known.
func (b *beam) Skip(now int64) {
	b.end(now).count, b.rest(now).count = 0, 0
	b.enterSilence(now)
	b.first = now + 1
}

// readFrame extends every token that can stand at the beginning of the frame
// that ends now.
func (b *beam) readFrame(e ear, now int64) {
	begin := now - frameSteps
	var starts hypotheses
	b.gatherStarts(e, begin, &starts)
	out := b.end(now)
	least := b.quiet(begin).score + b.lattice.silentCall - hopeMargin
	for i := range starts.count {
		b.readToken(e, begin, &starts.list[i], least, out)
	}
	for i := range out.count {
		t := &out.list[i]
		l := &b.arena[b.next]
		l.before, l.begin, l.guess = t.letter, begin, t.guess
		l.code = baudot.Code(t.recent & 31)
		l.next.known = false
		t.letter = b.next
		b.next = (b.next + 1) & (arenaSize - 1)
	}
}

// gatherStarts collects the tokens that may send a start bit at a step: after
// a stop element of any length, or out of a rest. None begins in silence: what
// rises out of it rests at mark first, if only for a stop element.
func (b *beam) gatherStarts(e ear, begin int64, starts *hypotheses) {
	for d := minGap; d <= maxGap; d++ {
		from := b.end(begin - int64(d))
		if from.count == 0 {
			continue
		}
		var z heard
		switch {
		case d > 0:
			z = e.markOver(begin, d)
		case d < 0:
			z = e.markOver(begin-int64(d), -d)
		}
		for i := range from.count {
			t := from.list[i]
			t.score += b.lattice.gap(int64(d)) + b.tracker.rest(&t.gains, d, z)
			starts.offer(&t, b.width)
		}
	}
	resting := b.rest(begin)
	if heldSpace(e.unitAt(begin, markTone), e.unitAt(begin, spaceTone)) {
		return
	}
	least := b.quiet(begin).score + b.lattice.silentCall + restEvidence
	for i := range resting.count {
		t := resting.list[i]
		if t.score < least {
			continue // a rest that was not heard announces nothing
		}
		t.score += b.lattice.idleStart
		starts.offer(&t, b.width)
	}
}

// heldSpace tells a unit that was plainly space, whatever a path makes of it.
// Some senders key space for a moment before they rest at mark; without a look
// at it, its end would be read as a character after an unheard rest.
func heldSpace(mark, space heard) bool {
	m, s := mark.re*mark.re+mark.im*mark.im, space.re*space.re+space.im*space.im
	return s > 8*space.noise && s > 4*m
}

// before is the letter before one, −1 if there is none any more: should the ring
// have been written over too soon, whoever walks back yet comes to an end.
func (b *beam) before(l *letter) int32 {
	if l.before >= 0 && b.arena[l.before].begin >= l.begin {
		return -1
	}
	return l.before
}

// expect is what the prior makes of the text that ends with a letter.
func (b *beam) expect(at int32) *expectation {
	if at < 0 {
		if state := b.prior.Resume(); !b.blank.known || b.blank.state != state {
			b.blank.state = state
			b.blank.look(b.prior)
		}
		return &b.blank
	}
	l := &b.arena[at]
	if !l.next.known {
		l.next.state = b.expect(b.before(l)).state
		l.shifts[0], l.shifts[1] = l.next.state.Shifts()
		b.prior.Advance(&l.next.state, l.code)
		l.next.look(b.prior)
	}
	return &l.next
}

func (x *expectation) look(m *prior.Model) {
	var logs [32]float64
	m.LogProbs(&x.state, &logs)
	for c, v := range logs {
		x.logs[c] = int16(math.Round(max(priorWeight*logScale*(v+5*math.Ln2), math.MinInt16)))
	}
	x.known = true
}

// readToken reads a frame in all the ways that are not hopeless, as a tree:
// start bit, five units of either tone, stop. What falls below least has less
// for it than a signal that has only just appeared.
func (b *beam) readToken(e ear, begin int64, t *token, least float64, out *hypotheses) {
	level, next := &b.tree[0], &b.tree[1]
	level[0] = reading{score: t.score, gains: t.gains}
	level[0].score += b.tracker.unit(&level[0].gains, spaceTone, e.unitAt(begin+stepsPerUnit, spaceTone))
	count := 1
	for bit := range 5 {
		at := begin + int64(bit+2)*stepsPerUnit
		mark, space := e.unitAt(at, markTone), e.unitAt(at, spaceTone)
		best, n := math.Inf(-1), 0
		for i := range count {
			next[n] = level[i]
			next[n].score += b.tracker.unit(&next[n].gains, markTone, mark) - math.Ln2
			next[n].code |= 1 << bit
			next[n+1] = level[i]
			next[n+1].score += b.tracker.unit(&next[n+1].gains, spaceTone, space) - math.Ln2
			best = max(best, next[n].score, next[n+1].score)
			n += 2
		}
		if best < least {
			return
		}
		count = 0
		for i := range n {
			if next[i].score > best-treeMargin {
				if i != count {
					next[count] = next[i]
				}
				count++
			}
		}
		level, next = next, level
	}
	b.closeFrame(e.unitAt(begin+frameSteps, markTone), level[:count], t, least, out)
}

// closeFrame hears the stop element after all readings of a frame and lets the
// prior have its say.
func (b *beam) closeFrame(stop heard, readings []reading, t *token, least float64, out *hypotheses) {
	var expected *expectation
	if b.prior != nil {
		expected = b.expect(t.letter)
	}
	heardBest := math.Inf(-1)
	for i := range readings {
		heardBest = max(heardBest, readings[i].score)
	}
	for i := range readings {
		leaf := &readings[i]
		grown := token{gains: leaf.gains, letter: t.letter, recent: (t.recent<<5 | uint16(leaf.code)) & recentMask}
		grown.guess = leaf.score < heardBest
		grown.score = leaf.score + b.tracker.unit(&grown.gains, markTone, stop)
		if expected != nil {
			grown.score += expected.log(leaf.code)
		}
		if grown.score > least {
			out.offer(&grown, b.width)
		}
	}
}

// enterRest collects the tokens that rest at mark now. A rest goes on in whole
// units; it is entered in eight ways, so that it can end at any step.
func (b *beam) enterRest(e ear, now int64) {
	out := b.rest(now)
	out.count = 0
	if now < stepsPerUnit {
		return
	}
	mark := e.unitAt(now, markTone)
	before := b.rest(now - stepsPerUnit)
	for i := range before.count {
		t := before.list[i]
		t.score += stepsPerUnit*b.lattice.idleStay + b.tracker.unit(&t.gains, markTone, mark)
		b.forget(&t, now)
		out.offer(&t, restWidth)
	}
	for d := idleAfter; d <= maxHop && int64(d) <= now; d++ {
		from := b.end(now - int64(d))
		if from.count == 0 {
			continue
		}
		z := e.markOver(now, d)
		t := from.list[0]
		t.score += b.lattice.toIdle + b.tracker.rest(&t.gains, d, z)
		out.offer(&t, restWidth)
	}
	b.rise(e, now, out)
}

// rise lets a signal appear out of silence, with a first rest of one to two
// units, to the step: what a whole number of units could not account for would
// be explained by a frame that was never sent.
func (b *beam) rise(e ear, now int64, out *hypotheses) {
	rival := math.Inf(-1)
	if before := b.rest(now - stepsPerUnit); before.count > 0 {
		rival = before.list[0].score - riseMargin
	}
	for d := stepsPerUnit; d < 2*stepsPerUnit; d++ {
		from := now - int64(d)
		if from < b.first || b.quiet(from).score+b.lattice.silentCall < rival {
			continue
		}
		z := e.markOver(now, d)
		t := *b.quiet(from)
		t.gains = unknown(z.mean)
		t.score += b.lattice.silentCall + b.tracker.rest(&t.gains, d, z)
		out.offer(&t, restWidth)
	}
}

func (b *beam) enterSilence(now int64) {
	best := token{score: math.Inf(-1), letter: -1}
	if now == 0 {
		best.score = 0
	} else {
		best = *b.quiet(now - 1)
		best.score += b.lattice.silentStay
	}
	if end := b.end(now); end.count > 0 && end.list[0].score+b.lattice.toSilence > best.score {
		best = end.list[0]
		best.score += b.lattice.toSilence
	}
	if rest := b.rest(now); rest.count > 0 && rest.list[0].score+b.lattice.idleLoss > best.score {
		best = rest.list[0]
		best.score += b.lattice.idleLoss
	}
	if b.lattice.alwaysOn && now > b.first {
		best.score = math.Inf(-1)
	}
	b.forget(&best, now)
	*b.quiet(now) = best
}

// forget drops the text of a token that has written none for so long that it
// is final, and its letters may be overwritten.
func (b *beam) forget(t *token, now int64) {
	if t.letter >= 0 && b.arena[t.letter].begin < now-recall {
		t.letter = -1
	}
}
