package modem

import (
	"fmt"
	"strings"

	"rtty/baudot"
)

// Sideband says how the receiver turned radio into audio: on the lower
// sideband high radio frequencies become low tones.
type Sideband uint8

const (
	USB Sideband = iota
	LSB
)

func (sb Sideband) String() string {
	if sb == LSB {
		return "lsb"
	}
	return "usb"
}

// A Preset is a service's habit: its speed, shift and code, and which of the
// tones is higher on the air. The order of the audio tones follows from that
// and the sideband, so a preset becomes a Signal only by Signal.
type Preset struct {
	Name     string
	About    string  // one line for help texts
	Baud     float64 // Bd
	Shift    float64 // Hz
	StopBits float64
	Code     baudot.Table
	USOS     bool
	MarkHigh bool     // mark is the higher radio frequency, as amateurs send it
	Sideband Sideband // what listeners of this service commonly use
	Center   float64  // audio Hz that both tones lie about
}

// The ham pairs stand at 2125/2295 Hz, the custom of AFSK on the lower
// sideband, where the harmonics fall outside a transmitter's filter. The wide
// ones are centred at 1500 Hz so that they pass an SSB filter.
var presets = []Preset{
	{"ham", "amateur radio, 45.45 Bd, 170 Hz", 1000.0 / 22, 170, 1.5, baudot.USTTY, true, true, LSB, 2210},
	{"ham50", "amateur radio, 50 Bd, 170 Hz", 50, 170, 1.5, baudot.USTTY, true, true, LSB, 2210},
	{"ham75", "amateur radio, 75 Bd, 170 Hz", 75, 170, 1.5, baudot.USTTY, true, true, LSB, 2210},
	{"dwd", "German weather service on short wave, 50 Bd, 450 Hz", 50, 450, 1.5, baudot.ITA2, false, false, USB, 1500},
	{"dwd-lf", "German weather service on 147.3 kHz, 50 Bd, 85 Hz", 50, 85, 1.5, baudot.ITA2, false, false, USB, 1500},
	{"wide", "utility stations, 75 Bd, 850 Hz", 75, 850, 1.5, baudot.ITA2, false, false, USB, 1500},
}

// Presets lists all presets, the default first. The caller owns the slice.
func Presets() []Preset { return append([]Preset(nil), presets...) }

// PresetNamed finds a preset by its name; the error lists the names there are.
func PresetNamed(name string) (Preset, error) {
	names := make([]string, len(presets))
	for i, p := range presets {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
		names[i] = p.Name
	}
	return Preset{}, fmt.Errorf("no preset %q; there are %s", name, strings.Join(names, ", "))
}

// Signal is the preset as a receiver or transmitter on that sideband hears it.
func (p Preset) Signal(sb Sideband) Signal {
	low, high := p.Center-p.Shift/2, p.Center+p.Shift/2
	s := Signal{Mark: low, Space: high, Baud: p.Baud, StopBits: p.StopBits, Code: p.Code, USOS: p.USOS}
	if p.MarkHigh != (sb == LSB) {
		return s.Reversed()
	}
	return s
}
