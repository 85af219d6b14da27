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
	for started := time.Now(); ; time.Sleep(asking) {
		on, err := reader.PTT()
		switch {
		case errors.Is(err, ErrUnsupported):
			return false, nil
		case err != nil:
			return false, err
		case on == want:
			return true, nil
		case time.Since(started) >= settling && want:
			return false, fmt.Errorf("the rig took the command to key, but does not transmit")
		case time.Since(started) >= settling:
			return false, fmt.Errorf("the rig took the command to unkey, but still transmits")
		}
	}
}
