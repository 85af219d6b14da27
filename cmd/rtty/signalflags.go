package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rtty/baudot"
	"rtty/modem"
)

// signalFlags are the flags that say what a signal looks like; they mean the
// same in every command.
type signalFlags struct {
	flags *pflag.FlagSet

	preset   modem.Preset
	sideband modem.Sideband
	code     baudot.Table
	tones    [4]float64 // in the order of toneFlags
	baud     float64
	stop     float64
	reverse  bool
	auto     bool
	usos     bool
}

var toneFlags = [4]string{"mark", "space", "shift", "center"}

// addSignalFlags gives the command the signal flags. A command that hears a
// signal can also search for it.
func addSignalFlags(cmd *cobra.Command, hears bool) *signalFlags {
	f := &signalFlags{flags: cmd.Flags()}
	group := flagGroup("Signal")
	group.Var((*presetValue)(&f.preset), "preset", "habits of a service: "+presetNames())
	group.Var((*frequencyValue)(&f.tones[0]), "mark", "mark tone in the audio, Hz (default that of the preset)")
	group.Var((*frequencyValue)(&f.tones[1]), "space", "space tone in the audio, Hz")
	group.Var((*frequencyValue)(&f.tones[2]), "shift", "distance of the tones, Hz")
	group.Var((*frequencyValue)(&f.tones[3]), "center", "middle between the tones, Hz")
	group.Var((*frequencyValue)(&f.baud), "baud", "speed, Bd")
	group.Var((*frequencyValue)(&f.stop), "stop", "length of the stop element, 1 to 2 units; as a rule 1, 1.5 or 2")
	group.Var((*codeValue)(&f.code), "code", "figures of the code: us-tty or ita2")
	group.Var((*sidebandValue)(&f.sideband), "sideband", "usb or lsb: which tone of a preset is the higher one")
	group.BoolVar(&f.reverse, "reverse", false, "swap mark and space")
	group.BoolVar(&f.usos, "usos", true, "a space returns to letters (default that of the preset)")
	group.Lookup("usos").DefValue = "" // it is the preset's
	if hears {
		group.BoolVar(&f.auto, "auto", false, "search for the signal; what other flags say stays fixed")
	}
	group.VisitAll(func(flag *pflag.Flag) { asSetting(flag) })
	addGroup(cmd, group)
	completeWords(cmd, "preset", presetWords())
	completeWords(cmd, "code", []string{"us-tty\tamateur and American", "ita2\tinternational, CCITT No. 2"})
	completeWords(cmd, "sideband", []string{"usb", "lsb"})
	completeWords(cmd, "stop", []string{"1", "1.5", "2"})
	return f
}

// search tells whether the signal is to be searched for: when asked to, and
// when nothing at all is said of it.
func (f *signalFlags) search() bool {
	if f.flags.Changed("auto") {
		return f.auto
	}
	for _, name := range append(toneFlags[:], "preset", "baud", "stop", "code", "sideband", "reverse") {
		if f.flags.Changed(name) {
			return false
		}
	}
	return true
}

// partial is what the flags say of the signal.
func (f *signalFlags) partial() (modem.Partial, error) {
	p := modem.Partial{Baud: f.baud, StopBits: f.stop, Reverse: f.reverse}
	if f.flags.Changed("preset") {
		p.Preset = &f.preset
	}
	if f.flags.Changed("sideband") {
		p.Sideband = &f.sideband
	}
	if f.flags.Changed("code") {
		p.Code = &f.code
	}
	if f.flags.Changed("usos") {
		p.USOS = &f.usos
	}
	setTones(&p, f.tones)
	if _, err := p.Signal(); err != nil {
		// Tones of the environment give way to those of the command line.
		var typed [4]float64
		for i, name := range toneFlags {
			if onCommandLine(f.flags, name) {
				typed[i] = f.tones[i]
			}
		}
		setTones(&p, typed)
		if _, still := p.Signal(); still != nil || typed == [4]float64{} {
			return modem.Partial{}, misuse("%w", err)
		}
	}
	return p, nil
}

func setTones(p *modem.Partial, tones [4]float64) {
	p.Mark, p.Space, p.Shift, p.Center = tones[0], tones[1], tones[2], tones[3]
}

// signal is the complete signal, which a modem at that rate can handle.
func (f *signalFlags) signal(rate int) (modem.Signal, error) {
	p, err := f.partial()
	if err != nil {
		return modem.Signal{}, err
	}
	s, err := p.Signal()
	if err != nil {
		return modem.Signal{}, misuse("%w", err)
	}
	if err := s.Validate(rate); err != nil {
		return modem.Signal{}, misuse("%w", err)
	}
	return s, nil
}

// presetWords are the names of the presets, with a description after a tab.
func presetWords() []string {
	var words []string
	for _, p := range modem.Presets() {
		words = append(words, p.Name+"\t"+p.About)
	}
	return words
}

func presetNames() string {
	var names []string
	for _, p := range modem.Presets() {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

type presetValue modem.Preset

func (v *presetValue) Type() string   { return "NAME" }
func (v *presetValue) String() string { return "" }
func (v *presetValue) Set(s string) error {
	p, err := modem.PresetNamed(s)
	*v = presetValue(p)
	return err
}

// frequencyValue is a number above zero; zero stands for "not given".
type frequencyValue float64

func (v *frequencyValue) Type() string { return "NUMBER" }
func (v *frequencyValue) String() string {
	if *v == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(*v), 'g', -1, 64)
}
func (v *frequencyValue) Set(s string) error {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n > 0) {
		return fmt.Errorf("must be a number above 0")
	}
	*v = frequencyValue(n)
	return nil
}

type codeValue baudot.Table

func (v *codeValue) Type() string   { return "CODE" }
func (v *codeValue) String() string { return "" }
func (v *codeValue) Set(s string) error {
	t, err := baudot.ParseTable(s)
	*v = codeValue(t)
	return err
}

type sidebandValue modem.Sideband

func (v *sidebandValue) Type() string   { return "USB|LSB" }
func (v *sidebandValue) String() string { return "" }
func (v *sidebandValue) Set(s string) error {
	switch strings.ToLower(s) {
	case "usb":
		*v = sidebandValue(modem.USB)
	case "lsb":
		*v = sidebandValue(modem.LSB)
	default:
		return fmt.Errorf("must be usb or lsb")
	}
	return nil
}
