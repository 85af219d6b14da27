package modem

import (
	"strings"
	"testing"

	"rtty/baudot"
)

func preset(t *testing.T, name string) *Preset {
	t.Helper()
	p, err := PresetNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	return &p
}

func TestPartialTones(t *testing.T) {
	usb, lsb := USB, LSB
	dwd := preset(t, "dwd")
	for _, c := range []struct {
		name        string
		partial     Partial
		mark, space float64
	}{
		{"nothing said", Partial{}, 2125, 2295},
		{"mark", Partial{Mark: 1000}, 1000, 1170},
		{"space", Partial{Space: 1170}, 1000, 1170},
		{"mark and shift", Partial{Mark: 2125, Shift: 170}, 2125, 2295},
		{"space and shift", Partial{Space: 2295, Shift: 200}, 2095, 2295},
		{"shift", Partial{Shift: 850}, 2125, 2975},
		{"center", Partial{Center: 1500}, 1415, 1585},
		{"center and shift", Partial{Center: 1500, Shift: 450}, 1275, 1725},
		{"mark and center", Partial{Mark: 1600, Center: 1500}, 1600, 1400},
		{"space and center", Partial{Space: 1600, Center: 1500}, 1400, 1600},
		{"mark and space", Partial{Mark: 1725, Space: 1275}, 1725, 1275},
		{"all four", Partial{Mark: 1725, Space: 1275, Shift: 450, Center: 1500}, 1725, 1275},
		{"mark, shift and center", Partial{Mark: 1725, Shift: 450, Center: 1500}, 1725, 1275},
		{"space, shift and center", Partial{Space: 1725, Shift: 450, Center: 1500}, 1275, 1725},
		{"rounded numbers", Partial{Mark: 2125, Space: 2295, Center: 2210.4}, 2125, 2295},

		{"other sideband", Partial{Sideband: &usb}, 2295, 2125},
		{"mark on the other sideband", Partial{Mark: 2125, Sideband: &usb}, 2125, 1955},
		{"both tones on the other sideband", Partial{Mark: 1000, Space: 1170, Sideband: &usb}, 1000, 1170},

		{"reverse", Partial{Reverse: true}, 2295, 2125},
		{"reverse, mark and shift", Partial{Mark: 2125, Shift: 170, Reverse: true}, 2295, 2125},
		{"reverse on the other sideband", Partial{Sideband: &usb, Reverse: true}, 2125, 2295},

		{"preset", Partial{Preset: dwd}, 1275, 1725},
		{"preset on its other sideband", Partial{Preset: dwd, Sideband: &lsb}, 1725, 1275},
		{"preset and mark", Partial{Preset: dwd, Mark: 1000}, 1000, 1450},
		{"preset and center", Partial{Preset: dwd, Center: 1000}, 775, 1225},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := c.partial.Signal()
			if err != nil {
				t.Fatal(err)
			}
			if s.Mark != c.mark || s.Space != c.space {
				t.Errorf("mark %g, space %g; want %g, %g", s.Mark, s.Space, c.mark, c.space)
			}
		})
	}
}

func TestPartialKeepsWhatIsNotATone(t *testing.T) {
	ita2, off := baudot.ITA2, false
	got, err := Partial{Baud: 75, StopBits: 2, Code: &ita2, USOS: &off}.Signal()
	want := Signal{Mark: 2125, Space: 2295, Baud: 75, StopBits: 2, Code: baudot.ITA2}
	if err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestPartialContradictions(t *testing.T) {
	for _, c := range []struct {
		partial Partial
		says    string
	}{
		{Partial{Mark: 2125, Space: 2295, Shift: 200}, "170 Hz apart, not 200"},
		{Partial{Mark: 2125, Space: 2295, Center: 2000}, "is 2210 Hz, not 2000"},
		{Partial{Mark: 2125, Shift: 170, Center: 1500}, "not 1500"},
		{Partial{Space: 2125, Shift: 170, Center: 1500}, "not 1500"},
	} {
		if _, err := c.partial.Signal(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: got %v, want an error with %q", c.partial, err, c.says)
		}
	}
}
