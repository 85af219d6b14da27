package fsk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"rtty/baudot"
)

// A Keyer puts codes on the air. Begin, Send, Rest and Stop are called in turn
// by one goroutine; Stop and Close may be called from any other meanwhile.
type Keyer interface {
	// Begin makes ready to send, with the contact at mark. The transmitter must
	// be keyed by then.
	Begin() error
	// Send puts one code on the air. It waits until the one before is about to
	// end and comes back when this one is about to begin, so that whoever calls it
	// in a loop is one character ahead of the air. The error is that of ctx,
	// ErrStopped, or one that says why the keyer can't go on.
	Send(ctx context.Context, c baudot.Code) error
	// Rest waits until all that was sent has left, the last stop element too.
	// The contact is then at mark and stays there, except with a keyer in the
	// cable: that goes on with diddles for a second, within which PTT has to drop.
	Rest(ctx context.Context) error
	// Stop drops what is waiting and puts the contact to mark at once, in the
	// middle of a character if need be. What a UART has in its shift register
	// leaves all the same, up to a character and a half: it is PTT that ends a
	// transmission.
	Stop() error
	// Close stops and lets go of the port.
	Close() error
}

// A Jitterer measures how far its edges are off.
type Jitterer interface {
	Jitter() Jitter
}

// Errors that a caller can act on.
var (
	// ErrStopped: Stop or Close came first.
	ErrStopped = errors.New("FSK keying was stopped")
	// ErrUnsupported: this system can't do that.
	ErrUnsupported = errors.New("FSK keying by a serial port works on Linux only: use a keyer such as nanoIO, or send tones")
)

// Method is a way to move the contact.
type Method string

const (
	UART   Method = "uart"  // TXD, by the port's own bit clock
	DTR    Method = "dtr"   // the DTR line, by this program's
	RTS    Method = "rts"   // the RTS line
	Serial Method = "keyer" // TinyFSK, nanoIO, Mortty
)

// Config tells how to key. Method, Device and Baud are needed.
type Config struct {
	Method   Method
	Device   string  // /dev/serial/by-id/…, COM3
	Baud     float64 // units per second
	StopBits float64 // 1, 1.5 or 2; 0: 1.5. A UART and a keyer do 1.5 alone

	// Invert makes the raised line mark.
	Invert bool

	// File is the device, opened already by whoever keys PTT by a line of the same
	// port. It is not closed. Nil: the device is opened, which raises RTS and DTR
	// for a moment.
	File *os.File

	// OnAir, if set, is told of every code and the time its start element began.
	// It is called in order, from a goroutine of the keyer's own.
	OnAir func(c baudot.Code, at time.Time)
}

// Open opens the port and puts the contact to mark.
func Open(cfg Config) (Keyer, error) {
	if cfg.StopBits == 0 {
		cfg.StopBits = 1.5
	}
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	switch cfg.Method {
	case UART:
		return openUART(cfg)
	case DTR, RTS:
		return openLine(cfg)
	}
	return openSerial(cfg)
}

func (c Config) validate() error {
	switch {
	case c.Method != UART && c.Method != DTR && c.Method != RTS && c.Method != Serial:
		return fmt.Errorf("no way to key FSK %q; there are %s, %s, %s, %s", c.Method, UART, DTR, RTS, Serial)
	case c.Device == "" && c.File == nil:
		return errors.New("FSK keying needs the serial port, such as /dev/serial/by-id/… or COM3")
	case !(c.Baud >= 20 && c.Baud <= 300):
		return fmt.Errorf("FSK keying at %g Bd: must be 20 to 300", c.Baud)
	case c.StopBits != 1 && c.StopBits != 1.5 && c.StopBits != 2:
		return fmt.Errorf("%g stop bits: must be 1, 1.5 or 2", c.StopBits)
	case c.StopBits != 1.5 && (c.Method == UART || c.Method == Serial):
		return fmt.Errorf("%g stop bits: %s keying does 1.5", c.StopBits, c.Method)
	case c.Invert && (c.Method == UART || c.Method == Serial):
		return fmt.Errorf("%s keying can't be inverted: turn the polarity over in the transceiver's menu", c.Method)
	}
	return nil
}

// characterTime is start, five data units and the stop element.
func characterTime(baud, stopBits float64) time.Duration {
	return time.Duration((6 + stopBits) / baud * float64(time.Second))
}

// An edge is a change of the contact within a character.
type edge struct {
	after time.Duration // from the beginning of the start element
	mark  bool
}

// edgesOf are the edges of a character: the start element is space, the units
// follow with the first in bit 0, the stop element is mark. Units that are alike
// have no edge between them.
func edgesOf(c baudot.Code, baud float64) []edge {
	unit := float64(time.Second) / baud
	edges := make([]edge, 1, 7)
	level := false
	for i := range 6 {
		mark := i == 5 || c>>i&1 == 1
		if mark != level {
			edges = append(edges, edge{time.Duration(unit*float64(i+1) + 0.5), mark})
			level = mark
		}
	}
	return edges
}
