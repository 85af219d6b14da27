package hf

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limits of a Fading.
const (
	MaxSpread = 100.0                  // Hz
	MaxDelay  = 100 * time.Millisecond // of the second path
)

// Fading is what the ionosphere does to a signal by Watterson's model. The zero
// value is a channel that does not fade. All paths have the same mean power;
// that of the channel is 1.
type Fading struct {
	Paths  int           // 0 for no fading, 1 for flat fading, 2 for selective fading
	Delay  time.Duration // of the second path behind the first, at most 100 ms; rounded to whole samples
	Spread float64       // 2σ of the Gaussian Doppler spectrum in Hz, at most 100; with 0 the paths stand still
}

// A NamedFading is a channel in common use.
type NamedFading struct {
	Name   string
	Fading Fading
	Note   string // a few words for a list
}

// Presets are the named channels, mild ones first.
//
// Good, moderate, poor and flutter are the classes of CCIR Recommendation 520
// (ITU-R F.520-2); the names with a latitude the channels of Recommendation
// ITU-R F.1487, annex 3. The numbers are those that independent public
// simulators agree on; of "poor" some have a spread of 0.5 Hz instead of the 1
// Hz given here.
func Presets() []NamedFading {
	two := func(delay time.Duration, spread float64) Fading {
		return Fading{Paths: 2, Delay: delay, Spread: spread}
	}
	const ms = time.Millisecond
	return []NamedFading{
		{"none", Fading{}, "no fading"},
		{"flat", Fading{Paths: 1, Spread: 0.5}, "one path, 0.5 Hz"},
		{"good", two(ms/2, 0.1), "CCIR 520: 0.5 ms, 0.1 Hz"},
		{"moderate", two(ms, 0.5), "CCIR 520: 1 ms, 0.5 Hz"},
		{"poor", two(2*ms, 1), "CCIR 520: 2 ms, 1 Hz"},
		{"flutter", two(ms/2, 10), "CCIR 520: 0.5 ms, 10 Hz"},
		{"low-quiet", two(ms/2, 0.5), "ITU-R F.1487, low latitudes: 0.5 ms, 0.5 Hz"},
		{"low-moderate", two(2*ms, 1.5), "ITU-R F.1487, low latitudes: 2 ms, 1.5 Hz"},
		{"low-disturbed", two(6*ms, 10), "ITU-R F.1487, low latitudes: 6 ms, 10 Hz"},
		{"mid-quiet", two(ms/2, 0.1), "ITU-R F.1487, middle latitudes: 0.5 ms, 0.1 Hz"},
		{"mid-moderate", two(ms, 0.5), "ITU-R F.1487, middle latitudes: 1 ms, 0.5 Hz"},
		{"mid-disturbed", two(2*ms, 1), "ITU-R F.1487, middle latitudes: 2 ms, 1 Hz"},
		{"nvis-disturbed", two(7*ms, 1), "ITU-R F.1487, middle latitudes, near-vertical incidence: 7 ms, 1 Hz"},
		{"high-quiet", two(ms, 0.5), "ITU-R F.1487, high latitudes: 1 ms, 0.5 Hz"},
		{"high-moderate", two(3*ms, 10), "ITU-R F.1487, high latitudes: 3 ms, 10 Hz"},
		{"high-disturbed", two(7*ms, 30), "ITU-R F.1487, high latitudes: 7 ms, 30 Hz"},
	}
}

// Preset finds a channel by its name, in capitals or not, or makes it of its
// numbers: "1.5ms/0.3Hz" has two paths, "0.3Hz" one. "awgn" is another name of
// "none". The error of an unknown name lists the known ones.
func Preset(name string) (Fading, error) {
	key := strings.ToLower(strings.TrimSpace(name))
	if key == "awgn" {
		key = "none"
	}
	var known []string
	for _, p := range Presets() {
		if p.Name == key {
			return p.Fading, nil
		}
		known = append(known, p.Name)
	}
	f, ok := parseNumbers(key)
	if !ok {
		return Fading{}, fmt.Errorf("unknown channel %q: want %s, or numbers such as 2ms/1Hz", name, strings.Join(known, ", "))
	}
	if err := f.Validate(); err != nil {
		return Fading{}, fmt.Errorf("channel %q: %w", name, err)
	}
	return f, nil
}

// parseNumbers reads "2ms/1hz" and "1hz".
func parseNumbers(s string) (Fading, bool) {
	delay, spread, two := strings.Cut(s, "/")
	if !two {
		delay, spread = "0ms", s
	}
	ms, ok1 := parseUnit(delay, "ms")
	hz, ok2 := parseUnit(spread, "hz")
	f := Fading{Paths: 1, Spread: hz}
	if two {
		f.Paths = 2
		f.Delay = time.Duration(min(ms, 1e9)*1e6 + 0.5) // far beyond the limit a Duration would overflow
	}
	return f, ok1 && ok2
}

// parseUnit reads a number that is not negative and has the unit behind it.
func parseUnit(s, unit string) (float64, bool) {
	digits, ok := strings.CutSuffix(s, unit)
	v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	return v, ok && err == nil && v >= 0
}

// String is a name that Preset understands.
func (f Fading) String() string {
	for _, p := range Presets() {
		if p.Fading == f {
			return p.Name
		}
	}
	spread := strconv.FormatFloat(f.Spread, 'g', -1, 64) + "Hz"
	if f.Paths < 2 {
		return spread
	}
	ms := strconv.FormatFloat(float64(f.Delay)/float64(time.Millisecond), 'g', -1, 64)
	return ms + "ms/" + spread
}

// Validate names the first part of f that is out of bounds.
func (f Fading) Validate() error {
	switch {
	case f.Paths < 0 || f.Paths > 2:
		return fmt.Errorf("fading over %d paths: must be 0 to 2", f.Paths)
	case !(f.Spread >= 0 && f.Spread <= MaxSpread):
		return fmt.Errorf("doppler spread %g Hz: must be 0 to %g", f.Spread, MaxSpread)
	case f.Delay < 0 || f.Delay > MaxDelay:
		return fmt.Errorf("path delay %v: must be 0 to %v", f.Delay, MaxDelay)
	case f.Paths == 0 && f.Spread != 0:
		return fmt.Errorf("doppler spread %g Hz without a path: set Paths to 1 or 2", f.Spread)
	case f.Paths < 2 && f.Delay != 0:
		return fmt.Errorf("path delay %v without a second path: set Paths to 2", f.Delay)
	}
	return nil
}
