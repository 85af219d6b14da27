package cat

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"rtty/rig"
)

// Commands of the small Yaesus: four bytes of parameter, then the command. There
// is no mark where an answer begins, only its length. (Yaesu FT-817 and FT-857
// Operating Manuals, CAT System Programming; reading the memory is
// undocumented, and widely used.)
const (
	fiveSetFrequency = 0x01
	fiveGet          = 0x03 // frequency and mode
	fiveSetMode      = 0x07
	fiveKey          = 0x08
	fiveUnkey        = 0x88
	fiveMemory       = 0xbb
	fiveReceiving    = 0xe7 // S-meter
	fiveSending      = 0xf7 // key

	fiveMemoryDigital = 0x65 // of an FT-817: top three bits are the kind of DIG
	fiveMemorySplit   = 0x7a // top bit
)

// fiveCommand is a command of five bytes.
func fiveCommand(command byte, parameters ...byte) []byte {
	b := make([]byte, 5)
	copy(b, parameters)
	b[4] = command
	return b
}

// fiveBCD is a frequency in steps of 10 Hz, eight digits, the first first.
func fiveBCD(hz float64) ([]byte, error) {
	steps := math.Round(hz / 10)
	if !(hz >= 0 && steps <= 99_999_999) {
		return nil, fmt.Errorf("%.0f Hz can't be set", hz)
	}
	n := int64(steps)
	digits := make([]byte, 4)
	for i := 3; i >= 0; i-- {
		digits[i] = byte(n%10) | byte(n/10%10)<<4
		n /= 100
	}
	return digits, nil
}

// parseFive reads frequency in Hz and mode byte from the answer to fiveGet.
func parseFive(answer []byte) (hz float64, mode byte, ok bool) {
	if len(answer) != 5 {
		return 0, 0, false
	}
	n, ok := civBig(answer[:4])
	return float64(n) * 10, answer[4], ok
}

// fiveModes are the mode bytes; the top bit is a narrow filter.
var fiveModes = map[byte]rig.Mode{
	0x00:    {Kind: rig.LSB, Name: "LSB"},
	0x01:    {Kind: rig.USB, Name: "USB"},
	0x02:    {Kind: rig.Other, Name: "CW"},
	0x03:    {Kind: rig.Other, Name: "CW-R"},
	0x04:    {Kind: rig.Other, Name: "AM"},
	0x06:    {Kind: rig.Other, Name: "WFM"},
	0x08:    {Kind: rig.Other, Name: "FM"},
	fiveDIG: {Kind: rig.LSB, Data: true, Name: "DIG"},
	0x0c:    {Kind: rig.Other, Name: "PKT"},
}

// fiveDIG is the mode for sound from the data jack. Which sideband it is a menu
// says; as delivered it is RTTY on the lower one.
const fiveDIG = 0x0a

// digitalModes are the settings of that menu in an FT-817.
var digitalModes = []rig.Mode{
	{Kind: rig.LSB, Data: true, Name: "DIG RTTY"},
	{Kind: rig.LSB, Data: true, Name: "DIG PSK-L"},
	{Kind: rig.USB, Data: true, Name: "DIG PSK-U"},
	{Kind: rig.LSB, Data: true, Name: "DIG USER-L"},
	{Kind: rig.USB, Data: true, Name: "DIG USER-U"},
}

// fivePatience is for the byte that acknowledges a command; it takes some 60 ms.
const fivePatience = 300 * time.Millisecond

// fiveByte is a Yaesu of that kind.
type fiveByte struct {
	line *line
	key

	silent bool // it doesn't acknowledge commands
}

// ft817 is one whose memory is known.
type ft817 struct {
	fiveByte
}

func newFiveByte(l *line, cfg Config) rig.Link {
	f := fiveByte{line: l}
	switch strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(cfg.Model)) {
	case "FT817", "FT817ND", "FT818", "FT818ND":
		y := &ft817{f}
		y.key = y.keyOf()
		return y
	}
	f.key = f.keyOf()
	return &f
}

func (f *fiveByte) keyOf() key {
	return key{
		port: f.line,
		down: func() error { return f.tell("keying the transmitter", fiveCommand(fiveKey)) },
		up:   func() error { return f.tell("unkeying the transmitter", fiveCommand(fiveUnkey)) },
		read: f.PTT,
	}
}

func (f *fiveByte) PTT() (bool, error) {
	status, err := f.get("whether it transmits", fiveCommand(fiveSending), 1)
	if err != nil {
		return false, err
	}
	return status[0]&0x80 == 0, nil
}

func (f *fiveByte) Frequency() (float64, error) {
	hz, _, err := f.frequencyAndMode("the frequency")
	return hz, err
}

func (f *fiveByte) frequencyAndMode(asked string) (hz float64, mode byte, err error) {
	answer, err := f.get(asked, fiveCommand(fiveGet), 5)
	if err != nil {
		return 0, 0, err
	}
	hz, mode, ok := parseFive(answer)
	if !ok {
		return 0, 0, &Error{
			Device: f.line.device, Asked: asked, Sent: hex(fiveCommand(fiveGet)), Got: hex(answer), Err: ErrGarbled,
		}
	}
	return hz, mode, nil
}

