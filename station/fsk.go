package station

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
	"time"

	"rtty/baudot"
	"rtty/modem"
)

// An FSKContact shifts the transmitter of a transceiver in its own FSK mode. Package
// rig/fsk has them.
type FSKContact interface {
	Begin() error
	Send(ctx context.Context, c baudot.Code) error
	Rest(ctx context.Context) error
	Stop() error
}

// FSK is an Exciter that shifts the transceiver itself.
type FSK struct {
	// configuration
	contact  FSKContact
	baud     float64
	diddle   modem.Diddle
	preamble int

	// state of an over
	stream *modem.CodeStream
	unit   time.Duration
	ctx    context.Context
	cancel context.CancelFunc

	mu       sync.Mutex
	sent     []bool // of the codes handed over and not begun: whether the feed has it
	begun    int64  // codes of the feed that have begun
	complete int64
	running  bool // the code that has begun last is one of the feed
}

// NewFSK makes an exciter that is to get a contact of that speed, in Bd.
func NewFSK(baud float64, diddle modem.Diddle, preamble int) *FSK {
	return &FSK{baud: baud, diddle: diddle, preamble: preamble}
}

// Use gives it the contact, which tells OnAir of every code whose start element
// begins.
func (f *FSK) Use(contact FSKContact) { f.contact = contact }

// OnAir is for the contact to call when a code's start element begins.
func (f *FSK) OnAir(baudot.Code, time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.endChar()
	if len(f.sent) == 0 {
		return // of an over that was stopped
	}
	f.running, f.sent = f.sent[0], f.sent[1:]
	if f.running {
		f.begun++
	}
}

func (f *FSK) endChar() {
	if f.running {
		f.complete++
	}
	f.running = false
}

// Begin implements Exciter.
func (f *FSK) Begin(e Emission) error {
	if math.Abs(e.Signal.Baud/f.baud-1) > 0.01 {
		return fmt.Errorf("the FSK keyer runs at %.4g Bd, not at %.4g: restart with that speed", f.baud, e.Signal.Baud)
	}
	diddle := f.diddle
	if e.Rest {
		diddle = modem.DiddleNone
	}
	f.stream = modem.NewCodeStream(e.Feed, diddle, f.preamble, e.Signal.USOS)
	f.unit = time.Duration(float64(time.Second) / e.Signal.Baud)
	f.ctx, f.cancel = context.WithCancel(context.Background())
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sent, f.begun, f.complete, f.running = f.sent[:0], 0, 0, false
	return nil
}

// Lead implements Exciter: the contact rests at mark.
func (f *FSK) Lead(d time.Duration, going func() error) error {
	if err := f.contact.Begin(); err != nil {
		return err
	}
	return pause(d, going)
}

// Step implements Exciter. It waits until the code before is about to end.
func (f *FSK) Step() error {
	if f.ctx.Err() != nil {
		return io.EOF
	}
	code, slot := f.stream.Next()
	switch slot {
	case modem.SlotClose:
		return io.EOF
	case modem.SlotRest:
		time.Sleep(f.unit)
		return nil
	}
	f.mu.Lock()
	f.sent = append(f.sent, slot == modem.SlotFeed)
	f.mu.Unlock()
	err := f.contact.Send(f.ctx, code)
	if errors.Is(err, context.Canceled) {
		return io.EOF
	}
	return err
}

// Aired implements Exciter.
func (f *FSK) Aired() (begun, complete int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.begun, f.complete
}

// Stop implements Exciter: what is not on the air yet stays off it.
func (f *FSK) Stop() {
	f.cancel()
	f.mu.Lock()
	f.sent = f.sent[:0]
	f.mu.Unlock()
}

// Finish implements Exciter.
func (f *FSK) Finish() error {
	if f.ctx.Err() != nil {
		return f.contact.Stop()
	}
	defer f.cancel()
	err := f.contact.Rest(f.ctx)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.endChar()
	return err
}

// Abort implements Exciter.
func (f *FSK) Abort() {
	if f.cancel != nil {
		f.cancel()
		_ = f.contact.Stop() // what fails to stop is stopped by the key
	}
}
