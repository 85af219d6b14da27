package cat

import (
	"errors"
	"fmt"
	"time"

	"rtty/rig"
	"rtty/rig/internal/tty"
)

// What an [*Error] wraps, beside ErrRefused and ErrGone of package rig.
var (
	ErrNoAnswer = errors.New("no answer")
	ErrGarbled  = errors.New("the answer is garbled")
	ErrNotDone  = errors.New("accepted but not done")
	ErrUnknown  = errors.New("the transceiver doesn't tell")
)

// ErrNoPort: this build can't open serial ports.
var ErrNoPort = tty.ErrNone

// An Error tells what was asked of which port and what came of it.
type Error struct {
	Device string
	Asked  string // in words
	Sent   string // as it went out, readable
	Got    string // what came back, readable; may be empty
	Advice string // what to do; may be empty
	Err    error
}

func (e *Error) Error() string {
	s := fmt.Sprintf("%s on %s (%s): %v", e.Asked, e.Device, e.Sent, e.Err)
	if e.Got != "" {
		s += ", got " + e.Got
	}
	if e.Advice != "" {
		s += ": " + e.Advice
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

func noAnswer(wait time.Duration) error {
	return fmt.Errorf("%w within %v", ErrNoAnswer, wait.Round(time.Millisecond))
}

// unknown tells whether a transceiver doesn't know a command. Some say so, some
// say nothing. An answer that was lost looks the same, so this is for questions
// only whose answer can be done without or found in another way.
func unknown(err error) bool {
	return errors.Is(err, rig.ErrRefused) || errors.Is(err, ErrNoAnswer)
}
