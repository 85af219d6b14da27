package cat

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"rtty/rig"
)

// icom is a transceiver on CI-V.
type icom struct {
	line    *line
	address byte
	key

	// What it turned out not to know.
	oldMode, oldSending bool
}

func newIcom(l *line, cfg Config) rig.Link {
	c := &icom{line: l, address: cfg.Address}
	if c.address == 0 {
		c.address = civDefault
	}
	c.key = key{
		port: l,
		down: func() error { return c.tell("keying the transmitter", true, civPTT, 1) },
		up:   func() error { return c.tell("unkeying the transmitter", true, civPTT, 0) },
		read: c.PTT,
	}
	return c
}

func (c *icom) PTT() (bool, error) {
	data, err := c.get("whether it transmits", civPTT, 1)
	if err != nil {
		return false, err
	}
	return data[0] != 0, nil
}

func (c *icom) Frequency() (float64, error) {
	return c.frequency("the frequency", civGetFrequency)
}

func (c *icom) SetFrequency(hz float64) error {
	digits, err := civBCD(hz)
	if err != nil {
		return err
	}
	return c.tell("setting the frequency", false, civSetFrequency, digits...)
}

func (c *icom) frequency(asked string, command []byte) (float64, error) {
	data, err := c.get(asked, command, civDigits)
	if err != nil {
		return 0, err
	}
	n, ok := civNumber(data)
	if !ok {
		return 0, c.garbled(asked, command, data)
	}
	return float64(n), nil
}

// TransmitFrequency asks a recent transceiver straight out, an older one for
// split, the other VFO and XIT.
func (c *icom) TransmitFrequency() (float64, error) {
	if !c.oldSending {
		hz, err := c.frequency("the transmit frequency", civSending)
		if !unknown(err) {
			return hz, err
		}
		c.oldSending = true
	}
	split, err := c.get("whether split is on", civSplit, 1)
	if err != nil {
		return 0, err
	}
	var hz float64
	if split[0] == 0x01 {
		hz, err = c.frequency("the frequency of the other VFO", civOtherVFO)
	} else {
		hz, err = c.Frequency()
	}
	if err != nil {
		return 0, err
	}
	xit, err := c.xit()
	return hz + xit, err
}

// xit is what XIT adds to the transmit frequency in Hz. A transceiver that
// doesn't know the command has none.
func (c *icom) xit() (float64, error) {
	on, err := c.get("whether XIT is on", civXIT, 1)
	if unknown(err) {
		return 0, nil
	}
	if err != nil || on[0] == 0 {
		return 0, err
	}
	data, err := c.get("the offset of XIT", civOffset, 3)
	if err != nil {
		return 0, err
	}
	n, ok := civNumber(data[:2])
	if !ok || data[2] > 1 {
		return 0, c.garbled("the offset of XIT", civOffset, data)
	}
	if data[2] == 1 {
		n = -n
	}
	return float64(n), nil
}

func (c *icom) Mode() (rig.Mode, error) {
	mode, _, data, err := c.modeBytes()
	if err != nil {
		return rig.Mode{}, err
	}
	m := civMode(mode, data)
	if m.Kind == rig.Other {
		return m, nil
	}
	width, err := c.get("the filter width", civWidth, 1)
	if unknown(err) {
		return m, nil
	}
	if err != nil {
		return rig.Mode{}, err
	}
	index, ok := civNumber(width)
	if !ok {
		return rig.Mode{}, c.garbled("the filter width", civWidth, width)
	}
	m.Filter = civFilterWidth(index)
	return m, nil
}

// modeBytes are mode and filter as CI-V has them. The one command for all of it
// is younger than the two for the parts.
func (c *icom) modeBytes() (mode, filter byte, data bool, err error) {
	if !c.oldMode {
		all, err := c.get("the mode", civThisMode, 3)
		if err == nil {
			return all[0], all[2], all[1] != 0, nil
		}
		if !unknown(err) {
			return 0, 0, false, err
		}
		c.oldMode = true
	}
	two, err := c.get("the mode", civGetMode, 2)
	if err != nil {
		return 0, 0, false, err
	}
	on, err := c.get("the data mode", civDataMode, 1, 2) // some tell its filter too
	if unknown(err) {
		return two[0], two[1], false, nil
	}
	if err != nil {
		return 0, 0, false, err
	}
	return two[0], two[1], on[0] != 0, nil
}

