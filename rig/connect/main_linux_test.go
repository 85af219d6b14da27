package connect_test

import (
	"os"
	"testing"

	"rtty/rig/connect"
	"rtty/rig/guard"
)

// This test binary is also the guard that it starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "guard" {
		guard.Run(connect.Open)
		return
	}
	os.Exit(m.Run())
}
