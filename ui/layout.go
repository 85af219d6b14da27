package ui

import "rtty/station"

// heights are the sizes the waterfall can be set to: as fits, large, none.
const (
	heightFits = iota
	heightLarge
	heightNone
	heights
)

// A layout tells where everything stands. What has no room has no height.
type layout struct {
	tuning, meters, alarm    rect
	body                     rect // all below them
	gauge                    rect
	spectrum, cursors, scale rect
	fall                     rect
	receiveTitle, receive    rect
	transmitTitle, transmit  rect
	callsTitle, calls        rect
	contactTitle, contact    rect
	macros, hint             rect
	divider                  rect // between columns
	callsInTitle             bool // the calls heard stand on the title line of the received text
}

const (
	wide     = 150 // columns from which on the text stands beside the waterfall
	roomy    = 108 // columns from which on the calls have a list of their own
	sideList = 34  // its width

	textColumns = 72 // that lines on the air are long
)

// A picture is what is wished of the waterfall.
type picture struct {
	height int // heightFits and so on
	lines  int // where it stands above the text; 0: as fits
}

// newLayout places everything on a screen; alarm tells whether something has
// to be told above all.
func newLayout(w, h int, picture picture, alarm bool) (f layout) {
	f.tuning = rect{0, 0, w, min(h, 1)}
	top, bottom := 1, h
	line := func(y int) rect { return rect{0, y, w, 1} }
	if h >= 8 {
		f.meters = line(top)
		top++
	}
	if alarm && h >= 4 {
		f.alarm = line(top)
		top++
	}
	f.body = rect{0, top, w, max(h-top, 0)}
	if h >= 3 {
		bottom--
		f.hint = line(bottom)
	}
	if h >= 12 {
		n := macroRows(w)
		bottom -= n
		f.macros = rect{0, bottom, w, n}
	}
	body := rect{0, top, w, max(bottom-top, 0)}
	if picture.height == heightNone {
		f.text(body, true)
		return f
	}
	if w >= wide && body.h >= 24 {
		f.sideBySide(body)
		return f
	}
	n := picture.of(body.h)
	f.picture(rect{0, top, w, n})
	f.text(rect{0, top + n, w, body.h - n}, n == 0)
	return f
}

// pictureFrame is how many lines belong to a waterfall besides its own.
const pictureFrame = 6

// of is how many lines of a body the waterfall and what belongs to it get.
func (p picture) of(h int) int {
	switch {
	case h < 10:
		return 0
	case p.height == heightLarge:
		return h * 3 / 5
	case p.lines > 0:
		return min(p.lines+pictureFrame, h*11/20)
	}
	return min(12+pictureFrame, h*9/20)
}

// picture places gauge, spectrum, scale and waterfall.
func (f *layout) picture(r rect) {
	if r.h < 1 {
		return
	}
	y := r.y
	take := func(n int) rect {
		part := rect{r.x, y, r.w, n}
		y += n
		return part
	}
	f.gauge = take(1)
	switch {
	case r.h >= 24:
		f.spectrum = take(5)
	case r.h >= 14:
		f.spectrum = take(3)
	case r.h >= 10:
		f.spectrum = take(2)
	case r.h >= 7:
		f.spectrum = take(1)
	}
	if r.h >= 5 {
		f.cursors, f.scale = take(1), take(1)
	}
	f.fall = take(r.y + r.h - y)
}

// sideBySide puts the waterfall left of the text, calls and contact below it.
func (f *layout) sideBySide(r rect) {
	left := min(r.w*11/20, r.w-textColumns-gutter-1)
	low := min(12, r.h/3)
	f.picture(rect{r.x, r.y, left, r.h - low})
	half := left / 2
	y := r.y + r.h - low
	f.callsTitle, f.calls = rect{r.x, y, half, 1}, rect{r.x, y + 1, half - 1, low - 1}
	f.contactTitle, f.contact = rect{r.x + half, y, left - half, 1}, rect{r.x + half, y + 1, left - half - 1, low - 1}
	f.divider = rect{r.x + left, r.y, 1, r.h}
	f.column(rect{r.x + left + 1, r.y, r.w - left - 1, r.h}, r.h/4)
}

// text places received and sent text, and the calls where there is room.
func (f *layout) text(r rect, gauge bool) {
	if gauge && r.h >= 6 {
		f.gauge = rect{r.x, r.y, r.w, 1}
		r.y, r.h = r.y+1, r.h-1
	}
	send := max(2, min(r.h/4, 6))
	if r.w < roomy || r.h < 12 {
		f.callsInTitle = true
		f.column(r, send)
		return
	}
	x := r.x + r.w - sideList
	f.divider = rect{x - 1, r.y, 1, r.h}
	n := min(11, r.h-4)
	f.callsTitle, f.calls = rect{x, r.y, sideList, 1}, rect{x, r.y + 1, sideList, n - 1}
	f.contactTitle, f.contact = rect{x, r.y + n, sideList, 1}, rect{x, r.y + n + 1, sideList, r.h - n - 1}
	f.column(rect{r.x, r.y, r.w - sideList - 1, r.h}, send)
}

// column places received text above sent text, which gets so many lines.
func (f *layout) column(r rect, send int) {
	y := r.y
	take := func(n int) rect {
		part := rect{r.x, y, r.w, max(min(n, r.y+r.h-y), 0)}
		y += part.h
		return part
	}
	if r.h < 5 {
		f.receive = take(r.h)
		return
	}
	f.receiveTitle = take(1)
	f.receive = take(r.h - send - 2)
	f.transmitTitle = take(1)
	f.transmit = take(send)
}

// layoutFor is the layout of the present state.
func (m *model) layoutFor(s *station.Snapshot) layout {
	p := m.picture
	if m.link == LinkOff {
		p.height = heightNone
	}
	return newLayout(m.w, m.h, p, len(alarms(s)) > 0)
}
