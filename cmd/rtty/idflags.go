package main

import (
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rtty/baudot"
	"rtty/callsign"
	"rtty/modem"
	"rtty/station"
)

// idFlags say how a transmission identifies its station.
type idFlags struct {
	call  string
	morse bool
	wpm   int

	aired time.Duration // of the text that was handed over
}

func addIDFlags(cmd *cobra.Command) *idFlags {
	f := &idFlags{}
	group := flagGroup("Identification")
	group.StringVar(&f.call, "id", "", "send this `CALL` at the start and the end, unless the text does, and every ten minutes")
	group.BoolVar(&f.morse, "cw-id", false, "send the call in Morse code at the end")
	group.IntVar(&f.wpm, "cw-wpm", 18, "speed of the Morse code, words per minute")
	addGroup(cmd, group)
	return f
}

func (f *idFlags) check() error {
	f.call = strings.ToUpper(f.call)
	switch {
	case f.call == "" && f.morse:
		return misuse("--cw-id has no call to send; add --id CALL")
	case f.call != "" && !callsign.Valid(f.call):
		return misuse("--id %s: that is not the form of a callsign", f.call)
	}
	return nil
}

// watch lets f know how long the transmission has been on the air.
func (f *idFlags) watch(c modem.TransmitterConfig) modem.TransmitterConfig {
	c.OnChar = func(_ baudot.Code, start int64) {
		f.aired = time.Duration(float64(start) / float64(c.Rate) * float64(time.Second))
	}
	return c
}

// signed is a text with the call in it, if there is one.
func (f *idFlags) signed(text io.RuneReader) io.RuneReader {
	if f.call == "" {
		return text
	}
	return station.NewSignedText(text, f.call, func() time.Duration { return f.aired })
}

// signature is the call in Morse code; nil when that is not wanted.
func (f *idFlags) signature(tone float64, rate int, level float64) (*modem.Morse, error) {
	if !f.morse {
		return nil, nil
	}
	m, err := modem.NewMorse("DE "+f.call, modem.MorseConfig{
		Rate: rate, WPM: f.wpm, Tone: tone, Level: level, Pause: 300 * time.Millisecond,
	})
	if err != nil {
		return nil, misuse("%w", err)
	}
	return m, nil
}
