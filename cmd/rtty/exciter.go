package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rtty/audio"
	"rtty/config"
	"rtty/rig"
	"rtty/rig/connect"
	"rtty/rig/fsk"
	"rtty/rig/guard"
	"rtty/station"
)

// transmitter is what puts codes on the air, what keys it, and what lets go of both.
func (l *live) transmitter(c config.Config, output *audio.LiveOutput, told *herald) (station.Exciter, *guard.Client, func(), error) {
	r := rigConfig(c.Rig)
	if err := r.Validate(); err != nil {
		return nil, nil, nil, misuse("the configuration of the rig: %w", err)
	}
	if c.Transmit.Method != "fsk" {
		key, err := guard.Start(r, guardCommand)
		if err != nil {
			return nil, nil, nil, err
		}
		return station.NewAFSK(ready(output), l.sending.config(0)), key, func() { key.Close() }, nil
	}
	signal, err := l.signal.signal(station.AudioRate)
	if err != nil {
		return nil, nil, nil, err
	}
	exciter := station.NewFSK(signal.Baud, l.sending.diddle, l.sending.preamble)
	contact, key, shut, err := keyed(r, fsk.Config{
		Method: fsk.Method(c.FSK.Kind), Device: c.FSK.Port, Baud: signal.Baud, StopBits: signal.StopBits,
		Invert: c.FSK.Invert, OnAir: exciter.OnAir,
	})
	if err != nil {
		return nil, nil, nil, err
	}
	exciter.Use(measured{contact, time.Duration(float64(time.Second) / signal.Baud), told.Notice})
	return exciter, key, shut, nil
}

// keyed opens what keys FSK and what keys PTT, in this order and over one port where
// they share it.
func keyed(r rig.Config, f fsk.Config) (contact fsk.Keyer, key *guard.Client, shut func(), err error) {
	port, err := connect.Share(&r, &f)
	if unfit := new(rig.ConfigError); errors.As(err, &unfit) {
		return nil, nil, nil, misuse("the configuration of rig and FSK: %w", err)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	let := func() { _ = port.Close() } // nil has nothing to close
	if contact, err = fsk.Open(f); err != nil {
		let()
		return nil, nil, nil, fmt.Errorf("the FSK keyer: %w", err)
	}
	if key, err = guard.Start(r, guardCommand); err != nil {
		_ = contact.Close()
		let()
		return nil, nil, nil, err
	}
	return contact, key, func() { _ = key.Close(); _ = contact.Close(); let() }, nil
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
