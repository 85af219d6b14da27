// Package dial does the arithmetic between the audio a modem hears, the
// frequency on a transceiver's dial, and what is on the air.
//
// # Which frequency is it?
//
// A radioteletype signal is named by the radio frequency of its mark, and on
// the amateur bands mark is the higher of the two tones. Three transceivers that
// work the same station at 14 080 000 Hz nevertheless show three figures:
//
//	FSK                            14 080 000   the dial shows mark itself
//	LSB, mark 2125, space 2295     14 082 125   the dial shows the carrier, mark lies below it
//	USB, mark 2295, space 2125     14 077 705   mark lies above it, so the tones change places
//
// Some transceivers show something else again in some modes, the middle of the
// two tones for instance; a Display has an Offset for that.
//
// Confusing these puts a station up to 4.4 kHz beside its frequency, or prints
// nothing because mark and space are swapped. So everything a person sees or a
// log keeps is the radio frequency of mark, and this package is where it comes
// from.
package dial

import (
	"fmt"

	"rtty/rig"
)

// HomePitch is where most transceivers put mark in the sound of their own FSK
// modes, Hz.
const HomePitch = 2125.0

// Tones are the audio frequencies of mark and space, Hz.
type Tones struct {
	Mark, Space float64
}

// Shift is the distance of the two tones in Hz, never negative.
func (t Tones) Shift() float64 { return max(t.Mark, t.Space) - min(t.Mark, t.Space) }

// Low is the lower tone, Hz.
func (t Tones) Low() float64 { return min(t.Mark, t.Space) }

// High is the higher tone, Hz.
func (t Tones) High() float64 { return max(t.Mark, t.Space) }

// Display tells what a transceiver's dial stands for in one mode. Make one with
// [For].
type Display struct {
	// Kind is the mode; one that a teleprinter can use.
	Kind rig.Kind
	// Offset is what the dial shows above what it should, Hz: above the
	// suppressed carrier in SSB, above mark in FSK. −85 for a transceiver that
	// shows the middle of a 170 Hz signal in FSK.
	Offset float64
	// Pitch is the sound of a mark that is exactly on the dial, Hz. In SSB it is
	// 0, since the dial shows the carrier; in FSK it is the mark tone, and so it is
	// in the AFSK A of an Elecraft.
	Pitch float64
}

// For is the Display of a mode. The pitch counts where the dial shows mark, in FSK
// and a few modes beside, and 0 stands for HomePitch. The error says why a mode has no place for a teleprinter.
func For(mode rig.Mode, offset, pitch float64) (Display, error) {
	switch mode.Kind {
	case rig.USB, rig.LSB, rig.RTTY, rig.RTTYR:
		d := Display{Kind: mode.Kind, Offset: offset, Pitch: pitch}
		switch native := mode.Kind == rig.RTTY || mode.Kind == rig.RTTYR; {
		case !native && !mode.AtMark:
			d.Pitch = 0
		case pitch == 0:
			d.Pitch = HomePitch
		}
		return d, nil
	case rig.Unknown:
		return Display{}, fmt.Errorf("the transceiver's mode is not known, so its dial doesn't tell where mark is")
	}
	return Display{}, fmt.Errorf("the transceiver is in mode %s, which carries no teleprinter signal: set LSB, USB or RTTY", mode.Name)
}

// up is +1 where a higher sound is a higher radio frequency, −1 where it is a
// lower one. FSK modes listen on the lower sideband, reversed ones on the upper.
func (d Display) up() float64 {
	if d.Kind == rig.USB || d.Kind == rig.RTTYR {
		return 1
	}
	return -1
}

// Radio is the radio frequency of a sound, both in Hz, with the dial at dial.
func (d Display) Radio(dial, audio float64) float64 {
	return dial - d.Offset + d.up()*(audio-d.Pitch)
}

// Dial is what the dial must show for radio to sound at audio, all in Hz.
func (d Display) Dial(radio, audio float64) float64 {
	return radio + d.Offset - d.up()*(audio-d.Pitch)
}

// Audio is where radio sounds with the dial at dial, all in Hz; below 0 it is
// not heard at all.
func (d Display) Audio(dial, radio float64) float64 {
	return d.Pitch + d.up()*(radio-dial+d.Offset)
}

// Move is how far the dial has to go, in Hz, so that a signal that now sounds
// with mark at heard does so at home.
func (d Display) Move(heard, home float64) float64 {
	return d.up() * (heard - home)
}

// MarkHigh tells whether tones heard or sent as audio have mark as the higher
// radio frequency.
func (d Display) MarkHigh(t Tones) bool {
	return d.up()*(t.Mark-t.Space) > 0
}

// Sent is what goes on the air with the dial at dial and tones in the audio.
// In FSK the transceiver makes the tones: of t only the shift counts, mark is
// what the dial shows, and space lies below it, or above it in RTTY-R.
func (d Display) Sent(dial float64, t Tones, baud float64, k Keying) Emission {
	e := Emission{Baud: baud, Keying: k}
	switch d.Kind {
	case rig.RTTY:
		e.Mark = dial - d.Offset
		e.Space = e.Mark - t.Shift()
	case rig.RTTYR:
		e.Mark = dial - d.Offset
		e.Space = e.Mark + t.Shift()
	default:
		e.Mark, e.Space = d.Radio(dial, t.Mark), d.Radio(dial, t.Space)
	}
	return e
}
