package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rtty/audio"
	"rtty/config"
	"rtty/modem"
	"rtty/rig/guard"
	"rtty/station"
	"rtty/ui"
	"rtty/ui/plain"
)

// live is the operating position on a sound card: what rtty does without a
// command.
type live struct {
	signal    *signalFlags
	receiving *receivingFlags
	sending   *sendingFlags
	screen    *screenFlags
	raw       *inputFlags
	rig       *rigFlags

	flags         *pflag.FlagSet
	input, output string
	call          string
	transmit      bool

	file *config.File
}

func addLive(cmd *cobra.Command) *live {
	l := &live{flags: cmd.Flags()}
	l.screen = addScreenFlags(cmd)
	group := flagGroup("Station")
	group.StringVar(&l.input, "input", "", "sound input by its stable name (see rtty devices), udp:PORT, a recording, or - for raw samples")
	group.StringVar(&l.output, "output", "", "sound output by its stable name")
	group.StringVar(&l.call, "call", "", "own callsign")
	group.BoolVar(&l.transmit, "transmit", false, "enable transmitting, which needs a callsign; =false forbids it")
	addGroup(cmd, group)
	l.signal = addSignalFlags(cmd, true)
	l.receiving = addReceivingFlags(cmd)
	l.sending = addSendingFlags(cmd)
	l.raw = addInputFlags(cmd)
	l.rig = addRigFlags(cmd)
	return l
}

// run makes a station of the configuration and the flags, and operates it.
func (l *live) run(cmd *cobra.Command, _ []string) error {
	var faults, err error
	if l.file, faults, err = readConfig(); err != nil {
		return err
	}
	told := new(herald)
	l.complain(cmd, told, faults)
	if err := fillSettings(cmd, environment, inConfig(l.file, cmd.Flags())); err != nil {
		return misuse("%w", err)
	}
	settings := l.settings()
	source, input, err := l.open(settings.Audio, told)
	if err != nil {
		return err
	}
	defer source.Close()
	output := audio.OpenLiveOutput(settings.Audio.Output, audio.OutputOptions{Rate: settings.Audio.Rate}, told.Device("sound output", told.Notice))
	defer output.Close()
	exciter, key, shut, err := l.transmitter(settings, output, told)
	if err != nil {
		return err
	}
	defer shut()
	logs, err := openLogs(settings.Journal, told)
	if err != nil {
		return err
	}
	c, err := l.stationConfig(cmd.Context(), settings, source, exciter, key)
	if err != nil {
		return err
	}
	c.Log, c.Tape = logs.Log(), logs.Tape
	c.Messages, faults = messagesOf(settings.Macros)
	l.complain(cmd, told, faults)
	if err := keepSerials(&c.Messages, told.Notice); err != nil {
		if settings.Station.Callsign != "" {
			return err // a number must not be given twice
		}
		told.Notice(err.Error())
	}
	switch {
	case input != nil:
		c.Devices = devices(input, output)
	case settings.Audio.Input == "-":
		cmd.SetIn(keyboard(cmd))
	default:
		c.Origin = station.File
	}
	return errors.Join(l.attend(cmd, c, settings, logs, told), testimony(source))
}

// complain tells what is wrong and keeps nobody from operating: on standard error,
// or where the screen would cover that, on the screen.
func (l *live) complain(cmd *cobra.Command, told *herald, faults error) {
	switch {
	case faults == nil:
	case l.screen.plainWanted(cmd):
		fmt.Fprintln(cmd.ErrOrStderr(), "rtty:", faults)
	default:
		l.tellOnScreen(told, faults)
	}
}

func (l *live) tellOnScreen(told *herald, faults error) {
	for fault := range strings.Lines(faults.Error()) {
		told.Notice(strings.TrimSpace(fault))
	}
}

// attend operates a station until the operator quits or the audio ends.
func (l *live) attend(cmd *cobra.Command, c station.Config, settings config.Config, logs *logs, told *herald) error {
	s, err := station.New(c)
	if err != nil {
		return misuse("%w", err)
	}
	told.Serve(s)
	if err := l.begin(s, settings); err != nil {
		return err
	}
	if !l.screen.plainWanted(cmd) { // line mode ends with the audio and says so
		attended, leave := context.WithCancel(cmd.Context())
		defer leave()
		go tellEnd(attended, s, told)
	}
	err = operate(cmd, s, l.screen, settings.UI, panel{l.file, s})
	return errors.Join(err, logs.Close())
}

// tellEnd says on the screen, which stays, that no more audio comes.
func tellEnd(ctx context.Context, s *station.Station, told *herald) {
	select {
	case <-s.Ended():
		told.Notice("the audio has ended; Ctrl-G z decodes it again")
	case <-ctx.Done():
	}
}

// begin does what is wanted from the start.
func (l *live) begin(s *station.Station, c config.Config) error {
	if l.signal.auto {
		if err := s.Auto(); err != nil {
			return err
		}
	}
	if c.Journal.Record {
		return s.Record(true)
	}
	return nil
}

// settings are the configuration with what the command line says.
func (l *live) settings() config.Config {
	c := l.file.Config()
	if l.input != "" {
		c.Audio.Input = l.input
	}
	if l.output != "" {
		c.Audio.Output = l.output
	}
	if l.call != "" {
		c.Station.Callsign = l.call
	}
	if l.flags.Changed("transmit") {
		c.Transmit.Enabled = l.transmit
	}
	c.Rig = l.rig.over(c.Rig)
	return c
}

