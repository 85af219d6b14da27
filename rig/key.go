package rig

import (
	"errors"
	"fmt"
	"time"
)

// How long a transceiver may take until it reports what it was told, and how
// often it is asked meanwhile.
const (
	settling = 300 * time.Millisecond
	asking   = 20 * time.Millisecond
)

// Key keys and reads back, since some interfaces accept commands that they
// ignore. It tells whether the key was confirmed: a transceiver that can't be
// asked is believed. After an error the caller must unkey.
func Key(l Link) (confirmed bool, err error) {
	if err := l.SetPTT(true); err != nil {
		return false, fmt.Errorf("keying: %w", err)
	}
	confirmed, err = readBack(l, true)
	if err != nil {
		return false, fmt.Errorf("reading PTT back: %w", err)
	}
	return confirmed, nil
}

// Unkey unkeys and reads back in the same way. After an error the transmitter may
// still be keyed.
func Unkey(l Link) (confirmed bool, err error) {
	if err := l.SetPTT(false); err != nil {
		return false, fmt.Errorf("unkeying: %w", err)
	}
	confirmed, err = readBack(l, false)
	if err != nil {
		return false, fmt.Errorf("reading PTT back: %w", err)
	}
	return confirmed, nil
}

// readBack asks until the transceiver reports PTT as wanted.
func readBack(l Link, want bool) (confirmed bool, err error) {
	reader, ok := l.(PTTReader)
	if !ok {
		return false, nil
	}
	confirmed, err = Settle(func() (bool, error) {
		on, err := reader.PTT()
		return on == want, err
	})
	switch {
	case errors.Is(err, ErrUnsupported):
		return false, nil
	case err != nil:
		return false, err
	case !confirmed && want:
		return false, errors.New("the rig took the command to key, but does not transmit")
	case !confirmed:
		return false, errors.New("the rig took the command to unkey, but still transmits")
	}
	return true, nil
}

// Settle asks whether a transceiver has done what it was told until it has, or
// fails to answer, or has had time enough.
func Settle(done func() (bool, error)) (bool, error) {
	for started := time.Now(); ; time.Sleep(asking) {
		ok, err := done()
		if ok || err != nil || time.Since(started) >= settling {
			return ok && err == nil, err
		}
	}
}
