package modem

import "math"

// The channel correlations from unit to unit that are held possible: from a
// steady carrier to flutter.
var rhos = [...]float64{0.9997, 0.9985, 0.995, 0.985, 0.96, 0.9, 0.75, 0.4}

// Constants of the follower.
const (
	startRho       = 4        // index in rhos until something is known
	evidenceMemory = 1 / 240. // share of the newest unit in the evidence for a law
	frequencyGain  = 0.03     // of the second-order loop on the tones
	turnGain       = 0.02     // of the loop on the turn per unit
	mostTurn       = 0.03     // largest relative error of the speed that is followed
	reliableUnits  = 20       // units before the loops are trusted to move anything
)

// follower runs behind the decoder over the text that it has decided and
// learns from it: how each phase law and each steadiness of the channel would
// have predicted what was heard, how the tones are off, and how the speed is.
type follower struct {
	unit float64 // seconds in a unit, nominal

	steady   [len(rhos)]*steadiness
	turning  *turning
	trackers [phaseLaws][len(rhos)]gainTracker
	gains    [phaseLaws][len(rhos)][2]gain
	evidence [phaseLaws][len(rhos)]float64
	best     [phaseLaws]int // index of the best rho
	since    [2]int         // units since each tone was last heard
	units    int
	error    [2]float64 // frequency correction that is due, Hz
	speed    float64    // correction of the turn, radians per unit
}

func newFollower(sig Signal, turning *turning) *follower {
	f := &follower{unit: 1 / sig.Baud, turning: turning}
	for i, rho := range rhos {
		f.steady[i] = newSteadiness(rho)
	}
	f.Reset()
	return f
}

func (f *follower) Reset() {
	*f = follower{unit: f.unit, steady: f.steady, turning: f.turning}
	for law := range f.trackers {
		f.best[law] = startRho
		for r := range rhos {
			f.trackers[law][r] = gainTracker{law: phaseLaw(law), steady: f.steady[r], turning: f.turning}
		}
	}
}

// Lose forgets the gains: what comes next has nothing to do with what was.
func (f *follower) Lose(mean [2]float64) {
	for law := range f.gains {
		for r := range f.gains[law] {
			f.gains[law][r] = unknown(mean)
		}
	}
	f.since, f.units = [2]int{}, 0
}

// Forget forgets the channel too: who comes next is a stranger, or is heard for
// the first time where he is.
func (f *follower) Forget(mean [2]float64) {
	f.Lose(mean)
	for law := range f.best {
		f.best[law] = startRho
		f.evidence[law] = [len(rhos)]float64{}
	}
}

// Unit takes a unit of decided text. law is that of the decoder, whose
// innovations drive the loops.
func (f *follower) Unit(law phaseLaw, tone int, z heard) {
	f.measure(law, tone, z)
	for l := range f.trackers {
		best := 0
		for r := range f.trackers[l] {
			llr := f.trackers[l][r].unit(&f.gains[l][r], tone, z)
			e := &f.evidence[l][r]
			*e += evidenceMemory * (llr - *e)
			if *e > f.evidence[l][best] {
				best = r
			}
		}
		f.best[l] = best
	}
	f.since[tone], f.since[1-tone] = 1, f.since[1-tone]+1
	f.units++
}

// Rest takes a stretch of mark of so many steps.
func (f *follower) Rest(steps int, z heard) {
	for l := range f.trackers {
		for r := range f.trackers[l] {
			f.trackers[l][r].rest(&f.gains[l][r], steps, z)
		}
	}
}

// measure compares a unit with what was predicted of it. Within a run of one
// tone only its frequency can turn the phase; from run to run it is, for a
// continuous-phase sender, the speed as well. So the first drives the
// frequencies and the second the speed.
func (f *follower) measure(law phaseLaw, tone int, z heard) {
	r := min(f.best[law], startRho)
	g := &f.gains[law][r][tone]
	if f.units < reliableUnits || f.since[tone] == 0 {
		return
	}
	// The sine of the phase error, weighed by how much of the unit is signal.
	power := g.power()
	sine := (z.im*g.re - z.re*g.im) / (power + g.variance + z.noise)
	weight := g.variance / (g.variance + z.noise)
	switch {
	case f.since[tone] == 1:
		f.error[tone] += frequencyGain * weight * sine / (2 * math.Pi * f.unit)
	case law == freeOscillators && f.since[tone] < 6:
		f.error[tone] += frequencyGain * weight * sine / (2 * math.Pi * f.unit) / float64(f.since[tone])
	case law == continuousPhase && f.since[tone] < 6:
		direction := 1.0
		if tone == spaceTone {
			direction = -1
		}
		f.speed += turnGain * direction * weight * sine / float64(f.since[tone]-1)
	}
}

// Corrections gives what the loops want changed, the tones in Hz and the turn
// in radians per unit, and considers it done.
func (f *follower) Corrections() (hz [2]float64, turn float64) {
	hz, turn = f.error, f.speed
	f.error, f.speed = [2]float64{}, 0
	return hz, turn
}

// Tracker is the one that explains a law best.
func (f *follower) Tracker(law phaseLaw) gainTracker { return f.trackers[law][f.best[law]] }
