package modem

import (
	"math"

	"rtty/baudot"
)

// Rules of reading text off the beams.
const (
	learnAfterUnits = 8 // text is learnt from when it is that old, units
	slack           = 4 // steps by which two readings of one character may differ
)

// candidate is a way in which the text may go on, and how good it is.
type candidate struct {
	value  float64
	letter int32
}

// reader keeps the text of a receiver: what is final, what is not.
type reader struct {
	final, tail []Char

	settled    int64 // step before which text is final
	learnt     int64 // step before which the follower knows the text
	lastEnd    int64 // step at which the last final frame ended, or −1
	distrusted int64 // step before which the tones were far from the signal: what was read is not printed
	candidates []candidate
	path       []letter // the best path's letters that are not final, newest first
	pending    [frameSteps + 1]float64
}

func (t *reader) Reset() {
	t.final, t.tail = t.final[:0], t.tail[:0]
	t.settled, t.learnt, t.lastEnd, t.distrusted = 0, 0, -1, 0
	t.candidates, t.path = t.candidates[:0], t.path[:0]
}

// read takes the best path of the best beam and turns its letters into text:
// final what is old enough, provisional the rest.
func (r *Receiver) read(now int64) {
	if offset := r.jury.Vote(now, &r.text.pending); offset != 0 {
		r.tuning.Move(offset * r.signal.Baud)
	}
	silent := r.collect(r.jury.Beam(), now)
	r.listen(silent)
	r.learn(now)
	oldest := now - r.settleAfter
	r.text.tail = r.text.tail[:0]
	provisional := r.decoder
	for i := len(r.text.path) - 1; i >= 0; i-- {
		l := &r.text.path[i]
		if l.begin+frameSteps > oldest {
			if l.begin < r.text.distrusted {
				continue
			}
			r.text.tail = append(r.text.tail, r.char(l, &provisional))
			continue
		}
		r.settle(l)
		provisional = r.decoder
	}
}

// collect lists the ways the text may go on and follows the best back to what
// is settled. It tells whether that one is silent.
func (r *Receiver) collect(b *beam, now int64) (silent bool) {
	t := &r.text
	t.candidates = b.candidates(t.candidates[:0], now, &t.pending)
	t.path = t.path[:0]
	best := candidate{value: math.Inf(-1), letter: -1}
	for _, c := range t.candidates {
		if c.value > best.value {
			best = c
		}
	}
	for at := best.letter; at >= 0; {
		if b.prior != nil {
			b.expect(at)
		}
		l := &b.arena[at]
		if l.begin < t.settled-slack || l.begin < now-recall {
			break
		}
		t.path = append(t.path, *l)
		at = b.before(l)
	}
	t.chooseShifts()
	return best.value <= b.quiet(now).score
}

// chooseShifts settles in which shift the letters of the path are read. What
// comes after a letter helps to tell, up to the next shift.
func (t *reader) chooseShifts() {
	known, second := false, false
	for i := range t.path {
		l := &t.path[i]
		if stays, unshifts := l.next.state.Shifts(); stays == unshifts {
			known = false
		} else if !known {
			known, second = true, l.next.state.Unshifts()
		}
		l.shift = l.shifts[0]
		if known && second {
			l.shift = l.shifts[1]
		}
	}
}

// listen counts how long there has been nothing.
func (r *Receiver) listen(silent bool) {
	if !silent {
		r.silence = 0
		return
	}
	r.silence += stepsPerUnit / 2
	if float64(r.silence) > lostSeconds*r.signal.Baud*stepsPerUnit && r.levels.locked {
		r.levels.Lost()
		r.tuning.search.Forget()
		r.follower.Forget(r.levels.Mean())
		if r.cache != nil {
			r.cache.Pause()
		}
		r.text.lastEnd = -1
	}
}

// settle makes a letter final.
func (r *Receiver) settle(l *letter) {
	c := r.char(l, &r.decoder)
	t := &r.text
	if t.lastEnd >= 0 {
		r.lattice.Saw(l.begin - t.lastEnd)
	}
	t.settled = l.begin + frameSteps
	t.lastEnd = t.settled
	if l.begin < t.distrusted {
		return
	}
	if r.cache != nil {
		r.cache.Learn(c.Code, c.P)
	}
	r.quality += 0.1 * (c.P - r.quality)
	if (r.config.Squelch <= 0 || c.P >= r.config.Squelch) && !r.cutOff(&c) {
		t.final = append(t.final, c)
	}
}

// cutOff tells whether the stream ended before the character's last data unit
// was over: what the rest of it was is a guess.
func (r *Receiver) cutOff(c *Char) bool {
	unit := (c.End - c.Start) / frameUnits
	return r.flushing && c.End-unit > r.origin+r.ended
}

