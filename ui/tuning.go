package ui

import (
	"fmt"
	"math"

	"rtty/station"
)

// tuningWords tells how a signal lies to where it is tuned. Words come before
// the picture: they say which way, and how far.
func tuningWords(s *station.Snapshot, t meters) string {
	r := s.Receive
	switch {
	case r.Muted:
		return "sending, not listening"
	case r.Searching:
		return "searching for a signal"
	case !t.found:
		return "no signal read"
	}
	hz := math.Round(t.low)
	switch {
	case hz > 0:
		return fmt.Sprintf("mark %.0f Hz low", hz)
	case hz < 0:
		return fmt.Sprintf("mark %.0f Hz high", -hz)
	}
	return "on frequency"
}

const gaugeReach = 60.0 // Hz to either side of the gauge

// drawGauge shows where mark is heard about where it is tuned, and says so.
func (m *model) drawGauge(a area) {
	l := m.look
	text := tuningWords(m.snap, m.meters)
	style := l.muted
	switch {
	case !m.meters.found:
	case math.Abs(m.meters.low) < 5:
		style = l.good
	default:
		style = l.warn
	}
	x := a.put(1, 0, text, style)
	if m.meters.found && a.w > 60 {
		x = a.put(x, 0, fmt.Sprintf(" · %.0f %% sure", 100*m.meters.quality), l.muted)
	}
	x = max(x+2, 33)
	m.drawNeedle(a.part(rect{x, 0, min(a.w-x-1, 41), 1}))
}

func (m *model) drawNeedle(a area) {
	if a.w < 11 {
		return
	}
	l := m.look
	w := (a.w-1)/2*2 + 1
	for x := range w {
		a.set(x, 0, '─', l.line)
	}
	a.set(0, 0, '├', l.line)
	a.set(w-1, 0, '┤', l.line)
	a.set(w/2, 0, '┼', l.muted)
	if !m.meters.found {
		return
	}
	at := int(math.Round(float64(w/2) * (1 - m.meters.low/gaugeReach)))
	style := l.good
	if math.Abs(m.meters.low) >= 5 {
		style = l.warn
	}
	a.set(min(max(at, 0), w-1), 0, '●', style)
}
