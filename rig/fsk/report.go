package fsk

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// keyerReport is what a keyer says of itself when it is asked.
type keyerReport struct {
	firmware string  // "TinyFSK", "nanoIO"
	baud     float64 // 0: not said
	cw       bool    // it keys Morse at present
}

// parseKeyerReport looks for what is known in the lines of a report:
//
//	TinyFSK 1.1.0
//	Current configuration:
//	   Speed (baud):  45.45
//	   Polarity        mark = logical LOW
//
//	nanoIO 1.3.1
//	Mode: FSK
//	FSK: Baud: 45.45, Mark HIGH
func parseKeyerReport(report string) (r keyerReport, ok bool) {
	for _, name := range []string{"TinyFSK", "nanoIO"} {
		if strings.Contains(report, name) {
			r.firmware = name
		}
	}
	r.cw = strings.Contains(report, "Mode: CW")
	for _, label := range []string{"Speed (baud):", "Baud:"} {
		_, after, found := strings.Cut(report, label)
		if !found {
			continue
		}
		after = strings.TrimLeft(after, " ")
		end := strings.IndexFunc(after, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
		if end < 0 {
			end = len(after)
		}
		if baud, err := strconv.ParseFloat(after[:end], 64); err == nil {
			r.baud = baud
		}
	}
	return r, r.firmware != "" && r.baud > 0
}

// sameSpeed allows for 45.45 being short for 1000/22.
func sameSpeed(a, b float64) bool { return math.Abs(a-b) < 0.005*b }

// keyerSpeeds are the settings of speed.
var keyerSpeeds = []struct {
	baud            float64
	tinyFSK, nanoIO byte
}{
	{45.45, '4', '4'}, {50, '5', '5'}, {75, '7', '7'}, {100, 'A', '9'},
}

// settings are the commands that bring a keyer to a speed, those only that
// change something, since the firmware keeps them in memory that wears out.
func (r keyerReport) settings(baud float64) ([]byte, error) {
	var commands []byte
	if r.cw {
		commands = append(commands, keyerSetup, keyerFSK)
	}
	if sameSpeed(r.baud, baud) {
		return commands, nil
	}
	for _, s := range keyerSpeeds {
		if !sameSpeed(s.baud, baud) {
			continue
		}
		letter := s.tinyFSK
		if r.firmware == "nanoIO" {
			letter = s.nanoIO
		}
		return append(commands, keyerSetup, letter), nil
	}
	return nil, fmt.Errorf("%s doesn't do %g Bd: it does 45.45, 50, 75 and 100", r.firmware, baud)
}
