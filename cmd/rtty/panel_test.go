package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rtty/audio"
	"rtty/config"
	"rtty/macro"
	"rtty/modem"
	"rtty/station"
)

func panelOn(t *testing.T, text string) (p panel, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	source, err := audio.NewSource(strings.NewReader(""), "nothing", audio.Options{Raw: audio.RawFormat{Format: audio.S16LE, Rate: 8000}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := station.New(station.Config{Input: source})
	if err != nil {
		t.Fatal(err)
	}
	return panel{file, s}, path
}

// What the panel does not mark as holding later can be seen in the station.
func TestSettingsHoldAtOnce(t *testing.T) {
	p, _ := panelOn(t, "")
	receive := func() station.Receive { return p.station.Snapshot().Receive }
	for _, c := range []struct {
		key, value string
		seen       func() any
		want       any
	}{
		{"station.callsign", "oe1abc", func() any { return p.station.Snapshot().Operator.Call }, "OE1ABC"},
		{"station.name", "Eva", func() any { return p.station.Snapshot().Operator.Name }, "Eva"},
		{"station.locator", "JN88EE", func() any { return p.station.Snapshot().Operator.Locator }, "JN88EE"},
		{"transmit.net", "false", func() any { return p.station.Snapshot().Transmit.Net }, false},
		{"transmit.enabled", "true", func() any { return p.station.Snapshot().Transmit.Enabled }, true},
		{"receive.afc", "false", func() any { return receive().AFC }, false},
		{"receive.squelch", "off", func() any { return receive().Squelch }, modem.SquelchOff},
		{"receive.squelch", "0.7", func() any { return receive().Squelch }, 0.7},
		{"receive.squelch", "auto", func() any { return receive().Squelch }, 0.0},
		{"receive.prior", "contest", func() any { return receive().Prior }, "contest"},
		{"receive.preset", "dwd", func() any { return receive().Preset }, "dwd"},
		{"receive.preset", "dwd", func() any { return receive().Signal.Shift() }, 450.0},
		{"receive.sideband", "usb", func() any { return receive().Sideband }, modem.USB},
		{"receive.mark", "1000", func() any { return receive().Signal.Mark }, 1000.0},
		{"receive.mark", "0", func() any { return receive().Signal.Mark }, 1275.0},
		{"receive.preset", "ham", func() any { return receive().Signal.Mark }, 2295.0},
		{"receive.sideband", "", func() any { return receive().Signal.Mark }, 2125.0},
		{"macros.set", "contest", func() any { return p.station.Macros()[0].Label }, macro.Contest().Run[0].Label},
		{"macros.run", `["Hello,CQ"]`, func() any { return p.station.Macros()[0].Label }, "Hello"},
	} {
		if err := p.Set(c.key, c.value); err != nil {
			t.Errorf("setting %s: %v", c.key, err)
		}
		if got := c.seen(); got != c.want {
			t.Errorf("with %s set to %q the station has %v, want %v", c.key, c.value, got, c.want)
		}
	}
}

func TestASettingThatCannotHoldNowIsStored(t *testing.T) {
	p, _ := panelOn(t, "")
	err := p.Set("receive.mark", "19000")
	if err == nil || !strings.Contains(err.Error(), "receive.mark is stored, but can't hold now: ") {
		t.Errorf("a mark of 19 kHz: %v", err)
	}
	if got := p.Get("receive.mark"); got != "19000" {
		t.Errorf("stored is %s", got)
	}
	if err := p.Set("macros.file", "/no/such/file"); err == nil || !strings.Contains(err.Error(), "/no/such/file") {
		t.Errorf("a file of macros that is not there: %v", err)
	}
}

func TestThePanelTellsWhatHoldsLater(t *testing.T) {
	p, _ := panelOn(t, "")
	known := map[string]bool{}
	for _, k := range p.Keys() {
		known[k.Key] = true
		if want := follow[k.Key] == nil; k.Later != want {
			t.Errorf("%s: later %v", k.Key, k.Later)
		}
	}
	for key := range follow {
		if !known[key] {
			t.Errorf("there is no setting %s", key)
		}
	}
}

func TestEverySettingCanBeShownAndStored(t *testing.T) {
	p, _ := panelOn(t, "")
	for _, k := range p.Keys() {
		if k.Doc == "" {
			t.Errorf("%s has no explanation", k.Key)
		}
		if got := p.Get(k.Key); got != k.Default {
			t.Errorf("%s is %q, want its default %q", k.Key, got, k.Default)
		}
		if err := p.Set(k.Key, k.Default); err != nil {
			t.Errorf("storing the default of %s: %v", k.Key, err)
		}
		if got := p.Get(k.Key); got != k.Default {
			t.Errorf("%s was stored as %q and is %q", k.Key, k.Default, got)
		}
	}
}

func TestThePanelWritesTheFile(t *testing.T) {
	p, path := panelOn(t, "# mine\n[station]\ncallsign = \"OE1ABC\" # me\n")
	for key, value := range map[string]string{
		"station.callsign": "OE3XYZ", "ui.theme": "light", "receive.afc": "false", "transmit.lead_ms": "250",
	} {
		if err := p.Set(key, value); err != nil {
			t.Errorf("setting %s: %v", key, err)
		}
		if got := p.Get(key); got != value {
			t.Errorf("%s was set to %s and is %s", key, value, got)
		}
	}
	for key, value := range map[string]string{"no.such": "1", "transmit.lead_ms": "soon", "ui.theme": "pink"} {
		if err := p.Set(key, value); err == nil {
			t.Errorf("%s was set to %s", key, value)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# mine\n", `"OE3XYZ" # me`, `theme = "light"`, "afc = false", "lead_ms = 250"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the file has no %q:\n%s", want, text)
		}
	}
}
