package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"rtty/rig/rigtest"
)

func TestRigScripts(t *testing.T) { runRigScripts(t, "testdata/rig") }

// runRigScripts runs scripts that talk to a rigctld with Hamlib's dummy rig at
// $RIGCTLD, and one without PTT at $NOPTT. There is no sound for them.
func runRigScripts(t *testing.T, dir string) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes its time")
	}
	_, keyed := rigtest.Rigctld(t, "", "-P", "RIG")
	_, unkeyed := rigtest.Rigctld(t, "")
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Setenv("RIGCTLD", keyed)
			env.Setenv("NOPTT", unkeyed)
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/etc")
			env.Setenv("XDG_STATE_HOME", env.WorkDir+"/state")
			env.Setenv("PULSE_SERVER", "unix:"+env.WorkDir+"/no-sound-server")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

func TestFrequencyOfADial(t *testing.T) {
	for text, want := range map[string]float64{
		"14080000": 14_080_000, "14080k": 14_080_000, "14.08M": 14_080_000, "14082.125k": 14_082_125, "136000": 136_000,
		"14080": 0, "": 0, "k": 0, "NaN": 0, "-14M": 0, "1e30M": 0, "14 M": 0, "Inf": 0,
	} {
		got, err := parseDial(text)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestSUnits(t *testing.T) {
	for dB, want := range map[float64]string{0: "S9", -6: "S8", -13: "S7", -54: "S0", -80: "S0", 10: "S9+10 dB", 59.6: "S9+60 dB"} {
		if got := sUnits(dB); got != want {
			t.Errorf("%v dB: %s, want %s", dB, got, want)
		}
	}
}
