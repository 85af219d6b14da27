package dial

import "math"

// Keying is how a transmitter gets from one tone to the other, which decides
// how wide it is.
type Keying uint8

const (
	Linear   Keying = iota // through a linear-phase filter
	Constant               // constant envelope: frequency glides within half a bit
	Hard                   // from one instant to the next, as many transceivers do in FSK
)

// An Emission is a radioteletype signal on the air.
type Emission struct {
	Mark, Space float64 // radio frequencies, Hz
	Baud        float64 // units per second
	Keying      Keying
}

// Skirt is how far the sidebands reach beyond the tones, in Hz.
//
// For linear and constant keying it is where all power outside is 60 dB down;
// measured over random text that is 82 Hz for a linear and 193 Hz for a constant
// signal of 45.45 Bd and 170 Hz. The formulas lie above everything measured
// between 36 and 300 Bd and 23 and 1000 Hz of shift, up to half as much again.
//
// Hard keying has no such place: its sidebands fall so slowly that −60 dB is
// kilohertz away. There it is where all power outside is 40 dB down, 395 Hz for
// the signal above. It grows with the root of speed and shift, and transceivers
// that round their keying stay well inside.
func (e Emission) Skirt() float64 {
	shift := math.Abs(e.Mark - e.Space)
	switch e.Keying {
	case Hard:
		return 5.4 * math.Sqrt(e.Baud*shift)
	case Constant:
		return 3*e.Baud + 0.55*shift
	}
	return 1.9*e.Baud + 0.1*shift
}

// Edges are the ends of what the emission occupies, sidebands included, Hz.
func (e Emission) Edges() (low, high float64) {
	return min(e.Mark, e.Space) - e.Skirt(), max(e.Mark, e.Space) + e.Skirt()
}
