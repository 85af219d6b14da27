package cat

import (
	"errors"
	"fmt"
	"time"

	"rtty/rig"
)

const (
	releases     = 3
	releasePause = 30 * time.Millisecond
)

// key is the key of a transceiver: two commands and a way to see what came of
// them. Since some families acknowledge nothing, reading is also what proves that
// the command was heard; whether the transmitter did what it should is for
// [rig.Key] and [rig.Unkey] to wait for.
type key struct {
	port     *line
	down, up func() error
	read     func() (bool, error)

	maybeDown bool // it was pressed and has not been seen to be up since
}

// SetPTT presses once: whoever wants to transmit can ask again, but a command that
// is repeated by itself could key a transmitter that has been let go of.
func (k *key) SetPTT(on bool) error {
	if !on {
		return k.release()
	}
	k.maybeDown = true
	err := k.down()
	if err == nil {
		_, err = k.read()
	}
	if err == nil {
		return nil
	}
	err = fmt.Errorf("keying: %w", err)
	if up := k.release(); up != nil {
		return errors.Join(err, up)
	}
	return err
}

// release tries again while it is not seen to be up. When answers are lost the
// commands may have arrived all the same.
func (k *key) release() error {
	var told, seen error
	for i := range releases {
		if i > 0 {
			time.Sleep(releasePause)
		}
		if told = k.up(); errors.Is(told, rig.ErrGone) {
			return fmt.Errorf("letting go of the key: %w", told)
		}
		var on bool
		if on, seen = k.read(); seen == nil && !on {
			k.maybeDown = false
			return nil
		}
	}
	if err := errors.Join(told, seen); err != nil {
		return fmt.Errorf("letting go of the key: %w", err)
	}
	return nil
}

// Close lets go, then of the port.
func (k *key) Close() error {
	var err error
	if k.maybeDown {
		err = k.release()
	}
	return errors.Join(err, k.port.close())
}
