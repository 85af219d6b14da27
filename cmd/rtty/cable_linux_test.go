package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rtty/audio/pulsetest"
	"rtty/rig/rigtest"
)

// The cable of a transceiver that is keyed by CAT is pulled while it transmits.
// Nothing can unkey it then: the sound stops, and when the cable is back the first
// thing that is sent unkeys.
func TestACableThatIsPulledStopsTheSound(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	sound := pulsetest.Start(t, "air", "other")
	port := filepath.Join(t.TempDir(), "tty")
	radio := plugIn(t, port)
	atHome(t, fmt.Sprintf(`
[station]
callsign = "W1AW"
[transmit]
enabled = true
[rig]
kind = "cat:icom"
port = %q
`, port))
	rtty(t, "rig", "mode", "usb-data")
	l := startLineMode(t, "--input", "pulse:other.monitor", "--output", "pulse:air")
	heard := sound.Record("air.monitor")
	l.Transmit()
	if !radio.Transmits() {
		t.Fatal("it sends and the rig is not keyed")
	}

	cut := time.Now()
	radio.Cut()
	l.Await("ALARM: the rig may still be keyed: opening " + port)
	alarmed := time.Since(cut)
	l.Await("Receiving: ")
	heard.Wait(samplesOfSilence)
	samples, stopped := heard.Stop(), time.Since(cut)
	silent := stopped - silenceAtEnd(samples)
	t.Logf("from the pulled cable to silence %d ms, to the alarm %d ms, promised %d ms", silent.Milliseconds(), alarmed.Milliseconds(), atOnce.Milliseconds())
	if silent > atOnce+allowance || alarmed > atOnce+allowance {
		t.Errorf("silent after %v, alarm after %v, promised %v", silent, alarmed, atOnce)
	}
	if len(samples) == 0 || silenceAtEnd(samples) > stopped {
		t.Error("nothing was heard of the transmission after the cable was pulled")
	}

	again := plugIn(t, port)
	l.until("the rig is asked something", func() bool { return again.First() != nil })
	if unkey := []byte{0x1c, 0, 0}; !bytes.Equal(again.First(), unkey) {
		t.Errorf("the first command after the cable is back is % x, and not % x", again.First(), unkey)
	}
	l.Await("the rig answers again")
	l.Type("/quit")
	l.AwaitEnd()
}

// plugIn switches a transceiver on, at a port of that name.
func plugIn(t *testing.T, port string) *rigtest.Icom {
	t.Helper()
	radio := rigtest.NewIcom(t)
	next := port + ".next"
	if err := errors.Join(os.Symlink(radio.Device, next), os.Rename(next, port)); err != nil {
		t.Fatal(err)
	}
	return radio
}

const (
	soundRate        = 48000
	samplesOfSilence = soundRate / 2
)

// silenceAtEnd is how long nothing has been heard at the end of a recording.
func silenceAtEnd(samples []int16) time.Duration {
	n := 0
	for n < len(samples) && samples[len(samples)-1-n] == 0 {
		n++
	}
	return time.Duration(n) * time.Second / soundRate
}
