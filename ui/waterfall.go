package ui

import (
	"math"

	"rtty/modem"
	"rtty/station"
)

// keptRows is how many rows of the waterfall are kept for a larger window:
// two to a cell, so this fills any screen.
const keptRows = 600

// A band is a stretch of audio frequencies, Hz.
type band struct{ low, high float64 }

func (b band) width() float64 { return b.high - b.low }

// column is the column of a frequency on a picture of a width, possibly
// outside of it.
func (b band) column(hz float64, width int) int {
	return int(math.Floor((hz - b.low) / b.width() * float64(width)))
}

// hz is the frequency in the middle of a column.
func (b band) hz(column, width int) float64 {
	return b.low + (float64(column)+0.5)*b.width()/float64(width)
}

// A waterfall keeps the latest rows and their picture.
type waterfall struct {
	stride int // rows that are merged to one, to save a slow link
	zoom   int // index into zooms

	merged   merger
	rows     []coolRow // oldest first
	floor    float64   // of the noise, dB, smoothed
	average  []float32 // smoothed powers of the bins, for the spectrum
	steady   []float32 // and smoothed over seconds, for the floor
	smoothed float32   // rows that they are of
	first    float64   // of average: frequency of the first bin
	step     float64   // and their distance
	top      float64   // highest frequency of the rows

	shown band
	width int // that heats of the rows were computed for, with shown
}

// A coolRow is a row and its picture.
type coolRow struct {
	seq   int64
	row   station.Row
	floor float64
	heats []uint8 // one a column; nil when not yet computed
}

// zooms are the widths that the waterfall can show, Hz; 0 is all there is.
var zooms = []float64{0, 2800, 1400, 700}

const (
	voiceLow    = 200.0 // where an SSB receiver's passband begins
	defaultZoom = 1
)

func newWaterfall(stride int) *waterfall {
	return &waterfall{stride: max(stride, 1), zoom: defaultZoom, top: 4000, shown: band{voiceLow, voiceLow + zooms[defaultZoom]}}
}

// take adds a row and tells whether the picture has changed. What is heard
// while the receiver is muted tells nothing of the noise.
func (w *waterfall) take(row station.Row, muted bool) bool {
	if len(row.DB) == 0 || row.Step <= 0 {
		return false
	}
	row, ok := w.merged.add(row, w.stride)
	if !ok {
		return false
	}
	w.smooth(row, muted)
	if len(w.rows) >= 2*keptRows {
		w.rows = append(w.rows[:0], w.rows[len(w.rows)-keptRows:]...)
	}
	w.rows = append(w.rows, coolRow{seq: row.Seq, row: row, floor: w.floor})
	return true
}

// A merger makes one row of several.
type merger struct {
	sum   []float32
	count int
	seq   int64
}

func (m *merger) add(row station.Row, stride int) (station.Row, bool) {
	if stride == 1 {
		return row, true
	}
	if len(m.sum) != len(row.DB) {
		m.sum, m.count = make([]float32, len(row.DB)), 0
	}
	for i, v := range row.DB {
		m.sum[i] += v
	}
	if m.count++; m.count < stride {
		return row, false
	}
	row.DB = m.sum
	for i := range row.DB {
		row.DB[i] /= float32(m.count)
	}
	row.Seq = m.seq
	*m = merger{seq: m.seq + 1}
	return row, true
}

// smooth follows the spectrum, quickly for the eye and slowly for the noise.
func (w *waterfall) smooth(row station.Row, muted bool) {
	w.top = min(row.First+row.Step*float64(len(row.DB)-1), 96_000)
	if len(w.average) != len(row.DB) || w.first != row.First || w.step != row.Step {
		w.average, w.steady = make([]float32, len(row.DB)), make([]float32, len(row.DB))
		w.first, w.step = row.First, row.Step
		w.smoothed = 0
	}
	first := w.smoothed == 0
	if !muted || first {
		w.smoothed++
	}
	quick, slow := max(0.3, 1/w.smoothed), max(0.04, 1/w.smoothed)
	follow(w.average, row.DB, quick)
	if muted && !first {
		return
	}
	follow(w.steady, row.DB, slow)
	w.floor += float64(quick) * (noiseFloor(w.steady) - w.floor)
}

// follow moves smoothed powers a part of the way to new ones.
func follow(smoothed, db []float32, part float32) {
	for i, v := range db {
		smoothed[i] += part * (sane(v) - smoothed[i])
	}
}

// look chooses the band that is shown so that the tones are always in it.
func (w *waterfall) look(sig, sent modem.Signal) band {
	want := zooms[w.zoom]
	if want == 0 {
		return w.show(band{0, max(w.top, 1000)})
	}
	low := min(sig.Mark, sig.Space)
	high := max(sig.Mark, sig.Space)
	if sent.Mark > 0 && max(high, sent.Mark, sent.Space)-min(low, sent.Mark, sent.Space) < 0.8*want {
		low, high = min(low, sent.Mark, sent.Space), max(high, sent.Mark, sent.Space)
	}
	want = max(want, 1.3*(high-low))
	b := band{w.shown.low, w.shown.low + want}
	if w.zoom == defaultZoom && high < voiceLow+want && low > voiceLow {
		b = band{voiceLow, voiceLow + want}
	}
	if margin := want / 12; low < b.low+margin && low < voiceLow+margin || low < b.low || high > b.high {
		start := max(0, (low+high)/2-want/2)
		b = band{start, start + want}
	}
	return w.show(b)
}

