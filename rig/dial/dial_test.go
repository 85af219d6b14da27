package dial_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"rtty/rig"
	"rtty/rig/dial"
)

func display(t *testing.T, kind rig.Kind, offset float64) dial.Display {
	t.Helper()
	d, err := dial.For(rig.Mode{Kind: kind}, offset, 0)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// One signal, mark at 14 080 000 Hz and space 170 Hz below, as transceivers in
// different modes show it.
func TestOneSignalOnManyDials(t *testing.T) {
	const mark, space = 14_080_000, 14_079_830
	for _, c := range []struct {
		name   string
		kind   rig.Kind
		offset float64
		tones  dial.Tones
		dial   float64
	}{
		{"FSK", rig.RTTY, 0, dial.Tones{Mark: 2125, Space: 2295}, 14_080_000},
		{"LSB", rig.LSB, 0, dial.Tones{Mark: 2125, Space: 2295}, 14_082_125},
		{"USB", rig.USB, 0, dial.Tones{Mark: 2295, Space: 2125}, 14_077_705},
		{"LSB, low tones", rig.LSB, 0, dial.Tones{Mark: 1275, Space: 1445}, 14_081_275},
		{"FSK that shows the middle", rig.RTTY, -85, dial.Tones{Mark: 2125, Space: 2295}, 14_079_915},
		{"FSK that shows the carrier", rig.RTTY, 2125, dial.Tones{Mark: 2125, Space: 2295}, 14_082_125},
		{"USB that shows 1500 Hz up", rig.USB, 1500, dial.Tones{Mark: 2295, Space: 2125}, 14_079_205},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := display(t, c.kind, c.offset)
			if got := d.Dial(mark, c.tones.Mark); got != c.dial {
				t.Errorf("for mark %d the dial is %.0f, want %.0f", mark, got, c.dial)
			}
			if got := d.Radio(c.dial, c.tones.Mark); got != mark {
				t.Errorf("mark is heard at %.0f, want %d", got, mark)
			}
			if got := d.Radio(c.dial, c.tones.Space); got != space {
				t.Errorf("space is heard at %.0f, want %d", got, space)
			}
			if got := d.Audio(c.dial, mark); got != c.tones.Mark {
				t.Errorf("mark sounds at %.0f, want %.0f", got, c.tones.Mark)
			}
			if got := d.Sent(c.dial, c.tones, 45.45, dial.Linear); got.Mark != mark || got.Space != space {
				t.Errorf("it sends mark %.0f, space %.0f", got.Mark, got.Space)
			}
			if !d.MarkHigh(c.tones) || d.PolarityWarning(c.tones) != "" {
				t.Errorf("mark is taken for the lower frequency: %q", d.PolarityWarning(c.tones))
			}
		})
	}
}