// SetFrequency sets to the nearest 10 Hz.
func (f *fiveByte) SetFrequency(hz float64) error {
	digits, err := fiveBCD(hz)
	if err != nil {
		return err
	}
	const asked = "setting the frequency"
	send := fiveCommand(fiveSetFrequency, digits...)
	if err := f.tell(asked, send); err != nil {
		return err
	}
	got, err := f.Frequency()
	if err == nil && math.Abs(got-hz) > 10 {
		return &Error{Device: f.line.device, Asked: asked, Sent: hex(send), Got: fmt.Sprintf("%.0f Hz", got), Err: ErrNotDone}
	}
	return err
}

func (f *fiveByte) Mode() (rig.Mode, error) {
	_, mode, err := f.frequencyAndMode("the mode")
	if err != nil {
		return rig.Mode{}, err
	}
	if m, known := fiveModes[mode&^0x80]; known {
		return m, nil
	}
	return rig.Mode{Kind: rig.Other, Name: fmt.Sprintf("%02X", mode)}, nil
}

// SetMode sets DIG for data and, since a menu says which sideband that is,
// reads back.
func (f *fiveByte) SetMode(m rig.Mode) error { return f.setMode(m, f.Mode) }

func (f *fiveByte) setMode(m rig.Mode, read func() (rig.Mode, error)) error {
	const asked = "setting the mode"
	for code, known := range fiveModes {
		if known.Kind == rig.Other || known.Data != m.Data || code != fiveDIG && known.Kind != m.Kind {
			continue
		}
		send := fiveCommand(fiveSetMode, code)
		if err := f.tell(asked, send); err != nil {
			return err
		}
		got, err := read()
		if err == nil && got.Kind != m.Kind {
			return &Error{
				Device: f.line.device, Asked: asked, Sent: hex(send), Got: got.Name, Err: ErrNotDone,
				Advice: "the sideband of DIG is chosen in the menu",
			}
		}
		return err
	}
	return unsettable(m)
}

// Strength is a meter of 15 dots: S9 at 9, 6 dB each below and 10 dB above.
func (f *fiveByte) Strength() (float64, error) {
	status, err := f.get("the S-meter", fiveCommand(fiveReceiving), 1)
	if err != nil {
		return 0, err
	}
	dots := float64(status[0] & 0x0f)
	if dots < 9 {
		return 6 * (dots - 9), nil
	}
	return 10 * (dots - 9), nil
}

// Mode asks the memory which sideband DIG is.
func (f *ft817) Mode() (rig.Mode, error) {
	m, err := f.fiveByte.Mode()
	if err != nil || m.Name != "DIG" {
		return m, err
	}
	value, err := f.memory("the kind of DIG", fiveMemoryDigital)
	if err != nil {
		return rig.Mode{}, err
	}
	if kind := int(value >> 5); kind < len(digitalModes) {
		return digitalModes[kind], nil
	}
	return rig.Mode{Kind: rig.Unknown, Data: true, Name: "DIG"}, nil
}

func (f *ft817) SetMode(m rig.Mode) error { return f.setMode(m, f.Mode) }

// TransmitFrequency is that of the dial unless split is on; the other VFO can't
// be read without changing over to it.
func (f *ft817) TransmitFrequency() (float64, error) {
	const asked = "whether split is on"
	value, err := f.memory(asked, fiveMemorySplit)
	if err != nil {
		return 0, err
	}
	if value&0x80 != 0 {
		return 0, &Error{
			Device: f.line.device, Asked: asked, Sent: hex(fiveCommand(fiveMemory, 0, fiveMemorySplit)),
			Err: ErrUnknown, Advice: "split is on, and the other VFO can't be read: turn split off",
		}
	}
	return f.Frequency()
}

func (f *ft817) memory(asked string, address byte) (byte, error) {
	answer, err := f.get(asked, fiveCommand(fiveMemory, 0, address), 2)
	if err != nil {
		return 0, err
	}
	return answer[0], nil
}

// get asks for size bytes.
func (f *fiveByte) get(asked string, send []byte, size int) (answer []byte, err error) {
	q := f.question(asked, send)
	q.next = func(received []byte) ([]byte, int) {
		if len(received) < size {
			return nil, 0
		}
		return received[:size], size
	}
	q.accept = func(message []byte) (bool, error) {
		answer = append([]byte(nil), message...)
		return true, nil
	}
	return answer, f.line.ask(q)
}

// tell sends a command, which most answer by one byte of no great meaning: 00, or
// F0 when it was so already. Some transceivers don't, then or ever, and are not
// waited for again. Whether anything was heard shows when it is read back.
func (f *fiveByte) tell(asked string, send []byte) error {
	q := f.question(asked, send)
	q.urgent = send[4] == fiveKey || send[4] == fiveUnkey
	if f.silent {
		q.deaf = true
		return f.line.ask(q)
	}
	q.patience = min(fivePatience, f.line.timeout)
	q.next = func(received []byte) ([]byte, int) {
		if len(received) == 0 {
			return nil, 0
		}
		return received[:1], 1
	}
	q.accept = func([]byte) (bool, error) { return true, nil }
	err := f.line.ask(q)
	if errors.Is(err, ErrNoAnswer) {
		f.silent = true
		return nil
	}
	return err
}

func (f *fiveByte) question(asked string, send []byte) question {
	return question{
		asked: asked, send: send, shown: hex(send), show: hex,
		advice: "is it on, and is CAT RATE this speed?",
	}
}
