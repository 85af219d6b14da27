package fsk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"rtty/rig/internal/tty"
)

const (
	// How long a board may take to restart, and to answer.
	keyerStart = 3 * time.Second
	// A report has ended when nothing more has come for that long.
	keyerSilence = 300 * time.Millisecond
	// Empty reads in a row that came back at once: the port has hung up.
	keyerHungUp = 5
	mostSaid    = 1 << 12
)

// dialog is the conversation with a keyer. One goroutine reads and, since only
// that is safe, closes.
type dialog struct {
	device string
	port   io.ReadWriteCloser
	hear   func(b byte, at time.Time) (echo bool)

	quit chan struct{}
	done chan struct{}
	once sync.Once

	mu      sync.Mutex
	changed chan struct{} // closed and renewed whenever something was heard
	said    []byte        // what was no echo
	heard   time.Time     // when the last byte came
	failed  error
}

// listen begins to read. Every byte goes to hear first, and is kept if that says
// it is no echo.
func listen(port io.ReadWriteCloser, device string, hear func(byte, time.Time) bool) *dialog {
	d := &dialog{
		device:  device,
		port:    port,
		hear:    hear,
		quit:    make(chan struct{}),
		done:    make(chan struct{}),
		changed: make(chan struct{}),
	}
	go d.run()
	return d
}

func (d *dialog) run() {
	defer close(d.done)
	defer d.port.Close()
	buffer := make([]byte, 64)
	for idle := 0; idle < keyerHungUp; {
		select {
		case <-d.quit:
			return
		default:
		}
		began := time.Now()
		n, err := d.port.Read(buffer)
		if err != nil && !errors.Is(err, io.EOF) {
			d.fail(fmt.Errorf("reading the keyer on %s: %w", d.device, err))
			return
		}
		if idle++; n > 0 || time.Since(began) > tty.Patience/2 {
			idle = 0
		}
		d.take(buffer[:n])
	}
	d.fail(fmt.Errorf("the keyer on %s has hung up", d.device))
}

func (d *dialog) take(read []byte) {
	at := time.Now()
	for _, b := range read {
		echo := d.hear(b, at)
		d.mu.Lock()
		d.heard = at
		if !echo && len(d.said) < mostSaid {
			d.said = append(d.said, b)
		}
		d.wake()
		d.mu.Unlock()
	}
}

func (d *dialog) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failed = err
	d.wake()
}

// wake tells whoever waits. The lock is held.
func (d *dialog) wake() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// wait waits until ready says so, which is asked anew whenever something was
// heard.
func (d *dialog) wait(ctx context.Context, o *over, limit time.Duration, ready func() bool) error {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		d.mu.Lock()
		failed, changed := d.failed, d.changed
		d.mu.Unlock()
		switch {
		case o.ended():
			return o.why()
		case failed != nil:
			return failed
		case ready():
			return nil
		}
		select {
		case <-changed:
		case <-o.stop:
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			return fmt.Errorf("the keyer on %s doesn't answer: is it TinyFSK or nanoIO, set to FSK?", d.device)
		}
	}
}

func (d *dialog) write(letters ...byte) error {
	if _, err := d.port.Write(letters); err != nil {
		return fmt.Errorf("writing to the keyer on %s: %w", d.device, err)
	}
	return nil
}

// setUp waits for the board to start, if it does, asks for its settings, and
// changes what has to be changed.
func (d *dialog) setUp(baud float64) error {
	d.awaitSaid(keyerStart, func(said []byte) bool { return bytes.Contains(said, []byte(keyerReady)) })
	report, err := d.report()
	if err != nil {
		return err
	}
	commands, err := report.settings(baud)
	if err != nil || len(commands) == 0 {
		return err
	}
	if err := d.write(commands...); err != nil {
		return err
	}
	report, err = d.report()
	if err != nil {
		return err
	}
	if report.cw || !sameSpeed(report.baud, baud) {
		return fmt.Errorf("the keyer on %s stays at %g Bd when told to go to %g", d.device, report.baud, baud)
	}
	return nil
}

// report asks a keyer for its settings and waits until it has said them.
func (d *dialog) report() (keyerReport, error) {
	d.mu.Lock()
	d.said = nil
	d.mu.Unlock()
	if err := d.write(keyerSetup, keyerAsk); err != nil {
		return keyerReport{}, err
	}
	var report keyerReport
	ok := d.awaitSaid(keyerStart, func(said []byte) (ok bool) {
		report, ok = parseKeyerReport(string(said))
		return ok
	})
	if !ok {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.failed != nil {
			return keyerReport{}, d.failed
		}
		return keyerReport{}, fmt.Errorf("the keyer on %s doesn't tell its settings: is it TinyFSK or nanoIO?", d.device)
	}
	return report, nil
}

// awaitSaid waits until enough was said, and then until the keyer is silent; it
// is false when that did not come about in time.
func (d *dialog) awaitSaid(limit time.Duration, enough func([]byte) bool) bool {
	const often = 20 * time.Millisecond
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(often) {
		d.mu.Lock()
		ok := enough(d.said) && time.Since(d.heard) > keyerSilence
		failed := d.failed
		d.mu.Unlock()
		if ok || failed != nil {
			return failed == nil
		}
	}
	return false
}

func (d *dialog) close() error {
	d.once.Do(func() { close(d.quit) })
	select {
	case <-d.done:
		return nil
	case <-time.After(time.Second):
		return fmt.Errorf("%s hangs and can't be closed", d.device)
	}
}
