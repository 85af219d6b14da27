package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rtty/config"
	"rtty/rig"
)

// rigFlags are the flags that say how the transceiver is reached. They stand for
// the keys of the configuration's section rig that bear their names.
type rigFlags struct {
	values config.Rig
}

func addRigFlags(cmd *cobra.Command) *rigFlags {
	f := &rigFlags{}
	v := &f.values
	group := flagGroup("Rig")
	group.StringVar(&v.Kind, "rig", "none", "what the rig is reached through: "+strings.Join(rigWords(), ", "))
	group.StringVar(&v.Port, "rig-port", "", "serial port (rts, dtr, cat:…) or hidraw device (cm108)")
	group.StringVar(&v.Address, "rig-address", "", "HOST:PORT of rigctld or flrig (default 127.0.0.1 and its usual port)")
	group.IntVar(&v.Baud, "rig-baud", 0, "speed of the serial port, Bd (default the usual one of the kind)")
	group.StringVar(&v.Model, "rig-model", "", "model of the rig, where its family has dialects")
	group.IntVar(&v.CIV, "rig-civ", 0, "CI-V address of an Icom (default 0x94, an IC-7300)")
	group.BoolVar(&v.Invert, "rig-invert", false, "the dropped line keys (rts, dtr, cm108)")
	group.IntVar(&v.Pin, "rig-pin", 0, "GPIO of the cm108 that keys (default 3)")
	group.StringVar(&v.Source, "rig-source", "", "input that PTT opens, where the rig has two: mic or data")
	group.StringVar(&v.PTT, "rig-ptt", "", "another way to key than through --rig, such as rts")
	group.StringVar(&v.PTTPort, "rig-ptt-port", "", "port of that other way")
	group.BoolVar(&v.PTTInvert, "rig-ptt-invert", false, "the dropped line keys, in that other way")
	group.IntVar(&v.PTTPin, "rig-ptt-pin", 0, "GPIO of that other way (default 3)")
	group.VisitAll(func(flag *pflag.Flag) { asSetting(flag) })
	addGroup(cmd, group)
	completeWords(cmd, "rig", rigWords())
	completeWords(cmd, "rig-ptt", rigWords())
	completeWords(cmd, "rig-source", []string{"mic", "data"})
	return f
}

func rigWords() []string {
	words := make([]string, len(rig.Interfaces))
	for i, kind := range rig.Interfaces {
		words[i] = string(kind)
	}
	return words
}

// over puts what the flags say into the section of the configuration.
func (f *rigFlags) over(c config.Rig) config.Rig {
	said := f.values
	said.PollHz, said.OffsetHz, said.Override = c.PollHz, c.OffsetHz, c.Override
	return said
}

// settings reads the configuration and puts what the flags say over it.
func (f *rigFlags) settings(cmd *cobra.Command) (config.Config, rig.Config, error) {
	file, err := loadConfig(cmd)
	if err != nil {
		return config.Config{}, rig.Config{}, err
	}
	if err := fillSettings(cmd, environment, inConfig(file, cmd.Flags())); err != nil {
		return config.Config{}, rig.Config{}, misuse("%w", err)
	}
	c := file.Config()
	c.Rig = f.over(c.Rig)
	r := rigConfig(c.Rig)
	if err := r.Validate(); err != nil {
		return config.Config{}, rig.Config{}, misuse("%w", err)
	}
	return c, r, nil
}

// described is the rig as a message calls it.
func described(c rig.Config) string {
	c = c.Usual()
	text := string(c.Kind)
	if c.Port != "" {
		text += " on " + c.Port
	}
	if c.Address != "" {
		text += " at " + c.Address
	}
	if c.PTT != nil {
		text += fmt.Sprintf(", keyed by %s", described(*c.PTT))
	}
	return text
}
