package config_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rtty/config"
)

func TestParse(t *testing.T) {
	f, err := config.Parse("config.toml", "\ufeff# mine\r\n"+`
transmit.enabled = true
transmit . "lead_ms" = 0x64

[station] # who
callsign = "W1AW"
name = """
Hiram"""

[ rig ]
kind = 'rigctld'
poll_hz = 1 # an integer will do

[macros]
run = [
  "CQ,CQ DE * K", # the first [of twelve]
  'TU,TU "!" {ENTER}',
]
`)
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.Transmit.Enabled = true
	want.Transmit.LeadMS = 100
	want.Station.Callsign = "W1AW"
	want.Station.Name = "Hiram"
	want.Rig.Kind = "rigctld"
	want.Rig.PollHz = 1
	want.Macros.Run = []string{"CQ,CQ DE * K", `TU,TU "!" {ENTER}`}
	if diff := cmp.Diff(want, f.Config()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for key, want := range map[string]string{
		"transmit.enabled": "config.toml:3",
		"transmit.lead_ms": "config.toml:4",
		"station.name":     "config.toml:8",
		"rig.kind":         "config.toml:12",
		"macros.run":       "config.toml:16",
		"rig.port":         "default",
	} {
		if got := f.Source(key); got != want {
			t.Errorf("%s comes from %s, want %s", key, got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[transmit]\nenabled = \"yes\"", "c:2: transmit.enabled must be true or false"},
		{"[transmit]\nlead_ms = 5000", "c:2: transmit.lead_ms is 5000, but can be 0 to 2000 ms"},
		{"[transmit]\nlead_ms = 1.5", "c:2: transmit.lead_ms must be a whole number"},
		{"[transmit]\nlevel = 3", "c:2: transmit.level is 3, but can be -60 to -1.5 dBFS"},
		{"[transmit]\nlevel = nan", "c:2: transmit.level is NaN, but can be -60 to -1.5 dBFS"},
		{"[id]\ncw = \"on\"", `c:2: id.cw is "on", but can be "off", "request", "over"`},
		{"[receive]\nsquelch = \"2\"", `c:2: receive.squelch is "2", but can be "auto", "off" or a probability such as "0.7"`},
		{"[macros]\nrun = [1]", "c:2: macros.run must be a list of texts in quotes"},
		{"[transmit]\n\nenabeld = true", "c:3: transmit.enabeld is no setting that is known; did you mean transmit.enabled?"},
		{"[receive]\nring_minutes = 5", "c:2: receive.ring_minutes is no setting that is known; did you mean audio.ring_minutes?"},
		{"[receive]\nxyzzy = 5", "c:2: receive.xyzzy is no setting that is known"},
		{"[recieve]\nafc = true", "c:1: [recieve] is no section that is known; did you mean [receive]?"},
		{"[ui]\ncolors = \"16\"", "c:2: ui.colors is no setting that is known; did you mean ui.colours?"},
		{"callsign = \"W1AW\"", "c:1: callsign is no setting that is known; did you mean station.callsign?"},
		{"station = 5", "c:1: station must be a section, [station]"},
		{"[[station]]\nname = \"x\"", "c:1: station must be a section, [station]"},
		{"station = { callsing = \"W1AW\" }", "c:1: station.callsing is no setting that is known; did you mean station.callsign?"},
		{"[station]\ncallsign = W1AW", "c:2: "},
		{"[station", "c:1: "},
		{"[id]\nwpm = 30\ncw = 1\n", "c:2: id.wpm is 30, but can be 5 to 20 words/min\nc:3: id.cw must be text in quotes"},
	} {
		f, err := config.Parse("c", test.text)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.HasSuffix(test.want, "known") && err.Error() != test.want {
			t.Errorf("%q: %v\nwant %s", test.text, err, test.want)
		}
		if diff := cmp.Diff(config.Default(), f.Config()); diff != "" {
			t.Errorf("%q changes a setting:\n%s", test.text, diff)
		}
	}
}

// One mistake does not take the rest of the file with it.
func TestWhatIsRightIsKept(t *testing.T) {
	f, err := config.Parse("c", "[station]\ncallsign = \"W1AW\"\nname = 5\n")
	if err == nil || f.Config().Station.Callsign != "W1AW" {
		t.Errorf("callsign %q, error %v", f.Config().Station.Callsign, err)
	}
}

func TestTheTemplateIsTheDefault(t *testing.T) {
	template := config.Template()
	f, err := config.Parse("c", template)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(config.Default(), f.Config()); diff != "" {
		t.Errorf("with everything commented out (-want +got):\n%s", diff)
	}

	var b strings.Builder
	for line := range strings.Lines(template) {
		if strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "# ") {
			line = line[1:]
		}
		b.WriteString(line)
	}
	if f, err = config.Parse("c", b.String()); err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.Macros.Run, want.Macros.Pounce = []string{}, []string{}
	if diff := cmp.Diff(want, f.Config()); diff != "" {
		t.Errorf("with everything put in force (-want +got):\n%s", diff)
	}
	for _, k := range config.Keys() {
		if !f.Given(k.Name) {
			t.Errorf("%s does not stand in the template", k.Name)
		}
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	f, err := config.Load(filepath.Join(dir, "missing.toml"))
	if err != nil || !cmp.Equal(f.Config(), config.Default()) {
		t.Errorf("a missing file is no reason for %v", err)
	}
	if _, err := config.Load(dir); err == nil {
		t.Error("a directory is no configuration")
	}
	big := filepath.Join(dir, "big.toml")
	if err := os.WriteFile(big, make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Load(big); err == nil || !strings.Contains(err.Error(), "2 MiB") {
		t.Errorf("two megabytes: %v", err)
	}
}

func TestConfigIsACopy(t *testing.T) {
	f, err := config.Parse("c", "[macros]\nrun = [\"a,b\"]")
	if err != nil {
		t.Fatal(err)
	}
	f.Config().Macros.Run[0] = "changed"
	if got := f.Config().Macros.Run[0]; got != "a,b" {
		t.Errorf("the configuration was changed to %q from outside", got)
	}
}

func TestPlaces(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(t.TempDir(), "c"))
	t.Setenv("XDG_STATE_HOME", filepath.Join(t.TempDir(), "s"))
	path, err := config.Path()
	if want := filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "rtty", "config.toml"); path != want || err != nil {
		t.Errorf("configuration in %s, %v; want %s", path, err, want)
	}
	dir, err := config.StateDir()
	if want := filepath.Join(os.Getenv("XDG_STATE_HOME"), "rtty"); dir != want || err != nil {
		t.Errorf("state in %s, %v; want %s", dir, err, want)
	}

	if runtime.GOOS != "linux" {
		return
	}
	t.Setenv("HOME", "/home/somebody")
	t.Setenv("XDG_CONFIG_HOME", "relative/is/ignored")
	t.Setenv("XDG_STATE_HOME", "")
	if path, err := config.Path(); err == nil && path != "/home/somebody/.config/rtty/config.toml" {
		t.Errorf("configuration in %s", path)
	}
	if dir, err := config.StateDir(); err != nil || dir != "/home/somebody/.local/state/rtty" {
		t.Errorf("state in %s, %v", dir, err)
	}
}
