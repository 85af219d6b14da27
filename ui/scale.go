package ui

import (
	"math"
	"strconv"
	"time"
	"unicode"

	"rtty/modem"
	"rtty/station"
)

// drawScale labels the frequencies of a band.
func drawScale(a area, b band, l *look) {
	if a.w < 1 {
		return
	}
	step := scaleStep(b, a.w)
	for hz := step * float64(int(b.low/step)); hz <= b.high; hz += step {
		x := b.column(hz, a.w)
		if x < 0 {
			continue
		}
		label := strconv.Itoa(int(hz))
		if x+len(label) < a.w {
			a.put(a.put(x, 0, "╵", l.line), 0, label, l.muted)
		}
	}
	if w := a.w; w > 40 {
		a.put(w-3, 0, " Hz", l.muted)
	}
}

// scaleStep is the finest step whose labels don't touch.
func scaleStep(b band, width int) float64 {
	for _, step := range []float64{10, 20, 50, 100, 200, 500, 1000} {
		if step/b.width()*float64(width) >= 8 {
			return step
		}
	}
	return 2000
}

// drawCursors shows where it is listened and where it would be sent: M and S
// for the tones received, solid triangles for the tones sent.
func drawCursors(cursors, scale area, b band, receive, send modem.Signal, l *look) {
	put := func(a area, hz float64, r rune, s style) {
		if x := b.column(hz, a.w); hz > 0 {
			a.set(min(max(x, 0), a.w-1), 0, r, s)
		}
	}
	for _, hz := range []float64{send.Mark, send.Space} {
		clearLabel(scale, b.column(hz, scale.w))
	}
	put(scale, send.Mark, '▲', l.onAir)
	put(scale, send.Space, '△', l.onAir)
	put(cursors, receive.Space, 'S', l.space)
	put(cursors, receive.Mark, 'M', l.mark)
}

// clearLabel takes away the figures at x of a scale but leaves their tick: half
// of a number is another number.
func clearLabel(a area, x int) {
	figure := func(x int) bool { return x >= 0 && x < a.w && unicode.IsDigit(a.at(x, 0).r) }
	if a.h < 1 || !figure(x) {
		return
	}
	for figure(x - 1) {
		x--
	}
	for ; figure(x); x++ {
		a.at(x, 0).r = ' '
	}
}

// heardTime is how long a call stands over the place where it was heard.
const heardTime = 3 * time.Minute

// drawHeard writes the calls heard of late over their signals, as far as there
// is room and it is not the signal listened to.
func drawHeard(a area, b band, s *station.Snapshot, l *look) {
	for _, h := range s.Heard {
		x := b.column(h.Mark, a.w)
		w := textWidth(h.Call)
		if s.At.Sub(h.At) > heardTime || math.Abs(h.Mark-s.Receive.Signal.Mark) < 50 || x < 0 || x+w > a.w {
			continue
		}
		free := true
		for i := max(x-1, 0); i < min(x+w+1, a.w) && a.h > 0; i++ {
			free = free && a.at(i, 0).r == ' '
		}
		if free {
			a.put(x, 0, h.Call, l.callFaint)
		}
	}
}

// drawHairs draws the cursors through the waterfall as lines an eighth of a
// cell wide, so that they don't hide the tones that they stand on.
func drawHairs(a area, b band, receive, send modem.Signal, l *look) {
	if !l.palette.shaded() {
		return
	}
	hair := func(hz float64, color ink) {
		x := b.column(hz, a.w)
		if hz <= 0 || x < 0 || x >= a.w {
			return
		}
		for y := range a.h {
			c := a.at(x, y)
			if c.r == '▀' {
				c.style.bg = max(c.style.bg, c.style.fg)
			} else if c.r == '▄' {
				c.style.bg = c.style.fg
			}
			c.r, c.style.fg = '▏', color
		}
	}
	hair(send.Mark, inkBad)
	hair(send.Space, inkBad)
	hair(receive.Mark, l.mark.bg)
	hair(receive.Space, l.space.bg)
}
