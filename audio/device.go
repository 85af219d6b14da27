package audio

import (
	"context"
	"time"
)

// A Device is a sound card, or what looks like one: a sink of the sound server
// that can be listened to, a virtual cable.
type Device struct {
	Driver  string // "pulse", "portaudio"
	ID      string // stable name within the driver: the same after a restart, unlike a number
	Name    string // what people call it
	Input   bool
	Output  bool
	Monitor bool // gives what an output plays
	Default bool // what an empty name opens
	Rate    int  // samples per second it runs at by itself
}

// String is the name to put into a configuration.
func (d Device) String() string { return d.Driver + ":" + d.ID }

// DefaultRate is what devices are opened at when nothing else is asked for:
// every sound card has it, many have only that.
const DefaultRate = 48000

// InputOptions say how to open an input.
type InputOptions struct {
	Rate    int           // samples per second; 0 means DefaultRate
	Latency time.Duration // sound between the card and the program; 0 means 50 ms
}

func (o InputOptions) filled() InputOptions {
	if o.Rate == 0 {
		o.Rate = DefaultRate
	}
	if o.Latency == 0 {
		o.Latency = 50 * time.Millisecond
	}
	return o
}

// OutputOptions say how to open an output.
type OutputOptions struct {
	Rate int // samples per second; 0 means DefaultRate
	// Latency is how much sound may wait to be played; 0 means 100 ms. More is
	// safer against gaps, but it is also what still goes out with VOX after
	// everything was stopped, so that more than 200 ms can't be had.
	Latency time.Duration
}

const maxOutputLatency = 200 * time.Millisecond

func (o OutputOptions) filled() OutputOptions {
	if o.Rate == 0 {
		o.Rate = DefaultRate
	}
	if o.Latency == 0 {
		o.Latency = 100 * time.Millisecond
	}
	o.Latency = min(o.Latency, maxOutputLatency)
	return o
}

// A driver reaches the devices of one kind. Its sources and sinks may block in
// the system for as long as that pleases, except that Close makes a Read return;
// LiveInput and LiveOutput deal with it. They may also have
//
//	Device() string   // in use, which the default may stand for
//	Underruns() int64 // times that a sink had nothing to play in an over
//	Probe() error     // whether a sink would play
//	patient()         // of a source: that nothing comes is no fault
type driver interface {
	name() string
	// devices lists what is there now, the same device in the same order.
	devices() ([]Device, error)
	// openInput and openOutput open a device by its ID; the empty ID is the default.
	openInput(id string, o InputOptions) (Source, error)
	openOutput(id string, o OutputOptions) (Sink, error)
}

// An unlisted driver has no devices to list: any name may be one that check
// finds no fault with.
type unlisted interface{ check(id string) error }

// drivers are those built in, the one to try first in front.
func drivers() []driver {
	var all []driver
	all = append(all, portaudioDriver()...)
	all = append(all, pulseDriver()...)
	return append(all, udpDriver{})
}

// answer is how long a driver may take to list its devices.
const answer = 4 * time.Second

// Devices lists the devices of all drivers built in, those of the default
// driver first. A driver that fails, or does not answer in time, gives an error
// and does not keep the others from being listed.
func Devices(ctx context.Context) ([]Device, []error) {
	return devicesOf(ctx, drivers())
}

func devicesOf(ctx context.Context, ds []driver) ([]Device, []error) {
	ctx, cancel := context.WithTimeout(ctx, answer)
	defer cancel()
	var all []Device
	var errs []error
	for _, d := range ds {
		found, err := list(ctx, d)
		if err != nil {
			errs = append(errs, err)
		}
		all = append(all, found...)
	}
	return all, errs
}

// list asks a driver for its devices. A sound server that hangs keeps the
// goroutine, and not the caller.
func list(ctx context.Context, d driver) ([]Device, error) {
	type result struct {
		devices []Device
		err     error
	}
	got := make(chan result, 1)
	go func() {
		devices, err := d.devices()
		got <- result{devices, err}
	}()
	select {
	case r := <-got:
		if r.err != nil {
			return nil, &DriverError{Driver: d.name(), Err: r.err}
		}
		return r.devices, nil
	case <-ctx.Done():
		return nil, &DriverError{Driver: d.name(), Err: errNoAnswer}
	}
}

// OpenInput opens a live input by its name, "driver:device":
//
//	pulse:alsa_input.usb-Burr-Brown_from_TI_USB_Audio_CODEC-00.analog-stereo
//	portaudio:USB Audio CODEC: Audio
//	udp:7355
//
// The device may be part of its stable or of its ordinary name, in any case,
// if that fits one only; without a driver all are searched, the default driver
// first; the empty name is the default device. Devices lists the names.
//
// The samples have to be read: what waits for longer than some seconds is lost,
// and the next Block tells so.
//
// The error is a *DeviceError when there is no such device, or more than one,
// and a *DriverError when its driver is not built in or fails.
func OpenInput(name string, o InputOptions) (Source, error) {
	o = o.filled()
	if o.Rate < MinRate || o.Rate > MaxRate {
		return nil, rateError(name, o.Rate)
	}
	d, id, err := resolve(drivers(), name, true)
	if err != nil {
		return nil, err
	}
	src, err := d.openInput(id, o)
	if err != nil {
		return nil, &DriverError{Driver: d.name(), Device: id, Err: err}
	}
	return src, nil
}

// OpenOutput opens an output, named as for OpenInput. Its methods are to be
// called from one goroutine, except Played and Latency.
func OpenOutput(name string, o OutputOptions) (Sink, error) {
	o = o.filled()
	if o.Rate < MinRate || o.Rate > MaxRate {
		return nil, rateError(name, o.Rate)
	}
	d, id, err := resolve(drivers(), name, false)
	if err != nil {
		return nil, err
	}
	sink, err := d.openOutput(id, o)
	if err != nil {
		return nil, &DriverError{Driver: d.name(), Device: id, Err: err}
	}
	return sink, nil
}

// FindDevice tells which device OpenInput, or OpenOutput if input is false, opens
// by that name. Errors are those of opening.
func FindDevice(name string, input bool) (Device, error) {
	return findDevice(drivers(), name, input)
}

func findDevice(ds []driver, name string, input bool) (Device, error) {
	d, id, err := resolve(ds, name, input)
	if err != nil {
		return Device{}, err
	}
	found := Device{Driver: d.name(), ID: id, Input: input, Output: !input, Default: id == ""}
	if _, ok := d.(unlisted); ok {
		return found, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), answer)
	defer cancel()
	devices, err := list(ctx, d)
	if err != nil {
		return Device{}, err
	}
	for _, at := range devices {
		fits := at.ID == id || id == "" && at.Default
		if fits && (input && at.Input || !input && at.Output) {
			return at, nil
		}
	}
	return found, nil
}
