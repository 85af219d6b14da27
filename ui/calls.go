package ui

import (
	"fmt"
	"time"

	"rtty/station"
)

// A callCycle goes through the calls heard, one press after the other. The
// list it goes through is the one of its first press, so that a call that
// comes in between doesn't shift it.
type callCycle struct {
	list []string
	at   int
	last time.Time
}

// cycleTime is how long presses belong together.
const cycleTime = 5 * time.Second

func (c *callCycle) next(s *station.Snapshot, step int) string {
	if len(c.list) == 0 || s.At.Sub(c.last) > cycleTime {
		c.begin(s)
	} else {
		c.at = (c.at + step + len(c.list)) % len(c.list)
	}
	c.last = s.At
	if len(c.list) == 0 {
		return ""
	}
	return c.list[c.at]
}

// begin takes the list as it is; a call that is taken already is not the
// first.
func (c *callCycle) begin(s *station.Snapshot) {
	*c = callCycle{}
	for _, h := range s.Heard {
		c.list = append(c.list, h.Call)
	}
	if len(c.list) > 1 && c.list[0] == s.Their.Call {
		c.at = 1
	}
}

// drawCalls lists the calls heard, newest on top, as far as there is room.
func drawCalls(a area, s *station.Snapshot, l *look) {
	for i, h := range s.Heard {
		text := l.call
		if h.Call == s.Their.Call {
			a.set(0, i, '▸', l.accent)
			text = l.chosen
		}
		x := a.put(2, i, h.Call, text)
		a.right(x+1, i, fmt.Sprintf("%5.0f %3d× %5s", h.Mark, h.Times, ago(s.At.Sub(h.At))), l.muted)
	}
	if len(s.Heard) == 0 {
		a.put(2, 0, "none yet", l.faint)
	}
}

// drawCallLine shows the calls heard on one line from x on.
func drawCallLine(a area, x int, s *station.Snapshot, l *look) {
	for _, h := range s.Heard {
		text := l.call
		if h.Call == s.Their.Call {
			text = l.chosen
		}
		if x+textWidth(h.Call)+2 > a.w {
			return
		}
		x = a.put(a.put(x, 0, h.Call, text), 0, " ", l.line)
	}
}

// callAt is the call of the list at a line.
func callAt(s *station.Snapshot, y int) string {
	if y >= 0 && y < len(s.Heard) {
		return s.Heard[y].Call
	}
	return ""
}

func ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", max(d, 0).Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d h", int(d.Hours()))
}

// drawContact shows the station in contact.
func drawContact(a area, c station.Contact, l *look) {
	rows := []struct{ label, value string }{
		{"call", c.Call}, {"name", c.Name}, {"locator", c.Locator},
		{"sent", c.RSTSent}, {"received", c.RSTReceived}, {"exchange", c.Exchange},
	}
	y := 0
	for _, r := range rows {
		if r.value == "" {
			continue
		}
		a.put(2, y, r.label, l.muted)
		a.put(11, y, r.value, l.text)
		y++
	}
	if c.Serial > 0 {
		a.put(2, y, "serial", l.muted)
		a.put(11, y, fmt.Sprintf("%03d", c.Serial), l.text)
		y++
	}
	if y == 0 {
		a.put(2, 0, "nobody: Tab takes a call", l.faint)
	}
}
