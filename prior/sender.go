package prior

import "rtty/baudot"

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
// spacings. Each but those ruled out keeps a little, for senders change.
func (w *spaceWeights) learn(p [spacings]float64) {
	const keep = 0.002
	sum := float32(0)
	for i := range w {
		if w[i] > 0 {
			w[i] *= float32(p[i])
			sum += w[i]
		}
	}
	for i := range w {
		if w[i] > 0 {
			w[i] = w[i]/sum + keep
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
	idleLTRS    = 0.85  // of them begin with LTRS
	idleFIGS    = 0.1   // or FIGS, the rest with Blank
	idleOn      = 0.7   // that a second diddle follows the first, and so on
)

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

// send turns a row of what the text calls for into what the sender sends: it
// may put LTRS before a space, and it may idle.
func (s *State) send(row *[32]float64) {
	early := s.beforeSpace.probability() * row[baudot.Space]
	row[baudot.Space] -= early
	row[baudot.LTRS] += early
	sum := 0.0
	idle := s.idle()
	for c := range row {
		sum += row[c]
		row[c] *= 1 - idle
	}
	idle *= sum
	row[baudot.LTRS] += idle * idleLTRS
	row[baudot.FIGS] += idle * idleFIGS
	row[baudot.Blank] += idle * (1 - idleLTRS - idleFIGS)
}

// shifted is the shift code that came last.
func (s *State) shifted() baudot.Code {
	if s.plain.shift == baudot.Figures {
		return baudot.FIGS
	}
	return baudot.LTRS
}

// reasons tells why the shift that came last was sent, in the probabilities
// that the row of what the text calls for gives: a space was to follow, a
// character was to follow that needed the shift, or it was idle.
func (s *State) reasons(row *[32]float64) (space, needed, idle float64) {
	if s.shifted() == baudot.LTRS {
		space = s.beforeSpace.probability() * row[baudot.Space]
	}
	if s.needed {
		for c := range row {
			if printing(baudot.Code(c)) {
				needed += row[c]
			}
		}
	}
	return space, needed, s.idle()
}

// sendShifted does what send does for the code after a shift. The row must
// have been divided by the sum of its reasons.
func (s *State) sendShifted(row *[32]float64, sum float64) {
	text := *row
	space := 0.0
	if s.shifted() == baudot.LTRS {
		space = s.beforeSpace.probability() * text[baudot.Space]
	}
	idle := s.idle()
	s.send(row)
	for c := range row {
		row[c] *= idle
		if s.needed && printing(baudot.Code(c)) {
			row[c] += text[c]
		}
	}
	row[baudot.Space] += space
	again := s.again(idle / sum)
	for c := range row {
		row[c] *= 1 - again
	}
	row[s.shifted()] += again * sum
}

// again is the probability that the shift that came last comes once more;
// idle is that it came for no reason.
func (s *State) again(idle float64) float64 {
	switch {
	case s.run == 1 && s.needed:
		return s.doubled.probability()
	case s.run == 2 && s.needed:
		return idleAtAll
	case s.run == 1:
		return idle * idleOn / 2
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
