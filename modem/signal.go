package modem

import (
	"fmt"
	"math"

	"rtty/baudot"
)

// Limits of a Signal that Validate holds it to.
const (
	MinBaud  = 36.0   // Bd
	MaxBaud  = 300.0  // Bd
	MinShift = 23.0   // Hz
	MaxShift = 1000.0 // Hz
	MinTone  = 50.0   // Hz
)

// A Signal is a radioteletype signal as it stands in the audio: two tones that
// take turns, Baud times a second at the most, and what they spell.
type Signal struct {
	Mark     float64 // audio frequency of mark, the resting tone, Hz
	Space    float64 // audio frequency of space, Hz
	Baud     float64 // units per second, Bd
	StopBits float64 // length of the stop element that is sent, units: 1, 1.5 or 2
	Code     baudot.Table
	USOS     bool // unshift on space: a space returns to letters
}

// Shift is the distance of the two tones in Hz, never negative.
func (s Signal) Shift() float64 { return math.Abs(s.Space - s.Mark) }

// Center is the frequency halfway between the tones in Hz.
func (s Signal) Center() float64 { return (s.Mark + s.Space) / 2 }

// Reversed is the same signal with mark and space swapped.
func (s Signal) Reversed() Signal {
	s.Mark, s.Space = s.Space, s.Mark
	return s
}

// MovedTo is the same signal with its centre at center Hz.
func (s Signal) MovedTo(center float64) Signal {
	d := center - s.Center()
	s.Mark += d
	s.Space += d
	return s
}

// CharSeconds is the time from one start bit to the next in an unbroken
// transmission: start, five data units and the stop element.
func (s Signal) CharSeconds() float64 { return (6 + s.StopBits) / s.Baud }

// A SignalError names the part of a Signal that can't be, and why.
type SignalError struct {
	Field string  // "baud", "shift", "mark", "space" or "stop bits"
	Value float64 // what it was
	Want  string  // the limit in words
}

func (e *SignalError) Error() string {
	return fmt.Sprintf("%s %g: %s", e.Field, e.Value, e.Want)
}

// Validate tells whether a modem that runs at rate samples per second can
// handle the signal. The error is a *SignalError.
func (s Signal) Validate(rate int) error {
	within := func(v, lo, hi float64) bool { return v >= lo && v <= hi } // false for NaN
	top := 0.48 * float64(rate)
	switch {
	case !within(s.Baud, MinBaud, MaxBaud):
		return &SignalError{"baud", s.Baud, fmt.Sprintf("must be %g to %g", MinBaud, MaxBaud)}
	case !within(s.Shift(), MinShift, MaxShift):
		return &SignalError{"shift", s.Shift(), fmt.Sprintf("must be %g to %g Hz", MinShift, MaxShift)}
	case s.Shift() < s.Baud/2:
		return &SignalError{"shift", s.Shift(), fmt.Sprintf("must be at least half the speed, %g Hz at %g Bd", s.Baud/2, s.Baud)}
	case !within(s.Mark, MinTone, top):
		return &SignalError{"mark", s.Mark, fmt.Sprintf("must be %g to %g Hz at %d samples per second", MinTone, top, rate)}
	case !within(s.Space, MinTone, top):
		return &SignalError{"space", s.Space, fmt.Sprintf("must be %g to %g Hz at %d samples per second", MinTone, top, rate)}
	case !within(s.StopBits, 1, 2):
		return &SignalError{"stop bits", s.StopBits, "must be 1 to 2"}
	}
	return nil
}
