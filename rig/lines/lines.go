// Package lines keys a transmitter by the modem lines RTS and DTR of a serial port,
// by which most simple interfaces do it: a transistor or an optocoupler on one of
// them pulls the transceiver's PTT jack to ground.
//
// # Opening a port keys
//
// Every Unix raises both lines when a serial port is opened, before the program
// that opens it has a say, and no call prevents it. What can be done is done: the
// first call after opening drops both; nothing else is set, since on some adapters
// setting the speed moves the lines; nothing is locked, since another program may
// read the same port; and the port then stays open for as long as the program
// runs, so that it happens once and not with every over. What remains is a pulse
// from the opening to the first call: some ten microseconds on a built-in port, up
// to some milliseconds on a USB adapter, which can take the lines only at its
// frames. Whoever can't have that keys by CAT, or has the interface built so that
// both lines together do not key.
//
// When the last program closes the port, however it ends, the kernel drops both
// lines, and the transmitter is unkeyed. That is how ports are by nature, but they
// keep what a program before has told them, and many a library for serial ports
// tells them otherwise. So the settings are read, and written where they are
// wrong: only there, since writing them may move the lines, which are dropped once
// more then. An inverted interface, which keys by the dropped line, makes it the
// wrong way round; there the kernel is told not to touch the lines at closing. It
// still keys while the computer is off or the cable out. Such an interface wants a
// switch.
//
// # One port for several
//
// One line may key PTT and another one FSK. Opening the device once more would key,
// even though it is open already. So it is opened once, by [OpenShared], and the
// file goes to all who need it, in other processes too; each moves its own line,
// which leaves the others alone. The lines drop when the last of them has closed
// it or died.
package lines

import (
	"errors"
	"fmt"
	"os"

	"rtty/rig"
)

// Set is a set of modem lines.
type Set uint8

const (
	RTS Set = 1 << iota
	DTR

	both = RTS | DTR
)

// A port is what of a serial port matters here. The methods act on all lines of
// the set at once.
type port interface {
	raise(Set) error
	drop(Set) error
	raised() (Set, error) // fails with rig.ErrUnsupported where a system can't tell
	// atClose sees to it that the last closing of the port drops the lines, or
	// leaves them alone, and tells whether it had to write settings for that.
	atClose(drop bool) (wrote bool, err error)
	close() error
}

// A Key keys by lines of a serial port.
type Key struct {
	name     string
	port     port
	lines    Set
	inverted bool // the dropped line keys
	keyed    bool // as commanded
}

// Open opens the serial port and unkeys.
func Open(name string, lines Set, inverted bool) (*Key, error) {
	p, err := openPort(name)
	if err != nil {
		return nil, rig.Faultf(rig.ErrGone, "opening serial port %s: %w", name, err)
	}
	k := &Key{name: name, port: p, lines: lines, inverted: inverted}
	if err := k.settle(); err != nil {
		_ = p.close() // the error that matters is the first
		return nil, err
	}
	return k, nil
}

// settle brings a port that was just opened to rest: first of all unkeyed.
func (k *Key) settle() error {
	if !k.inverted {
		return k.down(both)
	}
	if err := k.say("raising", k.port.raise(k.lines)); err != nil {
		return err
	}
	if other := both &^ k.lines; other != 0 {
		if err := k.say("dropping", k.port.drop(other)); err != nil {
			return err
		}
	}
	wrote, err := k.port.atClose(false)
	if wrote { // which may have moved them
		err = errors.Join(err, k.port.raise(k.lines))
	}
	return k.say("settling", err)
}

// down drops lines, for good: also when nobody is left to do it.
func (k *Key) down(s Set) error {
	if err := k.say("dropping", k.port.drop(s)); err != nil {
		return err
	}
	wrote, err := k.port.atClose(true)
	if wrote { // which may have moved them
		err = errors.Join(err, k.port.drop(s))
	}
	return k.say("settling", err)
}

func (k *Key) say(doing string, err error) error {
	if err == nil {
		return nil
	}
	return rig.Faultf(rig.ErrGone, "%s the lines of %s: %w", doing, k.name, explained(err))
}

// explained says what it means when a port has no modem lines.
func explained(err error) error {
	if errors.Is(err, errNoLines) {
		return fmt.Errorf("it has no RTS and DTR: is it a serial port? (%w)", err)
	}
	return err
}

// Borrow keys by lines of a port that [OpenShared] has opened, and leaves the others
// to whoever uses them. It unkeys. The file has to stay open, and Close does not
// close it.
func Borrow(f *os.File, lines Set) (*Key, error) {
	p, err := borrowPort(f)
	if err != nil {
		return nil, rig.Faultf(rig.ErrGone, "taking over serial port %s: %w", f.Name(), err)
	}
	k := &Key{name: f.Name(), port: p, lines: lines}
	if err := k.SetPTT(false); err != nil {
		return nil, rig.Faultf(rig.ErrGone, "%w: FSK is keyed by the same port, so start rtty anew when it is back", err)
	}
	return k, nil
}

// SetPTT keys or unkeys.
func (k *Key) SetPTT(on bool) error {
	k.keyed = on
	if on != k.inverted {
		return k.say("raising", k.port.raise(k.lines))
	}
	return k.say("dropping", k.port.drop(k.lines))
}

// PTT tells how the lines stand, which is all that can be known: whether a
// transmitter hangs on them, they can't tell.
func (k *Key) PTT() (bool, error) {
	up, err := k.port.raised()
	if errors.Is(err, rig.ErrUnsupported) {
		return false, err
	}
	if err != nil {
		return false, k.say("reading", err)
	}
	if k.inverted {
		up = ^up
	}
	return up&k.lines == k.lines, nil
}

// Alive tells whether the port is still there, and nobody else has moved its lines.
func (k *Key) Alive() error {
	on, err := k.PTT()
	switch {
	case errors.Is(err, rig.ErrUnsupported):
		return nil
	case err == nil && on != k.keyed:
		return fmt.Errorf("another program has moved the lines of %s: end it, or give it another port", k.name)
	}
	return err
}

// Close unkeys and closes the port.
func (k *Key) Close() error {
	return errors.Join(k.SetPTT(false), k.port.close())
}
