// Package cm108 keys a transmitter by a pin of the chip of a USB sound card. The
// CM108 of C-Media and its like have eight pins that a program can set through the
// card's second face, that of a HID device; makers of radio interfaces wire GPIO 3
// to the transistor that keys. Linux shows the HID device as /dev/hidrawN.
//
// The pin can't be read back. Its rest is low, and a card that loses its power or
// is plugged in starts with all pins as inputs, which is unkeyed; a program that
// dies leaves the pin as it is.
package cm108

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"rtty/rig"
)

// A Key keys by one pin.
type Key struct {
	device   io.WriteCloser
	path     string
	pin      byte // as a bit
	inverted bool // the low pin keys
}

// Open opens the device and unkeys. Name is a path, such as /dev/hidraw0, or the
// name of the sound card that the chip belongs to, or empty when there is only one.
// Pin is 1 to 8.
func Open(name string, pin int, inverted bool) (*Key, error) {
	if pin < 1 || pin > 8 {
		return nil, fmt.Errorf("a CM108 has no GPIO %d, but 1 to 8", pin)
	}
	if runtime.GOOS != "linux" {
		return nil, fmt.Errorf("keying by a CM108 needs Linux: on %s use the rig's own CAT, or a serial port", runtime.GOOS)
	}
	path := name
	if !strings.HasPrefix(name, "/") {
		found, err := Find(os.DirFS("/sys"))
		if err != nil {
			return nil, err
		}
		if path, err = choose(found, name); err != nil {
			return nil, err
		}
	}
	return openPath(path, pin, inverted)
}

func openPath(path string, pin int, inverted bool) (*Key, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	switch {
	case errors.Is(err, os.ErrPermission):
		return nil, rig.Faultf(rig.ErrGone, "%w: a udev rule has to give you access, see docs/rig.md", err)
	case err != nil:
		return nil, rig.Faultf(rig.ErrGone, "opening the CM108: %w", err)
	}
	k := &Key{device: f, path: path, pin: 1 << (pin - 1), inverted: inverted}
	if err := k.SetPTT(false); err != nil {
		_ = f.Close() // the error that matters is the first
		return nil, err
	}
	return k, nil
}

// SetPTT keys or unkeys. The report has, after its number 0, the four output
// registers of the chip (CM108 data sheet, HID_OR0 to HID_OR3): the second holds
// the levels of the pins, the third tells which of them are outputs.
func (k *Key) SetPTT(on bool) error {
	level := byte(0)
	if on != k.inverted {
		level = k.pin
	}
	if _, err := k.device.Write([]byte{0, 0, level, k.pin, 0}); err != nil {
		return rig.Faultf(rig.ErrGone, "setting a pin of the CM108: %w", err)
	}
	return nil
}

// Alive tells whether the device is still plugged in.
func (k *Key) Alive() error {
	if _, err := os.Stat(k.path); err != nil {
		return rig.Faultf(rig.ErrGone, "the CM108 is gone: %w", err)
	}
	return nil
}

// Close unkeys and closes the device.
func (k *Key) Close() error {
	return errors.Join(k.SetPTT(false), k.device.Close())
}
