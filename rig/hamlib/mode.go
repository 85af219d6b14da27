package hamlib

import (
	"errors"
	"fmt"
	"strings"

	"rtty/rig"
)

// modes are the names that Hamlib gives the modes a teleprinter can use, whatever
// the transceiver calls them.
var modes = map[string]rig.Mode{
	"USB":    {Kind: rig.USB},
	"LSB":    {Kind: rig.LSB},
	"PKTUSB": {Kind: rig.USB, Data: true},
	"PKTLSB": {Kind: rig.LSB, Data: true},
	"RTTY":   {Kind: rig.RTTY},
	"RTTYR":  {Kind: rig.RTTYR},
}

func modeOf(name string, width float64) rig.Mode {
	m, ok := modes[name]
	if !ok {
		m.Kind = rig.Other
	}
	m.Name = name
	m.Filter = max(0, width)
	return m
}

// nameOf is Hamlib's name of a mode: that which it has, or the one of its kind.
func nameOf(m rig.Mode) (string, error) {
	if m.Name != "" {
		name := strings.ToUpper(m.Name)
		if strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
			return "", fmt.Errorf("%q is no name of a mode", m.Name)
		}
		return name, nil
	}
	sideband := m.Kind == rig.USB || m.Kind == rig.LSB // in others there is no choice
	for name, known := range modes {
		if known.Kind == m.Kind && known.Data == (m.Data && sideband) {
			return name, nil
		}
	}
	return "", errors.New("no mode was named")
}
