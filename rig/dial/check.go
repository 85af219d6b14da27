package dial

import (
	"fmt"

	"rtty/rig"
)

// Method is the way to the transmitter.
type Method uint8

const (
	AFSK Method = iota // tones through the audio input of an SSB transmitter
	FSK                // a contact that shifts the transmitter itself
)

// A MethodError says that a transceiver's mode and the way it is keyed don't go
// together: it would transmit nothing, or a carrier, or the wrong thing.
type MethodError struct {
	Mode   rig.Mode
	Method Method
}

func (e *MethodError) Error() string {
	switch {
	case e.Mode.Kind == rig.Other:
		return fmt.Sprintf("the transceiver is in mode %s: set LSB or USB for sound, RTTY for FSK keying", e.Mode.Name)
	case e.Method == AFSK:
		return fmt.Sprintf("the transceiver is in its own FSK mode (%s), where it doesn't send sound: set LSB or USB with data, or choose FSK keying", e.Mode.Name)
	}
	return fmt.Sprintf("the transceiver is in mode %s, where it doesn't listen to FSK keying: set RTTY, or choose sound", e.Mode.Name)
}

// CheckMethod refuses what can't work; the error is a *MethodError. A mode that
// isn't known is let pass, since many can't tell theirs.
func CheckMethod(mode rig.Mode, m Method) error {
	native := mode.Kind == rig.RTTY || mode.Kind == rig.RTTYR
	switch {
	case mode.Kind == rig.Unknown:
		return nil
	case mode.Kind == rig.Other, native != (m == FSK):
		return &MethodError{Mode: mode, Method: m}
	}
	return nil
}

// Passband is the audio an SSB transmitter is taken to pass, Hz.
type Passband struct {
	Low, High float64
}

// The middle of a voice filter, and the width to count with where a transceiver
// doesn't tell its own. It is on the wide side, so that a harmonic isn't
// believed to be filtered when it is not.
const (
	passbandCenter = 1500.0
	usualWidth     = 3000.0
	fewestHz       = 50.0 // no transmitter passes less
)

// PassbandOf is what a transceiver that only tells the width of its filter is
// taken to pass: that width about 1500 Hz. 0 stands for a usual filter.
func PassbandOf(width float64) Passband {
	if width <= 0 {
		width = usualWidth
	}
	return Passband{
		Low:  max(passbandCenter-width/2, fewestHz),
		High: passbandCenter + width/2,
	}
}

// highTones are tones, in Hz, above which nobody wants others for their harmonics'
// sake: a filter that passes those is too wide.
const highTones = 2000

// ToneWarnings says what will go wrong with tones that are sent as sound: those
// the filter in mode doesn't pass, and those whose harmonics it does. Harmonics
// are made by every sound card and input stage that is driven a little too hard;
// with tones above 1500 Hz the filter removes them.
//
// In FSK, where the transceiver makes the tones itself, there is nothing to warn
// of.
func ToneWarnings(mode rig.Mode, t Tones) []string {
	if mode.Kind == rig.RTTY || mode.Kind == rig.RTTYR {
		return nil
	}
	var warnings []string
	p := PassbandOf(mode.Filter)
	if t.Low() < p.Low || t.High() > p.High {
		warnings = append(warnings, fmt.Sprintf(
			"the tones %.0f and %.0f Hz lie outside the filter, which is taken to pass %.0f to %.0f Hz: choose a wider one or move the tones",
			t.Mark, t.Space, p.Low, p.High))
	}
	if harmonic := 2 * t.Low(); harmonic < p.High {
		remedy := fmt.Sprintf("tones above %.0f Hz are safe", p.High/2)
		if t.Low() >= highTones {
			remedy = "a narrower filter keeps it in"
		}
		warnings = append(warnings, fmt.Sprintf(
			"the harmonic of %.0f Hz at %.0f Hz passes the filter, so overdrive will be heard on the air: %s", t.Low(), harmonic, remedy))
	}
	return warnings
}

// PolarityWarning is a sentence when mark would go out as the lower radio
// frequency, which others print as nonsense; empty otherwise.
func (d Display) PolarityWarning(t Tones) string {
	if d.Kind == rig.RTTYR {
		return "the transceiver is in RTTY-R, which sends mark as the lower frequency: amateurs send it as the higher"
	}
	if d.Kind == rig.RTTY || d.MarkHigh(t) {
		return ""
	}
	return fmt.Sprintf("with mark %.0f and space %.0f Hz on this sideband mark is the lower frequency: amateurs send it as the higher", t.Mark, t.Space)
}
