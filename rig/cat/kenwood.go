package cat

import (
	"errors"
	"fmt"
	"strings"

	"rtty/rig"
)

// kenwoodState is what the answer to IF; tells (Kenwood TS-590S PC Control
// Command Reference; Elecraft K3 Programmer's Reference has the same columns).
type kenwoodState struct {
	frequency float64 // Hz
	offset    float64 // of RIT and XIT, Hz
	xit       bool
	sending   bool
}

const kenwoodStateSize = 35

// parseKenwoodState reads what follows the letters IF: 11 digits of frequency,
// 4 or 5 of step, sign and 5 or 4 digits of offset, RIT, XIT, 3 of memory channel,
// then whether it transmits.
func parseKenwoodState(s string) (k kenwoodState, ok bool) {
	if len(s) != kenwoodStateSize {
		return kenwoodState{}, false
	}
	hz, okHz := number(s[:11])
	offset, okOffset := signed(s[11+max(strings.LastIndexAny(s[11:21], "+- "), 0) : 21])
	xit, okXIT := flag(s[22])
	sending, okSending := flag(s[26])
	if !okHz || !okOffset || !okXIT || !okSending {
		return kenwoodState{}, false
	}
	return kenwoodState{float64(hz), float64(offset), xit, sending}, true
}

func flag(c byte) (on, ok bool) { return c == '1', c == '0' || c == '1' }

// kenwoodModes are the digits of MD for a Kenwood.
var kenwoodModes = map[string]rig.Mode{
	"1": {Kind: rig.LSB, Name: "LSB"},
	"2": {Kind: rig.USB, Name: "USB"},
	"3": {Kind: rig.Other, Name: "CW"},
	"4": {Kind: rig.Other, Name: "FM"},
	"5": {Kind: rig.Other, Name: "AM"},
	"6": {Kind: rig.RTTY, Name: "FSK"},
	"7": {Kind: rig.Other, Name: "CW-R"},
	"9": {Kind: rig.RTTYR, Name: "FSK-R"},
}

// dataModes are those of an Elecraft in its data modes: which one DT tells, and
// for each there is a normal sideband, MD6, and the other, MD9. In AFSK A the dial
// shows mark, which depends on the tones that are set; so DATA A, where it shows
// the carrier, is what is set for either sideband.
var dataModes = map[string]map[string]rig.Mode{
	"0": {"6": {Kind: rig.USB, Data: true, Name: "DATA A"}, "9": {Kind: rig.LSB, Data: true, Name: "DATA A-R"}},
	"1": {"6": {Kind: rig.LSB, Data: true, AtMark: true, Name: "AFSK A"}, "9": {Kind: rig.USB, Data: true, AtMark: true, Name: "AFSK A-R"}},
	"2": {"6": {Kind: rig.RTTY, Name: "FSK D"}, "9": {Kind: rig.RTTYR, Name: "FSK D-R"}},
	"3": {"6": {Kind: rig.Other, Name: "PSK D"}, "9": {Kind: rig.Other, Name: "PSK D-R"}},
}

// elecraftID is what every Elecraft answers to ID;.
const elecraftID = "017"

// kenwood is a transceiver with Kenwood's commands, Kenwood or Elecraft.
type kenwood struct {
	letters
	key
	dataJack bool

	id     string // answer to ID;, empty until asked
	noData bool   // it has no DA
}

func newKenwood(l *line, cfg Config) rig.Link {
	k := &kenwood{
		letters:  letters{line: l, advice: "is it on, and at this speed?"},
		dataJack: cfg.DataJack,
	}
	k.key = key{
		port: l,
		down: k.press,
		up:   func() error { return k.tell("unkeying the transmitter", "RX", true) },
		read: k.PTT,
	}
	return k
}

// press keys with the sound of the microphone or, TX1, of the rear input. An
// Elecraft takes what its mode says and knows TX alone.
func (k *kenwood) press() error {
	command := "TX"
	if k.dataJack {
		elecraft, err := k.elecraft()
		if err != nil {
			return err
		}
		if !elecraft {
			command = "TX1"
		}
	}
	return k.tell("keying the transmitter", command, true)
}

func (k *kenwood) elecraft() (bool, error) {
	if k.id == "" {
		id, err := k.get("which transceiver it is", "ID", 3)
		if err != nil {
			return false, err
		}
		k.id = id
	}
	return k.id == elecraftID, nil
}

func (k *kenwood) state(asked string) (kenwoodState, error) {
	value, err := k.get(asked, "IF", kenwoodStateSize)
	if err != nil {
		return kenwoodState{}, err
	}
	state, ok := parseKenwoodState(value)
	if !ok {
		return kenwoodState{}, k.garbled(asked, "IF", value)
	}
	return state, nil
}

func (k *kenwood) PTT() (bool, error) {
	state, err := k.state("whether it transmits")
	return state.sending, err
}

func (k *kenwood) Frequency() (float64, error) {
	vfo, err := k.vfo("which VFO receives", "FR")
	if err != nil {
		return 0, err
	}
	hz, _, err := k.frequency("the frequency", vfo)
	return hz, err
}

func (k *kenwood) SetFrequency(hz float64) error {
	vfo, err := k.vfo("which VFO receives", "FR")
	if err != nil {
		return err
	}
	return k.setFrequency(vfo, 11, hz)
}

