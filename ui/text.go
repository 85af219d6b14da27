package ui

import (
	"fmt"
	"math"
	"time"
	"unicode"

	"rtty/baudot"
	"rtty/modem"
)

// A voice is who speaks in a paragraph.
type voice uint8

const (
	heard   voice = iota // received
	said                 // sent by us
	heading              // the screen's own words
)

// A glyph is one printed character.
type glyph struct {
	r     rune
	p     float32
	guess bool // the text prior decided
	mark  glyphMark
	span  uint8 // calls side by side have different ones
}

// glyphMark is what a layout has found a glyph to be part of.
type glyphMark uint8

const (
	plainGlyph glyphMark = iota
	callGlyph            // a call
	mineGlyph            // the own call
	noteGlyph            // a reading in the other shift, not received
	tailGlyph            // provisional
)

// A paragraph is one line as it was sent, before it is wrapped.
type paragraph struct {
	voice  voice
	at     time.Time // of its first character
	glyphs []glyph

	cache layoutCache
}

// longParagraph is how many characters without a line end are laid out as one;
// what some stations send for hours would else be laid out anew with each.
const longParagraph = 600

// full tells whether a paragraph ends before a character, a word's end if it
// can be.
func (p *paragraph) full(r rune) bool {
	return len(p.glyphs) >= longParagraph && (r == ' ' || len(p.glyphs) >= longParagraph+80)
}

func (p *paragraph) text() string {
	runes := make([]rune, len(p.glyphs))
	for i, g := range p.glyphs {
		runes[i] = g.r
	}
	return string(runes)
}

// A section is a stretch of text with a heading: what one signal sent since it
// was tuned to, or what was sent before.
type section struct {
	past       bool
	begin, end time.Time // past: what it covers
	tuned      time.Time // when it was asked for
	signal     modem.Signal
	title      *paragraph
	paragraphs []*paragraph
	newlines   baudot.Newlines
	broken     bool // the next character begins a paragraph
}

// A textLog is everything received and sent, newest last.
type textLog struct {
	sections []*section
	kept     int // glyphs
}

// keptGlyphs is how much text can be scrolled back to: some hours of copy.
const keptGlyphs = 200_000

// live is the section that the receiver prints into.
func (l *textLog) live() *section {
	if n := len(l.sections); n > 0 && !l.sections[n-1].past {
		return l.sections[n-1]
	}
	s := &section{broken: true}
	l.sections = append(l.sections, s)
	return s
}

// receive appends what was received.
func (l *textLog) receive(at time.Time, chars []modem.Char) {
	s := l.live()
	l.kept += s.print(at, chars)
	l.trim()
}

// print appends characters and returns how many of them were visible.
func (s *section) print(at time.Time, chars []modem.Char) (visible int) {
	for _, c := range chars {
		switch r := s.newlines.Next(c.Rune); {
		case r == '\n':
			s.broken = true
		case printable(r):
			s.add(heard, at, glyph{r: r, p: float32(c.P), guess: c.FromPrior})
			visible++
		}
	}
	return visible
}

// printable tells whether a character takes one place of a line.
func printable(r rune) bool { return unicode.IsPrint(r) && runeWidth(r) == 1 }

// add appends one glyph, in a new paragraph where the voice changes.
func (s *section) add(v voice, at time.Time, g glyph) {
	n := len(s.paragraphs)
	if s.broken || n == 0 || s.paragraphs[n-1].voice != v || s.paragraphs[n-1].full(g.r) {
		s.paragraphs = append(s.paragraphs, &paragraph{voice: v, at: at})
		s.broken = false
		n++
	}
	p := s.paragraphs[n-1]
	p.glyphs = append(p.glyphs, g)
}

// send appends what went on the air.
func (l *textLog) send(at time.Time, text string) {
	s := l.live()
	for _, r := range text {
		switch {
		case r == '\n':
			s.broken = true
		case printable(r):
			s.add(said, at, glyph{r: r, p: 1})
			l.kept++
		}
	}
	l.trim()
}

// endOver makes the next over begin a paragraph of its own. What is received
// goes on in its line: the last characters become final after the key is down.
func (l *textLog) endOver() {
	s := l.live()
	if n := len(s.paragraphs); n > 0 && s.paragraphs[n-1].voice == said {
		s.broken = true
	}
}

// retune begins a new section for another signal. Where nothing was printed
// since the last, it takes its place.
func (l *textLog) retune(at time.Time, sig modem.Signal) {
	s := l.live()
	if len(s.paragraphs) > 0 {
		if sameTuning(s.signal, sig) {
			s.signal = sig
			return
		}
		s = &section{}
		l.sections = append(l.sections, s)
	}
	s.signal, s.tuned, s.broken = sig, at, true
	s.entitle(at, fmt.Sprintf("%s  mark %.0f, space %.0f Hz, %s Bd", clock(at), sig.Mark, sig.Space, number(sig.Baud)))
}

