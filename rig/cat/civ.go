package cat

import (
	"bytes"
	"fmt"
	"math"

	"rtty/rig"
)

// CI-V, Icom's computer interface: FE FE to from command data FD. Frequencies
// are binary coded decimals, the last digits first. (Icom, IC-7300 Full Manual,
// section 19, and CI-V Reference Manual.)
const (
	civStart     = 0xfe
	civEnd       = 0xfd
	civYes       = 0xfb
	civNo        = 0xfa
	civJam       = 0xfc // two talked at once
	civUs        = 0xe0
	civDefault   = 0x94 // IC-7300
	civLongest   = 64   // a frame that is of use here is much shorter
	civLowest    = 0x01
	civHighest   = 0xdf
	civDigits    = 5 // bytes of a frequency, 10 digits
	civShortest  = 6 // FE FE to from command FD
	civBodyBegin = 4
)

// Commands, some with a sub-command.
var (
	civGetFrequency = []byte{0x03}
	civGetMode      = []byte{0x04}
	civSetFrequency = []byte{0x05}
	civSetMode      = []byte{0x06}
	civSplit        = []byte{0x0f}
	civMeter        = []byte{0x15, 0x02}
	civWidth        = []byte{0x1a, 0x03}
	civDataMode     = []byte{0x1a, 0x06}
	civPTT          = []byte{0x1c, 0x00}
	civSending      = []byte{0x1c, 0x03} // frequency that is transmitted on
	civOffset       = []byte{0x21, 0x00} // of RIT and XIT
	civXIT          = []byte{0x21, 0x02}
	civOtherVFO     = []byte{0x25, 0x01}
	civThisMode     = []byte{0x26, 0x00}
)

// appendCIV appends a frame that asks or tells the transceiver at to.
func appendCIV(dst []byte, to, from byte, body ...byte) []byte {
	dst = append(dst, civStart, civStart, to, from)
	dst = append(dst, body...)
	return append(dst, civEnd)
}

// nextCIV finds the first frame and skips noise before it.
func nextCIV(received []byte) (frame []byte, taken int) {
	start := bytes.Index(received, []byte{civStart, civStart})
	if start < 0 {
		return nil, 0
	}
	// More than two FE are one long beginning.
	for start+2 < len(received) && received[start+2] == civStart {
		start++
	}
	end := bytes.IndexByte(received[start:], civEnd)
	if end < 0 {
		return nil, 0
	}
	return received[start : start+end+1], start + end + 1
}

// A civFrame is a frame taken apart.
type civFrame struct {
	to, from byte
	body     []byte // command, sub-command, data
}

// parseCIV takes a frame apart; ok is false for what is none.
func parseCIV(frame []byte) (f civFrame, ok bool) {
	n := len(frame)
	if n < civShortest || n > civLongest || frame[0] != civStart || frame[1] != civStart || frame[n-1] != civEnd {
		return civFrame{}, false
	}
	f = civFrame{to: frame[2], from: frame[3], body: frame[civBodyBegin : n-1]}
	if bytes.IndexByte(f.body, civJam) >= 0 || bytes.IndexByte(f.body, civStart) >= 0 {
		return civFrame{}, false
	}
	return f, true
}

// civBCD is a frequency in Hz as five bytes.
func civBCD(hz float64) ([]byte, error) {
	rounded := math.Round(hz)
	if !(rounded >= 0 && rounded <= 9_999_999_999) {
		return nil, fmt.Errorf("%.0f Hz can't be set", hz)
	}
	n := int64(rounded)
	digits := make([]byte, civDigits)
	for i := range digits {
		digits[i] = byte(n%10) | byte(n/10%10)<<4
		n /= 100
	}
	return digits, nil
}

// civNumber reads little-endian binary coded decimals; ok is false when a
// half-byte is no digit.
func civNumber(digits []byte) (n int64, ok bool) {
	for i := len(digits) - 1; i >= 0; i-- {
		high, low := digits[i]>>4, digits[i]&15
		if high > 9 || low > 9 {
			return 0, false
		}
		n = 100*n + 10*int64(high) + int64(low)
	}
	return n, true
}

// civBig reads the big-endian decimals of levels.
func civBig(digits []byte) (n int64, ok bool) {
	for _, d := range digits {
		two, ok := civNumber([]byte{d})
		if !ok {
			return 0, false
		}
		n = 100*n + two
	}
	return n, true
}

// civModes are the mode bytes. What is not here is of no use to a teleprinter.
var civModes = map[byte]rig.Mode{
	0x00: {Kind: rig.LSB, Name: "LSB"},
	0x01: {Kind: rig.USB, Name: "USB"},
	0x02: {Kind: rig.Other, Name: "AM"},
	0x03: {Kind: rig.Other, Name: "CW"},
	0x04: {Kind: rig.RTTY, Name: "RTTY"},
	0x05: {Kind: rig.Other, Name: "FM"},
	0x06: {Kind: rig.Other, Name: "WFM"},
	0x07: {Kind: rig.Other, Name: "CW-R"},
	0x08: {Kind: rig.RTTYR, Name: "RTTY-R"},
	0x12: {Kind: rig.Other, Name: "PSK"},
	0x13: {Kind: rig.Other, Name: "PSK-R"},
	0x17: {Kind: rig.Other, Name: "DV"},
}

func civMode(mode byte, data bool) rig.Mode {
	m, known := civModes[mode]
	if !known {
		m = rig.Mode{Kind: rig.Other, Name: fmt.Sprintf("%02x", mode)}
	}
	if data {
		m.Data, m.Name = true, m.Name+"-D"
	}
	return m
}

// civModeByte is the inverse, for modes that can be set.
func civModeByte(k rig.Kind) (byte, bool) {
	switch k {
	case rig.LSB:
		return 0x00, true
	case rig.USB:
		return 0x01, true
	case rig.RTTY:
		return 0x04, true
	case rig.RTTYR:
		return 0x08, true
	}
	return 0, false
}

// civFilterWidth is the filter width of an index in SSB, CW and RTTY: 50 to
// 500 Hz in steps of 50, then in steps of 100.
func civFilterWidth(index int64) float64 {
	if index < 10 {
		return float64(50 + 50*index)
	}
	return float64(600 + 100*(index-10))
}

// civStrength is the S-meter in dB above S9. It shows 0 at S0, 120 at S9 and 241
// at S9 + 60 dB.
func civStrength(reading int64) float64 {
	if reading < 120 {
		return 54 * (float64(reading)/120 - 1)
	}
	return float64(reading-120) * 60 / 121
}
