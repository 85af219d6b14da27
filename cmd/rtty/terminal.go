package main

import (
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// isTerminal tells whether somebody watches what is written to a stream, or
// types what is read from it.
func isTerminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(f.Fd()))
}

// keyboard is where keys come from when standard input carries audio, which
// must never be taken for commands: the terminal that is written to, or else
// nothing.
func keyboard(cmd *cobra.Command) io.Reader {
	if isTerminal(cmd.OutOrStdout()) {
		if keys, _, err := tea.OpenTTY(); err == nil {
			return keys
		}
	}
	return strings.NewReader("")
}
