package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rtty/modem"
)

// sendingFlags say how a transmission sounds.
type sendingFlags struct {
	waveform modem.Waveform
	diddle   modem.Diddle
	level    float64
	preamble int
}

func addSendingFlags(cmd *cobra.Command) *sendingFlags {
	f := &sendingFlags{level: modem.DefaultLevel}
	group := flagGroup("Sending")
	group.Var((*waveformValue)(&f.waveform), "waveform", "linear or constant")
	group.Float64Var(&f.level, "level", f.level, "level in dBFS; a sine of full scale has 0")
	group.Var((*diddleValue)(&f.diddle), "diddle", "what goes out before the text and in pauses: ltrs, blank or none")
	group.IntVar(&f.preamble, "preamble", modem.DefaultPreamble, "number of diddles before the text")
	group.VisitAll(func(flag *pflag.Flag) { asSetting(flag) })
	addGroup(cmd, group)
	completeWords(cmd, "waveform", []string{modem.Linear.String(), modem.Constant.String()})
	completeWords(cmd, "diddle", []string{modem.DiddleLTRS.String(), modem.DiddleBlank.String(), modem.DiddleNone.String()})
	return f
}

// check refuses what the modem would take for "not said".
func (f *sendingFlags) check() error {
	switch {
	case f.level == 0:
		return misuse("--level 0: must be %g to %g dBFS", modem.MinLevel, modem.MaxLevel)
	case f.preamble < 0:
		return misuse("--preamble %d: must be 0 to %d", f.preamble, modem.MaxPreamble)
	}
	return nil
}

func (f *sendingFlags) config(rate int) modem.TransmitterConfig {
	c := modem.TransmitterConfig{Rate: rate, Waveform: f.waveform, Diddle: f.diddle, Level: f.level, Preamble: f.preamble}
	if f.preamble == 0 {
		c.Preamble = modem.NoPreamble
	}
	return c
}

type waveformValue modem.Waveform

func (v *waveformValue) Type() string   { return "NAME" }
func (v *waveformValue) String() string { return modem.Waveform(*v).String() }
func (v *waveformValue) Set(s string) error {
	w, err := modem.ParseWaveform(s)
	*v = waveformValue(w)
	return err
}

type diddleValue modem.Diddle

func (v *diddleValue) Type() string   { return "NAME" }
func (v *diddleValue) String() string { return modem.Diddle(*v).String() }
func (v *diddleValue) Set(s string) error {
	d, err := modem.ParseDiddle(s)
	*v = diddleValue(d)
	return err
}
