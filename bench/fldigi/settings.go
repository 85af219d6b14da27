package fldigi

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"slices"
	"strconv"

	"rtty/baudot"
	"rtty/modem"
)

// What fldigi can be set to. Places in these lists are what its settings hold.
var (
	speeds = []float64{45, 45.45, 50, 56, 75, 100, 110, 150, 200, 300} // Bd
	shifts = []float64{23, 85, 160, 170, 182, 200, 240, 350, 425, 850} // Hz; one place after them is for a shift of one's own
	stops  = []float64{1, 1.5, 2}                                      // units
)

// Names of fldigi's modems.
const (
	teleprinter = "RTTY"
	another     = "BPSK31"
)

// settingsFor writes the settings that fldigi reads when it starts. There is no
// other way to set speed and shift from outside.
func settingsFor(s modem.Signal) (string, error) {
	if err := s.Validate(Rate); err != nil {
		return "", err
	}
	speed := speedIndex(s)
	if speed < 0 {
		return "", fmt.Errorf("fldigi has no speed of %g Bd", s.Baud)
	}
	stop := max(slices.Index(stops, s.StopBits), 0) // matters for sending only
	shift := slices.Index(shifts, s.Shift())
	if shift < 0 {
		shift = len(shifts)
	}
	usos := 0
	if s.USOS {
		usos = 1
	}
	return fmt.Sprintf(`<?xml version="1.0"?>
<FLDIGI_DEFS>
<MYCALL>N0CALL</MYCALL>
<AUDIOIO>2</AUDIOIO>
<RTTYBAUD>%d</RTTYBAUD>
<RTTYSHIFT>%d</RTTYSHIFT>
<RTTYCUSTOMSHIFT>%.0f</RTTYCUSTOMSHIFT>
<RTTYSTOP>%d</RTTYSTOP>
<UOSRX>%d</UOSRX>
</FLDIGI_DEFS>
`, speed, shift, s.Shift(), stop, usos), nil
}

// speedIndex is the place of a speed among fldigi's, or -1.
func speedIndex(s modem.Signal) int {
	return slices.IndexFunc(speeds, func(v float64) bool { return math.Abs(v/s.Baud-1) < 0.001 })
}

// statusFor is what fldigi's status line says of a signal, without spaces. The
// signal has passed settingsFor.
func statusFor(s modem.Signal) string {
	return strconv.FormatFloat(speeds[speedIndex(s)], 'f', -1, 64) + "/" + strconv.FormatFloat(math.Round(s.Shift()), 'f', -1, 64)
}

// markWord stands behind every recording. No language and no random group has it.
const markWord = "ZQXJKVWZ"

// endMark is a clean signal that says markWord, after two seconds of idle in
// which fldigi comes back from wherever the recording has led it.
func endMark(s modem.Signal) ([]int16, error) {
	s.StopBits = max(s.StopBits, 1.5)
	tx, err := modem.NewTransmitter(s, modem.TransmitterConfig{Rate: Rate, Preamble: int(2/s.CharSeconds()) + 1})
	if err != nil {
		return nil, err
	}
	encoder := baudot.Encoder{Table: s.Code, USOS: s.USOS}
	feed := modem.CodeFeed(encoder.AppendString(nil, "\n"+markWord+"\n"))
	tx.Start(&feed)
	var mark []float32
	samples := make([]float32, 4096)
	for {
		n, err := tx.Read(samples)
		mark = append(mark, samples[:n]...)
		if errors.Is(err, io.EOF) {
			return quantized(mark), nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// quantized are samples as a sound card gives them, filled up to whole blocks.
func quantized(samples []float32) []int16 {
	out := make([]int16, (len(samples)+block-1)/block*block)
	for i, v := range samples {
		out[i] = int16(math.Round(32767 * min(max(float64(v), -1), 1)))
	}
	return out
}

// freePorts are ports of this machine that nobody listens to at the moment.
func freePorts(n int) ([]string, error) {
	var ports []string
	for range n {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("free port: %w", err)
		}
		defer listener.Close() // all are held until the last is found
		_, port, err := net.SplitHostPort(listener.Addr().String())
		if err != nil {
			return nil, fmt.Errorf("free port: %w", err)
		}
		ports = append(ports, port)
	}
	return ports, nil
}
