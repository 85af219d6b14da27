package ui

import "strings"

// reshiftNext shows the word before the one shown in the other shift, the last
// word at first; after the oldest on the screen, none.
func (p *receivePane) reshiftNext() {
	all := p.log.paragraphs()
	before := p.reshift
	p.reshift = wordRef{}
	for i := len(all) - 1; i >= 0; i-- {
		q := all[i]
		if q.voice != heard || before.in != nil && before.in != q {
			continue
		}
		text := q.text()
		found := words(text)
		for n := len(found) - 1; n >= 0; n-- {
			w := found[n]
			if before.in == q && w.start >= before.start || otherShift(p.lay.table, text[w.start:w.end]) == text[w.start:w.end] {
				continue
			}
			p.reshift = wordRef{q, w.start, w.end}
			return
		}
		before = wordRef{}
	}
}

// reshiftAt shows the word at a place of the screen in the other shift.
func (p *receivePane) reshiftAt(x, y int) {
	line, i, ok := p.glyphAt(x, y)
	if !ok || line.in == nil || line.in.voice != heard {
		return
	}
	word := wordAround(line.glyphs, i)
	text := line.in.text()
	for _, w := range words(text) {
		if word != "" && text[w.start:w.end] == word {
			p.reshift = wordRef{line.in, w.start, w.end}
			return
		}
	}
}

func wordAround(glyphs []glyph, i int) string {
	start, end := i, i
	for start > 0 && glyphs[start-1].r != ' ' {
		start--
	}
	for end < len(glyphs) && glyphs[end].r != ' ' {
		end++
	}
	var b strings.Builder
	for _, g := range glyphs[start:end] {
		b.WriteRune(g.r)
	}
	return b.String()
}

// callAt is the call at a place of the screen, if there is one.
func (p *receivePane) callAt(x, y int) string {
	line, i, ok := p.glyphAt(x, y)
	if !ok || line.glyphs[i].mark != callGlyph {
		return ""
	}
	span := line.glyphs[i].span
	var b strings.Builder
	for _, g := range line.glyphs {
		if g.mark == callGlyph && g.span == span {
			b.WriteRune(g.r)
		}
	}
	return b.String()
}

func (p *receivePane) glyphAt(x, y int) (line shownLine, i int, ok bool) {
	if !p.frame.has(x, y) || y-p.frame.y >= len(p.shown) {
		return line, 0, false
	}
	line = p.shown[y-p.frame.y]
	i = x - p.frame.x
	return line, i, i < len(line.glyphs)
}