// An Elecraft in AFSK A sends sound, and its dial shows mark all the same.
func TestDialAtMark(t *testing.T) {
	d, err := dial.For(rig.Mode{Kind: rig.LSB, Data: true, AtMark: true}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Dial(14_080_000, 2125); got != 14_080_000 {
		t.Errorf("the dial is %.0f", got)
	}
	e := d.Sent(14_080_000, dial.Tones{Mark: 2125, Space: 2295}, 45.45, dial.Linear)
	if e.Mark != 14_080_000 || e.Space != 14_079_830 {
		t.Errorf("it sends mark %.0f, space %.0f", e.Mark, e.Space)
	}
	if e := d.Sent(14_080_000, dial.Tones{Mark: 1500, Space: 1670}, 45.45, dial.Linear); e.Mark != 14_080_625 {
		t.Errorf("with other tones than its own it sends mark at %.0f", e.Mark)
	}
}

func TestReversedModesAreTold(t *testing.T) {
	ham := dial.Tones{Mark: 2125, Space: 2295}
	d := display(t, rig.RTTYR, 0)
	if e := d.Sent(14_080_000, ham, 45.45, dial.Hard); e.Mark != 14_080_000 || e.Space != 14_080_170 {
		t.Errorf("RTTY-R sends mark %.0f, space %.0f", e.Mark, e.Space)
	}
	if w := d.PolarityWarning(ham); !strings.Contains(w, "RTTY-R") {
		t.Errorf("warning %q", w)
	}
	if w := display(t, rig.USB, 0).PolarityWarning(ham); !strings.Contains(w, "mark 2125 and space 2295") {
		t.Errorf("warning %q", w)
	}
}

// After the move the signal sounds at home, whatever the mode.
func TestMoveBringsASignalHome(t *testing.T) {
	for _, kind := range []rig.Kind{rig.USB, rig.LSB, rig.RTTY, rig.RTTYR} {
		d := display(t, kind, 30)
		for _, heard := range []float64{615.5, 2125, 2910} {
			before := 7_045_000.0
			radio := d.Radio(before, heard)
			after := before + d.Move(heard, 2125)
			if got := d.Audio(after, radio); math.Abs(got-2125) > 1e-6 {
				t.Errorf("kind %d, from %.1f: mark then sounds at %.1f", kind, heard, got)
			}
		}
	}
	if got := display(t, rig.LSB, 0).Move(2000, 2125); got != 125 {
		t.Errorf("on LSB a signal 125 Hz too low wants the dial %+.0f Hz, not +125", got)
	}
}

func TestModesWithoutAPlace(t *testing.T) {
	for want, mode := range map[string]rig.Mode{
		"not known":   {},
		"in mode CWR": {Kind: rig.Other, Name: "CWR"},
	} {
		if _, err := dial.For(mode, 0, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", mode, err, want)
		}
	}
}

// The widths that the transmitter's own tests allow at −60 dB, and those of
// hard keying measured at −40 dB.
func TestEdgesContainWhatWasMeasured(t *testing.T) {
	for _, c := range []struct{ baud, shift, linear, constant, hard float64 }{
		{45.45, 170, 340, 560, 961},
		{50, 170, 360, 610, 1000},
		{75, 170, 440, 750, 1133},
		{50, 450, 700, 1225, 1927},
		{50, 85, 275, 450, 637},
		{75, 850, 1250, 2200, 3425},
		{36, 23, 160, 240, 226},
		{110, 170, 580, 950, 1310},
		{300, 150, 1200, 1850, 1700},
		{300, 1000, 2150, 3600, 6033},
		{45.45, 850, 1150, 2000, 2908},
		{36, 1000, 1300, 2200, 3017},
	} {
		for keying, measured := range map[dial.Keying]float64{
			dial.Linear: c.linear, dial.Constant: c.constant, dial.Hard: c.hard,
		} {
			e := dial.Emission{Mark: 14_080_000, Space: 14_080_000 - c.shift, Baud: c.baud, Keying: keying}
			low, high := e.Edges()
			if width := high - low; width < measured || width > 1.6*measured+c.baud {
				t.Errorf("%g Bd, %g Hz, keying %d: %.0f Hz wide, measured %.0f", c.baud, c.shift, keying, width, measured)
			}
			if math.Abs((low+high)/2-(e.Mark+e.Space)/2) > 1e-6 {
				t.Errorf("%v is not in the middle of %.1f to %.1f", e, low, high)
			}
		}
	}
}

func ExampleDisplay_Dial() {
	lsb, _ := dial.For(rig.Mode{Kind: rig.LSB}, 0, 0)
	usb, _ := dial.For(rig.Mode{Kind: rig.USB}, 0, 0)
	fsk, _ := dial.For(rig.Mode{Kind: rig.RTTY}, 0, 0)
	fmt.Printf("LSB %.0f, USB %.0f, FSK %.0f\n", lsb.Dial(14_080_000, 2125), usb.Dial(14_080_000, 2295), fsk.Dial(14_080_000, 2125))
	// Output: LSB 14082125, USB 14077705, FSK 14080000
}
