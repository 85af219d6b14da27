package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/hf"
	"rtty/modem"
)

// channelFlags say what a short-wave channel does to a signal.
type channelFlags struct {
	snr      optional
	fading   hf.Fading
	seed     uint64
	offset   float64
	drift    float64
	ppm      float64
	clip     optional
	passband hf.Passband
	agc      bool
	impulses impulsesValue
	carriers levelsValue
	stations levelsValue
	pad      float64
}

func addChannelFlags(cmd *cobra.Command) *channelFlags {
	f := &channelFlags{}
	group := flagGroup("Channel")
	group.Var(&f.snr, "snr", "add noise: signal over noise in 2500 Hz, dB")
	group.Var((*fadingValue)(&f.fading), "channel", "fading: a name or numbers such as 2ms/1Hz")
	group.Uint64Var(&f.seed, "seed", 1, "seed of all that is random")
	group.Float64Var(&f.offset, "offset", 0, "move the signal up by so many Hz")
	group.Float64Var(&f.drift, "drift", 0, "let it drift up by so many Hz a minute")
	group.Float64Var(&f.ppm, "ppm", 0, "let the sender's clock be fast by so many parts per million")
	group.Var(&f.carriers, "carrier", "add a carrier: HZ:DB; may be repeated")
	group.Var(&f.stations, "station", "add another station, its centre HZ above the signal: HZ:DB; may be repeated")
	group.Var(&f.impulses, "impulses", "add bursts of noise, number a second, length and dB: 10:2ms:30; may be repeated")
	group.Var((*passbandValue)(&f.passband), "passband", "receive through a filter: LOW-HIGH in Hz")
	group.BoolVar(&f.agc, "agc", false, "receive with automatic gain control")
	group.Var(&f.clip, "clip", "clip at so many dB over the mean of all that is heard")
	group.Float64Var(&f.pad, "pad", 0, "seconds of the channel alone before and after the recording")
	addGroup(cmd, group)
	completeWords(cmd, "channel", channelWords())
	return f
}

func channelWords() []string {
	var words []string
	for _, p := range hf.Presets() {
		words = append(words, p.Name+"\t"+p.Note)
	}
	return words
}

// config is the channel for a wanted signal of that power. Stations stand
// beside signal.
func (f *channelFlags) config(rate int, power float64, signal modem.Signal) (hf.Config, error) {
	if !(f.pad >= 0 && f.pad <= 3600) {
		return hf.Config{}, misuse("pad %g seconds: must be 0 to 3600", f.pad)
	}
	c := hf.Config{
		Rate: rate, Seed: f.seed, SignalPower: power,
		ClockError: f.ppm, Offset: f.offset, Drift: f.drift, Fading: f.fading,
		Impulses: f.impulses, Passband: f.passband,
	}
	if f.snr.set {
		c.Noise = &hf.Noise{SNR: f.snr.value}
	}
	if f.clip.set {
		c.Clip = &hf.Clip{OverDB: f.clip.value}
	}
	if f.agc {
		c.AGC = &hf.AGC{}
	}
	for _, v := range f.carriers {
		c.Carriers = append(c.Carriers, hf.Carrier{Frequency: v.hertz, LevelDB: v.db})
	}
	for i, v := range f.stations {
		station, err := newStation(signal.MovedTo(signal.Center()+v.hertz), rate, f.seed+uint64(i))
		if err != nil {
			return hf.Config{}, misuse("station %v: %w", v, err)
		}
		station.LevelDB = v.db
		c.Interferers = append(c.Interferers, station)
	}
	return c, nil
}

// newStation is another station that sends without end.
func newStation(signal modem.Signal, rate int, seed uint64) (hf.Interferer, error) {
	const level = -6.0 // dBFS
	tx, err := modem.NewTransmitter(signal, modem.TransmitterConfig{Rate: rate, Waveform: modem.Constant, Level: level})
	if err != nil {
		return hf.Interferer{}, err
	}
	encoder := &baudot.Encoder{Table: signal.Code, USOS: signal.USOS}
	tx.Start(modem.NewTextFeed(&endless{source: corpus.New(corpus.Ragchew, corpus.Test, seed)}, encoder))
	source := func(dst []float32) int {
		n, _ := tx.Read(dst) // fails only at the end, with n = 0
		return n
	}
	return hf.Interferer{Source: source, Power: 0.125}, nil
}

// endless reads the texts of a corpus one after the other.
type endless struct {
	source *corpus.Source
	over   strings.Reader
}

func (e *endless) ReadRune() (rune, int, error) {
	for e.over.Len() == 0 {
		e.over.Reset(e.source.Over() + "\n")
	}
	return e.over.ReadRune()
}

// optional is a number that may be left out.
type optional struct {
	value float64
	set   bool
}

func (v *optional) Type() string   { return "DB" }
func (v *optional) String() string { return "" }
func (v *optional) Set(s string) (err error) {
	v.value, err = number(s)
	v.set = true
	return err
}

func number(s string) (float64, error) {
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return n, nil
}

type fadingValue hf.Fading

func (v *fadingValue) Type() string   { return "NAME" }
func (v *fadingValue) String() string { return hf.Fading(*v).String() }
func (v *fadingValue) Set(s string) error {
	f, err := hf.Preset(s)
	*v = fadingValue(f)
	return err
}

type passbandValue hf.Passband

func (v *passbandValue) Type() string   { return "LOW-HIGH" }
func (v *passbandValue) String() string { return "" }
func (v *passbandValue) Set(s string) error {
	low, high, ok := strings.Cut(s, "-")
	l, err1 := number(low)
	h, err2 := number(high)
	if !ok || err1 != nil || err2 != nil {
		return fmt.Errorf("must be two frequencies in Hz, as in 300-2700")
	}
	*v = passbandValue{Low: l, High: h}
	return nil
}

// A levelAt is something heard at a frequency.
type levelAt struct{ hertz, db float64 }

func (v levelAt) String() string { return fmt.Sprintf("%g:%g", v.hertz, v.db) }

type levelsValue []levelAt

func (v *levelsValue) Type() string   { return "HZ:DB" }
func (v *levelsValue) String() string { return "" }
func (v *levelsValue) Set(s string) error {
	hertz, db, ok := strings.Cut(s, ":")
	f, err1 := number(hertz)
	l, err2 := number(db)
	if !ok || err1 != nil || err2 != nil {
		return fmt.Errorf("must be a frequency in Hz and a level in dB, as in 350:20")
	}
	*v = append(*v, levelAt{f, l})
	return nil
}

type impulsesValue []hf.Impulses

func (v *impulsesValue) Type() string   { return "N:LENGTH:DB" }
func (v *impulsesValue) String() string { return "" }
func (v *impulsesValue) Set(s string) error {
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return fmt.Errorf("must be number a second, length and level, as in 10:2ms:30")
	}
	n, err := number(parts[0])
	if err != nil {
		return err
	}
	length, err := time.ParseDuration(parts[1])
	if err != nil {
		return fmt.Errorf("%q is not a length of time such as 2ms", parts[1])
	}
	db, err := number(parts[2])
	*v = append(*v, hf.Impulses{PerSecond: n, Length: length, LevelDB: db})
	return err
}