func (k *kenwood) TransmitFrequency() (float64, error) {
	vfo, err := k.vfo("which VFO transmits", "FT")
	if err != nil {
		return 0, err
	}
	hz, _, err := k.frequency("the transmit frequency", vfo)
	if err != nil {
		return 0, err
	}
	state, err := k.state("whether XIT is on")
	if err != nil {
		return 0, err
	}
	if state.xit {
		hz += state.offset
	}
	return hz, nil
}

// vfo is the command for the VFO that FR or FT names.
func (k *kenwood) vfo(asked, command string) (string, error) {
	value, err := k.get(asked, command, 1)
	if err != nil {
		return "", err
	}
	switch value {
	case "0":
		return "FA", nil
	case "1":
		return "FB", nil
	case "2":
		return "", &Error{
			Device: k.line.device, Asked: asked, Sent: command + ";", Got: command + value,
			Err: ErrUnknown, Advice: "it is on a memory channel: choose a VFO",
		}
	}
	return "", k.garbled(asked, command, value)
}

func (k *kenwood) Mode() (rig.Mode, error) {
	elecraft, err := k.elecraft()
	if err != nil {
		return rig.Mode{}, err
	}
	digit, err := k.get("the mode", "MD", 1)
	if err != nil {
		return rig.Mode{}, err
	}
	if elecraft {
		return k.elecraftMode(digit)
	}
	m, known := kenwoodModes[digit]
	if !known {
		return rig.Mode{Kind: rig.Other, Name: "MD" + digit}, nil
	}
	switch m.Kind {
	case rig.LSB, rig.USB:
		m.Data, err = k.dataOn()
		if m.Data {
			m.Name += "-DATA"
		}
	case rig.RTTY, rig.RTTYR:
		m.Filter, err = k.width("FW", 4, 1)
	}
	return m, err
}

func (k *kenwood) elecraftMode(digit string) (rig.Mode, error) {
	m, known := kenwoodModes[digit]
	if digit == "6" || digit == "9" {
		kind, err := k.get("the kind of data mode", "DT", 1)
		if err != nil {
			return rig.Mode{}, err
		}
		m, known = dataModes[kind][digit]
	}
	if !known {
		m = rig.Mode{Kind: rig.Other, Name: "MD" + digit}
	}
	var err error
	m.Filter, err = k.width("BW", 4, 10)
	return m, err
}

// width is that of the filter, in units of so many Hz; 0 from a transceiver that
// doesn't tell.
func (k *kenwood) width(command string, size int, unit float64) (float64, error) {
	n, err := k.figure("the filter width", command, size)
	if unknown(err) {
		return 0, nil
	}
	return n * unit, err
}

// dataOn is the DATA key of a Kenwood; older ones have none.
func (k *kenwood) dataOn() (bool, error) {
	if k.noData {
		return false, nil
	}
	value, err := k.get("the data mode", "DA", 1)
	if errors.Is(err, rig.ErrRefused) {
		k.noData = true
		return false, nil
	}
	return value == "1", err
}

func (k *kenwood) SetMode(m rig.Mode) error {
	elecraft, err := k.elecraft()
	if err != nil {
		return err
	}
	if elecraft {
		return k.setElecraftMode(m)
	}
	for digit, known := range kenwoodModes {
		if known.Kind != m.Kind || m.Kind == rig.Other {
			continue
		}
		if err := k.set("setting the mode", "MD", digit); err != nil {
			return err
		}
		if k.noData || m.Kind != rig.LSB && m.Kind != rig.USB {
			return nil
		}
		err := k.set("setting the data mode", "DA", map[bool]string{false: "0", true: "1"}[m.Data])
		if errors.Is(err, rig.ErrRefused) && !m.Data {
			return nil
		}
		return err
	}
	return unsettable(m)
}

func (k *kenwood) setElecraftMode(m rig.Mode) error {
	for _, kind := range []string{"0", "2"} {
		for digit, known := range dataModes[kind] {
			if known.Kind != m.Kind || known.Data != m.Data {
				continue
			}
			if err := k.set("setting the mode", "MD", digit); err != nil {
				return err
			}
			return k.set("setting the kind of data mode", "DT", kind)
		}
	}
	for digit, known := range kenwoodModes {
		if known.Kind == m.Kind && (m.Kind == rig.LSB || m.Kind == rig.USB) {
			return k.set("setting the mode", "MD", digit)
		}
	}
	return unsettable(m)
}

func unsettable(m rig.Mode) error {
	return fmt.Errorf("setting mode %q: %w: LSB, USB, RTTY and RTTY-R can be set", m.Name, rig.ErrUnsupported)
}

func (k *kenwood) Strength() (float64, error) {
	elecraft, err := k.elecraft()
	if err != nil {
		return 0, err
	}
	command, scale := "SM0", kenwoodStrength
	if elecraft {
		command, scale = "SM", elecraftStrength
	}
	dots, err := k.figure("the S-meter", command, 4)
	if err != nil {
		return 0, err
	}
	return scale(dots), nil
}

// kenwoodStrength is a meter of 30 dots, 4 dB each, with S9 in the middle.
func kenwoodStrength(dots float64) float64 { return 4 * (dots - 15) }

// elecraftStrength is a meter of 15 dots: S9 at 6, S9 + 60 dB at 15.
func elecraftStrength(dots float64) float64 {
	if dots < 6 {
		return 9 * (dots - 6)
	}
	return (dots - 6) * 60 / 9
}
