package modem

import (
	"math"

	"rtty/prior"
)

// Rules of the jury.
const (
	detuning        = 0.03     // how far its detuned jurors are off, units of baud
	juryMemory      = 1 / 400. // share of the newest look, two a unit, in a juror's standing
	juryMargin      = 6.0      // nats by which another must lead to be listened to
	rehearingMargin = 30.0     // the same once a sender is known: laws that explain him alike must not take turns
	juryWidth       = 4        // tokens of the jurors that are not listened to
	hearingUnits    = 400      // units of text after which the jury is heard only now and then
	recessUnits     = 900      // that often, units
	rehearingUnits  = 200      // and for so long
)

// juror is one opinion of what the sender is like, and the beam that decodes as
// if it were true.
type juror struct {
	law    phaseLaw
	drift  *drift  // for those who hold that the tuning is off
	offset float64 // by so much, units of baud

	beam     *beam
	standing float64 // evidence of the last seconds
	last     float64 // value of its best path when last looked at
}

// jury decodes under several assumptions side by side and listens to the one
// under which the recent past has been most likely. A wrong assumption can't
// disguise itself as a right one: it explains what was heard less well.
type jury struct {
	turning *turning

	jurors  [5]juror
	speaker int
	sitting bool
	margin  float64 // by which another must lead
	opened  bool    // just now: what came before does not count
}

func newJury(l *lattice, t *turning, model *prior.Model) *jury {
	j := &jury{turning: t}
	turn := 2 * math.Pi * detuning
	j.jurors = [5]juror{
		{law: continuousPhase}, {law: freeOscillators}, {law: anyPhase},
		{law: continuousPhase, offset: detuning, drift: newDrift(turn)},
		{law: continuousPhase, offset: -detuning, drift: newDrift(-turn)},
	}
	for i := range j.jurors {
		j.jurors[i].beam = newBeam(l, model)
	}
	j.Reset()
	return j
}

func (j *jury) Reset() {
	for i := range j.jurors {
		j.jurors[i].beam.Reset()
		j.jurors[i].standing, j.jurors[i].last = 0, 0
	}
	j.speaker, j.sitting = 0, true
}

func (j *jury) Law() phaseLaw { return j.jurors[j.speaker].law }
func (j *jury) Beam() *beam   { return j.jurors[j.speaker].beam }

// Brief gives the jurors the present model of the channel, once a unit, and
// tells how many units of the sender's text have been read.
func (j *jury) Brief(f *follower) {
	for i := range j.jurors {
		m := &j.jurors[i]
		m.beam.tracker = f.Tracker(m.law)
		m.beam.tracker.drift = m.drift
		m.beam.width = juryWidth
	}
	j.Beam().width = beamWidth
	j.margin = juryMargin
	if f.units >= hearingUnits {
		j.margin = rehearingMargin
	}
	sitting := f.units < hearingUnits || f.units%recessUnits < rehearingUnits
	if sitting && !j.sitting {
		for i := range j.jurors {
			j.jurors[i].standing = 0
		}
		j.opened = true
	}
	j.sitting = sitting
}

// Step takes the step now, as beam.Step does.
func (j *jury) Step(e ear, now int64, open bool) {
	for i := range j.jurors {
		if j.sitting || i == j.speaker {
			j.jurors[i].beam.Step(e, now, open)
		} else {
			j.jurors[i].beam.Skip(now)
		}
	}
}

// Skip takes a step of which nothing is known.
func (j *jury) Skip(now int64) {
	for i := range j.jurors {
		j.jurors[i].beam.Skip(now)
	}
}

// Vote weighs the jurors and changes the speaker if another has earned it. It
// returns by how much the tuning is off if the new speaker holds that it is.
func (j *jury) Vote(now int64, pending *[frameSteps + 1]float64) (offset float64) {
	if !j.sitting {
		return 0
	}
	best := j.speaker
	for i := range j.jurors {
		m := &j.jurors[i]
		value := m.beam.best(now, pending)
		if !j.opened {
			m.standing += value - m.last - juryMemory*m.standing
		}
		m.last = value
		if m.standing > j.jurors[j.speaker].standing+j.margin && m.standing > j.jurors[best].standing {
			best = i
		}
	}
	j.opened = false
	j.speaker = best
	if offset = j.jurors[best].offset; offset != 0 {
		j.retune(best)
	}
	return offset
}

// retune lets the tuning follow a detuned juror: seen from there, he is the one
// who holds that it is right, and the one who held that before is off to the
// other side.
func (j *jury) retune(winner int) {
	loser := 7 - winner // the juror who is off to the other side
	w, l, right := &j.jurors[winner], &j.jurors[loser], &j.jurors[0]
	w.beam, l.beam, right.beam = l.beam, right.beam, w.beam
	w.standing, l.standing, right.standing = l.standing, right.standing, w.standing
	w.last, l.last, right.last = l.last, right.last, w.last
	j.speaker = 0
}
