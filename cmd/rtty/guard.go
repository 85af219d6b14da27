package main

import (
	"github.com/spf13/cobra"

	"rtty/rig/connect"
	"rtty/rig/guard"
)

// guardCommand is the argument that makes this program the guard of another of its
// processes.
const guardCommand = "guard"

func newGuard() *cobra.Command {
	return &cobra.Command{
		Use:    guardCommand,
		Short:  "Hold the key of the transmitter for the modem that started it",
		Hidden: true,
		Args:   cobra.NoArgs,
		Run:    func(*cobra.Command, []string) { guard.Run(connect.Open) },
	}
}