// SetMode keeps the filter that is chosen; its width is not set.
func (c *icom) SetMode(m rig.Mode) error {
	mode, ok := civModeByte(m.Kind)
	if !ok {
		return unsettable(m)
	}
	_, filter, _, err := c.modeBytes()
	if err != nil {
		return err
	}
	if filter < 1 || filter > 3 {
		filter = 1
	}
	data := byte(0)
	if m.Data {
		data = 1
	}
	if !c.oldMode {
		return c.tell("setting the mode", false, civThisMode, mode, data, filter)
	}
	if err := c.tell("setting the mode", false, civSetMode, mode, filter); err != nil {
		return err
	}
	if mode > 0x01 {
		return nil
	}
	err = c.tell("setting the data mode", false, civDataMode, data, data*filter)
	if errors.Is(err, rig.ErrRefused) && !m.Data {
		return nil
	}
	return err
}

func (c *icom) Strength() (float64, error) {
	data, err := c.get("the S-meter", civMeter, 2)
	if err != nil {
		return 0, err
	}
	n, ok := civBig(data)
	if !ok {
		return 0, c.garbled("the S-meter", civMeter, data)
	}
	return civStrength(n), nil
}

// get asks for data of one of these sizes.
func (c *icom) get(asked string, command []byte, sizes ...int) (data []byte, err error) {
	q := c.question(asked, command)
	q.accept = func(frame []byte) (bool, error) {
		body, ours := c.answer(frame)
		switch {
		case !ours:
			return false, nil
		case len(body) == 1 && body[0] == civNo:
			return false, rig.ErrRefused
		case !bytes.HasPrefix(body, command):
			return false, nil // to an older question, or to nobody's
		case !slices.Contains(sizes, len(body)-len(command)):
			return false, fmt.Errorf("%w: %d bytes of data in place of %d", ErrGarbled, len(body)-len(command), sizes[0])
		}
		data = append([]byte(nil), body[len(command):]...)
		return true, nil
	}
	return data, c.line.ask(q)
}

// tell sends a command that is answered with yes or no.
func (c *icom) tell(asked string, urgent bool, command []byte, data ...byte) error {
	q := c.question(asked, command, data...)
	q.urgent = urgent
	q.accept = func(frame []byte) (bool, error) {
		body, ours := c.answer(frame)
		if !ours || len(body) != 1 {
			return false, nil
		}
		switch body[0] {
		case civYes:
			return true, nil
		case civNo:
			return false, rig.ErrRefused
		}
		return false, nil
	}
	return c.line.ask(q)
}

// answer is the body of a frame that the transceiver sent to this program. Its
// own words, which the bus of one wire brings back, and what the transceiver
// tells everybody when the dial is turned are not.
func (c *icom) answer(frame []byte) (body []byte, ours bool) {
	f, ok := parseCIV(frame)
	return f.body, ok && f.from == c.address && f.to == civUs
}

func (c *icom) question(asked string, command []byte, data ...byte) question {
	body := append(append([]byte(nil), command...), data...)
	frame := appendCIV(nil, c.address, civUs, body...)
	return question{
		asked:  asked,
		send:   frame,
		shown:  hex(frame),
		advice: fmt.Sprintf("is it on, at this speed, with CI-V address %02X?", c.address),
		next:   nextCIV,
		show:   hex,
	}
}

func (c *icom) garbled(asked string, command, data []byte) error {
	return &Error{Device: c.line.device, Asked: asked, Sent: hex(command), Got: hex(data), Err: ErrGarbled}
}

func hex(b []byte) string { return fmt.Sprintf("% X", b) }
