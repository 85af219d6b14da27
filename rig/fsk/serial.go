package fsk

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"rtty/baudot"
	"rtty/rig/internal/tty"
)

// TinyFSK by Andrew Flowers, K0SM, nanoIO by David Freese, W1HKJ, which grew out
// of it, and Mortty, hardware that runs either, take letters at 9600 Bd. They put
// in the shifts themselves, send diddles while they have nothing, and echo each
// letter when its start element begins.
const (
	keyerBaud = 9600

	keyerOn    = '['  // PTT output on, then what comes
	keyerAbort = '\\' // PTT output off, drop what has not been sent
	keyerSetup = '~'  // the next letter is a setting
	keyerAsk   = '?'
	keyerFSK   = 'F' // nanoIO: FSK, not CW

	// keyerTail is for PTT to drop after Rest.
	keyerTail = time.Second

	// keyerReady ends what a keyer says when it starts and when it has stopped.
	keyerReady = "cmd:"
)

// serialKeyer gives a keyer its letters.
type serialKeyer struct {
	dialog *dialog
	onAir  func(baudot.Code, time.Time)
	length time.Duration // of a character

	mu    sync.Mutex
	over  *over
	sent  []baudot.Code // written or for the keyer to add, and not on the air
	echo  []byte        // the letters among them
	shift baudot.Shift
	last  time.Time // when the last code went on the air
}

// openSerial opens the port of a keyer and makes the settings. Many boards
// restart when their port is opened.
func openSerial(cfg Config) (Keyer, error) {
	if cfg.File != nil {
		return nil, fmt.Errorf("the keyer on %s can't share its port", cfg.Device)
	}
	port, err := tty.Open(tty.Config{Device: cfg.Device, Baud: keyerBaud, StopBits: 1})
	if err != nil {
		return nil, err
	}
	k := newSerialKeyer(port, cfg)
	if err := k.dialog.setUp(cfg.Baud); err != nil {
		_ = k.Close() // the first error counts
		return nil, err
	}
	return k, nil
}

func newSerialKeyer(port io.ReadWriteCloser, cfg Config) *serialKeyer {
	k := &serialKeyer{
		onAir:  cfg.OnAir,
		length: characterTime(cfg.Baud, 1.5),
		over:   newOver(),
	}
	k.over.end(nil)
	if k.onAir == nil {
		k.onAir = func(baudot.Code, time.Time) {}
	}
	k.dialog = listen(port, cfg.Device, k.hear)
	return k
}

// hear takes a byte that the keyer said and tells whether it was the echo of a
// letter. A shift before it was the keyer's own doing, one character earlier.
func (k *serialKeyer) hear(b byte, at time.Time) (echo bool) {
	k.mu.Lock()
	if len(k.echo) == 0 || k.echo[0] != b {
		k.mu.Unlock()
		return false
	}
	k.echo = k.echo[1:]
	n := 0
	for n < len(k.sent)-1 && isShift(k.sent[n]) {
		n++
	}
	begun, before := k.sent[:n+1], k.last
	k.sent = k.sent[n+1:]
	k.last = at
	k.mu.Unlock()

	for i, c := range begun {
		began := at.Add(-time.Duration(n-i) * k.length)
		if began.Before(before) {
			began = before
		}
		k.onAir(c, began)
	}
	return true
}

func isShift(c baudot.Code) bool { return c == baudot.LTRS || c == baudot.FIGS }

func (k *serialKeyer) Begin() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.over.end(nil)
	k.over = newOver()
	k.sent, k.echo, k.shift = nil, nil, baudot.Letters
	k.last = time.Now()
	return k.dialog.write(keyerOn)
}

// Send waits until the letter before has been echoed, that is, is on the air. A
// shift is left to the keyer to add, a diddle to do by itself; for it nothing
// more is done than to wait its time.
func (k *serialKeyer) Send(ctx context.Context, c baudot.Code) error {
	k.mu.Lock()
	o := k.over
	shift := k.shift.After(c, false)
	changed := shift != k.shift
	k.mu.Unlock()

	if err := k.untilOnAir(ctx, o); err != nil {
		return err
	}
	letter := baudot.USTTY.Rune(c, shift)
	switch {
	case isShift(c) && changed:
		k.mu.Lock()
		defer k.mu.Unlock()
		k.shift = shift
		k.sent = append(k.sent, c)
		return nil
	case letter == 0 || letter > 0x7f || isShift(c):
		return k.diddle(ctx, o, c)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if o.ended() { // a letter after the end would begin the next transmission
		return o.why()
	}
	k.sent, k.echo = append(k.sent, c), append(k.echo, byte(letter))
	return k.dialog.write(byte(letter))
}

// untilOnAir waits until all letters have been echoed. One can have to wait for
// the character before, a shift, and the lead of the keyer.
func (k *serialKeyer) untilOnAir(ctx context.Context, o *over) error {
	limit := 4*k.length + time.Second
	return k.dialog.wait(ctx, o, limit, func() bool {
		k.mu.Lock()
		defer k.mu.Unlock()
		return len(k.echo) == 0
	})
}

func (k *serialKeyer) diddle(ctx context.Context, o *over, c baudot.Code) error {
	if err := k.pause(ctx, o); err != nil {
		return err
	}
	k.mu.Lock()
	k.last = time.Now()
	at := k.last
	k.mu.Unlock()
	k.onAir(c, at)
	return nil
}

// pause waits until the last code has been on the air for its length.
func (k *serialKeyer) pause(ctx context.Context, o *over) error {
	k.mu.Lock()
	end := k.last.Add(k.length)
	k.mu.Unlock()
	timer := time.NewTimer(time.Until(end))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-o.stop:
		return o.why()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Rest waits for the end of the last letter. To end there the keyer would go to
// space; so it is left at its diddles until the transmitter is surely off.
func (k *serialKeyer) Rest(ctx context.Context) error {
	k.mu.Lock()
	o := k.over
	k.mu.Unlock()
	if err := k.untilOnAir(ctx, o); err != nil {
		return err
	}
	if err := k.pause(ctx, o); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	last := k.last
	time.AfterFunc(keyerTail, func() { k.endUnlessUsed(o, last) })
	return nil
}

// endUnlessUsed ends an over in which nothing has been sent since.
func (k *serialKeyer) endUnlessUsed(o *over, last time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if o.ended() || len(k.sent) > 0 || k.last != last {
		return
	}
	o.end(nil)
	_ = k.dialog.write(keyerAbort) // an error will be met by whoever sends next
}

func (k *serialKeyer) Stop() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.over.end(nil)
	k.sent, k.echo = nil, nil
	return k.dialog.write(keyerAbort)
}

func (k *serialKeyer) Close() error {
	err := k.Stop()
	if e := k.dialog.close(); err == nil {
		err = e
	}
	return err
}
