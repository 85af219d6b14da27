package bandplan_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"rtty/rig/bandplan"
)

// The bands as each region has them, written down a second time: an edge that is
// changed by mistake shows here.
func TestEdges(t *testing.T) {
	for _, c := range []struct {
		band            string
		one, two, three [2]float64 // kHz
	}{
		{"160 m", [2]float64{1810, 2000}, [2]float64{1800, 2000}, [2]float64{1800, 2000}},
		{"80 m", [2]float64{3500, 3800}, [2]float64{3500, 4000}, [2]float64{3500, 3900}},
		{"60 m", [2]float64{5351.5, 5366.5}, [2]float64{5351.5, 5366.5}, [2]float64{5351.5, 5366.5}},
		{"40 m", [2]float64{7000, 7200}, [2]float64{7000, 7300}, [2]float64{7000, 7200}},
		{"30 m", [2]float64{10100, 10150}, [2]float64{10100, 10150}, [2]float64{10100, 10150}},
		{"20 m", [2]float64{14000, 14350}, [2]float64{14000, 14350}, [2]float64{14000, 14350}},
		{"17 m", [2]float64{18068, 18168}, [2]float64{18068, 18168}, [2]float64{18068, 18168}},
		{"15 m", [2]float64{21000, 21450}, [2]float64{21000, 21450}, [2]float64{21000, 21450}},
		{"12 m", [2]float64{24890, 24990}, [2]float64{24890, 24990}, [2]float64{24890, 24990}},
		{"10 m", [2]float64{28000, 29700}, [2]float64{28000, 29700}, [2]float64{28000, 29700}},
		{"6 m", [2]float64{50000, 52000}, [2]float64{50000, 54000}, [2]float64{50000, 54000}},
		{"2 m", [2]float64{144000, 146000}, [2]float64{144000, 148000}, [2]float64{144000, 148000}},
		{"70 cm", [2]float64{430000, 440000}, [2]float64{430000, 440000}, [2]float64{430000, 440000}},
	} {
		for i, edges := range [][2]float64{c.one, c.two, c.three} {
			region := bandplan.Region(i + 1)
			for _, at := range []struct {
				kHz    float64
				inside bool
			}{
				{edges[0] + 0.2, true}, {edges[1] - 0.2, true},
				{edges[0] - 0.1, false}, {edges[1] + 0.1, false},
				{edges[0], false}, {edges[1], false},
			} {
				v := bandplan.Check(region, at.kHz*1000-150, at.kHz*1000+150)
				if v.Inside != at.inside || v.Band != c.band || (v.Refusal == "") != at.inside {
					t.Errorf("region %d, 300 Hz at %.1f kHz: %+v, want inside %v of %s", region, at.kHz, v, at.inside, c.band)
				}
			}
		}
	}
}

func TestOutside(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{13_999_900, 14_000_200, "would occupy 13999.9 to 14000.2 kHz and so leave the 20 m band, which in region 1 is 14000 to 14350 kHz"},
		{7_250_000, 7_250_300, "7250.15 kHz is in no amateur band of region 1"},
		{27_000_000, 27_000_300, "no amateur band"},
		{0, 300, "no stretch"},
		{-5, 300, "no stretch"},
		{14_080_300, 14_080_000, "no stretch"},
		{math.NaN(), 14_080_000, "no stretch"},
		{14_080_000, math.NaN(), "no stretch"},
		{14_080_000, math.Inf(1), "leave the"},
	} {
		v := bandplan.Check(1, c.low, c.high)
		if v.Inside || !strings.Contains(v.Refusal, c.want) {
			t.Errorf("%.0f to %.0f: %+v, want %q", c.low, c.high, v, c.want)
		}
	}
	if v := bandplan.Check(2, 7_250_000, 7_250_300); !v.Inside {
		t.Errorf("7250 kHz in region 2: %+v", v)
	}
	for _, none := range []bandplan.Region{0, 4} {
		if v := bandplan.Check(none, 14_080_000, 14_080_300); v.Inside || v.Refusal == "" {
			t.Errorf("region %d: %+v", none, v)
		}
	}
}

func TestWhoIsDisturbed(t *testing.T) {
	for _, c := range []struct {
		region bandplan.Region
		mark   float64 // kHz
		want   []string
	}{
		{1, 14085, nil},
		{1, 14077.5, nil},
		{1, 14076, []string{"14074 to 14077 kHz is used by FT8"}},
		{1, 14079, []string{"14078 to 14080.5 kHz is used by JS8"}},
		{1, 14082.5, []string{"14080 to 14083 kHz is used by FT4"}},
		{1, 14100, []string{"customary on 20 m from 14070 to 14099 and 14101 to 14125 kHz", "IARU beacons on 14100"}},
		{2, 21150, []string{"customary", "IARU beacons on 21150"}},
		{1, 14250, []string{"customary"}},
		{1, 7045, nil},
		{1, 7048, []string{"FT4"}},
		{3, 3569, []string{"FT4"}},
		{2, 3569, []string{"customary"}},
		{1, 5355, []string{"each country's own", "radioteletype is not customary on 60 m"}},
		{1, 14097.1, []string{"WSPR"}},
		{2, 7079, []string{"7078 to 7080.5 kHz is used by JS8"}},
		{1, 144179, []string{"customary on 2 m", "144178 to 144180.5 kHz is used by JS8"}},
	} {
		v := bandplan.Check(c.region, c.mark*1000-170, c.mark*1000)
		if !v.Inside || len(v.Warnings) != len(c.want) {
			t.Errorf("region %d, %.1f kHz: %+v", c.region, c.mark, v)
			continue
		}
		for i, want := range c.want {
			if !strings.Contains(v.Warnings[i], want) {
				t.Errorf("region %d, %.1f kHz: %q, want %q", c.region, c.mark, v.Warnings[i], want)
			}
		}
	}
}

// Tables are sound: stretches lie in their band, bands don't overlap.
func TestTables(t *testing.T) {
	for region := bandplan.Region(1); region <= 3; region++ {
		bands := bandplan.Bands(region)
		for i, b := range bands {
			for _, s := range b.RTTY {
				if s.Low < b.Low || s.High > b.High || s.Low >= s.High {
					t.Errorf("region %d, %s: %v lies outside", region, b.Name, s)
				}
			}
			for _, o := range bands[i+1:] {
				if b.Low < o.High && o.Low < b.High {
					t.Errorf("region %d: %s overlaps %s", region, b.Name, o.Name)
				}
			}
		}
	}
}

func ExampleCheck() {
	v := bandplan.Check(1, 14_082_700, 14_083_100)
	fmt.Println(v.Inside, v.Band, v.Customary, v.Warnings)
	// Output: true 20 m true [14080 to 14083 kHz is used by FT4: move away]
}
