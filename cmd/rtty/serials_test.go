package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSerialNumbersOutliveARestart(t *testing.T) {
	s := &serials{path: filepath.Join(t.TempDir(), "state", "serial.json"), tell: func(text string) { t.Error(text) }}
	serial, err := s.Load()
	if err != nil || serial.Next("W1AW") != 1 {
		t.Fatalf("a new contest begins with %d, %v", serial.Next("W1AW"), err)
	}
	serial.Sent("W1AW", 1)
	s.Keep(serial)
	again, err := s.Load()
	if err != nil || again.Next("G3XYZ") != 2 || again.Next("W1AW") != 1 {
		t.Errorf("after a restart G3XYZ gets %d and W1AW %d, %v", again.Next("G3XYZ"), again.Next("W1AW"), err)
	}
}

func TestTornSerialNumbersAreTold(t *testing.T) {
	s := &serials{path: filepath.Join(t.TempDir(), "serial.json")}
	if err := os.WriteFile(s.path, []byte(`{"last":`), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(); err == nil {
		t.Error("half a file is taken for a new contest")
	}
}
