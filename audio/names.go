package audio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A DeviceError says that a name fits no device, or several.
type DeviceError struct {
	Name   string
	Input  bool     // an input was looked for, else an output
	Fits   []Device // that the name fits, when there are several
	There  []Device // that could have been meant
	Faults []error  // of drivers that could not list their devices
}

func (e *DeviceError) Error() string {
	kind := "output"
	if e.Input {
		kind = "input"
	}
	if len(e.Fits) > 0 {
		return fmt.Sprintf("%q fits more than one %s: %s", e.Name, kind, joined(e.Fits))
	}
	var parts []string
	switch {
	case len(e.There) > 0:
		parts = append(parts, fmt.Sprintf("no %s %q; there are %s", kind, e.Name, joined(e.There)))
	case len(e.Faults) == 0:
		parts = append(parts, "no "+kind+" at all")
	}
	for _, err := range e.Faults {
		parts = append(parts, err.Error())
	}
	return strings.Join(parts, "; ")
}

func (e *DeviceError) Unwrap() []error { return e.Faults }

func joined(ds []Device) string {
	names := make([]string, len(ds))
	for i, d := range ds {
		names[i] = d.String()
		if d.Name != "" && d.Name != d.ID {
			names[i] += " (" + d.Name + ")"
		}
	}
	return strings.Join(names, ", ")
}

// A DriverError says that a driver is missing or has failed.
type DriverError struct {
	Driver string
	Device string // the ID; empty when it is not about one, or about the default
	Err    error  // what went wrong; ErrNoDriver when this program is built without it
}

func (e *DriverError) Error() string {
	if e.Device == "" {
		return e.Driver + ": " + e.Err.Error()
	}
	return e.Driver + ":" + e.Device + ": " + e.Err.Error()
}

func (e *DriverError) Unwrap() error { return e.Err }

// ErrNoDriver is the cause in a *DriverError about a driver that this program
// was built without.
var ErrNoDriver = errors.New("this program is built without that driver")

// errNoAnswer is what a frozen sound server amounts to.
var errNoAnswer = errors.New("the sound server does not answer")

// known are all drivers there could be, with how to get them.
var known = map[string]string{
	"portaudio": "build with -tags portaudio where its C library is installed, or run make, which sees to it",
	"pulse":     "it is there on Linux alone",
	"udp":       "",
}

func missing(name string, present []driver) error {
	var names []string
	for _, d := range present {
		names = append(names, d.name())
	}
	return &DriverError{Driver: name, Err: fmt.Errorf("%w, which has %s: %s", ErrNoDriver, strings.Join(names, ", "), known[name])}
}

// CheckInput tells what no waiting can mend about the name of an input: that its
// driver is not built in, or that it is no address. Whether the device is there
// it does not look.
func CheckInput(name string) error { return checkInput(drivers(), name) }

func checkInput(ds []driver, name string) error {
	d, device, err := named(ds, name)
	if free, ok := d.(unlisted); ok {
		if err := free.check(device); err != nil {
			return &DriverError{Driver: d.name(), Device: device, Err: err}
		}
	}
	return err
}

// named is the driver that a name begins with, and the rest of the name; nil where
// it begins with none.
func named(ds []driver, name string) (d driver, device string, err error) {
	prefix, device, found := strings.Cut(name, ":")
	if _, ok := known[prefix]; !found || !ok {
		return nil, name, nil
	}
	i := slices.IndexFunc(ds, func(d driver) bool { return d.name() == prefix })
	if i < 0 {
		return nil, "", missing(prefix, ds)
	}
	return ds[i], device, nil
}

// resolve finds the driver and the ID that a name means.
func resolve(ds []driver, name string, input bool) (driver, string, error) {
	d, device, err := named(ds, name)
	if err != nil {
		return nil, "", err
	}
	if d == nil {
		return search(ds, name, name, input)
	}
	if _, ok := d.(unlisted); ok {
		return d, device, nil
	}
	return search([]driver{d}, device, name, input)
}

// search looks for a device in the drivers given; full is its name with all
// that was in front of it.
func search(ds []driver, device, full string, input bool) (driver, string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), answer)
	defer cancel()
	lists := make([][]Device, len(ds))
	failed := &DeviceError{Name: full, Input: input}
	for i, d := range ds {
		found, err := list(ctx, d)
		if err != nil {
			failed.Faults = append(failed.Faults, err)
		}
		lists[i] = slices.DeleteFunc(found, func(d Device) bool { return input && !d.Input || !input && !d.Output })
		failed.There = append(failed.There, lists[i]...)
		if device == "" && len(lists[i]) > 0 {
			return d, "", nil
		}
	}
	for _, fits := range []func(d Device, name string) bool{byID, byName, byPart} {
		if device == "" {
			break
		}
		for i, d := range ds {
			switch fit := fitting(lists[i], device, fits); len(fit) {
			case 0:
			case 1:
				return d, fit[0].ID, nil
			default:
				failed.Fits = fit
				return nil, "", failed
			}
		}
	}
	if len(ds) == 1 && len(failed.There) == 0 && len(failed.Faults) == 1 {
		return nil, "", failed.Faults[0]
	}
	return nil, "", failed
}

func byID(d Device, name string) bool   { return d.ID == name }
func byName(d Device, name string) bool { return d.Name == name }

func byPart(d Device, name string) bool {
	part := strings.ToLower(name)
	return strings.Contains(strings.ToLower(d.ID), part) || strings.Contains(strings.ToLower(d.Name), part)
}

// fitting are the devices that a name fits. "USB" means the microphone of a
// card and not the monitor of its loudspeaker, though it is part of both names.
func fitting(ds []Device, name string, fits func(Device, string) bool) []Device {
	var all, real []Device
	for _, d := range ds {
		if !fits(d, name) {
			continue
		}
		all = append(all, d)
		if !d.Monitor {
			real = append(real, d)
		}
	}
	if len(real) == 1 {
		return real
	}
	return all
}