func (w *waterfall) show(b band) band {
	if b != w.shown {
		w.shown, w.width = b, 0
	}
	return b
}

// heatsOf gives the heats of the newest rows at a width, newest first.
func (w *waterfall) heatsOf(n, width int) []*coolRow {
	if width != w.width {
		for i := range w.rows {
			w.rows[i].heats = nil
		}
		w.width = width
	}
	var rows []*coolRow
	chance := w.chance(width)
	for i := len(w.rows) - 1; i >= 0 && len(rows) < n; i-- {
		r := &w.rows[i]
		if r.heats == nil {
			r.heats = make([]uint8, width)
			for x := range r.heats {
				r.heats[x] = heat(strength(r.row.DB, r.row.First, r.row.Step, w.shown, x, width) - r.floor - chance)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// strength is the highest power of the bins that belong to a column.
func strength(db []float32, first, step float64, b band, x, width int) float64 {
	hz := b.width() / float64(width)
	low := b.low + float64(x)*hz
	i := int(math.Round((low - first) / step))
	j := int(math.Round((low + hz - first) / step))
	if j <= i {
		j = i + 1
	}
	best := float32(lowDB)
	for i = max(i, 0); i < min(j, len(db)); i++ {
		best = max(best, sane(db[i]))
	}
	return float64(best)
}

const (
	coldDB = -3 // above the floor: what is below is of one colour, which saves bytes
	hotDB  = 54 // above the floor: the hottest colour
)

// heat is a power above the noise floor as a colour of the ramp.
func heat(db float64) uint8 {
	x := (db - coldDB) / (hotDB - coldDB) * heats
	return uint8(min(max(x, 0), heats-1))
}

// draw shows the rows, newest on top, two to a cell where there are colours.
func (w *waterfall) draw(a area, l *look) {
	if a.w < 1 || a.h < 1 {
		return
	}
	if !l.palette.shaded() {
		w.drawChars(a, l)
		return
	}
	rows := w.heatsOf(2*a.h, a.w)
	if len(rows) == 0 {
		return
	}
	newest := rows[0].seq
	top := newest / 2
	for _, r := range rows {
		y := int(top - r.seq/2)
		if y < 0 || y >= a.h {
			continue
		}
		for x, h := range r.heats {
			c := a.at(x, y)
			if r.seq%2 == 0 { // the older of the pair, in the lower half
				c.style.bg = firstHeat + ink(h)
			} else {
				c.style.fg = firstHeat + ink(h)
			}
		}
	}
	for y := range a.h {
		for x := range a.w {
			halves(a.at(x, y), y == 0 && newest%2 == 0)
		}
	}
}

// halves makes a cell show its two colours; pending is one whose upper half
// has not come yet.
func halves(c *cell, pending bool) {
	switch {
	case pending && c.style.bg != inkNone:
		c.r, c.style.fg, c.style.bg = '▄', c.style.bg, inkNone
	case c.style.fg == c.style.bg:
		c.r, c.style.fg = ' ', inkNone
	case c.style.bg == inkNone || c.style.fg != inkNone:
		c.r = '▀'
	}
}

// heatChars are strengths as characters.
var heatChars = []rune(" .:-=+*#%@")

// drawChars shows the rows as characters, two to a line.
func (w *waterfall) drawChars(a area, l *look) {
	rows := w.heatsOf(2*a.h, a.w)
	if len(rows) == 0 {
		return
	}
	top := rows[0].seq / 2
	best := make([]uint8, a.w*a.h)
	for _, r := range rows {
		y := int(top - r.seq/2)
		if y < 0 || y >= a.h {
			continue
		}
		for x, h := range r.heats {
			best[y*a.w+x] = max(best[y*a.w+x], h)
		}
	}
	for i, h := range best {
		s := style{}
		if l.palette.colored() {
			s.fg = firstHeat + ink(max(h, heats/3))
		}
		a.set(i%a.w, i/a.w, heatChars[int(h)*len(heatChars)/heats], s)
	}
}

// bars are eighths of a cell.
var bars = []rune(" ▁▂▃▄▅▆▇█")

// drawSpectrum shows the smoothed powers as bars.
func (w *waterfall) drawSpectrum(a area, l *look) {
	if w.average == nil || a.w < 1 || a.h < 1 {
		return
	}
	for x := range a.w {
		db := strength(w.average, w.first, w.step, w.shown, x, a.w) - w.floor
		eighths := int(max(db, 0) / hotDB * float64(8*a.h))
		s := l.accent
		if l.palette.shaded() {
			s = style{fg: firstHeat + ink(min(heat(db)+heats/5, heats-1))}
		}
		for y := a.h - 1; y >= 0; y-- {
			part := min(max(eighths, 0), 8)
			eighths -= 8
			if part > 0 {
				a.set(x, y, bars[part], s)
			}
		}
	}
}
