package modem

import "math"

// Rules of the AFC.
const (
	pullIn      = 0.08 // a search result so far off moves the tones while nothing is locked, units of baud
	pullLeast   = 0.02 // the same of a signal that stands out well, whose tuning is found the better
	pullAway    = 0.2  // so far off, and for so long, even a locked receiver is wrong
	fixedReach  = 0.05 // with the AFC off: what it takes to keep phase, and no more
	awaySeconds = 1.0
	strange     = 0.12 // off by so much, nothing is read that can be trusted
	settleUnits = 60   // units of text after which the follower knows better than the search
)

// tuning holds the tones that the receiver listens on. A search finds the
// signal, loops that the follower drives keep it; the shift is free within
// limits, so that senders with other shifts than their nominal one keep phase.
type tuning struct {
	signal Signal // as tuned by the user
	reach  float64
	fixed  bool

	search *tuningSearch

	tone  [2]float64 // present frequencies, Hz
	speed float64    // turn per unit beyond what tones and nominal speed make, radians
	away  int        // units for which the search has disagreed
}

func newTuning(sig Signal, center, rate float64, afc bool) *tuning {
	t := &tuning{signal: sig, reach: trialSpacing * trialsEachSide * sig.Baud, fixed: !afc}
	if t.fixed {
		t.reach = fixedReach * sig.Baud
	}
	t.search = newTuningSearch(sig, center, rate)
	t.Reset()
	return t
}

func (t *tuning) Reset() {
	t.tone = [2]float64{t.signal.Mark, t.signal.Space}
	t.speed, t.away = 0, 0
	t.search.Reset()
}

// Turn is 2π times the units of phase that space gains on mark in a unit.
func (t *tuning) Turn() float64 {
	return 2*math.Pi*(t.tone[spaceTone]-t.tone[markTone])/t.signal.Baud + t.speed
}

// Speed is the sender's speed over the nominal one, less one.
func (t *tuning) Speed() float64 {
	return -t.speed / (2 * math.Pi * (t.tone[spaceTone] - t.tone[markTone]) / t.signal.Baud)
}

// Acquire looks at the search once a unit. It tells by how many hertz the tones
// have moved.
func (t *tuning) Acquire(lockedUnits int) float64 {
	if t.fixed {
		return 0
	}
	offset, prominence := t.search.Offset()
	present := (t.tone[markTone] + t.tone[spaceTone] - t.signal.Mark - t.signal.Space) / 2
	off := math.Abs(offset - present)
	limit := max(pullIn/math.Sqrt(prominence), pullLeast) * t.signal.Baud
	if lockedUnits > settleUnits {
		limit = pullAway * t.signal.Baud
	}
	if prominence == 0 || off < limit {
		t.away = 0
		return 0
	}
	if t.away++; lockedUnits > settleUnits && float64(t.away) < awaySeconds*t.signal.Baud {
		return 0
	}
	t.away = 0
	t.tone = [2]float64{t.signal.Mark + offset, t.signal.Space + offset}
	return off
}

// Move shifts both tones, within reach.
func (t *tuning) Move(hz float64) { t.Correct([2]float64{hz, hz}, 0) }

// Correct applies what the follower's loops want.
func (t *tuning) Correct(hz [2]float64, turn float64) {
	nominal := [2]float64{t.signal.Mark, t.signal.Space}
	for i := range t.tone {
		t.tone[i] = min(max(t.tone[i]+hz[i], nominal[i]-t.reach), nominal[i]+t.reach)
	}
	most := mostTurn * 2 * math.Pi * t.signal.Shift() / t.signal.Baud
	t.speed = min(max(t.speed+turn, -most), most)
}
