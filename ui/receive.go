package ui

import (
	"strings"
	"unicode"

	"rtty/modem"
	"rtty/station"
)

// receivePane shows the text log, by default its end.
type receivePane struct {
	log     textLog
	tail    []modem.Char
	bottom  place   // the lowest line shown; none: the end of the log
	reshift wordRef // shown in the other shift

	query string     // what is searched for, in capitals
	hit   *paragraph // the paragraph that the search stands at

	shown []shownLine // as last drawn, for the mouse
	frame rect        // of shown, without the gutter
	lay   layouter
}

// place is a line of a paragraph.
type place struct {
	in   *paragraph
	line int
}

// A shownLine is a line on the screen.
type shownLine struct {
	place
	glyphs []glyph
}

const gutter = 2 // columns left of the text: who speaks

// take brings the pane up to date with what happened.
func (p *receivePane) take(e *station.Event) {
	switch e.Kind {
	case station.Received:
		p.log.receive(e.At, e.Chars)
	case station.Sent:
		p.log.send(e.At, e.Text)
	case station.KeyDown, station.KeyUp:
		p.log.endOver()
	case station.Tuned:
		p.log.retune(e.At, e.Signal)
	case station.Past:
		p.reshift, p.hit = wordRef{}, nil // their places in the text may move
		p.log.past(pastStretch{e.Begin, e.End, e.Newest, e.Chars})
	}
}

// follow shows the end of the log.
func (p *receivePane) follow() { p.bottom = place{} }

// following tells whether the end of the log is shown.
func (p *receivePane) following() bool { return p.bottom.in == nil }

// lines gives lines from the end of the log upwards, need of them or what
// there is.
func (p *receivePane) lines(need int) []shownLine {
	all := p.log.paragraphs()
	lines := p.lastLines(&all)
	for i := len(all) - 1; i >= 0 && len(lines) < need; i-- {
		broken := p.lay.lines(all[i])
		for n := len(broken) - 1; n >= 0; n-- {
			lines = append(lines, shownLine{place{all[i], n}, broken[n]})
		}
	}
	return lines
}

// lastLines gives the lines that have provisional text on them, and takes the
// paragraph that it continues from the list.
func (p *receivePane) lastLines(all *[]*paragraph) (lines []shownLine) {
	parts := p.tailParts()
	if parts == nil {
		return nil
	}
	live := p.log.live()
	n := len(live.paragraphs)
	upwards := func(in *paragraph, broken [][]glyph) {
		for i := len(broken) - 1; i >= 0; i-- {
			lines = append(lines, shownLine{place{in, i}, broken[i]})
		}
	}
	for i := len(parts) - 1; i > 0; i-- {
		upwards(nil, wrap(parts[i], p.lay.width))
	}
	if n == 0 || live.broken || live.paragraphs[n-1].voice != heard {
		upwards(nil, wrap(parts[0], p.lay.width))
		return lines
	}
	last := live.paragraphs[n-1]
	upwards(last, p.lay.withTail(last, parts[0]))
	*all = (*all)[:len(*all)-1]
	return lines
}

// tailParts is the provisional text as lines; nil when there is none.
func (p *receivePane) tailParts() [][]glyph {
	newlines := p.log.live().newlines
	var parts [][]glyph
	for _, c := range p.tail {
		r := newlines.Next(c.Rune)
		switch {
		case r == '\n' && parts == nil:
			parts = [][]glyph{nil, nil}
		case r == '\n':
			parts = append(parts, nil)
		case printable(r):
			if parts == nil {
				parts = [][]glyph{nil}
			}
			last := &parts[len(parts)-1]
			*last = append(*last, glyph{r: r, p: float32(c.P), mark: tailGlyph})
		}
	}
	return parts
}

// below is how many lines lie below the lowest that is shown.
func (p *receivePane) below() int {
	if p.following() {
		return 0
	}
	for need := 256; ; need *= 4 {
		lines := p.lines(need)
		for i, l := range lines {
			if l.in == p.bottom.in && l.line <= p.bottom.line {
				return i
			}
		}
		if len(lines) < need {
			p.follow()
			return 0
		}
	}
}

// scroll moves the window up by lines, or down.
func (p *receivePane) scroll(up int) {
	p.showFrom(p.below() + up)
}

