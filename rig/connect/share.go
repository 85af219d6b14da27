package connect

import (
	"fmt"
	"os"

	"rtty/rig"
	"rtty/rig/fsk"
	"rtty/rig/lines"
)

// Share opens the serial port that FSK keying has in common with the key of the rig
// or with CAT, and puts the file into both configurations. Whoever gets it closes
// it after both; both then call the port by the same name. It is nil when each has a port of its own. A *rig.ConfigError says
// why they can't share one.
func Share(r *rig.Config, f *fsk.Config) (*os.File, error) {
	key := keyOf(*r)
	keys := key.Kind.Lines() && rig.SamePort(key.Port, f.Device)
	cat := r.Kind.CAT() && rig.SamePort(r.Port, f.Device)
	switch {
	case !keys && !cat:
		return nil, nil
	case f.Method == fsk.Serial:
		return nil, cannot("the FSK keyer on %s needs that port for itself: give the rig another", f.Device)
	}
	if err := besideCAT(f); cat && err != nil {
		return nil, err
	}
	if err := besidePTT(key, f); keys && err != nil {
		return nil, err
	}
	file, err := lines.OpenShared(f.Device)
	if err != nil {
		return nil, err
	}
	if keys && r.PTT != nil {
		key.Port = f.Device
		r.PTT = &key
	}
	if cat || keys && r.PTT == nil {
		r.Port = f.Device
	}
	r.File, f.File = file, file
	return file, nil
}

// keyOf is the part of the configuration that keys.
func keyOf(r rig.Config) rig.Config {
	if r.PTT != nil {
		return *r.PTT
	}
	return r
}

// besideCAT tells why FSK can't be keyed by a port that carries CAT.
func besideCAT(f *fsk.Config) error {
	switch {
	case f.Method == fsk.UART:
		return cannot("TXD of %s can't carry both CAT and FSK: key FSK by DTR or RTS, or give it another port", f.Device)
	case f.Invert:
		return cannot("FSK can't be inverted on %s, since opening the port for CAT drops the line: turn the polarity over in the transceiver's menu", f.Device)
	}
	return nil
}

// besidePTT tells why FSK can't be keyed by a port whose lines key PTT.
func besidePTT(key rig.Config, f *fsk.Config) error {
	used := map[fsk.Method]bool{
		fsk.RTS: key.Kind == rig.RTS || key.Kind == rig.RTSDTR,
		fsk.DTR: key.Kind == rig.DTR || key.Kind == rig.RTSDTR,
	}
	switch {
	case key.Invert:
		return cannot("PTT can't be inverted on %s, since the lines of a port that keys FSK drop when it is closed, and that would key: give FSK another port", f.Device)
	case used[f.Method]:
		return cannot("the line %s of %s can't key PTT and FSK both: give FSK the other line, TXD, or another port", f.Method, f.Device)
	}
	return nil
}

func cannot(format string, args ...any) error {
	return &rig.ConfigError{Setting: "port", Reason: fmt.Sprintf(format, args...)}
}