// char is a letter with what is known of it.
func (r *Receiver) char(l *letter, decoder *baudot.Decoder) Char {
	c := Char{
		Code: l.code, Rune: decoder.Decode(l.code), P: r.probability(l),
		Start: r.source(l.begin), End: r.source(l.begin + frameSteps),
	}
	if r.model != nil {
		c.Rune = r.signal.Code.Rune(l.code, l.shift)
		c.FromPrior = l.guess
	}
	return c
}

// learn lets levels and follower take the text that has grown old enough.
func (r *Receiver) learn(now int64) {
	t := &r.text
	for i := len(t.path) - 1; i >= 0; i-- {
		l := &t.path[i]
		end := l.begin + frameSteps
		if end > now-learnAfterUnits*stepsPerUnit || l.begin < t.learnt-slack {
			continue
		}
		r.learnGap(l.begin - t.learnt)
		t.learnt = end
		for unit := 1; unit <= frameUnits; unit++ {
			sent := l.tone(unit)
			obs := r.at(l.begin + int64(unit)*stepsPerUnit)
			r.levels.Unit(sent, obs.energy[markTone], obs.energy[spaceTone])
			r.follower.Unit(r.jury.Law(), sent, r.unitAt(l.begin+int64(unit)*stepsPerUnit, sent))
		}
	}
}

// learnGap takes the mark between two letters.
func (r *Receiver) learnGap(gap int64) {
	end := r.text.learnt + gap
	switch {
	case gap < minGap:
	case gap < 0:
		r.follower.Rest(int(gap), r.markOver(end-gap, int(-gap)))
	case gap > latticeSteps/4:
		r.follower.Lose(r.levels.Mean())
	default:
		for gap >= maxHop {
			r.follower.Rest(stepsPerUnit, r.markOver(end-gap+stepsPerUnit, stepsPerUnit))
			gap -= stepsPerUnit
		}
		r.follower.Rest(int(gap), r.markOver(end, int(gap)))
	}
}

// pendings fills in how the frames that are still being heard do.
func (b *beam) pendings(now int64, pending *[frameSteps + 1]float64) {
	for ago := range pending {
		begin := now - int64(ago)
		pending[ago] = math.Inf(-1)
		if begin >= 0 && ago > 0 && ago < frameSteps {
			pending[ago] = b.lattice.Pending(begin)
		}
	}
}

// onward is the best that can have followed a frame that ended at a step.
func (b *beam) onward(end, now int64, pending *[frameSteps + 1]float64) float64 {
	best := math.Inf(-1)
	if now-end <= maxHop {
		best = b.lattice.restBetween(end, now)
	}
	for d := int64(minGap); d <= maxGap && end+d <= now; d++ {
		if ago := now - end - d; ago <= frameSteps {
			best = max(best, b.lattice.gap(d)+b.lattice.restBetween(end, end+d)+pending[ago])
		}
	}
	return best
}

// visit calls do with every list of tokens from which the present can have
// come, and with what has followed it.
func (b *beam) visit(now int64, pending *[frameSteps + 1]float64, do func(tokens []token, onward float64)) {
	b.pendings(now, pending)
	for ago := int64(0); ago <= frameSteps+maxGap && ago <= now; ago++ {
		if ends := b.end(now - ago); ends.count > 0 {
			do(ends.list[:ends.count], b.onward(now-ago, now, pending))
		}
		if ago > frameSteps {
			continue
		}
		begun := b.lattice.idleStart + pending[ago]
		if rests := b.rest(now - ago); rests.count > 0 {
			onward := begun
			if ago < stepsPerUnit {
				onward = max(begun, b.lattice.restBetween(now-ago, now))
			}
			do(rests.list[:rests.count], onward)
		}
	}
	do(b.silent[now&(beamSteps-1):][:1], 0)
}

// best is the value of the best way to the present.
func (b *beam) best(now int64, pending *[frameSteps + 1]float64) float64 {
	best := math.Inf(-1)
	b.visit(now, pending, func(tokens []token, onward float64) {
		best = max(best, tokens[0].score+onward)
	})
	return best
}

// candidates appends all ways to the present.
func (b *beam) candidates(dst []candidate, now int64, pending *[frameSteps + 1]float64) []candidate {
	b.visit(now, pending, func(tokens []token, onward float64) {
		for i := range tokens {
			if v := tokens[i].score + onward; !math.IsInf(v, -1) {
				dst = append(dst, candidate{v, tokens[i].letter})
			}
		}
	})
	return dst
}

// shares tells whether the text that ends with a letter of the arena has l in
// it.
func (b *beam) shares(at int32, l *letter) bool {
	for at >= 0 {
		other := &b.arena[at]
		if other.begin <= l.begin+slack {
			return other.code == l.code && other.begin >= l.begin-slack
		}
		at = b.before(other)
	}
	return false
}
