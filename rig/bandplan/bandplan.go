// Package bandplan knows where amateurs may transmit, where they send
// radioteletype, and whom a signal would disturb.
//
// Two kinds of rule meet here. The edges of the bands are law: they come from
// Article 5 of the ITU Radio Regulations, which differ between the three
// regions of the world, and every country narrows them further. What is kept here
// is what a region grants in general, the narrower figure where sources
// differ; a licence may allow less, and the licence counts. Within the bands there is
// custom: the band plans of the IARU member societies, and frequencies that
// FT8 and its kin have made their own. Custom is warned about, never enforced.
//
// Region 1 is Europe, Africa, the Middle East and northern Asia, region 2 the
// Americas, region 3 the rest of Asia and Oceania.
package bandplan

import (
	"fmt"
	"strconv"
)

// Region is an ITU and IARU region, 1 to 3.
type Region uint8

// A Segment is a stretch of frequencies, Hz.
type Segment struct {
	Low, High float64
}

func (s Segment) contains(low, high float64) bool { return low >= s.Low && high <= s.High }
func (s Segment) overlaps(low, high float64) bool { return low < s.High && high > s.Low }

// A Band is an amateur band of one region.
type Band struct {
	Name string // "20 m"
	Segment
	RTTY []Segment // where radioteletype is customary, contests included
	Note string    // what is particular about it, one sentence
}

// A Verdict is what is known about transmitting somewhere.
type Verdict struct {
	Inside    bool     // wholly inside one band
	Band      string   // its name, or that of the band that is overlapped or touched; may be empty
	Customary bool     // wholly inside a stretch where radioteletype is customary
	Refusal   string   // one sentence when not Inside
	Warnings  []string // sentences
}

// Check judges an emission that occupies low to high Hz, sidebands included.
func Check(r Region, low, high float64) Verdict {
	if !(low > 0 && low <= high) {
		return Verdict{Refusal: fmt.Sprintf("%.0f to %.0f Hz is no stretch of frequencies", low, high)}
	}
	v := Verdict{}
	for _, b := range Bands(r) {
		switch {
		case b.contains(low, high):
			v.Inside, v.Band = true, b.Name
			v.judgeCustom(b, low, high)
		case b.overlaps(low, high):
			v.Band = b.Name
			v.Refusal = fmt.Sprintf("the signal would occupy %s to %s kHz and so leave the %s band, which in region %d is %s to %s kHz",
				kilohertz(low), kilohertz(high), b.Name, r, kilohertz(b.Low), kilohertz(b.High))
		}
	}
	if !v.Inside && v.Refusal == "" {
		v.Refusal = fmt.Sprintf("%s kHz is in no amateur band of region %d", kilohertz((low+high)/2), r)
	}
	for _, w := range watched {
		if w.in(r) && w.overlaps(low, high) {
			v.Warnings = append(v.Warnings, w.warning())
		}
	}
	return v
}

func (v *Verdict) judgeCustom(b Band, low, high float64) {
	for _, s := range b.RTTY {
		if s.contains(low, high) {
			v.Customary = true
		}
	}
	if b.Note != "" {
		v.Warnings = append(v.Warnings, b.Note)
	}
	if !v.Customary {
		v.Warnings = append(v.Warnings, uncustomary(b))
	}
}

func uncustomary(b Band) string {
	if len(b.RTTY) == 0 {
		return fmt.Sprintf("radioteletype is not customary on %s", b.Name)
	}
	list := ""
	for i, s := range b.RTTY {
		if i > 0 {
			list += " and "
		}
		list += kilohertz(s.Low) + " to " + kilohertz(s.High)
	}
	return fmt.Sprintf("radioteletype is customary on %s from %s kHz, not here", b.Name, list)
}

// kilohertz writes a frequency as far as it has digits.
func kilohertz(hz float64) string {
	return strconv.FormatFloat(float64(int64(hz+0.5))/1000, 'f', -1, 64)
}
