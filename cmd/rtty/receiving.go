package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rtty/modem"
	"rtty/prior"
)

// receivingFlags say how to listen to a signal.
type receivingFlags struct {
	squelch float64 // as in modem.ReceiverConfig
	afc     bool
	expects priorValue
}

func addReceivingFlags(cmd *cobra.Command) *receivingFlags {
	f := &receivingFlags{expects: "auto"}
	group := flagGroup("Receiving")
	group.Var((*squelchValue)(&f.squelch), "squelch", "auto, off, or the probability from which on a character is printed")
	group.BoolVar(&f.afc, "afc", true, "follow a signal that is off its frequency or drifts")
	group.Var(&f.expects, "prior", "what is expected of the text: "+strings.Join(prior.Names(), ", "))
	group.VisitAll(func(flag *pflag.Flag) { asSetting(flag) })
	addGroup(cmd, group)
	completeWords(cmd, "prior", prior.Names())
	completeWords(cmd, "squelch", []string{"auto", "off", "0.5", "0.9"})
	return f
}

func (f *receivingFlags) config(rate int) modem.ReceiverConfig {
	return modem.ReceiverConfig{Rate: rate, AFC: f.afc, Squelch: f.squelch, Prior: f.expects.model()}
}

// A receiver turns samples into text and knows since which of them it listens
// to its present signal, if it has found any.
type receiver interface {
	Process(samples []float32) modem.Update
	Flush() modem.Update
	Status() modem.Status
	Tuned() (s modem.Signal, since int64, ok bool)
}

// newReceiver is a receiver for the signal of the flags, or one that searches.
func newReceiver(signal *signalFlags, config modem.ReceiverConfig) (receiver, error) {
	config.USOSFixed = signal.flags.Changed("usos")
	if signal.search() {
		known, err := signal.partial()
		if err != nil {
			return nil, err
		}
		return modem.NewAutoReceiver(known, config)
	}
	s, err := signal.signal(config.Rate)
	if err != nil {
		return nil, err
	}
	rx, err := modem.NewReceiver(s, config)
	return tunedReceiver{rx, s}, err
}

// spareMemory lets less garbage pile up than is usual. Most of what is in use is
// tables, and the audio that is kept: that as much again may lie about before it
// is worth collecting is a rule for programs that fill their memory faster.
func spareMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(30)
	}
}

// A tunedReceiver listens to one signal from the first sample on.
type tunedReceiver struct {
	*modem.Receiver
	signal modem.Signal
}

func (r tunedReceiver) Tuned() (s modem.Signal, since int64, ok bool) { return r.signal, 0, true }

// squelchValue is a squelch as users write it.
type squelchValue float64

func (v *squelchValue) Type() string { return "auto|off|P" }
func (v *squelchValue) String() string {
	switch *v {
	case 0:
		return "auto"
	case modem.SquelchOff:
		return "off"
	}
	return strconv.FormatFloat(float64(*v), 'g', -1, 64)
}
func (v *squelchValue) Set(s string) error {
	switch s {
	case "auto":
		*v = 0
		return nil
	case "off":
		*v = modem.SquelchOff
		return nil
	}
	p, err := strconv.ParseFloat(s, 64)
	if err != nil || !(p > 0 && p <= 1) {
		return fmt.Errorf("must be auto, off, or a probability from 0 to 1")
	}
	*v = squelchValue(p)
	return nil
}

// priorValue is the name of a text prior, whose tables are read when it is asked
// for: most commands never do.
type priorValue string

func (v *priorValue) Type() string   { return "NAME" }
func (v *priorValue) String() string { return string(*v) }
func (v *priorValue) Set(s string) error {
	*v = priorValue(s)
	return prior.Check(s)
}

func (v priorValue) model() *prior.Model {
	m, err := prior.Named(string(v))
	if err != nil {
		panic(err) // Set has checked it
	}
	return m
}
