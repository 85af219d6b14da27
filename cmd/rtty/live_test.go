package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/spf13/cobra"
)

// Standard error is covered by the screen, so faults are told on it, one by one.
func TestFaultsAreToldWhereTheyAreSeen(t *testing.T) {
	t.Setenv("TERM", "xterm")
	var said bytes.Buffer
	cmd := &cobra.Command{}
	l := addLive(cmd)
	cmd.SetErr(&said)
	faults := errors.Join(errors.New("config.toml:3: no such key"), errors.New("run F1: no such token"))

	told := new(herald)
	l.screen.plain = true
	l.complain(cmd, told, faults)
	l.complain(cmd, told, nil)
	if want := "rtty: config.toml:3: no such key\nrun F1: no such token\n"; said.String() != want || len(told.early) != 0 {
		t.Errorf("in line mode: %q, and %d notices", said.String(), len(told.early))
	}

	said.Reset()
	l.tellOnScreen(told, faults)
	if len(told.early) != 2 || said.Len() != 0 {
		t.Errorf("on the screen: %d notices, and %q", len(told.early), said.String())
	}
}
