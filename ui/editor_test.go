package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestSettingsAreEdited(t *testing.T) {
	s := newScreen(t, 120, 40, Options{})
	s.press("ctrl+g o")
	s.wants(t, "▸ station.call", "OE1ABC", "Your callsign; without it nothing can be sent. (text)")
	s.press("enter ctrl+u o e")
	s.send(tea.PasteMsg{Content: "3xyz"})
	s.wants(t, "oe3xyz")
	s.press("enter down enter j n 8 8 enter down right down space end up right")
	s.wants(t, "Colours of the terminal. (dark, light, contrast, green, mono) Default: dark.")
	for key, want := range map[string]string{
		"station.call": "oe3xyz", "station.locator": "jn88", "receive.preset": "ham50", "receive.afc": "false", "ui.theme": "light",
	} {
		if got := s.settings.Get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if s.theme.name != "light" {
		t.Errorf("the theme is %s after it was set to light", s.theme.name)
	}
	s.press("delete left")
	if s.theme.name != "mono" {
		t.Errorf("the theme before the default is %s", s.theme.name)
	}
}

func TestARefusedSettingIsNotStored(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.press("ctrl+g o enter ctrl+u x enter")
	s.wants(t, `"x" is no callsign`)
	if got := s.settings.Get("station.call"); got != "OE1ABC" {
		t.Errorf("the callsign is %q", got)
	}
	s.press("y z enter")
	s.wants(t, "xyz", "station.call is stored and holds")
	s.press("enter w esc")
	if got := s.settings.Get("station.call"); got != "xyz" || s.panel == nil {
		t.Errorf("the callsign is %q after Esc, want xyz", got)
	}
}

func TestItIsSaidFromWhenOnASettingHolds(t *testing.T) {
	const later = "holds from the next start on"
	s := newScreen(t, 120, 40, Options{})
	s.press("ctrl+g o")
	for _, c := range []struct {
		key   string
		later bool
	}{{"station.call", false}, {"station.locator", false}, {"receive.preset", true}, {"receive.afc", false},
		{"transmit.timeout", true}, {"ui.theme", false}, {"ui.waterfall_rows", false}} {
		s.wants(t, "▸ "+c.key)
		if got := strings.Contains(strings.Join(s.lines(), "\n"), later); got != c.later {
			t.Errorf("%s: says that it holds later: %v", c.key, got)
		}
		s.press("down")
	}
	s.press("home down down right esc")
	s.wants(t, "receive.preset is stored and "+later)
}

func TestTheHeightOfTheWaterfallHoldsAtOnce(t *testing.T) {
	s := newScreen(t, 120, 40, Options{})
	height := func() int {
		s.content()
		return s.frame.fall.h
	}
	if height() == 10 {
		t.Fatal("it has 10 lines of itself")
	}
	s.press("ctrl+g o end enter ctrl+u 1 0 enter")
	if got := height(); got != 10 {
		t.Errorf("set to 10 lines it has %d", got)
	}
	s.press("enter ctrl+u 0 enter")
	if got := height(); got != 0 {
		t.Errorf("set to none it has %d lines", got)
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
	s.press("P i t enter")
	if s.f.snap.Their.Name != "Pit" {
		t.Errorf("what is typed makes the name %q", s.f.snap.Their.Name)
	}
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
