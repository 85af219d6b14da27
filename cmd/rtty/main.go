// Command rtty is a radioteletype modem: it turns recordings and streams of
// amateur and commercial teleprinter signals into text, and text into audio.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"rtty/audio"
)

func main() {
	stderr := audio.Quiet()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, stderr))
}

// run is the whole program but for the process around it; it returns the exit
// code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once

	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	if err != nil && !reported(err) {
		fmt.Fprintln(stderr, "rtty:", explain(command, err))
	}
	return exitCode(err)
}
