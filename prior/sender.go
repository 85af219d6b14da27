package prior

import (
	"rtty/baudot"
	"rtty/prior/ngram"
)

// A spacing is what a sender does after a space that follows figures.
type spacing uint8

const (
	shifts   spacing = iota // sends a shift before whatever needs one
	stays                   // counts on receivers to have stayed in figures
	unshifts                // counts on receivers to have returned to letters
	spacings = 3
)

// spaceWeights are the probabilities of the spacings.
type spaceWeights [spacings]float32

var startSpaces = spaceWeights{shifts: 0.4, stays: 0.3, unshifts: 0.3}

func (w *spaceWeights) normalize() {
	sum := w[0] + w[1] + w[2]
	for i := range w {
		w[i] /= sum
	}
}

// learn applies Bayes' rule: p are the probabilities of what came by the
// spacings. Each but those ruled out keeps a little of what it had at the
// start, for senders change.
func (w *spaceWeights) learn(p [spacings]float64, start *spaceWeights) {
	const keep = 0.006
	sum := float32(0)
	for i := range w {
		if w[i] > 0 {
			w[i] *= float32(p[i])
			sum += w[i]
		}
	}
	for i := range w {
		if w[i] > 0 {
			w[i] = w[i]/sum + keep*start[i]
		}
	}
	w.normalize()
}

// A habit is how regularly a sender does a thing, from the last times it could.
type habit uint8

const (
	never habit = iota
	seldom
	often
	always
)

func (h habit) probability() float64 {
	return [...]float64{0.004, 0.04, 0.5, 0.96}[h&3]
}

func (h habit) seen(done bool) habit {
	if done {
		return min(h+1, always)
	}
	return max(h, 1) - 1
}

// Shifts and blanks that the text doesn't call for: diddles in a pause, and
// noise.
const (
	idleAtAll   = 0.003 // that the sender idles before a character
	idleAtStart = 0.3   // the same before the first character
	idleOn      = 0.7   // that another diddle follows two, and so on

	againAfterOne = 0.1 // that another follows one
)

// idleCode is how often an idling sender begins with c.
func idleCode(c baudot.Code) float64 {
	switch c {
	case baudot.LTRS:
		return 0.85
	case baudot.FIGS:
		return 0.1
	case baudot.Blank:
		return 0.05
	}
	return 0
}

// idle is the probability that a code comes that the text doesn't call for.
func (s *State) idle() float64 {
	switch s.unshift.context.Last(1) {
	case lastLF:
		return s.lineShift.probability()
	case lastUnknown:
		return idleAtStart
	}
	return idleAtAll
}

const (
	lastLF      = 0x02
	lastUnknown = 0x1f
)

// printing are the codes that read differently in letters and figures.
func printing(c baudot.Code) bool {
	switch c {
	case baudot.Blank, baudot.LF, baudot.Space, baudot.CR, baudot.FIGS, baudot.LTRS:
		return false
	}
	return true
}

// anew turns a row of a sender that counts on letters into that of one who
// sends the shift before every character that needs one.
func anew(row *[32]float64) {
	for c := range row {
		if printing(baudot.Code(c)) {
			row[baudot.LTRS] += row[c]
			row[c] = 0
		}
	}
}

// transmit turns a row of what the text calls for into codes on the air, which
// sum to sum.
func (s *State) transmit(row *[32]float64, sum float64) {
	if s.run == 0 {
		s.send(row, sum)
	} else {
		s.sendShifted(row, sum)
	}
	if s.blank {
		for c := range row {
			row[c] *= 1 - idleOn
		}
		row[baudot.Blank] += idleOn * sum
	}
}

// send is transmit where no shift came last: the sender may put LTRS before a
// space, and it may idle.
func (s *State) send(row *[32]float64, sum float64) {
	early := s.beforeSpace.probability() * row[baudot.Space]
	row[baudot.Space] -= early
	row[baudot.LTRS] += early
	idle := s.idle()
	for c := range row {
		row[c] *= 1 - idle
	}
	for _, c := range [...]baudot.Code{baudot.LTRS, baudot.FIGS, baudot.Blank} {
		row[c] += idle * sum * idleCode(c)
	}
}

// sent is what send gives to a single code, by one table.
func (s *State) sent(t *ngram.Table, c baudot.Code) float64 {
	context, shift := s.plain.context, s.plain.shift
	p := t.Prob(context, shift, c)
	switch c {
	case baudot.Space:
		p *= 1 - s.beforeSpace.probability()
	case baudot.LTRS:
		p += s.beforeSpace.probability() * t.Prob(context, shift, baudot.Space)
	}
	idle := s.idle()
	p = p*(1-idle) + idle*idleCode(c)
	if s.blank {
		p *= 1 - idleOn
		if c == baudot.Blank {
			p += idleOn
		}
	}
	return p
}

// shifted is the shift code that came last.
func (s *State) shifted() baudot.Code {
	if s.plain.shift == baudot.Figures {
		return baudot.FIGS
	}
	return baudot.LTRS
}

// reasons is the probability that the shift that came last was sent, by a row
// of what the text calls for: because a space was to follow, because a
// character was to follow that needed it, or for no reason.
func (s *State) reasons(row *[32]float64) float64 {
	sum := s.idle() + s.early()*row[baudot.Space]
	if s.needed {
		for c := range row {
			if printing(baudot.Code(c)) {
				sum += row[c]
			}
		}
	}
	return sum
}

// early is the probability that the shift that came last would come before a
// space.
func (s *State) early() float64 {
	if s.shifted() == baudot.LTRS {
		return s.beforeSpace.probability()
	}
	return 0
}

// sendShifted is transmit after a shift. The rows in row were divided by their
// reasons; what it becomes sums to sum.
func (s *State) sendShifted(row *[32]float64, sum float64) {
	text := *row
	undivided := 0.0
	for _, p := range text {
		undivided += p
	}
	s.send(row, undivided)
	idle := s.idle()
	for c := range row {
		row[c] *= idle
		if s.needed && printing(baudot.Code(c)) {
			row[c] += text[c]
		}
	}
	row[baudot.Space] += s.early() * text[baudot.Space]
	again := s.again()
	for c := range row {
		row[c] *= 1 - again
	}
	row[s.shifted()] += again * sum
}

// again is the probability that the shift that came last comes once more.
func (s *State) again() float64 {
	switch {
	case s.run == 1 && s.needed:
		return s.doubled.probability()
	case s.run == 1:
		return againAfterOne
	case s.run == 2 && s.needed:
		return idleAtAll
	}
	return idleOn
}

// watch learns the sender's habits from the next code.
func (s *State) watch(c baudot.Code) {
	last := s.unshift.context.Last(1)
	switch {
	case c == baudot.Space:
		s.beforeSpace = s.beforeSpace.seen(s.run > 0 && s.shifted() == baudot.LTRS)
	case !printing(c):
		return
	case s.needed:
		s.doubled = s.doubled.seen(s.run > 1)
	}
	if last == lastLF {
		s.lineShift = s.lineShift.seen(s.run > 0 && !s.needed)
	}
}
