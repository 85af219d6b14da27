package main

import "testing"

// The script answers the question before the rig is keyed.
func TestDoctorScripts(t *testing.T) { runRigScripts(t, "testdata/doctor") }
