package ui

import (
	"math"
	"strings"
	"testing"

	"rtty/modem"
	"rtty/station"
)

func fallOf(stride, rows int, tones ...float64) *waterfall {
	f := newFake()
	f.noisy = true
	w := newWaterfall(stride)
	for range rows {
		f.row(tones...)
		w.take(f.rows[len(f.rows)-1], false)
	}
	return w
}

func TestTheCursorsAreAlwaysOnTheScreen(t *testing.T) {
	w := fallOf(1, 1)
	for zoom := range zooms {
		w.zoom = zoom
		for mark := 60.0; mark < 3900; mark += 37 {
			for _, shift := range []float64{85, 170, 850, -170, -850} {
				sig := modem.Signal{Mark: mark, Space: mark + shift}
				if sig.Space < 50 || sig.Space > 3950 {
					continue
				}
				b := w.look(sig, modem.Signal{})
				for _, hz := range []float64{sig.Mark, sig.Space} {
					if x := b.column(hz, 80); x < 0 || x >= 80 {
						t.Fatalf("zoom %d: %g Hz of %v is not within %v", zoom, hz, sig, b)
					}
				}
			}
		}
	}
}

func TestCallsStandOverTheirSignals(t *testing.T) {
	s := busyScreen(t, 80, 24)
	x, y := s.find(t, "DL1XYZ  ")
	if want := s.waterfall.shown.column(1400, 80); y != s.frame.cursors.y || x != want {
		t.Errorf("DL1XYZ, heard at 1400 Hz, stands at %d, %d; want %d, %d", x, y, want, s.frame.cursors.y)
	}
	for _, call := range []string{"W1AW", "PA9QQ", "F5IN"} { // no room, tuned to, long ago
		if line := s.lines()[s.frame.cursors.y]; strings.Contains(line, call) {
			t.Errorf("%s stands over the waterfall: %q", call, line)
		}
	}
}

func TestNoiseFloorIsThatInsideTheFilter(t *testing.T) {
	for name, c := range map[string]struct {
		tones []float64
		rows  int
	}{
		"noise":   {nil, 30},
		"signals": {[]float64{600, 770, 1000, 1170, 1500, 1670, 2000, 2170}, 30},
		"one row": {nil, 1},
	} {
		if got := fallOf(1, c.rows, c.tones...).floor; got < -92 || got > -80 {
			t.Errorf("%s: the floor is %.0f dB, the noise lies at -85", name, got)
		}
	}
	if got := noiseFloor(make([]float32, 10)); got < -6 || got > 0 {
		t.Errorf("the floor of 0 dB everywhere is %g", got)
	}
	if got := noiseFloor(nil); got > 20 || got < -160 {
		t.Errorf("the floor of nothing is %g", got)
	}
}

func TestRowsOfASlowLinkAreMerged(t *testing.T) {
	w := fallOf(3, 10, 1500)
	if len(w.rows) != 3 {
		t.Errorf("of 10 rows in threes %d are shown, want 3", len(w.rows))
	}
	for i, r := range w.rows {
		if r.seq != int64(i) {
			t.Errorf("merged row %d has the number %d", i, r.seq)
		}
	}
	if got := w.rows[0].row.DB[192]; got < -70 || got > -50 {
		t.Errorf("the tone at 1500 Hz is at %g dB in a merged row", got)
	}
}

func TestOwnTransmissionsDoNotMoveTheFloor(t *testing.T) {
	w := fallOf(1, 50)
	floor := w.floor
	for range 100 {
		w.take(station.Row{Step: w.step, DB: make([]float32, len(w.average))}, true)
	}
	if w.floor != floor {
		t.Errorf("the floor was %.0f dB and is %.0f dB after what was heard while sending", floor, w.floor)
	}
}

// Two rows make a line. The line stays where it is until a third comes.
func TestTheWaterfallMovesByWholeLines(t *testing.T) {
	l := newLook(&themes[0], 4, heats)
	var pictures [][]cell
	w := newWaterfall(1)
	f := newFake()
	for range 6 {
		f.row(1500)
		w.take(f.rows[len(f.rows)-1], false)
		var c canvas
		c.clear(40, 4)
		w.draw(c.all(), l)
		pictures = append(pictures, append([]cell(nil), c.cells...))
	}
	for i := 1; i+1 < len(pictures); i += 2 {
		line := pictures[i][:40]
		for k, c := range pictures[i+1][40:80] {
			if c != line[k] {
				t.Fatalf("a line changed from %v to %v when it moved down", line[k], c)
			}
		}
	}
	if top := pictures[4][0]; top.r != '▄' {
		t.Errorf("a line of one row shows %q, want its lower half only", top.r)
	}
}

func TestUglyRows(t *testing.T) {
	l := newLook(&themes[0], 4, heats)
	w := newWaterfall(1)
	nan := float32(math.NaN())
	for _, row := range []station.Row{
		{}, {Step: 10}, {Step: -1, DB: []float32{1}}, {Step: 10, DB: []float32{nan, nan}},
		{Step: 10, DB: []float32{float32(math.Inf(-1)), float32(math.Inf(1))}, Seq: 1},
		{Step: 1e-9, DB: make([]float32, 3), Seq: 1e15}, {First: -100, Step: 1e6, DB: make([]float32, 3)},
	} {
		w.take(row, false)
		var c canvas
		c.clear(20, 3)
		w.look(modem.Signal{}, modem.Signal{})
		w.draw(c.all(), l)
		w.drawSpectrum(c.all(), l)
		sig := modem.Signal{Mark: 1000, Space: 1170}
		w.snap(1500, 10, sig, otherShifts(sig, modem.USB))
	}
}
