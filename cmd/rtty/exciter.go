package main

import (
	"context"
	"fmt"
	"time"

	"rtty/audio"
	"rtty/config"
	"rtty/rig/fsk"
	"rtty/station"
)

// exciter is what puts codes on the air, and what lets go of it.
func (l *live) exciter(c config.Config, output *audio.LiveOutput, told *herald) (station.Exciter, func() error, error) {
	if c.Transmit.Method != "fsk" {
		return station.NewAFSK(ready(output), l.sending.config(0)), func() error { return nil }, nil
	}
	signal, err := l.signal.signal(station.AudioRate)
	if err != nil {
		return nil, nil, err
	}
	exciter := station.NewFSK(signal.Baud, l.sending.diddle, l.sending.preamble)
	keyer, err := fsk.Open(fsk.Config{
		Method: fsk.Method(c.FSK.Kind), Device: c.FSK.Port, Baud: signal.Baud, StopBits: signal.StopBits,
		Invert: c.FSK.Invert, OnAir: exciter.OnAir,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("the FSK keyer: %w", err)
	}
	exciter.Use(measured{keyer, time.Duration(float64(time.Second) / signal.Baud), told.Notice})
	return exciter, keyer.Close, nil
}

// measured is a keyer that tells after an over when its edges were so late that
// others can hear it.
type measured struct {
	fsk.Keyer
	unit time.Duration
	tell func(text string)
}

// lateEdge is the part of a unit by which an edge may be late without harm.
const lateEdge = 0.05

func (m measured) Rest(ctx context.Context) error {
	err := m.Keyer.Rest(ctx)
	if j, ok := m.Keyer.(fsk.Jitterer); ok {
		if jitter := j.Jitter(); float64(jitter.P99) > lateEdge*float64(m.unit) {
			m.tell("the FSK keying is uneven: " + jitter.String())
		}
	}
	return err
}
