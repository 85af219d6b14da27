package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rtty/audio"
	"rtty/config"
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

func TestWhoOperatesHoldsAtOnce(t *testing.T) {
	p, _ := panelOn(t, "")
	for key, now := range map[string]bool{"station.callsign": true, "transmit.net": true, "audio.input": false} {
		value := map[string]string{"station.callsign": "oe1abc", "transmit.net": "false", "audio.input": "pulse:x"}[key]
		if got, err := p.Set(key, value); err != nil || got != now {
			t.Errorf("setting %s: holds at once %v, %v", key, got, err)
		}
	}
	if got := p.station.Snapshot().Operator.Call; got != "OE1ABC" {
		t.Errorf("the operator is %q", got)
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
		if _, err := p.Set(k.Key, k.Default); err != nil {
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
		if _, err := p.Set(key, value); err != nil {
			t.Errorf("setting %s: %v", key, err)
		}
		if got := p.Get(key); got != value {
			t.Errorf("%s was set to %s and is %s", key, value, got)
		}
	}
	for key, value := range map[string]string{"no.such": "1", "transmit.lead_ms": "soon", "ui.theme": "pink"} {
		if _, err := p.Set(key, value); err == nil {
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
