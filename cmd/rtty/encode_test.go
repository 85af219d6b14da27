package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rtty/audio"
	"rtty/baudot"
	"rtty/modem"
)

// execute runs a command of this program, which must succeed.
func execute(t *testing.T, stdin string, args ...string) {
	t.Helper()
	cmd := newRoot()
	cmd.SetArgs(args)
	cmd.SetIn(strings.NewReader(stdin))
	var said bytes.Buffer
	cmd.SetOut(&said)
	cmd.SetErr(&said)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("rtty %s: %v\n%s", strings.Join(args, " "), err, said.String())
	}
}

// samplesOf are those of a recording.
func samplesOf(t *testing.T, path string, o audio.Options) []float32 {
	t.Helper()
	src, err := audio.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	var all []float32
	buffer := make([]float32, 65536)
	for {
		b, err := src.Read(buffer)
		all = append(all, buffer[:b.N]...)
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A long text is decoded, and the own call looked for by the clock.
func TestALongTextHasTheCallEveryTenMinutes(t *testing.T) {
	const rate = 8000
	file := filepath.Join(t.TempDir(), "long.wav")
	execute(t, strings.Repeat("THE QUICK BROWN FOX ", 400), "encode", "--preset", "ham75", "--rate", fmt.Sprint(rate), "--id", "DL1ABC", "-o", file)
	preset, err := modem.PresetNamed("ham75")
	if err != nil {
		t.Fatal(err)
	}
	rx, err := modem.NewReceiver(preset.Signal(preset.Sideband), modem.ReceiverConfig{Rate: rate})
	if err != nil {
		t.Fatal(err)
	}
	samples := samplesOf(t, file, audio.Options{})
	var text strings.Builder
	var calls []time.Duration
	var lines baudot.Newlines
	note := func(u modem.Update) {
		for _, c := range u.Final {
			if r := lines.Next(c.Rune); r != 0 {
				text.WriteRune(r)
			}
			if strings.HasSuffix(text.String(), "DE DL1ABC") {
				calls = append(calls, time.Duration(c.End)*time.Second/rate)
			}
		}
	}
	note(rx.Process(samples))
	note(rx.Flush())
	total := time.Duration(len(samples)) * time.Second / rate
	last := time.Duration(0)
	for _, at := range append(calls, total) {
		if at-last > 10*time.Minute {
			t.Errorf("%v without the call", at-last)
		}
		last = at
	}
	if len(calls) < 3 || len(calls) > 4 {
		t.Errorf("%d calls in %v", len(calls), total)
	}
	if got := text.String(); !strings.HasPrefix(got, "DE DL1ABC ") || !strings.HasSuffix(got, "DE DL1ABC") {
		t.Errorf("from %.20q to %q", got, got[max(0, len(got)-20):])
	}
}

func TestTheCallStandsInMorseCodeAtTheEnd(t *testing.T) {
	const rate = 8000
	dir := t.TempDir()
	without, with := filepath.Join(dir, "1.raw"), filepath.Join(dir, "2.raw")
	args := []string{"encode", "--rate", fmt.Sprint(rate), "--format", "f32le", "--level", "-20", "--id", "DL/W1AW", "HELLO", "-o"}
	execute(t, "", append(args, without)...)
	execute(t, "", append(args, with, "--cw-id", "--cw-wpm", "20")...)
	raw := audio.Options{Raw: audio.RawFormat{Format: audio.F32LE, Rate: rate}}
	signal := modem.Presets()[0].Signal(modem.LSB)
	morse, err := modem.NewMorse("DE DL/W1AW", modem.MorseConfig{Rate: rate, WPM: 20, Tone: signal.Mark, Level: -20, Pause: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	want := samplesOf(t, without, raw)
	end := make([]float32, rate*60)
	n, err := morse.Read(end)
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, end[:n]...)
	got := samplesOf(t, with, raw)
	if !slices.Equal(got, want) {
		t.Errorf("%d samples, want %d with the call in Morse code at their end", len(got), len(want))
	}
}
