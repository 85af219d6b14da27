package ui

import (
	"rtty/baudot"
	"rtty/callsign"
)

// layoutCache keeps a paragraph's lines until anything they depend on changes.
type layoutCache struct {
	key   layoutKey
	lines [][]glyph
}

type layoutKey struct {
	width, glyphs int
	table         baudot.Table
	mine          string
	reshift       wordRef
}

// A wordRef is a word of a paragraph that the operator wants to see in the
// other shift; Start and End are glyphs. The zero value is none.
type wordRef struct {
	in         *paragraph
	start, end int
}

// A layouter breaks paragraphs into the lines of a pane.
type layouter struct {
	width   int
	table   baudot.Table
	mine    string // the own call
	reshift wordRef
}

// lines gives a paragraph's lines; at least one.
func (l *layouter) lines(p *paragraph) [][]glyph {
	key := layoutKey{width: l.width, glyphs: len(p.glyphs), table: l.table, mine: l.mine}
	if l.reshift.in == p {
		key.reshift = l.reshift
	}
	if p.cache.key != key || p.cache.lines == nil {
		p.cache = layoutCache{key, wrap(l.marked(p), l.width)}
	}
	return p.cache.lines
}

// withTail gives the lines of a paragraph that provisional text follows.
func (l *layouter) withTail(p *paragraph, tail []glyph) [][]glyph {
	return wrap(append(l.marked(p), tail...), l.width)
}

// marked is a paragraph's text with calls marked and readings in the other
// shift put in.
func (l *layouter) marked(p *paragraph) []glyph {
	glyphs := append([]glyph(nil), p.glyphs...)
	if p.voice == heading {
		return glyphs
	}
	text := p.text()
	if len(text) != len(glyphs) { // positions in the text are positions of glyphs
		return glyphs
	}
	l.markCalls(text, glyphs)
	if p.voice == said {
		return glyphs
	}
	return l.annotated(p, text, glyphs)
}

func (l *layouter) markCalls(text string, glyphs []glyph) {
	for n, span := range callsign.Find(text) {
		mark := callGlyph
		if l.mine != "" && callsign.Base(span.Call) == callsign.Base(l.mine) {
			mark = mineGlyph
		}
		for i := span.Start; i < span.End && i < len(glyphs); i++ {
			glyphs[i].mark, glyphs[i].span = mark, uint8(n+1)
		}
	}
}

// annotated puts the other reading behind words that look like figures that
// lost their shift, and behind the one that the operator asked about.
func (l *layouter) annotated(p *paragraph, text string, glyphs []glyph) []glyph {
	var out []glyph
	reading := newReading(l.table)
	done := 0
	for _, w := range words(text) {
		other := ""
		if w.end < len(text) && glyphs[w.start].mark == plainGlyph {
			other = reading.next(text[w.start:w.end])
		}
		if l.reshift == (wordRef{p, w.start, w.end}) {
			other = otherShift(l.table, text[w.start:w.end])
		}
		if other == "" {
			continue
		}
		out = append(out, glyphs[done:w.end]...)
		done = w.end
		for _, r := range " (" + other + ")" {
			out = append(out, glyph{r: r, p: 1, mark: noteGlyph})
		}
	}
	return append(out, glyphs[done:]...)
}

type wordAt struct{ start, end int }

// words finds the words of a text, which spaces part.
func words(text string) []wordAt {
	var found []wordAt
	start := -1
	for i := 0; i <= len(text); i++ {
		space := i == len(text) || text[i] == ' '
		switch {
		case !space && start < 0:
			start = i
		case space && start >= 0:
			found = append(found, wordAt{start, i})
			start = -1
		}
	}
	return found
}

// wrap breaks glyphs into lines of a width, between words where it can.
func wrap(glyphs []glyph, width int) [][]glyph {
	if width < 1 {
		return [][]glyph{nil}
	}
	var lines [][]glyph
	for len(glyphs) > width {
		cut := width
		for cut > 0 && glyphs[cut].r != ' ' {
			cut--
		}
		if cut == 0 { // a word longer than the line
			lines = append(lines, glyphs[:width])
			glyphs = glyphs[width:]
			continue
		}
		lines = append(lines, glyphs[:cut])
		glyphs = glyphs[cut+1:]
	}
	return append(lines, glyphs)
}
