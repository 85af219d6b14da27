package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rtty/config"
)

func TestSettingsAreWrittenToTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte("# mine\n[station]\ncallsign = \"OE1ABC\" # me\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	s := newScreen(t, 120, 40, Options{Settings: SettingsOf(file)})
	s.press("ctrl+g o")
	s.wants(t, "▸ station.callsign", "OE1ABC")
	s.press("enter ctrl+u o e")
	s.send(tea.PasteMsg{Content: "3xyz"})
	s.wants(t, "oe3xyz")
	s.press("enter down enter A n n a enter")
	s.goTo(t, "ui.theme")
	s.press("right")
	if s.theme.name != "light" {
		t.Errorf("the theme is %s after it was set to light", s.theme.name)
	}
	s.goTo(t, "receive.afc")
	s.press("space")
	s.goTo(t, "transmit.lead_ms")
	s.press("enter ctrl+u x enter")
	s.wants(t, "transmit.lead_ms is")
	s.press("ctrl+u 2 0 0 enter delete enter ctrl+u 2 5 0 enter esc")

	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# mine\n", `"oe3xyz" # me`, `name = "Anna"`, `theme = "light"`, "afc = false", "lead_ms = 250"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the file has no %q:\n%s", want, text)
		}
	}
}

// goTo moves to a setting.
func (s *testScreen) goTo(t *testing.T, label string) {
	t.Helper()
	e := s.panel.(*editor)
	s.press("home")
	for range e.items {
		if e.items[e.at].label == label {
			s.content()
			return
		}
		s.press("down")
	}
	t.Fatalf("there is no setting %s", label)
}

func TestEverySettingCanBeShownAndStored(t *testing.T) {
	file, err := config.Load(filepath.Join(t.TempDir(), "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	settings := SettingsOf(file)
	for _, k := range settings.Keys() {
		if k.Doc == "" {
			t.Errorf("%s has no explanation", k.Key)
		}
		if got := settings.Get(k.Key); got != k.Default {
			t.Errorf("%s is %q, want its default %q", k.Key, got, k.Default)
		}
		if err := settings.Set(k.Key, k.Default); err != nil {
			t.Errorf("storing the default of %s: %v", k.Key, err)
		}
		if got := settings.Get(k.Key); got != k.Default {
			t.Errorf("%s was stored as %q and is %q", k.Key, k.Default, got)
		}
	}
	if err := settings.Set("no.such", "1"); err == nil {
		t.Error("a setting that is none was stored")
	}
}

func TestTheStationInContactIsEdited(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.press("ctrl+g k enter p a 9 q q enter down enter J a n enter")
	s.wants(t, "Station in contact", "pa9qq", "Jan")
	s.asks(t, "TakeCall pa9qq", "SetContact pa9qq")
	if s.f.snap.Their.Name != "Jan" {
		t.Errorf("the name in contact is %q", s.f.snap.Their.Name)
	}
	s.press("enter x esc")
	s.wants(t, "Jan")
	s.press("esc")
	if s.panel != nil {
		t.Error("Esc does not close the panel")
	}
}

func TestWithoutSettingsThereIsNoPanel(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.settings = nil
	s.press("ctrl+g o")
	s.wants(t, "there are no settings")
}

func TestInput(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"a b c", "abc|"},
		{"a b left c", "ac|b"},
		{"a b left left left c", "c|ab"},
		{"a b backspace backspace backspace", "|"},
		{"a b home delete end c", "bc|"},
		{"a b delete", "ab|"},
		{"a space b space ctrl+w", "a |"},
		{"a b left ctrl+u", "|b"},
		{"a ctrl+t f5 b", "ab|"},
	} {
		in := newInput("")
		for _, k := range strings.Fields(c.keys) {
			in.press(keyPress(k))
		}
		if got := string(in.text[:in.at]) + "|" + string(in.text[in.at:]); got != c.want {
			t.Errorf("%s makes %q, want %q", c.keys, got, c.want)
		}
	}
	in := newInput("")
	in.insert("A\x1b\u0301\nB")
	if in.value() != "AB" {
		t.Errorf("control characters get in: %q", in.value())
	}
}
