package prior

import (
	"math"

	"rtty/baudot"
)

// negligible is the weight below which an expert isn't asked.
const negligible = 0.005

// LogProbs sets dst to the natural logarithm of the probability that each code
// comes next. The probabilities sum to one.
func (m *Model) LogProbs(s *State, dst *[32]float64) {
	var p, row [32]float64
	rest := 1.0
	for i, t := range m.tables {
		w := float64(s.weights[i])
		if t == nil || w < negligible {
			continue
		}
		m.expect(s, i, &row)
		for c := range p {
			p[c] += w * row[c]
		}
		rest -= w
	}
	for c := range dst {
		dst[c] = math.Log(p[c] + rest/32)
	}
}

// expect sets row to what expert i expects of the sender.
func (m *Model) expect(s *State, i int, row *[32]float64) {
	if s.plain == s.unshift {
		m.expectAs(s, i, &s.plain, row)
		return
	}
	*row = [32]float64{}
	var each [spacings][32]float64
	m.expectEach(s, i, &each)
	for h, w := range s.spaces {
		for c := range row {
			row[c] += float64(w) * each[h][c]
		}
	}
}

// expectAs is what expert i expects of a sender all whose receivers read alike.
func (m *Model) expectAs(s *State, i int, r *reading, row *[32]float64) {
	m.tables[i].Row(r.context, r.shift, row)
	s.transmit(row)
}

// transmit turns a row of what the text calls for into codes on the air.
func (s *State) transmit(row *[32]float64) {
	if s.run == 0 {
		s.send(row)
	} else {
		space, needed, idle := s.reasons(row)
		sum := space + needed + idle
		s.sendShifted(row, sum)
		for c := range row {
			row[c] /= sum
		}
	}
	if s.blank {
		for c := range row {
			row[c] *= 1 - idleOn
		}
		row[baudot.Blank] += idleOn
	}
}

// expectEach is what expert i expects of each kind of sender where their
// receivers read differently.
func (m *Model) expectEach(s *State, i int, each *[spacings][32]float64) {
	m.tables[i].Row(s.plain.context, s.plain.shift, &each[stays])
	m.tables[i].Row(s.unshift.context, s.unshift.shift, &each[unshifts])
	each[shifts] = each[unshifts]
	if s.plain.shift != s.unshift.shift {
		anew(&each[shifts])
	}
	for h := range each {
		s.transmit(&each[h])
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

// learn weighs the experts, and the spacings where they matter, by Bayes' rule.
func (m *Model) learn(s *State, c baudot.Code) {
	var bySpacing [spacings]float64
	apart := s.plain != s.unshift
	sum := float32(0)
	for i := range s.weights {
		p := 1.0 / 32
		if i != uniform {
			if m.tables[i] == nil {
				continue
			}
			p = m.probability(s, i, c, apart, &bySpacing)
		} else {
			for h := range bySpacing {
				bySpacing[h] += float64(s.weights[i]) * p
			}
		}
		s.weights[i] *= float32(p)
		sum += s.weights[i]
	}
	for i := range s.weights {
		s.weights[i] = s.weights[i]/sum*(1-share) + m.floor[i]
	}
	if apart {
		s.spaces.learn(bySpacing)
	}
}

// probability is what expert i gave to c; where receivers read differently it
// adds its part to the probabilities by spacing.
func (m *Model) probability(s *State, i int, c baudot.Code, apart bool, bySpacing *[spacings]float64) float64 {
	if !apart {
		var row [32]float64
		m.expectAs(s, i, &s.plain, &row)
		return row[c]
	}
	var each [spacings][32]float64
	m.expectEach(s, i, &each)
	p := 0.0
	for h := range each {
		p += float64(s.spaces[h]) * each[h][c]
		bySpacing[h] += float64(s.weights[i]) * each[h][c]
	}
	return p
}

// follow takes c into the readings.
func (s *State) follow(c baudot.Code) {
	s.blank = c == baudot.Blank
	if s.blank {
		return
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
}
