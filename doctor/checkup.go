package doctor

import (
	"context"
	"io/fs"
	"time"

	"rtty/audio"
	"rtty/config"
	"rtty/modem"
	"rtty/rig"
	"rtty/station"
)

// A Checkup is what is to be looked at, and by what means.
type Checkup struct {
	Config config.Config
	File   string // of the configuration
	Faults error  // in it, as config.Load returns them
	Log    string // directory of the log of the day; empty: none is kept

	Sound Sound
	Sys   fs.FS // /sys; nil where there is none
	Ports []rig.Port
	Radio station.Radio
	// Rig links to the transceiver; nil where none is configured.
	Rig   func() (Rig, error)
	Clock func() (Clock, error)

	// Ask asks the operator whether the transmitter may be keyed. Nil: it is not
	// keyed, nor asked about.
	Ask func(question string) bool
}

// Sound is the sound devices.
type Sound interface {
	// Find tells which device a name opens.
	Find(name string, input bool) (audio.Device, error)
	OpenInput(name string, o audio.InputOptions) (audio.Source, error)
}

// SoundCards are the sound devices of this computer.
type SoundCards struct{}

// Find implements Sound.
func (SoundCards) Find(name string, input bool) (audio.Device, error) {
	return audio.FindDevice(name, input)
}

// OpenInput implements Sound.
func (SoundCards) OpenInput(name string, o audio.InputOptions) (audio.Source, error) {
	return audio.OpenInput(name, o)
}

// A Rig is the client of a guard that holds the link to a transceiver.
type Rig interface {
	Look(ctx context.Context) (rig.State, error)
	ReadTransmitFrequency(ctx context.Context) (hz float64, err error)
	Key(ctx context.Context, limit time.Duration) error
	Unkey(reason string) error
	Hold(ctx context.Context, d time.Duration) error
	State() rig.State
	Close() error
}

// Run looks at everything and tells what it finds as it finds it. When ctx ends,
// the rest is left out.
func (c *Checkup) Run(ctx context.Context, tell func(Finding)) {
	for _, check := range []struct {
		name string
		do   func(context.Context, reporter)
	}{
		{"config", c.configuration},
		{"transmit", c.permission},
		{"sound input", c.soundInput},
		{"sound output", c.soundOutput},
		{"usb", c.usb},
		{"rig", c.rig},
		{"clock", c.clock},
		{"log", c.log},
	} {
		if ctx.Err() != nil {
			return
		}
		check.do(ctx, reporter{check.name, tell})
	}
}

// signal is what would be sent with the rig in a mode.
func (c *Checkup) signal(mode rig.Mode) (modem.Signal, modem.Preset) {
	preset, err := modem.PresetNamed(c.Config.Receive.Preset)
	if err != nil {
		preset = modem.Presets()[0]
	}
	sideband := preset.Sideband
	switch {
	case mode.Kind == rig.USB || mode.Kind == rig.RTTYR:
		sideband = modem.USB
	case mode.Kind == rig.LSB || mode.Kind == rig.RTTY:
		sideband = modem.LSB
	case c.Config.Receive.Sideband == "usb":
		sideband = modem.USB
	case c.Config.Receive.Sideband == "lsb":
		sideband = modem.LSB
	}
	signal := preset.Signal(sideband)
	if mark := c.Config.Receive.Mark; mark > 0 {
		signal = signal.MovedTo(signal.Center() + mark - signal.Mark)
	}
	return signal, preset
}
