// Package chart draws line charts as SVG, good enough for a report and small
// enough to need no library.
//
// Lines differ in colour and in marker, so that they can be told apart in
// print and by the colour-blind (the palette is that of M. Okabe and K. Ito,
// "Color Universal Design", 2008).
package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
)

// A Chart is one pair of axes and the lines in it. Values beyond the axes are
// drawn at the edge, hollow, so that "no error was seen" has a place on a
// logarithmic axis.
type Chart struct {
	Title          string
	XLabel, YLabel string
	XMin, XMax     float64
	YMin, YMax     float64
	LogY           bool // YMin and YMax are then above zero
	Percent        bool // Y is written in per cent
	Lines          []Line
}

// A Line is a row of points. It is broken where X or Y is NaN.
type Line struct {
	Name   string
	Style  int // of colour and marker: the same number looks the same in every chart
	X, Y   []float64
	Dashed bool // no markers either: for theory and guides
}

// Size of the drawing and of its margins, pixels. The legend stands right of the plot.
const (
	width, height = 760, 460
	left, right   = 70, 190
	top, bottom   = 40, 55
)

var palette = []string{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"}

const guideColour = "#777777"

// WriteSVG draws the chart.
func (c Chart) WriteSVG(w io.Writer) error {
	var d drawing
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">`+"\n",
		width, height, width, height)
	d.printf(`<title>%s</title>`+"\n", escaped(c.Title))
	d.printf(`<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	d.text(left, top-16, "start", `font-size="16"`, c.Title)
	c.axes(&d)
	for i, line := range c.Lines {
		colour, marker := guideColour, -1
		if !line.Dashed {
			colour, marker = palette[line.Style%len(palette)], line.Style
		}
		c.line(&d, line, colour, marker)
		c.legend(&d, i, line, colour, marker)
	}
	d.printf("</svg>\n")
	_, err := w.Write(d.Bytes())
	return err
}

func (c Chart) x(v float64) float64 {
	return left + (v-c.XMin)/(c.XMax-c.XMin)*(width-left-right)
}

func (c Chart) y(v float64) float64 {
	low, high := c.YMin, c.YMax
	if c.LogY {
		v, low, high = math.Log10(v), math.Log10(low), math.Log10(high)
	}
	return height - bottom - (v-low)/(high-low)*(height-top-bottom)
}

func (c Chart) axes(d *drawing) {
	base := float64(height - bottom)
	for _, v := range steps(c.XMin, c.XMax) {
		d.rule(c.x(v), top, c.x(v), base, "#e4e4e4")
		d.text(c.x(v), base+18, "middle", "", number(v))
	}
	ticks := steps(c.YMin, c.YMax)
	if c.LogY {
		ticks = decades(c.YMin, c.YMax)
	}
	for _, v := range ticks {
		d.rule(left, c.y(v), width-right, c.y(v), "#e4e4e4")
		label := number(v)
		if c.Percent {
			label = number(100*v) + " %"
		}
		d.text(left-8, c.y(v)+4, "end", "", label)
	}
	d.printf(`<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#444444"/>`+"\n",
		left, top, width-left-right, height-top-bottom)
	d.text((left+width-right)/2, height-14, "middle", "", c.XLabel)
	middle := (top + height - bottom) / 2
	d.text(18, float64(middle), "middle", fmt.Sprintf(`transform="rotate(-90 18 %d)"`, middle), c.YLabel)
}

// line draws the stroke through all points, then the markers over it.
func (c Chart) line(d *drawing, line Line, colour string, marker int) {
	var path bytes.Buffer
	move := "M"
	for i := range line.X {
		x, y, _, ok := c.place(line.X[i], line.Y[i])
		if !ok {
			move = "M"
			continue
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", move, x, y)
		move = "L"
	}
	dash := ""
	if line.Dashed {
		dash = ` stroke-dasharray="6 4"`
	}
	if path.Len() > 0 {
		d.printf(`<path d="%s" fill="none" stroke="%s" stroke-width="2"%s/>`+"\n", path.Bytes(), colour, dash)
	}
	if marker < 0 {
		return
	}
	for i := range line.X {
		if x, y, beyond, ok := c.place(line.X[i], line.Y[i]); ok {
			d.marker(marker, x, y, colour, beyond)
		}
	}
}

// place is where a point is drawn; beyond tells that it was moved to the edge.
func (c Chart) place(x, y float64) (px, py float64, beyond, ok bool) {
	if math.IsNaN(x) || math.IsNaN(y) {
		return 0, 0, false, false
	}
	held := min(max(y, c.YMin), c.YMax)
	heldX := min(max(x, c.XMin), c.XMax)
	return c.x(heldX), c.y(held), held != y || heldX != x, true
}

func (c Chart) legend(d *drawing, row int, line Line, colour string, marker int) {
	x, y := float64(width-right+14), float64(top+12+20*row)
	dash := ""
	if line.Dashed {
		dash = ` stroke-dasharray="6 4"`
	}
	d.printf(`<path d="M%.1f %.1fh26" stroke="%s" stroke-width="2"%s/>`+"\n", x, y, colour, dash)
	if marker >= 0 {
		d.marker(marker, x+13, y, colour, false)
	}
	d.text(x+33, y+4, "start", "", line.Name)
}

// steps are the round numbers from low to high, some four to ten of them.
func steps(low, high float64) []float64 {
	raw := (high - low) / 8
	if !(raw > 0) || math.IsInf(raw, 0) {
		return nil
	}
	size := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, factor := range []float64{2, 2.5, 2} { // 2, 5, 10 times a power of ten
		if size >= raw {
			break
		}
		size *= factor
	}
	var ticks []float64
	for n := math.Ceil(low/size - 1e-9); n <= high/size+1e-9; n++ {
		ticks = append(ticks, n*size)
	}
	return ticks
}

func decades(low, high float64) []float64 {
	var ticks []float64
	for n := math.Ceil(math.Log10(low) - 1e-9); n <= math.Log10(high)+1e-9; n++ {
		ticks = append(ticks, math.Pow(10, n))
	}
	return ticks
}

func number(v float64) string {
	if v == 0 {
		return "0" // never -0
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

// A drawing collects SVG elements.
type drawing struct{ bytes.Buffer }

func (d *drawing) printf(format string, a ...any) { fmt.Fprintf(d, format, a...) }

func (d *drawing) rule(x1, y1, x2, y2 float64, colour string) {
	d.printf(`<path d="M%.1f %.1fL%.1f %.1f" stroke="%s"/>`+"\n", x1, y1, x2, y2, colour)
}

func (d *drawing) text(x, y float64, anchor, attributes, s string) {
	d.printf(`<text x="%.1f" y="%.1f" text-anchor="%s" %s>%s</text>`+"\n", x, y, anchor, attributes, escaped(s))
}

// marker draws the n-th shape: dot, square, triangle, diamond, triangle upside down.
func (d *drawing) marker(n int, x, y float64, colour string, hollow bool) {
	shapes := []string{
		"m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
		"m-4 -4h8v8h-8z",
		"m0 -5.5l5 9h-10z",
		"m0 -6l5 6l-5 6l-5 -6z",
		"m0 5.5l5 -9h-10z",
	}
	fill := colour
	if hollow {
		fill = "white"
	}
	d.printf(`<path d="M%.1f %.1f%s" fill="%s" stroke="%s"/>`+"\n", x, y, shapes[n%len(shapes)], fill, colour)
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer does not fail
	return b.String()
}
