// Package tty opens serial ports that carry bytes.
//
// The bytes go through github.com/tarm/serial, which has a trap: a Close while a
// Read is pending hangs until something arrives. So a Read here comes back after
// [Patience], with nothing, and whoever reads is also the one who closes.
//
// Opening a port raises RTS and DTR on Linux; see DropLines for what can be done
// about it.
package tty

import (
	"errors"
	"time"
)

// Patience is how long a Read waits. When nothing came it gives 0 bytes and
// io.EOF, or no error.
const Patience = 100 * time.Millisecond

// ErrNone: this build can't open serial ports for bytes.
var ErrNone = errors.New("this build can't open serial ports: use rigctld or flrig, which can")

// Config names a port and its settings: 8 data bits, no parity.
type Config struct {
	Device   string
	Baud     int
	StopBits int // 1 or 2

	// DropLines holds RTS and DTR down. Both are raised when a device is opened,
	// which can't be prevented. So it is opened once more beforehand, only to have
	// the means at hand, and both lines are dropped through that descriptor, first
	// as soon as it is open and again as soon as the port proper is.
	DropLines bool
}
