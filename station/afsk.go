package station

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"time"

	"rtty/audio"
	"rtty/baudot"
	"rtty/modem"
)

// stepTime is how much sound is made at a time.
const stepTime = 20 * time.Millisecond

// AFSK is an Exciter that sends the tones as sound, for a transmitter on single
// sideband.
type AFSK struct {
	// configuration
	open   func() (audio.Sink, error)
	config modem.TransmitterConfig

	// state of an over
	sink   audio.Sink
	tx     *modem.Transmitter
	buffer []float32
	silent int64   // samples of silence before the first of the transmission
	before int64   // samples that the sink had played before the over
	starts []int64 // sample at which each code of the feed begins
	length int64   // of a character, samples
	made   int64   // samples of the transmission
	last   int64   // of the sink's count when it was closed
	ended  bool
	morse  *modem.Morse // goes out when ended; nil: nothing does
}

// NewAFSK makes an exciter that opens its sink for each over. Of the
// configuration Rate and OnChar are its own business.
func NewAFSK(open func() (audio.Sink, error), config modem.TransmitterConfig) *AFSK {
	return &AFSK{open: open, config: config}
}

// Begin implements Exciter.
func (a *AFSK) Begin(e Emission) error {
	sink, err := a.open()
	if err != nil {
		return fmt.Errorf("opening the sound output: %w", err)
	}
	config := a.config
	config.Rate = sink.Rate()
	if e.Rest {
		config.Diddle = modem.DiddleNone
	}
	config.OnChar = func(_ baudot.Code, start int64) { a.starts = append(a.starts, start) }
	tx, err := modem.NewTransmitter(e.Signal, config)
	if err != nil {
		return errors.Join(err, sink.Close())
	}
	a.sink, a.tx, a.ended, a.morse = sink, tx, false, nil
	a.starts, a.silent, a.made, a.before = a.starts[:0], 0, 0, sink.Played()
	a.length = int64(e.Signal.CharSeconds() * float64(config.Rate))
	a.buffer = make([]float32, int(stepTime.Seconds()*float64(config.Rate)))
	tx.Start(e.Feed)
	return nil
}

// Lead implements Exciter. The sink's own delay is part of the lead, so that the
// first sound leaves it that long after the key.
func (a *AFSK) Lead(d time.Duration, going func() error) error {
	silence := d - a.sink.Latency()
	for left := int(silence.Seconds() * float64(a.sink.Rate())); left > 0; {
		if err := going(); err != nil {
			return err
		}
		n := min(left, len(a.buffer))
		clear(a.buffer[:n])
		if err := a.sink.Write(a.buffer[:n]); err != nil {
			return err
		}
		a.silent += int64(n)
		left -= n
	}
	return going()
}

// Step implements Exciter.
func (a *AFSK) Step() error {
	if a.ended {
		return a.stepMorse()
	}
	n, err := a.tx.Read(a.buffer)
	if err == io.EOF {
		a.ended = true
		return a.stepMorse()
	}
	if err != nil {
		return err
	}
	a.made += int64(n)
	return a.sink.Write(a.buffer[:n])
}

// MorseAfter implements Morser.
func (a *AFSK) MorseAfter(text string, c modem.MorseConfig) error {
	c.Rate = a.sink.Rate()
	morse, err := modem.NewMorse(text, c)
	a.morse = morse
	return err
}

func (a *AFSK) stepMorse() error {
	if a.morse == nil {
		return io.EOF
	}
	n, err := a.morse.Read(a.buffer)
	if err != nil {
		a.morse = nil
		return err
	}
	return a.sink.Write(a.buffer[:n])
}

// Aired implements Exciter.
func (a *AFSK) Aired() (begun, complete int64) {
	if a.sink != nil {
		a.last = a.sink.Played()
	}
	played := min(a.last-a.before-a.silent, a.made)
	upTo := func(sample int64) int64 {
		return int64(sort.Search(len(a.starts), func(i int) bool { return a.starts[i] > sample }))
	}
	return upTo(played), upTo(played - a.length)
}

// Stop implements Exciter.
func (a *AFSK) Stop() {
	a.tx.Stop()
	switch {
	case a.morse == nil:
	case a.ended:
		a.morse.Stop()
	default:
		a.morse = nil
	}
}

// Finish implements Exciter.
func (a *AFSK) Finish() error {
	err := a.sink.Drain()
	return errors.Join(err, a.close())
}

// Abort implements Exciter.
func (a *AFSK) Abort() {
	if a.sink != nil {
		a.sink.Abort()
		a.close()
	}
}

func (a *AFSK) close() error {
	sink := a.sink
	a.sink, a.last = nil, sink.Played()
	return sink.Close()
}
