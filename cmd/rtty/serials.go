package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rtty/config"
	"rtty/macro"
	"rtty/station"
)

// serials keeps the serial numbers that were given away, so that a restart in
// the middle of a contest gives none twice.
type serials struct {
	path string
	tell func(text string)
}

// keepSerials goes on with the numbers kept last, and keeps those to come.
func keepSerials(m *station.Messages, tell func(text string)) error {
	state, err := config.StateDir()
	if err != nil {
		return err
	}
	s := &serials{path: filepath.Join(state, "serial.json"), tell: tell}
	m.Keep = s.Keep
	m.Serial, err = s.Load()
	return err
}

// Load gives the numbers kept last; a file that is not there is a new contest.
func (s *serials) Load() (macro.Serial, error) {
	var serial macro.Serial
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return serial, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &serial)
	}
	if err != nil {
		err = fmt.Errorf("%s: the serial numbers can't be read: %w; correct the file, or remove it to begin with 001", s.path, err)
	}
	return serial, err
}

// Keep stores the numbers. What fails is told, and kept in memory nevertheless.
func (s *serials) Keep(serial macro.Serial) {
	if err := s.store(serial); err != nil {
		s.tell("the serial numbers can't be stored: " + err.Error())
	}
}

func (s *serials) store(serial macro.Serial) error {
	text, err := json.Marshal(serial)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o777); err != nil {
		return err
	}
	fresh := s.path + ".new"
	if err := os.WriteFile(fresh, append(text, '\n'), 0o666); err != nil {
		return err
	}
	return os.Rename(fresh, s.path)
}
