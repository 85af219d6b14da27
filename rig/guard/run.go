package guard

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Run is what the guard's process does: it serves the modem at the other end of
// its standard input and output until that is gone or a signal tells it to end.
func Run(open Opener) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// A modem that died must not take along, by the pipe it leaves behind, the one
	// that has yet to unkey.
	signal.Ignore(syscall.SIGPIPE)
	serve(ctx, os.Stdin, os.Stdout, open, inherited)
}

// inherited is the file of the serial port that the modem has handed down: the
// first after the three that every process has.
func inherited(name string) *os.File { return os.NewFile(3, name) }
