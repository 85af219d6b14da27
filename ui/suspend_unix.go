//go:build unix

package ui

import (
	"os/signal"
	"syscall"
)

// refuseSuspension ignores the wish to be stopped: a stopped modem can't let go
// of a keyed transmitter. On the keyboard Ctrl-Z is a key like any other, so
// this is for the signal sent from elsewhere.
func refuseSuspension() (resume func()) {
	signal.Ignore(syscall.SIGTSTP)
	return func() { signal.Reset(syscall.SIGTSTP) }
}
