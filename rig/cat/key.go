package cat

import (
	"errors"
	"fmt"
	"time"
)

// Some transceivers need a moment from the command until they say that they
// transmit.
const (
	readBacks     = 6
	readBackPause = 30 * time.Millisecond
	releases      = 3
)

// key is the key of a transceiver: two commands and a way to see what came of
// them.
type key struct {
	down, up func() error
	read     func() (bool, error)

	maybeDown bool // it was pressed and has not been seen to be up since
}

func (k *key) set(on bool) error {
	if !on {
		return k.release()
	}
	k.maybeDown = true
	err := k.press()
	if err == nil {
		return nil
	}
	if up := k.release(); up != nil {
		return errors.Join(err, up)
	}
	return err
}

// press is tried once: whoever wants to transmit can ask again, but a command
// that is repeated by itself could key a transmitter that has been let go of.
func (k *key) press() error {
	if err := k.down(); err != nil {
		return fmt.Errorf("keying: %w", err)
	}
	if err := k.seen(true); err != nil {
		return fmt.Errorf("keying: %w", err)
	}
	return nil
}

func (k *key) release() error {
	var err error
	for range releases {
		err = k.up()
		if errors.Is(err, ErrGone) {
			break
		}
		// Also when the answer was lost: the command may have arrived.
		if seen := k.seen(false); seen == nil {
			k.maybeDown = false
			return nil
		} else if err == nil {
			err = seen
		}
	}
	return fmt.Errorf("letting go of the key: %w", err)
}

// seen waits until the transceiver says so.
func (k *key) seen(on bool) error {
	for i := 0; ; i++ {
		got, err := k.read()
		switch {
		case err != nil:
			return err
		case got == on:
			return nil
		case i == readBacks && on:
			return fmt.Errorf("%w: the transceiver still receives", ErrNotDone)
		case i == readBacks:
			return fmt.Errorf("%w: the transceiver still transmits", ErrNotDone)
		}
		time.Sleep(readBackPause)
	}
}

// close lets go, then of the port.
func (k *key) close(l *line) error {
	var err error
	if k.maybeDown {
		err = k.release()
	}
	return errors.Join(err, l.close())
}
