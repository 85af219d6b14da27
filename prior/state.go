package prior

import (
	"rtty/baudot"
	"rtty/prior/ngram"
)

// A State is what a hypothesis about the codes so far says of the next one. It
// is a small value: copy it to branch. Make it with [Model.Start].
type State struct {
	// How receivers without and with USOS read.
	plain, unshift reading

	weights [experts]float32
	spaces  spaceWeights

	// figures is the probability that plain is right where the readings differ in
	// the shift in which the text began, and not in the sender's way with spaces;
	// 0 where that is known.
	figures float32

	// Habits of the sender, see sender.go.
	beforeSpace habit // LTRS before a space
	doubled     habit // shifts sent twice
	lineShift   habit // a shift in every line, needed or not

	run    uint8 // how many times the shift that came last has come, 0 after all else
	needed bool  // that shift changed how someone reads
	blank  bool  // the last code was Blank
}

// A reading is the text so far and the shift the next code is read in.
type reading struct {
	context ngram.Context
	shift   baudot.Shift
}

func (r reading) after(c baudot.Code, usos bool) reading {
	if sym, ok := ngram.SymbolOf(c, r.shift); ok {
		r.context = r.context.Push(sym)
	}
	r.shift = r.shift.After(c, usos)
	return r
}

// Start is the state before the first code. Most overs begin in letters, but who
// tunes in during figures hears no shift for a while.
func (m *Model) Start() State {
	r := reading{context: ngram.Nothing()}
	s := State{
		plain: r, unshift: r,
		weights: m.start, spaces: m.spaces,
		beforeSpace: seldom, doubled: seldom, lineShift: seldom,
	}
	s.enter(baudot.Figures)
	return s
}

// figuresAtFirst is how probable it is that somebody who tunes in does so during
// figures, or after a fade before which there were.
const figuresAtFirst = 0.1

// inFigures is the probability above which a text is taken to have begun so.
const inFigures = 0.9

// enter begins to read in letters as well as in another shift, if that is one.
func (s *State) enter(other baudot.Shift) {
	s.plain.shift, s.unshift.shift, s.figures = other, baudot.Letters, 0
	if other != baudot.Letters {
		s.figures = figuresAtFirst
	}
}

// agree ends the doubt about the first shift once another has come, which both
// readings follow.
func (s *State) agree() {
	if s.figures > 0 && s.plain.shift == s.unshift.shift {
		r := s.reading()
		s.plain, s.unshift, s.figures = r, r, 0
	}
}

// odds are the probabilities of the spacings that count now: of the sender's, or
// of the two shifts in which the text may have begun.
func (s *State) odds() spaceWeights {
	if s.figures > 0 {
		return spaceWeights{stays: s.figures, unshifts: 1 - s.figures}
	}
	return s.spaces
}

// Resume is the state where text goes on of which a hypothesis no longer has
// the last characters: after all that the cache has learnt. Without a cache it
// is that of Start.
func (m *Model) Resume() State {
	if m.cache == nil {
		return m.Start()
	}
	return m.cache.state
}

// again is the state before an over that may be by the same station or not:
// half of what is known of the last one holds. Letters are likelier than the
// shift in which that ended, though it may have been but a fade.
func (m *Model) again(s State) State {
	fresh := m.Start()
	for i, w := range fresh.weights {
		s.weights[i] = (s.weights[i] + w) / 2
	}
	for h, w := range fresh.spaces {
		s.spaces[h] = (s.spaces[h] + w) / 2
	}
	last := s.Shift()
	s.plain.context, s.unshift = fresh.plain.context, fresh.unshift
	s.run, s.needed, s.blank = 0, false, false
	s.enter(last)
	return s
}

// Context tells states apart that expect different text: those with the same
// last four characters and shifts are the same to it, however they came there.
func (s State) Context() uint32 {
	const characters = 4
	last := func(r reading) uint32 {
		return uint32(r.context.Last(characters))<<1 | uint32(r.shift&1)
	}
	c := last(s.plain)
	if s.unshift != s.plain {
		c ^= last(s.unshift) * 2654435769
	}
	return c<<1 ^ uint32(min(s.run, 1))
}

// Shift is the shift that the next code is read in by a receiver that does
// what this sender expects.
func (s State) Shift() baudot.Shift {
	return s.reading().shift
}

// Shifts are those that the next code may be read in: by who stays in figures
// after a space, or has come into the text in figures, and by who does not.
func (s State) Shifts() (stays, unshifts baudot.Shift) { return s.plain.shift, s.unshift.shift }

// Unshifts tells which of the two is right, as far as is known.
func (s State) Unshifts() bool {
	odds := s.odds()
	return odds[unshifts] > odds[stays]
}

// reading is how a receiver reads that does what this sender expects.
func (s *State) reading() reading {
	if s.Unshifts() {
		return s.unshift
	}
	return s.plain
}

// USOS is the probability that the sender counts on receivers to unshift on
// space, if it counts on anything; one half as long as nothing told.
func (s State) USOS() float64 {
	return float64(s.spaces[unshifts] / (s.spaces[unshifts] + s.spaces[stays]))
}

// A Weight is an expert's part in what is expected.
type Weight struct {
	Name   string
	Weight float64
}

// Weights are the parts of all experts, which sum to one.
func (m *Model) Weights(s *State) []Weight {
	all := make([]Weight, experts)
	for i, name := range append(tabled[:], "uniform") {
		all[i] = Weight{name, float64(s.weights[i])}
	}
	return all
}

// follow takes c into the readings.
func (s *State) follow(c baudot.Code) {
	s.blank = c == baudot.Blank
	if s.blank {
		return
	}
	if c == baudot.Space && s.figures > inFigures {
		s.unshift, s.figures = s.plain, 0 // what the sender does at spaces is the question from now on
	}
	plain, unshift := s.plain.after(c, false), s.unshift.after(c, true)
	if c != baudot.LTRS && c != baudot.FIGS {
		s.run, s.needed = 0, false
	} else {
		changed := plain.shift != s.plain.shift || unshift.shift != s.unshift.shift
		if s.run == 0 || changed {
			s.run, s.needed = 0, changed
		}
		s.run = min(s.run+1, 3)
	}
	s.plain, s.unshift = plain, unshift
	s.agree()
}
