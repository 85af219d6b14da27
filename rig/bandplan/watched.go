package bandplan

import "fmt"

// A watch is a stretch that somebody listens to all the time.
type watch struct {
	Segment
	who    string
	region Region // 0 for all
}

func (w watch) in(r Region) bool { return w.region == 0 || w.region == r }

func (w watch) warning() string {
	return fmt.Sprintf("%s to %s kHz is used by %s: move away", kilohertz(w.Low), kilohertz(w.High), w.who)
}

// Dial frequencies of FT8, FT4 and WSPR as WSJT-X sets out with, of JS8 as
// JS8Call's list of default frequencies has them. FT8 and FT4 use 3 kHz above the
// dial, JS8 2.5 kHz, WSPR 200 Hz about 1.5 kHz.
var (
	ft8 = []float64{1840, 3573, 5357, 7074, 10136, 14074, 18100, 21074, 24915, 28074, 50313, 50323, 144174, 432174}
	ft4 = []float64{3575, 7047.5, 10140, 14080, 18104, 21140, 24919, 28180, 50318, 144170}
	js8 = []float64{1842, 3578, 7078, 10130, 14078, 18104, 21078, 24922, 28078, 50318, 144178}

	wspr = []float64{1836.6, 3568.6, 5364.7, 7038.6, 10138.7, 14095.6, 18104.6, 21094.6, 24924.6, 28124.6, 50293, 144489}
)

// The propagation beacons: NCDXF/IARU International Beacon Project, one minute
// each around the clock, and the stretches IARU plans keep for others.
var beacons = []watch{
	{span(14099, 14101), "the IARU beacons on 14100 kHz", 0},
	{span(18109, 18111), "the IARU beacons on 18110 kHz", 0},
	{span(21149, 21151), "the IARU beacons on 21150 kHz", 0},
	{span(24929, 24931), "the IARU beacons on 24930 kHz", 0},
	{span(28190, 28225), "beacons, those of the IARU on 28200 kHz among them", 0},
	{span(28225, 28300), "beacons", 2},
	{span(50000, 50080), "beacons", 0},
	{span(50400, 50500), "beacons", 1},
	{span(144400, 144490), "beacons", 1},
	{span(144275, 144300), "beacons", 2},
}

// watched is all of that, from the lowest on within each kind.
var watched = func() []watch {
	var all []watch
	add := func(dials []float64, from, to float64, who string) {
		for _, d := range dials {
			all = append(all, watch{span(d+from, d+to), who, 0})
		}
	}
	add(ft8, 0, 3, "FT8")
	add(ft4, 0, 3, "FT4")
	add(js8, 0, 2.5, "JS8")
	add(wspr, 1.4, 1.6, "WSPR")
	all = append(all, watch{span(3568, 3571), "FT4", 3})
	return append(all, beacons...)
}()