// showFrom puts the lowest line shown so many lines above the end.
func (p *receivePane) showFrom(below int) {
	h := max(p.frame.h, 1)
	lines := p.lines(max(below, 0) + h)
	below = min(below, len(lines)-h)
	if below <= 0 || lines[below].in == nil {
		p.follow()
		return
	}
	p.bottom = lines[below].place
}

// top shows the oldest text.
func (p *receivePane) top() { p.showFrom(len(p.lines(1 << 30))) }

// find goes to the next older paragraph with the query in it, or the next
// newer one, and tells whether there is one.
func (p *receivePane) find(older bool) bool {
	all := p.log.paragraphs()
	at := len(all)
	for i, q := range all {
		if q == p.hit {
			at = i
		}
	}
	step := -1
	if !older {
		step = 1
	}
	for i := at + step; i >= 0 && i < len(all); i += step {
		if p.query != "" && all[i].voice != heading && strings.Contains(strings.ToUpper(all[i].text()), p.query) {
			p.show(all[i])
			return true
		}
	}
	return false
}

// show brings a paragraph to the middle of the window.
func (p *receivePane) show(q *paragraph) {
	p.hit = q
	for i, l := range p.lines(1 << 30) {
		if l.in == q {
			p.showFrom(i - p.frame.h/2)
			return
		}
	}
}

// search begins a search for another text.
func (p *receivePane) search(query string) bool {
	p.query, p.hit = strings.ToUpper(query), nil
	return p.find(true)
}

// draw shows the log in an area.
func (p *receivePane) draw(a area, l *look) {
	p.lay.width = max(a.w-gutter, 1)
	p.frame = rect{a.x + gutter, a.y, max(a.w-gutter, 0), a.h}
	p.shown = p.shown[:0]
	if a.w <= gutter || a.h < 1 {
		return
	}
	below := p.below()
	lines := p.lines(below + a.h)
	lines = lines[min(below, len(lines)):]
	n := min(len(lines), a.h)
	for y := range n {
		line := lines[n-1-y]
		p.shown = append(p.shown, line)
		p.drawLine(a, y, line, l)
	}
	if below == 0 && n > 0 {
		end := len(lines[0].glyphs)
		if lines[0].in == nil || lines[0].in.voice == heard {
			a.set(gutter+end, n-1, '▏', l.accent)
		}
	}
}

func (p *receivePane) drawLine(a area, y int, line shownLine, l *look) {
	if line.in != nil && line.in.voice == heading {
		drawHeading(a, y, line, l)
		return
	}
	said := line.in != nil && line.in.voice == said
	if said {
		a.set(0, y, '>', l.sent)
	}
	for i, g := range line.glyphs {
		r, s := p.glyphLook(g, l)
		if said && g.mark == plainGlyph {
			s = l.sent
		}
		a.set(gutter+i, y, r, s)
	}
	p.markQuery(a, y, line, l)
}

func drawHeading(a area, y int, line shownLine, l *look) {
	if line.line == 0 {
		a.put(0, y, "── ", l.line)
	}
	x := gutter + 1
	for i, g := range line.glyphs {
		a.set(x+i, y, g.r, l.muted)
	}
	for x += len(line.glyphs) + 1; x < a.w; x++ {
		a.set(x, y, '─', l.line)
	}
}

// glyphLook is the character and style that a glyph is shown with.
func (p *receivePane) glyphLook(g glyph, l *look) (rune, style) {
	switch g.mark {
	case noteGlyph:
		return g.r, l.figures
	case tailGlyph:
		return g.r, l.tail
	}
	r := g.r
	if l.small && g.p < 0.5 {
		r = unicode.ToLower(r)
	}
	s := l.char(float64(g.p), g.guess && r != ' ')
	switch {
	case g.mark == callGlyph && g.p >= 0.5:
		s.fg, s.attr = l.call.fg, s.attr|l.call.attr
	case g.mark == mineGlyph:
		s = l.mine
	}
	return r, s
}

// markQuery shows where the line has what is searched for.
func (p *receivePane) markQuery(a area, y int, line shownLine, l *look) {
	if p.query == "" {
		return
	}
	runes := make([]rune, len(line.glyphs))
	for i, g := range line.glyphs {
		runes[i] = unicode.ToUpper(g.r)
	}
	query := []rune(p.query)
	for i := 0; i+len(query) <= len(runes); i++ {
		if string(runes[i:i+len(query)]) != p.query {
			continue
		}
		for k := range query {
			if x := gutter + i + k; x < a.w {
				a.at(x, y).style = l.match
			}
		}
	}
}
