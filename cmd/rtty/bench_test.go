package main

import (
	"bytes"
	"strings"
	"testing"
)

// A comparison without the others must not pass unnoticed.
func TestBenchTellsWhichProgramsAreMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, c := range []struct {
		flag string
		told bool
	}{{"--peers", true}, {"--peers=false", false}} {
		cmd := newRoot()
		cmd.SetArgs([]string{"bench", "--scenario", "awgn", "--snr", "6", "--characters", "50", c.flag})
		var printed, said bytes.Buffer
		cmd.SetOut(&printed)
		cmd.SetErr(&said)
		if err := cmd.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"minimodem is not compared with", "fldigi is not compared with"} {
			if strings.Contains(said.String(), name) != c.told {
				t.Errorf("with %s it says %q", c.flag, said.String())
			}
		}
	}
}
