package macro_test

import (
	"encoding/json"
	"testing"

	"rtty/macro"
)

func TestSerial(t *testing.T) {
	var s macro.Serial
	next := func(call string, want int) {
		t.Helper()
		if got := s.Next(call); got != want {
			t.Errorf("%s gets %d, want %d", call, got, want)
		}
	}
	next("DL1ABC", 1)
	next("F6XYZ", 1) // nothing has been sent

	s.Sent("DL1ABC", 1)
	next("DL1ABC", 1) // AGN?
	s.Sent("DL1ABC", 1)
	next("F6XYZ", 2)

	s.Sent("F6XYZ", 2) // DL1ABC did not answer
	next("DL1ABC", 1)  // but may come back
	s.Logged("F6XYZ")
	next("F6XYZ", 2) // asks again after it was logged
	s.Sent("F6XYZ", 2)
	next("G3A", 3)
	s.Sent("G3A", 3)
	next("F6XYZ", 4) // on another band, a contact later
	if n, ok := s.Repeat("F6XYZ"); n != 2 || !ok {
		t.Errorf("F6XYZ had %d, %v; want 2", n, ok)
	}

	s.Logged("G3A")
	next("G3A", 3)
	s.Again()
	next("G3A", 4) // on another band at once

	s.Logged("K1A") // never sent a number: nothing happens
	if _, ok := s.Repeat("K1A"); ok {
		t.Error("K1A has a number")
	}
}

func TestSerialSurvivesARestart(t *testing.T) {
	var s, restored macro.Serial
	s.Sent("DL1ABC", s.Next("DL1ABC"))
	s.Sent("F6XYZ", s.Next("F6XYZ"))
	s.Logged("F6XYZ")
	kept, err := json.Marshal(&s)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(kept, &restored); err != nil {
		t.Fatal(err)
	}
	for call, want := range map[string]int{"DL1ABC": 1, "F6XYZ": 2, "G3A": 3} {
		if got := restored.Next(call); got != want {
			t.Errorf("%s gets %d, want %d", call, got, want)
		}
	}
}
