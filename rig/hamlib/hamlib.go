// Package hamlib keys, reads and sets a transceiver through rigctld, the network
// daemon of Hamlib (https://hamlib.github.io, rigctld(1)).
//
// Everything is asked in the extended protocol: a command with a plus sign before
// it is answered by its own name, by labelled values, and by a line "RPRT n" that
// ends the answer. rigctld does not answer commands that it does not know, so each
// command has a deadline, and a connection on which one was not answered is closed:
// the next answer on it could be that of another question.
//
// rigctld takes some commands and ignores them. Modes are read back here, PTT by
// [rig.Key].
package hamlib

import (
	"errors"
	"fmt"
	"strconv"

	"rtty/rig"
)

// A Rig is a connection to one rigctld.
type Rig struct {
	conn *conn
	vfo  string // what commands have to name first: " currVFO", or nothing
	key  string // what set_ptt takes to key
}

// Open connects to the rigctld at address, host:port. Source is the audio input
// that PTT opens, on transceivers that know two.
func Open(address string, source rig.Source) (*Rig, error) {
	c, named, err := greet(address)
	if errors.Is(err, errClosed) {
		// A rigctld that is letting go of its last client lets go of one that
		// comes at that moment too.
		c, named, err = greet(address)
	}
	if err != nil {
		return nil, err
	}
	r := &Rig{conn: c, key: keyOf(source)}
	if named {
		r.vfo = " currVFO"
	}
	return r, nil
}

// greet connects and asks whether commands have to name a VFO.
func greet(address string) (c *conn, named bool, err error) {
	if c, err = dial(address); err != nil {
		return nil, false, err
	}
	if named, err = c.checkVFO(); err != nil {
		c.close()
		return nil, false, err
	}
	return c, named, nil
}

// keyOf is the value of set_ptt, ptt_t of Hamlib's rig.h.
func keyOf(s rig.Source) string {
	switch s {
	case rig.MicSource:
		return "2"
	case rig.DataSource:
		return "3"
	}
	return "1"
}

// ask sends a command, with the VFO if this rigctld wants one.
func (r *Rig) ask(command, arguments string) (reply, error) {
	if arguments != "" {
		arguments = " " + arguments
	}
	return r.conn.exchange(command, r.vfo+arguments)
}

// SetPTT keys or unkeys.
func (r *Rig) SetPTT(on bool) error {
	value := "0"
	if on {
		value = r.key
	}
	_, err := r.ask("set_ptt", value)
	return err
}

// PTT tells whether the transmitter is keyed.
func (r *Rig) PTT() (bool, error) {
	n, err := r.number("get_ptt", "", "PTT")
	return n != 0, err
}

// Alive tells whether the connection stands.
func (r *Rig) Alive() error { return r.conn.alive() }

// Close closes the connection. It leaves the key as it is: rigctld may be shared,
// and whoever has keyed has unkeyed.
func (r *Rig) Close() error {
	r.conn.close()
	return nil
}

// Frequency is what the dial shows, in Hz.
func (r *Rig) Frequency() (float64, error) { return r.number("get_freq", "", "Frequency") }

// SetFrequency turns the dial, to a whole number of Hz.
func (r *Rig) SetFrequency(hz float64) error {
	_, err := r.ask("set_freq", strconv.FormatFloat(hz, 'f', 0, 64))
	return err
}

// TransmitFrequency is where the dial would stand when transmitting: the other VFO
// with split, moved by XIT.
func (r *Rig) TransmitFrequency() (float64, error) {
	hz, err := r.splitFrequency()
	if err != nil {
		return 0, err
	}
	offset, err := r.xit()
	return hz + offset, err
}

func (r *Rig) splitFrequency() (float64, error) {
	split, err := r.number("get_split_vfo", "", "Split")
	if err != nil && !errors.Is(err, rig.ErrUnsupported) {
		return 0, err
	}
	if split == 0 {
		return r.Frequency()
	}
	return r.number("get_split_freq", "", "TX Frequency")
}

// xit is the offset of the transmitter in Hz. Some transceivers keep one while XIT
// is off, others can't tell whether it is on.
func (r *Rig) xit() (float64, error) {
	offset, err := r.number("get_xit", "", "XIT")
	if errors.Is(err, rig.ErrUnsupported) || err == nil && offset == 0 {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	on, err := r.number("get_func", "XIT", "")
	switch {
	case errors.Is(err, rig.ErrUnsupported):
		return offset, nil
	case err != nil:
		return 0, err
	case on == 0:
		return 0, nil
	}
	return offset, nil
}

// Strength is the reading of the S-meter in dB above S9.
func (r *Rig) Strength() (float64, error) { return r.number("get_level", "STRENGTH", "") }

// number asks for one number, by its label or, without one, as it stands.
func (r *Rig) number(command, arguments, label string) (float64, error) {
	answer, err := r.ask(command, arguments)
	if err != nil {
		return 0, err
	}
	return answer.number(label)
}

// Mode is what the mode switch shows.
func (r *Rig) Mode() (rig.Mode, error) {
	answer, err := r.ask("get_mode", "")
	if err != nil {
		return rig.Mode{}, err
	}
	name, err := answer.text("Mode")
	if err != nil {
		return rig.Mode{}, err
	}
	width, err := answer.number("Passband")
	if err != nil {
		return rig.Mode{}, err
	}
	return modeOf(name, width), nil
}

// SetMode turns the mode switch, and the filter if m has one, and reads the mode
// back: rigctld takes modes that do not exist.
func (r *Rig) SetMode(m rig.Mode) error {
	name, err := nameOf(m)
	if err != nil {
		return err
	}
	width := "-1" // leaves the filter alone
	if m.Filter > 0 {
		width = strconv.FormatFloat(m.Filter, 'f', 0, 64)
	}
	if _, err := r.ask("set_mode", name+" "+width); err != nil {
		return err
	}
	var now rig.Mode
	done, err := rig.Settle(func() (bool, error) {
		now, err = r.Mode()
		return now.Name == name, err
	})
	if err == nil && !done {
		err = fmt.Errorf("the rig took the command to switch to %s, but is in %s", name, now.Name)
	}
	return err
}