// sameTuning tells whether a change is a mere nudge.
func sameTuning(a, b modem.Signal) bool {
	d := math.Abs(a.Mark - b.Mark)
	return math.Abs(a.Baud-b.Baud) < 0.5 && a.Code == b.Code && (a.Mark < a.Space) == (b.Mark < b.Space) && d < 25
}

// entitle gives a section its heading. A new one takes the place of the old
// under the same pointer, which the window may be anchored to.
func (s *section) entitle(at time.Time, text string) {
	if s.title == nil {
		s.title = &paragraph{voice: heading}
	}
	s.title.at, s.title.glyphs, s.title.cache = at, nil, layoutCache{}
	for _, r := range text {
		s.title.glyphs = append(s.title.glyphs, glyph{r: r, p: 1})
	}
}

func clock(t time.Time) string { return t.UTC().Format("15:04:05") }

// past adds a stretch of what was sent before. The stretches of a series come
// newest first, so each goes above the last.
func (l *textLog) past(e pastStretch) {
	s := l.pastSection(e)
	older := &section{broken: true}
	l.kept += older.print(e.begin, e.chars)
	s.paragraphs = append(older.joined(s.paragraphs), s.paragraphs...)
	s.begin = e.begin
	s.entitle(e.begin, fmt.Sprintf("%s before, %s to %s", span(s.end.Sub(s.begin)), clock(s.begin), clock(s.end)))
	l.trim()
}

type pastStretch struct {
	begin, end time.Time
	newest     bool
	chars      []modem.Char
}

// pastSection finds the section that a stretch belongs to, or makes it above
// the live text of a signal just tuned to, else below all there is.
func (l *textLog) pastSection(e pastStretch) *section {
	live := l.live()
	at := len(l.sections) - 1
	if !e.newest && at > 0 && l.sections[at-1].past {
		return l.sections[at-1]
	}
	s := &section{past: true, tuned: e.end, end: e.end, signal: live.signal}
	if live.fresh(e.end) {
		l.sections = append(l.sections[:at], s, live)
		return s
	}
	now := &section{tuned: e.end, signal: live.signal, broken: true}
	now.entitle(e.end, clock(e.end)+"  now")
	l.sections = append(l.sections, s, now)
	return s
}

// fresh tells whether a live section is young enough to stand below what was
// sent before it.
func (s *section) fresh(at time.Time) bool {
	return len(s.paragraphs) == 0 || !s.tuned.IsZero() && at.Sub(s.tuned) < 10*time.Second
}

// joined gives the paragraphs of a stretch that goes above others, its last
// one put before their first where no line end parts them.
func (s *section) joined(below []*paragraph) []*paragraph {
	n := len(s.paragraphs)
	if n == 0 || s.broken || len(below) == 0 {
		return s.paragraphs
	}
	last := s.paragraphs[n-1]
	below[0].glyphs = append(last.glyphs, below[0].glyphs...)
	below[0].at = last.at
	return s.paragraphs[:n-1]
}

// trim forgets the oldest text.
func (l *textLog) trim() {
	for l.kept > keptGlyphs && len(l.sections) > 0 {
		s := l.sections[0]
		if len(s.paragraphs) <= 1 {
			if len(l.sections) == 1 {
				return
			}
			l.forget(s.paragraphs)
			l.sections = l.sections[1:]
			continue
		}
		l.forget(s.paragraphs[:1])
		s.paragraphs = s.paragraphs[1:]
	}
}

func (l *textLog) forget(gone []*paragraph) {
	for _, p := range gone {
		l.kept -= len(p.glyphs)
	}
}

// paragraphs is the whole log in order, headings in their places.
func (l *textLog) paragraphs() []*paragraph {
	var all []*paragraph
	for _, s := range l.sections {
		if s.title != nil && (len(s.paragraphs) > 0 || s == l.sections[len(l.sections)-1]) {
			all = append(all, s.title)
		}
		all = append(all, s.paragraphs...)
	}
	return all
}

// span is a time span in a few words.
func span(d time.Duration) string {
	switch {
	case d < 90*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 10*time.Minute && d%time.Minute > 10*time.Second && d%time.Minute < 50*time.Second:
		return fmt.Sprintf("%.1f min", d.Minutes())
	}
	return fmt.Sprintf("%.0f min", d.Minutes())
}

// number writes a number with two decimals at the most.
func number(v float64) string {
	s := fmt.Sprintf("%.2f", v)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}
