package ui

import (
	"fmt"
	"strings"

	"rtty/station"
)

// transmitTitle says what the transmitter does, or why it can't.
func (m *model) transmitTitle() (text string, s style) {
	t, l := m.snap.Transmit, m.look
	switch t.Phase {
	case station.Keying:
		return "keying the transmitter", l.warn
	case station.Ending:
		return "ending", l.warn
	case station.Sending:
		return m.sendingTitle(), l.bad
	}
	switch {
	case t.Refusal != "":
		return t.Refusal, l.warn
	case !t.Enabled:
		return "transmitting is not enabled: Ctrl-G e", l.warn
	case len(t.Queue) > 0:
		return fmt.Sprintf("%d characters wait: Ctrl-T transmits", len(t.Queue)), l.good
	}
	return "ready: type, then Ctrl-T", l.muted
}

func (m *model) sendingTitle() string {
	t := m.snap.Transmit
	words := "on the air " + clockTime(m.snap.At.Sub(t.Since)) + ", " + clockTime(m.meters.left) + " left"
	switch {
	case t.Diddling && t.Hold:
		words += ", diddling until Ctrl-R"
	case t.Diddling:
		words += ", diddling, to receive in " + span(m.meters.idle)
	}
	return words + " · Esc stops"
}

// drawTransmit shows what was sent and what will be, parted by a triangle at
// the character that is on the air.
func (m *model) drawTransmit(a area) {
	if a.w < 4 || a.h < 1 {
		return
	}
	l, t := m.look, m.snap.Transmit
	lines := m.transmitLines(a.w - gutter)
	first := max(len(lines)-a.h, 0)
	for y, line := range lines[first:] {
		for x, c := range line {
			a.set(gutter+x, y, c.r, c.style)
		}
	}
	if t.Phase != station.Receiving {
		a.set(0, 0, '>', l.sending)
	}
}

// transmitLines are the sent and the queued text as cells, wrapped.
func (m *model) transmitLines(width int) [][]cell {
	l, t := m.look, m.snap.Transmit
	var lines [][]cell
	line := []cell{}
	add := func(r rune, s style) {
		if r == '\n' || len(line) >= width {
			lines = append(lines, line)
			line = nil
		}
		if runeWidth(r) == 1 {
			line = append(line, cell{r, s})
		}
	}
	sent := tailOf(t.Over, 4*width)
	for _, r := range sent {
		add(r, l.sent)
	}
	if t.Phase != station.Receiving {
		add('▸', l.bad)
	} else if sent != "" && !strings.HasSuffix(sent, "\n") {
		add('\n', l.sent)
	}
	for _, r := range t.Queue {
		add(r, l.queued)
	}
	add(' ', l.cursor)
	return append(lines, line)
}

// tailOf is the end of a text, whole lines where it can.
func tailOf(text string, n int) string {
	if len(text) <= n {
		return text
	}
	text = text[len(text)-n:]
	if i := strings.IndexByte(text, '\n'); i >= 0 && i < n/2 {
		return text[i+1:]
	}
	return text
}
