package hf

import (
	"strings"
	"testing"
	"time"
)

func TestPresetUnderstandsNamesAndNumbers(t *testing.T) {
	for _, c := range []struct {
		name string
		want Fading
	}{
		{"none", Fading{}},
		{"awgn", Fading{}},
		{"AWGN", Fading{}},
		{" Moderate\n", Fading{2, time.Millisecond, 0.5}},
		{"flat", Fading{Paths: 1, Spread: 0.5}},
		{"nvis-disturbed", Fading{2, 7 * time.Millisecond, 1}},
		{"1.5ms/0.3Hz", Fading{2, 1500 * time.Microsecond, 0.3}},
		{"2 ms/1 hz", Fading{2, 2 * time.Millisecond, 1}},
		{"0ms/0Hz", Fading{Paths: 2}},
		{"0.25hz", Fading{Paths: 1, Spread: 0.25}},
	} {
		if got, err := Preset(c.name); err != nil || got != c.want {
			t.Errorf("Preset(%q) = %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
}

func TestPresetNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"", "moderate"},
		{"bad", "nvis-disturbed"},
		{"1ms", "unknown"},
		{"1ms/", "unknown"},
		{"/1hz", "unknown"},
		{"1hz/1ms", "unknown"},
		{"-1hz", "unknown"},
		{"nanhz", "unknown"},
		{"101hz", "doppler spread"},
		{"infhz", "doppler spread"},
		{"101ms/1hz", "path delay"},
		{"1e300ms/1hz", "path delay"},
	} {
		if _, err := Preset(c.name); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Preset(%q): error %v, want one with %q", c.name, err, c.want)
		}
	}
}

func TestPresetsAreValidAndFoundByTheirNames(t *testing.T) {
	for _, p := range Presets() {
		if err := p.Fading.Validate(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if got, err := Preset(p.Name); err != nil || got != p.Fading {
			t.Errorf("%s is found as %+v, %v", p.Name, got, err)
		}
		if got, err := Preset(p.Fading.String()); err != nil || got != p.Fading {
			t.Errorf("%s prints as %s, which is %+v, %v", p.Name, p.Fading, got, err)
		}
	}
}

func TestFadingRefusesNonsense(t *testing.T) {
	for _, f := range []Fading{
		{Paths: -1}, {Paths: 3}, {Paths: 1, Spread: -1}, {Paths: 1, Spread: 101}, {Paths: 2, Delay: -1},
		{Paths: 2, Delay: time.Second}, {Spread: 1}, {Paths: 1, Delay: 1},
	} {
		if f.Validate() == nil {
			t.Errorf("%+v is accepted", f)
		}
	}
}

func FuzzPreset(f *testing.F) {
	for _, p := range Presets() {
		f.Add(p.Name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got, err := Preset(name)
		if err != nil {
			return
		}
		if err := got.Validate(); err != nil {
			t.Fatalf("Preset(%q) = %+v: %v", name, got, err)
		}
		if again, err := Preset(got.String()); err != nil || again != got {
			t.Fatalf("Preset(%q) = %+v prints as %s, which is %+v, %v", name, got, got, again, err)
		}
	})
}
