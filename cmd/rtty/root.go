package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker in releases.
var version = ""

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "rtty",
		Short: "A radioteletype modem",
		Long: `rtty is a radioteletype modem. Without a command it is a radio operator's terminal
on the sound card: it receives, and transmits when a callsign is set and
transmitting is enabled. The commands turn recordings and streams of amateur and
commercial teleprinter signals into text, and text into audio.

Decoded text and data go to standard output, everything else to standard error.
Settings (the flags under Signal, Receiving, Sending and Rig) may also stand in
the environment: RTTY_PRESET=dwd is --preset dwd; the flag wins.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 input damaged (what could be
read was decoded and printed first), 130 interrupted.`,
		Example: `  rtty
  rtty --input udp:7355 --preset dwd
  rtty decode recording.wav
  rtty encode "CQ CQ DE W1AW" -o cq.wav`,
		Version:       buildVersion(),
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return fillSettings(cmd, environment)
		},
	}
	operator := addLive(root)
	root.RunE = checked(operator.run)
	root.SetHelpFunc(printHelp)
	root.SetVersionTemplate("rtty {{.Version}}\n")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	cobra.EnableCommandSorting = false // in the order of use, which is that of the list below
	root.AddCommand(
		newDemo(),
		newDecode(),
		newEncode(),
		newIdentify(),
		newSimulate(),
		newBench(),
		newDevices(),
		newRig(),
		newDoctor(),
		newConfig(),
		newVersion(),
		newGuard(),
		newMan(),
	)
	return root
}

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Show the version",
		Example: "  rtty version",
		Args:    cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "rtty %s (%s, %s/%s)\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		}),
	}
}

// buildVersion is the version of the release, or else of the module or the
// commit that the program was built from.
func buildVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "devel " + s.Value[:min(12, len(s.Value))]
		}
	}
	return "devel"
}
