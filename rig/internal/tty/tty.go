// Package tty opens serial ports that carry bytes.
//
// The bytes go through github.com/tarm/serial, which has a trap: a Close while a
// Read is pending hangs until something arrives. So a Read here comes back after
// [Patience], with nothing, and whoever reads is also the one who closes.
//
// Opening a port raises RTS and DTR on Linux; see Config.Lines for what can be done
// about it.
package tty

import (
	"errors"
	"os"
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

	// Lines is the device, opened already by somebody who keys by RTS or DTR. Both
	// are raised when it is opened once more, which can't be prevented, and are
	// dropped through this file as soon as it is. It is not closed.
	Lines *os.File
}
