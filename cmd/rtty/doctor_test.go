package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"rtty/rig/rigtest"
)

// The script answers the question before a rigctld with Hamlib's dummy rig at
// $RIGCTLD is keyed; one at $NOPTT can't be.
func TestDoctorScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	_, keyed := rigtest.Rigctld(t, "", "-P", "RIG")
	_, unkeyed := rigtest.Rigctld(t, "")
	testscript.Run(t, testscript.Params{
		Dir: "testdata/doctor",
		Setup: func(env *testscript.Env) error {
			env.Setenv("RIGCTLD", keyed)
			env.Setenv("NOPTT", unkeyed)
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/etc")
			env.Setenv("XDG_STATE_HOME", env.WorkDir+"/state")
			env.Setenv("PULSE_SERVER", "unix:"+env.WorkDir+"/no-sound-server")
			return nil
		},
	})
}
