package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rtty/config"
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
	return panel{file}, path
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
