package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// A style is how a cell looks: inks of the palette and attributes.
type style struct {
	fg, bg ink
	attr   attr
}

type attr uint8

const (
	bold attr = 1 << iota
	faint
	italic
	underline
	reverse
)

// A cell is one place on the screen. r is 0 in the second place of a wide
// character.
type cell struct {
	r     rune
	style style
}

// A canvas is the screen as a grid of cells, row by row.
type canvas struct {
	w, h  int
	cells []cell
}

// clear makes the canvas w by h empty cells.
func (c *canvas) clear(w, h int) {
	w, h = max(w, 0), max(h, 0)
	c.w, c.h = w, h
	if cap(c.cells) < w*h {
		c.cells = make([]cell, w*h)
	}
	c.cells = c.cells[:w*h]
	for i := range c.cells {
		c.cells[i] = cell{r: ' '}
	}
}

func (c *canvas) all() area { return area{c, rect{0, 0, c.w, c.h}} }

// A rect is a part of the screen.
type rect struct{ x, y, w, h int }

func (r rect) has(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// An area is a rectangle of a canvas to draw in, with its own origin. What is
// drawn outside of it is lost.
type area struct {
	c *canvas
	rect
}

// part is a rectangle of the area, in the area's coordinates, clipped to it.
func (a area) part(r rect) area {
	x, y := max(r.x, 0), max(r.y, 0)
	w := min(r.x+r.w, a.w) - x
	h := min(r.y+r.h, a.h) - y
	return area{a.c, rect{a.x + x, a.y + y, max(w, 0), max(h, 0)}}
}

func (a area) row(y int) area { return a.part(rect{0, y, a.w, 1}) }

// set puts one character of width one.
func (a area) set(x, y int, r rune, s style) {
	if x < 0 || y < 0 || x >= a.w || y >= a.h {
		return
	}
	a.c.cells[(a.y+y)*a.c.w+a.x+x] = cell{r, s}
}

// at is the cell at a place that must lie inside.
func (a area) at(x, y int) *cell { return &a.c.cells[(a.y+y)*a.c.w+a.x+x] }

// put writes text from x on and returns where it ends. Control characters show
// as dots, since names of devices and files come from outside.
func (a area) put(x, y int, text string, s style) int {
	for _, r := range text {
		switch n := runeWidth(r); n {
		case 0:
		case 1:
			a.set(x, y, r, s)
			x++
		default:
			if x+1 < a.w {
				a.set(x, y, r, s)
				a.set(x+1, y, 0, s)
			}
			x += 2
		}
	}
	return x
}

// right writes text so that it ends at the right edge, or from x on where the
// area is too narrow for it.
func (a area) right(x, y int, text string, s style) {
	a.put(max(x, a.w-textWidth(text)), y, text, s)
}

// fill gives a whole area the same character.
func (a area) fill(r rune, s style) {
	for y := range a.h {
		for x := range a.w {
			a.set(x, y, r, s)
		}
	}
}

// rule draws a line with a title in it and returns where the title ends.
func (a area) rule(y int, title string, line, text style) int {
	a.row(y).fill('─', line)
	if title == "" {
		return 0
	}
	return a.put(1, y, " "+title+" ", text)
}

func runeWidth(r rune) int {
	switch {
	case r < ' ' || r == 0x7f:
		return 0
	case r < 0x7f:
		return 1
	}
	return lipgloss.Width(string(r))
}

func textWidth(text string) (w int) {
	for _, r := range text {
		w += runeWidth(r)
	}
	return w
}

// clip shortens a text to a width and shows by … that it did.
func clip(text string, width int) string {
	if textWidth(text) <= width {
		return text
	}
	w := 0
	for i, r := range text {
		if w += runeWidth(r); w >= width {
			return text[:i] + "…"
		}
	}
	return text
}

// folded is a text as lines of at most width, broken between words where that
// can be.
func folded(text string, width int) (lines []string) {
	width = max(width, 1)
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && textWidth(line)+1+textWidth(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		for _, r := range word {
			if textWidth(line)+runeWidth(r) > width && line != "" {
				lines, line = append(lines, line), ""
			}
			line += string(r)
		}
	}
	return append(lines, line)
}

// render spells the canvas out for a terminal.
func (c *canvas) render(p *palette) string {
	var b strings.Builder
	b.Grow(c.w * c.h * 4)
	for y := range c.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		renderLine(&b, c.cells[y*c.w:(y+1)*c.w], p)
	}
	return b.String()
}

func renderLine(b *strings.Builder, line []cell, p *palette) {
	for len(line) > 0 && line[len(line)-1] == (cell{r: ' '}) {
		line = line[:len(line)-1]
	}
	var now style
	for x := 0; x < len(line); x++ {
		c := line[x]
		if c.style != now {
			p.change(b, now, c.style)
			now = c.style
		}
		whole := runeWidth(c.r) > 1 && x+1 < len(line) && line[x+1].r == 0
		switch {
		case c.r == 0, runeWidth(c.r) > 1 && !whole: // half of it was drawn over
			b.WriteByte(' ')
		case whole:
			b.WriteRune(c.r)
			x++
		default:
			b.WriteRune(c.r)
		}
	}
	if now != (style{}) {
		b.WriteString("\x1b[m")
	}
}
