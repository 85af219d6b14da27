package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"rtty/audio"
	"rtty/rig"
)

func newDevices() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "devices",
		Short: "List sound cards and serial ports by the names to configure",
		Long: `Devices lists the inputs and outputs for sound and the serial ports of this
computer, by names that stay the same: put them into the configuration as they
stand. The part of a name that tells one device from the others is enough for
sound. Monitors are inputs that give what an output plays.

Serial ports are listed without opening them, since that may key a transmitter.`,
		Example: `  rtty devices
  rtty devices --json`,
		Args: cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error {
			devices, faults := audio.Devices(cmd.Context())
			for _, fault := range faults {
				fmt.Fprintln(cmd.ErrOrStderr(), "rtty:", fault)
			}
			if asJSON {
				return deviceJSON(cmd.OutOrStdout(), devices, rig.Ports())
			}
			return deviceList(cmd.OutOrStdout(), devices, rig.Ports())
		}),
	}
	output := flagGroup("Output")
	output.BoolVar(&asJSON, "json", false, "print one JSON object a line")
	addGroup(cmd, output)
	return cmd
}

// deviceList prints a line for each device, the kind in front: that reads well
// aloud, and lines of one kind are found by their first word.
func deviceList(w io.Writer, devices []audio.Device, ports []rig.Port) error {
	var lines []string
	for _, side := range []struct {
		word  string
		wants func(audio.Device) bool
	}{
		{"input", func(d audio.Device) bool { return d.Input && !d.Monitor }},
		{"output", func(d audio.Device) bool { return d.Output }},
		{"monitor", func(d audio.Device) bool { return d.Monitor }},
	} {
		for _, d := range devices {
			if side.wants(d) {
				lines = append(lines, side.word+" "+soundLine(d))
			}
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "no sound card found")
	}
	for _, p := range ports {
		lines = append(lines, "serial port "+portLine(p))
	}
	if len(ports) == 0 {
		lines = append(lines, "no serial port found")
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

func soundLine(d audio.Device) string {
	s := d.String()
	if d.Name != "" && d.Name != d.ID {
		s += ", " + d.Name
	}
	if d.Default {
		s += ", default"
	}
	return fmt.Sprintf("%s, %d Hz", s, d.Rate)
}

func portLine(p rig.Port) string {
	s := p.Path
	if p.Path != "/dev/"+p.Name && p.Path != p.Name {
		s += ", now " + p.Name
	}
	if p.Description != "" {
		s += ", " + p.Description
	}
	return s
}

// soundJSON and serialJSON are the lines of devices --json.
type soundJSON struct {
	V       int    `json:"v"`
	Type    string `json:"type"`
	Name    string `json:"name"` // to configure
	Driver  string `json:"driver"`
	ID      string `json:"id"`
	Label   string `json:"label,omitempty"`
	Input   bool   `json:"input"`
	Output  bool   `json:"output"`
	Monitor bool   `json:"monitor"`
	Default bool   `json:"default"`
	Rate    int    `json:"rate"`
}

type serialJSON struct {
	V     int    `json:"v"`
	Type  string `json:"type"`
	Name  string `json:"name"` // to configure
	Now   string `json:"now"`
	Label string `json:"label,omitempty"`
}

func deviceJSON(w io.Writer, devices []audio.Device, ports []rig.Port) error {
	out := json.NewEncoder(w)
	for _, d := range devices {
		err := out.Encode(soundJSON{1, "sound", d.String(), d.Driver, d.ID, d.Name, d.Input, d.Output, d.Monitor, d.Default, d.Rate})
		if err != nil {
			return err
		}
	}
	for _, p := range ports {
		if err := out.Encode(serialJSON{1, "serial", p.Path, p.Name, p.Description}); err != nil {
			return err
		}
	}
	return nil
}
