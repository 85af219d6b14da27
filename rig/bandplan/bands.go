package bandplan

// Sources: ITU Radio Regulations, Article 5 (60 m as the conference of 2015, WRC-15,
// has added it for all regions), and the band plans of IARU Region 1
// (HF, 16 October 2020), Region 2 (MF/HF, 2016) and Region 3 (R3-004, September
// 2019). The stretches for radioteletype are those plans' narrow-band digital
// segments, widened to where the large contests are held.

const kHz = 1000.0

// span is a segment given in kHz.
func span(low, high float64) Segment { return Segment{low * kHz, high * kHz} }

const (
	sixtyNote = "on 60 m power, modes and even the frequencies are each country's own: see the licence"
	sixNote   = "on 6 m some countries of region 1 grant less than 50 to 52 MHz: see the licence"
)

// everywhere are the bands that are alike in all regions.
var everywhere = []Band{
	{"60 m", span(5351.5, 5366.5), nil, sixtyNote},
	{"30 m", span(10100, 10150), []Segment{span(10130, 10150)}, ""},
	{"20 m", span(14000, 14350), []Segment{span(14070, 14099), span(14101, 14125)}, ""},
	{"17 m", span(18068, 18168), []Segment{span(18095, 18109)}, ""},
	{"15 m", span(21000, 21450), []Segment{span(21070, 21149)}, ""},
	{"12 m", span(24890, 24990), []Segment{span(24915, 24929)}, ""},
	{"10 m", span(28000, 29700), []Segment{span(28070, 28190)}, ""},
}

var regional = [...][]Band{
	1: {
		{"160 m", span(1810, 2000), []Segment{span(1838, 1843)}, ""},
		{"80 m", span(3500, 3800), []Segment{span(3570, 3620)}, ""},
		{"40 m", span(7000, 7200), []Segment{span(7040, 7100)}, ""},
		{"6 m", span(50000, 52000), []Segment{span(50300, 50400)}, sixNote},
		{"2 m", span(144000, 146000), []Segment{span(144110, 144160)}, ""},
		{"70 cm", span(430000, 440000), []Segment{span(432100, 432400)}, ""},
	},
	2: {
		{"160 m", span(1800, 2000), []Segment{span(1800, 1810), span(1838, 1843)}, ""},
		{"80 m", span(3500, 4000), []Segment{span(3570, 3625)}, ""},
		{"40 m", span(7000, 7300), []Segment{span(7025, 7125)}, ""},
		{"6 m", span(50000, 54000), []Segment{span(50300, 50400), span(50600, 50800)}, ""},
		{"2 m", span(144000, 148000), []Segment{span(144110, 144160)}, ""},
		{"70 cm", span(430000, 440000), []Segment{span(432100, 432400)}, ""},
	},
	3: {
		{"160 m", span(1800, 2000), []Segment{span(1830, 1840)}, ""},
		{"80 m", span(3500, 3900), []Segment{span(3520, 3600)}, ""},
		{"40 m", span(7000, 7200), []Segment{span(7025, 7100)}, ""},
		{"6 m", span(50000, 54000), []Segment{span(50300, 50400)}, ""},
		{"2 m", span(144000, 148000), []Segment{span(144110, 144160)}, ""},
		{"70 cm", span(430000, 440000), []Segment{span(432100, 432400)}, ""},
	},
}

// Bands are the amateur bands of a region; none for a region that there is not.
// They are the caller's to change.
func Bands(r Region) []Band {
	if r < 1 || int(r) >= len(regional) {
		return nil
	}
	return append(append([]Band(nil), everywhere...), regional[r]...)
}
