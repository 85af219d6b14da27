// Package flrig keys, reads and sets a transceiver through the program flrig
// (http://www.w1hkj.com/flrig-help/), which other programs control over XML-RPC.
//
// flrig answers every command with success, also when it has no transceiver and
// ignores them. So it is asked what transceiver it has, and what was set is read
// back; PTT by [rig.Key]. Frequencies are written as <double>: an integer or a
// string is turned down as a type error.
package flrig

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"rtty/internal/xmlrpc"
	"rtty/rig"
)

const patience = 2 * time.Second // for an answer

// A Rig is the transceiver of one flrig.
type Rig struct {
	address string
	client  *xmlrpc.Client
	names   []string // of the modes that this transceiver has
	failed  bool     // a call was not answered
	keyed   bool     // as commanded
}

// Open asks the flrig at address, host:port, for its transceiver and the modes that
// it has.
func Open(address string) (*Rig, error) {
	r := &Rig{address: address, client: xmlrpc.NewClient(address, patience)}
	name, err := r.text("rig.get_xcvr")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(name) == "" {
		return nil, rig.Faultf(rig.ErrGone, "flrig at %s is running but has no transceiver: choose one under Config, Setup, Transceiver, and press Init", address)
	}
	modes, err := r.call("rig.get_modes")
	if err != nil {
		return nil, err
	}
	for _, m := range modes.Items {
		r.names = append(r.names, m.Text)
	}
	return r, nil
}

// SetPTT keys or unkeys.
func (r *Rig) SetPTT(on bool) error {
	n := 0
	if on {
		n = 1
	}
	r.keyed = on
	_, err := r.call("rig.set_ptt", n)
	return err
}

// PTT tells whether the transmitter is keyed, as far as flrig knows.
func (r *Rig) PTT() (bool, error) {
	n, err := r.number("rig.get_ptt")
	return n != 0, err
}

// Alive asks flrig, not the transceiver, whether it is still there and still keyed.
// A flrig that has no way to key says at first that it has, and half a second later
// that it has not.
func (r *Rig) Alive() error {
	if r.failed {
		return rig.Faultf(rig.ErrGone, "flrig at %s does not answer", r.address)
	}
	if !r.keyed {
		_, err := r.text("main.get_version")
		return err
	}
	on, err := r.PTT()
	if err == nil && !on {
		err = errors.New("flrig has stopped transmitting: if it does so each time, choose a way to key in it, under Config, Setup, Transceiver")
	}
	return err
}

// Close lets go of the connection. It leaves the key as it is: whoever has keyed has
// unkeyed.
func (r *Rig) Close() error {
	r.client.Close()
	return nil
}

// Frequency is what the dial of the VFO in use shows, in Hz.
func (r *Rig) Frequency() (float64, error) { return r.number("rig.get_vfo") }

// SetFrequency turns the dial, and reads it back: to the step of the transceiver.
func (r *Rig) SetFrequency(hz float64) error {
	const step = 100 // Hz, the coarsest
	hz = math.Round(hz)
	if _, err := r.call("main.set_frequency", hz); err != nil {
		return err
	}
	var now float64
	done, err := rig.Settle(func() (ok bool, err error) {
		now, err = r.Frequency()
		return math.Abs(now-hz) < step, err
	})
	if err == nil && !done {
		err = fmt.Errorf("flrig took the command to tune to %.0f Hz, but the rig is on %.0f Hz", hz, now)
	}
	return err
}

// TransmitFrequency is where the dial would stand when transmitting: that of the
// other VFO with split. flrig does not tell XIT.
func (r *Rig) TransmitFrequency() (float64, error) {
	split, err := r.number("rig.get_split")
	if err != nil && !errors.Is(err, rig.ErrUnsupported) {
		return 0, err
	}
	if split == 0 {
		return r.Frequency()
	}
	inUse, err := r.text("rig.get_AB")
	if err != nil {
		return 0, err
	}
	if strings.TrimSpace(inUse) == "B" {
		return r.number("rig.get_vfoA")
	}
	return r.number("rig.get_vfoB")
}

// Strength is the reading of flrig's S-meter, whose scale from 0 to 100 has S9 in
// the middle and S9+60 dB at its end, in dB above S9. An S unit is 6 dB.
func (r *Rig) Strength() (float64, error) {
	const (
		middle = 50
		below  = 9 * 6 // dB from S0 to S9
		above  = 60
	)
	n, err := r.number("rig.get_smeter")
	switch {
	case err != nil:
		return 0, err
	case n < middle:
		return (n - middle) / middle * below, nil
	}
	return (n - middle) / middle * above, nil
}

// Mode is what the mode switch shows.
func (r *Rig) Mode() (rig.Mode, error) {
	name, err := r.text("rig.get_mode")
	if err != nil {
		return rig.Mode{}, err
	}
	m := modeOf(name)
	m.Filter, err = r.width()
	return m, err
}

// width is that of the filter in Hz: the first value, for those filters that are
// named by it. Others are named by their edges.
func (r *Rig) width() (float64, error) {
	v, err := r.call("rig.get_bw")
	if errors.Is(err, rig.ErrUnsupported) || err == nil && len(v.Items) == 0 {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(v.Items[0].Text), 64)
	if err != nil || n < 0 || n > 1e5 {
		return 0, nil // a name, such as NONE or FIL1
	}
	return n, nil
}

// SetMode turns the mode switch and reads it back. The filter stays what it is for
// that mode.
func (r *Rig) SetMode(m rig.Mode) error {
	name, err := nameOf(m, r.names)
	if err != nil {
		return err
	}
	if _, err := r.call("rig.set_mode", name); err != nil {
		return err
	}
	var now string
	done, err := rig.Settle(func() (ok bool, err error) {
		now, err = r.text("rig.get_mode")
		return now == name, err
	})
	if err == nil && !done {
		err = fmt.Errorf("flrig took the command to switch to %s, but the rig is in %s", name, now)
	}
	return err
}

func (r *Rig) text(method string) (string, error) {
	v, err := r.call(method)
	return v.Text, err
}

func (r *Rig) number(method string) (float64, error) {
	text, err := r.text(method)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("flrig answered %q to %s, which is no number", text, method)
	}
	return n, nil
}

// call asks flrig. What it does not know is not supported; when it does not answer,
// the link is gone.
func (r *Rig) call(method string, params ...any) (xmlrpc.Value, error) {
	v, err := r.client.Call(context.Background(), method, params...)
	var fault *xmlrpc.Fault
	var unreached *url.Error
	switch {
	case err == nil:
		return v, nil
	case errors.As(err, &fault) && strings.Contains(fault.Text, "unknown method"):
		return v, rig.Faultf(rig.ErrUnsupported, "this flrig is too old: %w", err)
	case errors.As(err, &fault):
		return v, rig.Faultf(rig.ErrRefused, "flrig: %w", err)
	case errors.Is(err, syscall.ECONNREFUSED):
		r.failed = true
		return v, rig.Faultf(rig.ErrGone, "nothing listens at %s: start flrig, close its warnings, or correct the address", r.address)
	case errors.As(err, &unreached) && unreached.Timeout():
		r.failed = true
		return v, rig.Faultf(rig.ErrGone, "flrig at %s has not answered %s for %v: a warning on its screen may have to be closed", r.address, method, patience)
	case errors.As(err, &unreached), errors.Is(err, io.ErrUnexpectedEOF):
		r.failed = true
		return v, rig.Faultf(rig.ErrGone, "flrig at %s: %w", r.address, err)
	}
	return v, fmt.Errorf("flrig at %s: %w", r.address, err)
}
