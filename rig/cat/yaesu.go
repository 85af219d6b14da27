package cat

import (
	"errors"
	"strings"

	"rtty/rig"
)

// yaesuState is what the answer to IF; tells (Yaesu, FT-991A CAT Operation
// Reference Manual; the FTDX10, 101, 3000 and 5000, FT-891, 950 and 710 agree,
// give or take a digit of frequency or memory channel).
type yaesuState struct {
	offset float64 // of RIT and XIT, Hz
	xit    bool
}

// parseYaesuState reads what follows the letters IF. From the front the columns
// differ by model, from the sign of the offset on they don't: sign and 4 digits,
// RIT, XIT, mode and more.
func parseYaesuState(s string) (y yaesuState, ok bool) {
	sign := strings.IndexAny(s, "+-")
	if sign < 8 || len(s) < sign+7 {
		return yaesuState{}, false
	}
	offset, okOffset := signed(s[sign : sign+5])
	xit, okXIT := flag(s[sign+6])
	return yaesuState{float64(offset), xit}, okOffset && okXIT
}

// yaesuModes are the last characters of MD0.
var yaesuModes = map[string]rig.Mode{
	"1": {Kind: rig.LSB, Name: "LSB"},
	"2": {Kind: rig.USB, Name: "USB"},
	"3": {Kind: rig.Other, Name: "CW-U"},
	"4": {Kind: rig.Other, Name: "FM"},
	"5": {Kind: rig.Other, Name: "AM"},
	"6": {Kind: rig.RTTY, Name: "RTTY-L"},
	"7": {Kind: rig.Other, Name: "CW-L"},
	"8": {Kind: rig.LSB, Data: true, Name: "DATA-L"},
	"9": {Kind: rig.RTTYR, Name: "RTTY-U"},
	"A": {Kind: rig.Other, Name: "DATA-FM"},
	"B": {Kind: rig.Other, Name: "FM-N"},
	"C": {Kind: rig.USB, Data: true, Name: "DATA-U"},
	"D": {Kind: rig.Other, Name: "AM-N"},
	"E": {Kind: rig.Other, Name: "C4FM"},
}

// yaesu is a Yaesu with commands of letters.
type yaesu struct {
	letters
	key
	digits int // of a frequency, 0 until seen
}

func newYaesu(l *line, _ Config) rig.Link {
	y := &yaesu{letters: letters{line: l, advice: "is it on, and is CAT RATE this speed?"}}
	y.key = key{
		port: l,
		down: func() error { return y.tell("keying the transmitter", "TX1", true) },
		up:   func() error { return y.tell("unkeying the transmitter", "TX0", true) },
		read: y.PTT,
	}
	return y
}

// PTT is on too when the transceiver was keyed by hand.
func (y *yaesu) PTT() (bool, error) { return y.either("whether it transmits", "TX") }

// either asks for a yes, of which there are two kinds, or a no.
func (y *yaesu) either(asked, command string) (bool, error) {
	value, err := y.get(asked, command, 1)
	if err != nil {
		return false, err
	}
	switch value {
	case "0":
		return false, nil
	case "1", "2":
		return true, nil
	}
	return false, y.garbled(asked, command, value)
}

func (y *yaesu) Frequency() (float64, error) {
	hz, digits, err := y.frequency("the frequency", "FA")
	if err == nil {
		y.digits = digits
	}
	return hz, err
}

func (y *yaesu) SetFrequency(hz float64) error {
	if y.digits == 0 {
		if _, err := y.Frequency(); err != nil {
			return err
		}
	}
	return y.setFrequency("FA", y.digits, hz)
}

func (y *yaesu) TransmitFrequency() (float64, error) {
	other, err := y.split()
	if err != nil {
		return 0, err
	}
	vfo := "FA"
	if other {
		vfo = "FB"
	}
	hz, _, err := y.frequency("the transmit frequency", vfo)
	if err != nil {
		return 0, err
	}
	const asked = "whether XIT is on"
	value, err := y.get(asked, "IF", 0)
	if err != nil {
		return 0, err
	}
	state, ok := parseYaesuState(value)
	if !ok {
		return 0, y.garbled(asked, "IF", value)
	}
	if state.xit {
		hz += state.offset
	}
	return hz, nil
}

// split tells whether VFO B transmits. Some models have FT for that, some ST,
// and some both.
func (y *yaesu) split() (bool, error) {
	const asked = "which VFO transmits"
	other, err := y.either(asked, "FT")
	if errors.Is(err, rig.ErrRefused) {
		return y.either(asked, "ST")
	}
	return other, err
}

func (y *yaesu) Mode() (rig.Mode, error) {
	value, err := y.get("the mode", "MD0", 1)
	if err != nil {
		return rig.Mode{}, err
	}
	if m, known := yaesuModes[value]; known {
		return m, nil
	}
	return rig.Mode{Kind: rig.Other, Name: "MD0" + value}, nil
}

func (y *yaesu) SetMode(m rig.Mode) error {
	for letter, known := range yaesuModes {
		if m.Kind != rig.Other && known.Kind == m.Kind && known.Data == m.Data {
			return y.set("setting the mode", "MD0", letter)
		}
	}
	return unsettable(m)
}

func (y *yaesu) Strength() (float64, error) {
	reading, err := y.figure("the S-meter", "SM0", 0)
	if err != nil {
		return 0, err
	}
	return yaesuStrength(reading), nil
}

// yaesuStrength is a meter from 0 to 255 with S9 at 130. Models differ by a few
// dB, the FTDX101 by more.
func yaesuStrength(reading float64) float64 {
	if reading < 130 {
		return 54 * (reading/130 - 1)
	}
	return (reading - 130) * 60 / 125
}
