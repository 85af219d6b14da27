// Package prior tells how probable each five-unit code is, after those that
// came before it, from what stations commonly send.
//
// A receiver that has to choose between two codes equally like what it heard
// takes the one that makes sense: after TH rather E than X. This package holds
// that sense as numbers. They only ever tip a balance: what is heard clearly
// beats them.
//
// # Experts
//
// Nobody knows beforehand what a station will send, so several experts look at
// the same text, each a table of which characters follow which: contacts of
// amateurs, contests, English, other languages, weather reports, test loops,
// random groups. One more, uniform, expects every code alike. Their opinions are averaged by how
// well each has done lately, by Bayes' rule in every code, so that a few
// groups of a weather report turn the average to weather. Text that suits none
// of them is left to uniform, and loses next to nothing.
//
// # Senders
//
// The tables speak of characters. Which codes carry them depends on the
// sender: all send FIGS before digits that follow letters, but after a space
// that follows digits some count on the receiver to have gone back to letters
// (unshift on space, USOS), some on its having stayed in figures, and some
// shift explicitly to be safe. A [State] weighs these three as it goes, and
// watches for other habits: LTRS before every space, shifts sent twice or anew
// in every line, LTRS or blanks in pauses.
//
// # Repetition
//
// Stations repeat themselves: calls, numbers and names are sent two or three
// times for safety and come again in every over. A [Cache] remembers the text
// received and expects it to come again.
//
// # Use
//
// A decoder that follows many hypotheses gives each its own State, a small
// value to be copied. [Model.LogProbs] tells what may come next, and
// [Model.Advance] takes what the hypothesis says has come.
//
// The tables are counted by the command in the directory count, from texts
// that docs/prior.md names.
package prior

import (
	"math"

	"rtty/baudot"
	"rtty/prior/ngram"
)

// A Model is what the experts know. It is immutable, and safe for concurrent
// use if it has no cache.
type Model struct {
	tables [uniform]*ngram.Table // nil for an expert that isn't asked
	start  [experts]float32      // weights at the beginning; 0 for one that isn't asked
	spaces spaceWeights          // of the sender's habits at spaces
	cache  *Cache                // or nil

	// Who tells by a text how its sender shifts where no expert is asked what
	// comes next: that costs a text nothing that fits none.
	judges *[uniform]*ngram.Table // nil where the experts do
}

// Expects tells whether anything is expected of the text: of "none" it is not.
func (m *Model) Expects() bool { return m.judges == nil }

// WithUSOS is the same model for a sender that is known to count on unshift on
// space, or known not to.
func (m *Model) WithUSOS(usos bool) *Model {
	fixed := *m
	if usos {
		fixed.spaces[stays] = 0
	} else {
		fixed.spaces[unshifts] = 0
	}
	fixed.spaces.normalize()
	return &fixed
}

// Staying is the same model for a service whose senders do not count on unshift
// on space, as long as this one has not shown otherwise.
func (m *Model) Staying() *Model {
	const likelier = 30
	staying := *m
	staying.spaces[stays] *= likelier
	staying.spaces.normalize()
	return &staying
}

const (
	// share of the weights is dealt anew in every code, so that no expert is
	// forgotten for good.
	share = 0.04

	// negligible is the weight below which an expert isn't asked.
	negligible = 0.02
)

// LogProbs sets dst to the natural logarithm of the probability that each code
// comes next. The probabilities sum to one.
func (m *Model) LogProbs(s *State, dst *[32]float64) {
	var p [32]float64
	m.average(s, &p)
	if m.cache != nil {
		m.cache.recall(s, &p)
	}
	for c := range dst {
		dst[c] = ln(p[c])
	}
}

// average sets p to the average of the experts.
func (m *Model) average(s *State, p *[32]float64) {
	asked := s.weights
	sum := 0.0
	for i, t := range m.tables {
		if t == nil || asked[i] < negligible {
			asked[i] = 0
		}
		sum += float64(asked[i])
	}
	asked[uniform] = 0
	m.expect(s, &asked, sum, p)
	for c := range p {
		p[c] += (1 - sum) / 32
	}
}

// expect sets p to what the experts with these weights, which sum to sum,
// expect of the sender.
func (m *Model) expect(s *State, weights *[experts]float32, sum float64, p *[32]float64) {
	*p = [32]float64{}
	if s.plain == s.unshift {
		m.text(s, s.plain, weights, p)
		s.transmit(p, sum)
		return
	}
	for h, w := range s.odds() {
		if w == 0 {
			continue
		}
		var row [32]float64
		m.expectBy(s, spacing(h), weights, sum, &row)
		for c := range p {
			p[c] += float64(w) * row[c]
		}
	}
}

// expectBy adds to row what the experts expect of one kind of sender.
func (m *Model) expectBy(s *State, h spacing, weights *[experts]float32, sum float64, row *[32]float64) {
	r := s.unshift
	if h == stays {
		r = s.plain
	}
	m.text(s, r, weights, row)
	if h == shifts && s.plain.shift != s.unshift.shift {
		anew(row)
	}
	s.transmit(row, sum)
}