// open opens the audio: a device that comes and goes, or, with no LiveInput, a
// recording or a pipe.
func (l *live) open(c config.Audio, told *herald) (audio.Source, *audio.LiveInput, error) {
	if c.Input == "-" || recording(c.Input) {
		source, err := l.raw.open(c.Input)
		if err != nil {
			return nil, nil, err
		}
		return &witness{Source: source}, nil, nil
	}
	if err := audio.CheckInput(c.Input); err != nil {
		return nil, nil, misuse("sound input: %w", err)
	}
	in := audio.OpenLiveInput(c.Input, audio.InputOptions{Rate: c.Rate}, told.Device("sound input", told.Alarm))
	return in, in, nil
}

// recording tells whether a name of an input is that of a file, or would be if
// there were one: sound cards, whose names may have points in them too, are waited
// for.
func recording(name string) bool {
	st, err := os.Stat(name)
	if err != nil {
		return slices.Contains(recordingTypes, strings.TrimPrefix(filepath.Ext(name), "."))
	}
	return st.Mode().IsRegular() && filepath.Ext(name) != ""
}

// identify finds the signal in a recording, which is over too soon to search
// while it plays.
func (l *live) identify(ctx context.Context, path string, known modem.Partial) (modem.Signal, bool) {
	src, err := l.raw.open(path)
	if err != nil {
		return modem.Signal{}, false
	}
	defer src.Close()
	survey, err := modem.NewSurvey(modem.IdentifyOptions{Rate: src.Rate(), Max: 1, Known: known})
	if err != nil {
		return modem.Signal{}, false
	}
	err = eachStretch(ctx, src, func(samples []float32) error { survey.Add(samples); return nil })
	found := survey.Found()
	if len(found) == 0 || err != nil && asFailure(err).code != exitDamaged {
		return modem.Signal{}, false
	}
	return found[0].Signal, true
}

func (l *live) stationConfig(ctx context.Context, c config.Config, source audio.Source, exciter station.Exciter, key *guard.Client) (station.Config, error) {
	if err := l.sending.check(); err != nil {
		return station.Config{}, err
	}
	partial, err := l.signal.partial()
	if err != nil {
		return station.Config{}, err
	}
	signal, err := partial.Signal()
	if err == nil { // a fault in what is sent is not to show in the first over
		_, err = modem.NewTransmitter(signal, l.sending.config(station.AudioRate))
	}
	if err != nil {
		return station.Config{}, misuse("%w", err)
	}
	if recording(c.Audio.Input) && l.signal.search() {
		if found, ok := l.identify(ctx, c.Audio.Input, partial); ok {
			signal = found
		}
	}
	morse, err := cwOf(c.ID)
	if err != nil {
		return station.Config{}, misuse("%w", err)
	}
	sequence, limits := limitsOf(c.Transmit)
	return station.Config{
		Operator: operatorOf(c.Station), Input: source,
		FullDuplex: c.Transmit.FullDuplex,
		Preset:     partial.From().Name, Sideband: partial.Sideband, Signal: &signal,
		AFC: l.receiving.afc, Squelch: l.receiving.squelch, Prior: string(l.receiving.expects),
		USOS:        l.signal.flags.Changed("usos"),
		Kept:        time.Duration(c.Audio.RingMinutes) * time.Minute,
		Exciter:     exciter,
		Transceiver: key, Enabled: c.Transmit.Enabled, Net: c.Transmit.Net,
		Sequence: sequence, Limits: limits, Radio: radioConfig(c),
		Ident: station.Identification{Every: time.Duration(c.ID.Minutes) * time.Minute, NoFarewell: !c.ID.Farewell, CW: morse},
	}, nil
}

// ready gives the output for an over, if it plays; it stays open after it.
func ready(output *audio.LiveOutput) func() (audio.Sink, error) {
	return func() (audio.Sink, error) {
		if err := output.Probe(); err != nil {
			return nil, err
		}
		return kept{output}, nil
	}
}

// kept is a sink that outlives an over.
type kept struct{ *audio.LiveOutput }

func (kept) Close() error { return nil }

// devices tells the state of the sound devices.
func devices(input *audio.LiveInput, output *audio.LiveOutput) func() (in, out station.Device) {
	return func() (in, out station.Device) {
		return device(input.Condition(), input.Rate()), device(output.Condition(), output.Rate())
	}
}

func device(c audio.Condition, rate int) station.Device {
	d := station.Device{Name: c.Name, Rate: rate, Xruns: int(c.Lost)}
	if d.Name == "" {
		d.Name = c.Device
	}
	if c.Why != nil {
		d.Waiting, d.Since = c.String(), c.Since
	}
	if c.Zeros {
		d.Silent = c.String()
	}
	return d
}

// operate runs a station and its screen until the operator quits, and then
// leaves nothing undone. A terminal that is closed and a request to end do what
// quitting does; an interrupt is for the screen to understand.
func operate(cmd *cobra.Command, s *station.Station, screen *screenFlags, c config.UI, settings ui.Settings) error {
	ctx, cancel := signal.NotifyContext(context.WithoutCancel(cmd.Context()), syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	spareMemory()
	ended := make(chan struct{})
	go func() {
		s.Run(ctx)
		close(ended)
	}()
	shown := make(chan error, 1)
	go func() { shown <- screen.show(ctx, interrupts, cmd, c, settings, s) }()
	var err error
	select {
	case err = <-shown:
	case <-ctx.Done():
		<-ended
		err = lastWords(shown)
	}
	cancel()
	<-ended
	switch {
	case errors.Is(err, plain.ErrInterrupted):
		return context.Canceled
	case errors.Is(err, plain.ErrUndone):
		return &failure{code: exitFailed, err: err, reported: true}
	}
	return err
}

// lastWords waits for a screen that was asked to end, but not for one whose
// terminal takes no output.
func lastWords(shown <-chan error) error {
	select {
	case err := <-shown:
		return err
	case <-time.After(blockedAfter):
		return errors.New("the terminal takes no output")
	}
}
