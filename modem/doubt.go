package modem

import "math"

// What the beams know is too sure: they have dropped most stories, and the
// channel is not as simple as their model of it. So the probability of a
// character is made of what its rivals, the prior and the energies of its own
// frame say, by a logistic function whose numbers were fitted to 54,000
// characters, with and without prior, in white noise and in fading.
const (
	plainTrust  = 0.6  // logarithm of the odds of a character of which nothing else is known
	rivalTrust  = 4.2  // most that the weight of its rivals adds
	lateTrust   = 3.2  // the same when looking ahead: by then most rivals have been dropped
	rivalScale  = 10.0 // nats that count as much
	priorTrust  = 0.2  // of what the prior gives its code
	guessDoubt  = 1.5  // taken off where the prior preferred it to what was heard
	blindDoubt  = 0.9  // where there is no prior
	clearTrust  = 1.0  // for each nat by which its least clear unit is clearer than leastClear
	leastClear  = 1.0
	mostClear   = 7.0
	mostRivalry = 40.0 // nats below the best at which a story has no weight
)

// probability is how likely it is that a letter of the best path is right.
func (r *Receiver) probability(l *letter) float64 {
	trust := rivalTrust
	if r.config.LookAhead {
		trust = lateTrust
	}
	odds := plainTrust + trust*math.Tanh(r.rivalry(l)/rivalScale)
	odds += clearTrust * (min(max(r.clarity(l), leastClear), mostClear) - leastClear)
	if b := r.jury.Beam(); b.prior != nil && b.prior.Expects() {
		odds += priorTrust * b.expect(b.before(l)).log(l.code)
	} else {
		odds -= blindDoubt
	}
	if l.guess {
		odds -= guessDoubt
	}
	return 1 / (1 + math.Exp(-odds))
}

// rivalry is the logarithm of the weight of all the ways to go on that have a
// letter in their text, over the weight of those that have not.
func (r *Receiver) rivalry(l *letter) float64 {
	b, best := r.jury.Beam(), math.Inf(-1)
	for _, c := range r.text.candidates {
		best = max(best, c.value)
	}
	least := math.Exp(-mostRivalry)
	agree, differ := least, least
	for _, c := range r.text.candidates {
		if c.value < best-mostRivalry {
			continue
		}
		weight := math.Exp(c.value - best)
		if b.shares(c.letter, l) {
			agree += weight
		} else {
			differ += weight
		}
	}
	return math.Log(agree / differ)
}

// clarity is by how much the energies of a frame speak for its letter where
// they do so least, in nats.
func (r *Receiver) clarity(l *letter) float64 {
	least := math.Inf(1)
	for unit := 1; unit <= frameUnits; unit++ {
		llr := &r.at(l.begin + int64(unit)*stepsPerUnit).llr
		sent := l.tone(unit)
		least = min(least, llr[sent]-llr[1-sent])
	}
	return least
}