// text adds up the rows of the experts. After a shift each is divided by the
// probability that its text called for one, as Bayes' rule demands.
func (m *Model) text(s *State, r reading, weights *[experts]float32, row *[32]float64) {
	for i, w := range weights {
		if w == 0 || i == uniform {
			continue
		}
		if s.run == 0 {
			m.tables[i].Add(r.context, r.shift, float64(w), row)
			continue
		}
		var alone [32]float64
		m.tables[i].Add(r.context, r.shift, 1, &alone)
		w := float64(w) / s.reasons(&alone)
		for c := range row {
			row[c] += w * alone[c]
		}
	}
}

// Advance takes c as the code that came: the experts and habits that expected
// it gain weight.
func (m *Model) Advance(s *State, c baudot.Code) {
	c &= 31
	m.learn(s, c)
	s.watch(c)
	s.follow(c)
}

// learn weighs the experts by Bayes' rule, and the spacings where they matter.
func (m *Model) learn(s *State, c baudot.Code) {
	var bySpacing [spacings]float64
	var p [experts]float32
	apart := s.plain != s.unshift
	for i, t := range m.tables {
		switch {
		case t == nil:
		case apart:
			p[i] = float32(m.probApart(s, i, c, &bySpacing))
		case s.run > 0:
			var row [32]float64
			m.expect(s, only(i), 1, &row)
			p[i] = float32(row[c])
		default:
			p[i] = float32(s.sent(t, c))
		}
	}
	p[uniform] = 1.0 / 32
	s.weigh(&p, &m.start)
	switch {
	case !apart:
		return
	case m.judges != nil:
		judge := Model{tables: *m.judges, start: startWeights}
		judge.judge(s, c, &bySpacing)
	case s.figures > 0:
		// The experts' weights have been learnt from the likelier reading, and
		// would go on to find it likelier.
		m.judge(s, c, &bySpacing)
	default:
		for h := range bySpacing {
			bySpacing[h] += float64(s.weights[uniform]) / 32
		}
	}
	s.weighOdds(&bySpacing, &m.spaces)
}

// judge adds to the probabilities by spacing what all experts give to c.
func (m *Model) judge(s *State, c baudot.Code, bySpacing *[spacings]float64) {
	for h, w := range s.odds() {
		if w == 0 {
			continue
		}
		var row [32]float64
		m.expectBy(s, spacing(h), &m.start, 1, &row)
		bySpacing[h] = row[c] + float64(m.start[uniform])/32
	}
}

// weighOdds applies Bayes' rule to the odds of the readings, with the
// probabilities of what came by each.
func (s *State) weighOdds(p *[spacings]float64, start *spaceWeights) {
	if s.figures == 0 {
		s.spaces.learn(*p, start)
		return
	}
	const least = 1e-3 // nothing is ruled out
	f, l := float64(s.figures)*p[stays], float64(1-s.figures)*p[unshifts]
	s.figures = float32(min(max(f/(f+l), least), 1-least))
}

// only gives all weight to one expert.
func only(i int) *[experts]float32 {
	var w [experts]float32
	w[i] = 1
	return &w
}

// probApart is what expert i gave to c where receivers read differently. It
// adds its part to the probabilities by spacing.
func (m *Model) probApart(s *State, i int, c baudot.Code, bySpacing *[spacings]float64) float64 {
	sum := 0.0
	for h, w := range s.odds() {
		if w == 0 {
			continue
		}
		var row [32]float64
		m.expectBy(s, spacing(h), only(i), 1, &row)
		sum += float64(w) * row[c]
		bySpacing[h] += float64(s.weights[i]) * row[c]
	}
	return sum
}

// weigh multiplies the weights by p and deals a share of them anew.
func (s *State) weigh(p, start *[experts]float32) {
	sum := float32(0)
	for i := range s.weights {
		s.weights[i] *= p[i]
		sum += s.weights[i]
	}
	for i := range s.weights {
		s.weights[i] = s.weights[i]/sum*(1-share) + start[i]*share
	}
}

// ln is the natural logarithm of a positive x, exact to 1e-8. It takes a third
// of the time of math.Log, and every code of every hypothesis needs one.
func ln(x float64) float64 {
	const (
		mantissa = 52
		index    = 8
	)
	bits := math.Float64bits(x)
	exponent := int(bits>>mantissa) - 1023
	t := &logs[bits>>(mantissa-index)&(1<<index-1)]
	r := math.Float64frombits(bits&(1<<mantissa-1)|1023<<mantissa)*t.inverse - 1
	return float64(exponent)*math.Ln2 + t.log + r - r*r/2 + r*r*r/3
}

// logs are the logarithms and inverses of 256 numbers from 1 to 2.
var logs = func() (t [256]struct{ inverse, log float64 }) {
	for i := range t {
		x := 1 + (float64(i)+0.5)/float64(len(t))
		t[i].inverse, t[i].log = 1/x, math.Log(x)
	}
	return t
}()
