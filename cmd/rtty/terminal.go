package main

import (
	"os"

	"golang.org/x/term"
)

// isTerminal tells whether somebody watches what is written to a stream, or
// types what is read from it.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
