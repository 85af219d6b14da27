package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rtty/config"
	"rtty/macro"
	"rtty/rig"
	"rtty/rig/bandplan"
	"rtty/rig/dial"
	"rtty/station"
)

// readConfig reads the operator's configuration. What is wrong in it, in faults,
// has its default, so that a slip of the pen keeps nobody from receiving.
func readConfig() (file *config.File, faults, err error) {
	path, err := config.Path()
	if err != nil {
		return nil, nil, err
	}
	file, faults = config.Load(path)
	if file == nil {
		return nil, nil, faults
	}
	return file, faults, nil
}

// loadConfig is readConfig for a command that tells the faults on standard error.
func loadConfig(cmd *cobra.Command) (*config.File, error) {
	file, faults, err := readConfig()
	if faults != nil {
		fmt.Fprintln(cmd.ErrOrStderr(), "rtty:", faults)
	}
	return file, err
}

// inConfig is the source of settings that the operator's configuration is. What
// it says of a rig of another kind than the flags name belongs to that other rig.
func inConfig(file *config.File, flags *pflag.FlagSet) settingSource {
	return func(setting string) (value, place string, ok bool) {
		for key, flag := range settingOf {
			if flag == setting && file.Given(key) {
				if strings.HasPrefix(key, "rig.") && otherRig(file, flags) {
					return "", "", false
				}
				value = asFlag(key, fmt.Sprint(file.Get(key)))
				return value, file.Source(key), value != ""
			}
		}
		return "", "", false
	}
}

// otherRig tells whether the flags name another kind of rig than the configuration.
func otherRig(file *config.File, flags *pflag.FlagSet) bool {
	kind := flags.Lookup("rig")
	return kind != nil && kind.Changed && file.Given("rig.kind") && kind.Value.String() != file.Get("rig.kind")
}

// asFlag is a value of the configuration as a flag has it, empty where it leaves
// the matter open.
func asFlag(key, value string) string {
	switch {
	case key == "receive.mark" && value == "0", value == "preset":
		return ""
	case key == "receive.usos":
		return fmt.Sprint(value == "on")
	}
	return value
}

// rigConfig is the interface to the transceiver as it is configured.
func rigConfig(c config.Rig) rig.Config {
	r := rig.Config{
		Kind: rig.Interface(c.Kind), Port: c.Port, Address: c.Address, Baud: c.Baud,
		Model: c.Model, CIV: c.CIV, Invert: c.Invert, Pin: c.Pin, Source: rig.Source(c.Source),
	}
	r.Pause = -1
	if c.PollHz > 0 {
		r.Pause = time.Duration(float64(time.Second) / c.PollHz)
	}
	if c.PTT != "" {
		r.PTT = &rig.Config{Kind: rig.Interface(c.PTT), Port: c.PTTPort, Invert: c.PTTInvert, Pin: c.PTTPin}
	}
	return r
}

// radioConfig is how what is on the air follows from the audio.
func radioConfig(c config.Config) station.Radio {
	r := station.Radio{
		Kind: c.Rig.Kind, Method: dial.AFSK, Offset: c.Rig.OffsetHz,
		Region: bandplan.Region(c.Station.Region), Override: c.Rig.Override,
	}
	if c.Transmit.Method == "fsk" {
		r.Method, r.Keying = dial.FSK, dial.Hard
	} else if c.Transmit.Waveform == "constant" {
		r.Keying = dial.Constant
	}
	return r
}

// limitsOf are the times of the transmitting side.
func limitsOf(c config.Transmit) (station.Sequence, station.Limits) {
	ms := func(n int) time.Duration {
		if n == 0 {
			return -1 // none, where 0 would be the usual one
		}
		return time.Duration(n) * time.Millisecond
	}
	s := func(n int) time.Duration { return time.Duration(n) * time.Second }
	return station.Sequence{Lead: ms(c.LeadMS), Tail: ms(c.TailMS)},
		station.Limits{TypedOver: s(c.TimeoutS), MacroOver: s(c.MacroTimeoutS), Idle: s(c.IdleS)}
}

// cwOf is identification in Morse code.
func cwOf(c config.ID) (station.CWID, error) {
	when, err := station.ParseCWWhen(c.CW)
	return station.CWID{When: when, WPM: c.WPM, Tone: c.ToneHz, Level: c.Level}, err
}

// messagesOf are the prepared messages. What is wrong in them is the error; the
// rest can be sent.
func messagesOf(c config.Macros) (station.Messages, error) {
	m := station.Messages{Exchange: c.Exchange, Set: macro.Ragchew()}
	if c.Set == "contest" {
		m.Set = macro.Contest()
	}
	if c.File != "" {
		f, err := os.Open(c.File)
		if err != nil {
			return m, fileFault(c.File, err)
		}
		defer f.Close()
		set, err := macro.Read(f)
		if err != nil {
			err = fmt.Errorf("%s: %w", c.File, err)
		}
		m.Set = set
		return m, err
	}
	if len(c.Run)+len(c.Pounce) == 0 {
		return m, nil
	}
	set, err := macro.Lines(c.Run, c.Pounce, c.Contest)
	if len(c.Run) > 0 {
		m.Set.Run = set.Run
	}
	if len(c.Pounce) > 0 {
		m.Set.Pounce = set.Pounce
	}
	return m, err
}

func operatorOf(c config.Station) station.Operator {
	return station.Operator{Call: strings.ToUpper(c.Callsign), Name: c.Name, Locator: c.Locator}
}
