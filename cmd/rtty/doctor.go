package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"rtty/config"
	"rtty/doctor"
	"rtty/rig"
	"rtty/rig/guard"
)

func newDoctor() *cobra.Command {
	var asJSON, key bool
	var f *rigFlags
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look over sound, rig, clock and configuration",
		Long: `Doctor looks over the station as it is configured and says what it finds, a
sentence each: the configuration, leave to transmit, sound input (two seconds of
it) and output, which sound card and serial port belong to one radio, the link to
the rig, polarity, the clock, and the log.

It does not transmit: no sound is played, and no serial port is opened but that
of the rig. It does link to the rig and tells it to unkey, so let no other program
transmit meanwhile. With --key it asks, and after a yes keys for half a second.

The exit code is 1 when there is a fault.`,
		Example: `  rtty doctor
  rtty doctor --key
  rtty doctor --json`,
		Args: cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error {
			if key && !isTerminal(cmd.InOrStdin()) {
				return misuse("--key asks before it keys, and there is no terminal to answer at")
			}
			checkup, err := newCheckup(cmd, f)
			if err != nil {
				return err
			}
			if key {
				checkup.Ask = func(question string) bool { return ask(cmd, question) }
			}
			return examine(cmd, checkup, asJSON)
		}),
	}
	f = addRigFlags(cmd)
	trial := flagGroup("Transmitter")
	trial.BoolVar(&key, "key", false, "ask, and then key the transmitter for half a second, to see whether it lets go")
	addGroup(cmd, trial)
	output := flagGroup("Output")
	output.BoolVar(&asJSON, "json", false, "print one JSON object a line")
	addGroup(cmd, output)
	return cmd
}

// newCheckup is a checkup of the station that is configured. What is wrong in the
// configuration is a finding like any other.
func newCheckup(cmd *cobra.Command, f *rigFlags) (*doctor.Checkup, error) {
	path, err := config.Path()
	if err != nil {
		return nil, err
	}
	file, faults := config.Load(path)
	if file == nil { // it can't be read; an empty one is the same as none
		file, _ = config.Parse(path, "")
	}
	if err := fillSettings(cmd, environment, inConfig(file, cmd.Flags())); err != nil {
		return nil, misuse("%w", err)
	}
	settings := file.Config()
	settings.Rig = f.over(settings.Rig)
	c := &doctor.Checkup{
		Config: settings, File: path, Faults: faults,
		Sound: doctor.SoundCards{}, Ports: rig.Ports(), Radio: radioConfig(settings),
		Rig:   func() (doctor.Rig, error) { return linked(settings.Rig) },
		Clock: doctor.SystemClock,
	}
	if runtime.GOOS == "linux" {
		c.Sys = os.DirFS("/sys")
	}
	if settings.Journal.Enabled {
		c.Log, err = logDir(settings.Journal)
	}
	return c, err
}

// linked is the link to a rig, held by a guard.
func linked(c config.Rig) (doctor.Rig, error) {
	client, err := guard.Start(rigConfig(c), guardCommand)
	if err != nil {
		return nil, err
	}
	return client, nil
}

// examine tells what a checkup finds.
func examine(cmd *cobra.Command, c *doctor.Checkup, asJSON bool) error {
	var failed error
	faults := 0
	tell := findingLine
	if asJSON {
		tell = findingJSON
	}
	c.Run(cmd.Context(), func(f doctor.Finding) {
		if f.Level == doctor.Fault {
			faults++
		}
		if err := tell(cmd.OutOrStdout(), f); err != nil && failed == nil {
			failed = err
		}
	})
	switch {
	case failed != nil:
		return failed
	case cmd.Context().Err() != nil:
		return cmd.Context().Err()
	case faults > 0:
		return &failure{code: exitFailed, err: fmt.Errorf("%d faults", faults), reported: true}
	}
	return nil
}

// findingLine begins with the level, so that lines of one kind are found by their
// first word.
func findingLine(w io.Writer, f doctor.Finding) error {
	_, err := fmt.Fprintf(w, "%-8s %s: %s\n", f.Level, f.Check, f.Text)
	return err
}

func findingJSON(w io.Writer, f doctor.Finding) error {
	return json.NewEncoder(w).Encode(struct {
		V     int    `json:"v"`
		Type  string `json:"type"`
		Check string `json:"check"`
		Level string `json:"level"`
		Text  string `json:"text"`
	}{1, "finding", f.Check, f.Level.String(), f.Text})
}

// ask asks for a yes.
func ask(cmd *cobra.Command, question string) bool {
	fmt.Fprint(cmd.ErrOrStderr(), question, " Type yes: ")
	answer, err := readAnswer(cmd.Context(), cmd.InOrStdin())
	return err == nil && answer == "yes"
}
