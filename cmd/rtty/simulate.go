package main

import (
	"context"
	"errors"
	"io"
	"math"

	"github.com/spf13/cobra"

	"rtty/audio"
	"rtty/hf"
)

func newSimulate() *cobra.Command {
	s := &simulation{}
	cmd := &cobra.Command{
		Use:   "simulate [flags] IN OUT",
		Short: "Put a recording through a short-wave channel",
		Long: `Simulate takes a clean recording (rtty encode makes one) and gives what a receiver
on the far side of the ionosphere would have made of it. The same seed gives the
same samples. Without flags nothing happens to the recording.

The SNR is the mean power of the signal while its transmitter is keyed over the
power of the noise in 2500 Hz. Levels of carriers and stations are relative to
the signal, in dB; those of impulses to the noise. What would exceed full scale
is turned down as a whole.

Channels are named (awgn, flat, good, moderate, poor, flutter, and those of ITU-R
F.1487), or given as delay and Doppler spread (2 sigma): 2ms/1Hz.

The signal flags describe the stations of --station; they send amateur text.`,
		Example: `  rtty simulate --snr 0 --channel moderate clean.wav noisy.wav
  rtty simulate --snr 10 --carrier 2125:6 --station 350:30 clean.wav qrm.wav
  rtty encode "TEST DE W1AW" -o - | rtty simulate --level -12 --snr -5 --format s16le - out.wav`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return misuse("simulate wants two names, the recording to read and the one to write, as in 'rtty simulate --snr 0 clean.wav noisy.wav'")
			}
			return nil
		},
		ValidArgsFunction: completeRecordings,
		RunE:              checked(s.run),
	}
	s.channel = addChannelFlags(cmd)
	s.signal = addSignalFlags(cmd, false)
	input := flagGroup("Input")
	input.Var((*formatValue)(&s.input.format), "format", "read samples without a header: such as s16le, f32le or u8")
	input.IntVar(&s.input.rate, "rate", 48000, "samples per second of such a stream")
	input.IntVar(&s.input.channels, "channels", 1, "channels of such a stream")
	input.Float64Var(&s.level, "level", 0, "level of the keyed signal in dBFS; measured when not given")
	addGroup(cmd, input)
	completeFormats(cmd)
	return cmd
}

// simulation is one run of simulate.
type simulation struct {
	channel *channelFlags
	signal  *signalFlags
	input   inputFlags
	level   float64
}

func (s *simulation) run(cmd *cobra.Command, args []string) error {
	in, out := args[0], args[1]
	if err := notOver(in, out); err != nil {
		return err
	}
	power, err := s.signalPower(cmd, in)
	if err != nil {
		return err
	}
	src, err := s.input.open(in)
	if err != nil {
		return err
	}
	defer src.Close()
	signal, err := s.signal.signal(src.Rate())
	if err != nil {
		return err
	}
	config, err := s.channel.config(src.Rate(), power, signal)
	if err != nil {
		return err
	}
	channel, err := hf.NewChannel(config)
	if err != nil {
		return misuse("%w", err)
	}
	sink, err := create(out, audio.SinkOptions{Rate: src.Rate(), Seed: config.Seed})
	if err != nil {
		return err
	}
	bar := newProgress(cmd.ErrOrStderr(), in, length(src))
	defer bar.Clear()
	pass := passage{channel: channel, sink: sink, gain: headroom(channel.MeanPower()), bar: bar}
	return errors.Join(pass.all(cmd.Context(), src, s.channel.pad), sink.Close())
}

// signalPower is the mean square of the signal in the recording while keyed.
func (s *simulation) signalPower(cmd *cobra.Command, in string) (float64, error) {
	if cmd.Flags().Changed("level") {
		if !(s.level >= -100 && s.level <= 0) {
			return 0, misuse("--level %g: must be -100 to 0 dBFS", s.level)
		}
		return math.Pow(10, s.level/10) / 2, nil
	}
	if in == "-" {
		return 0, misuse("standard input can't be read twice to measure its signal; tell its level, --level -12 for what rtty encode makes")
	}
	src, err := s.input.open(in)
	if err != nil {
		return 0, err
	}
	defer src.Close()
	meter := hf.NewPowerMeter(src.Rate())
	err = eachStretch(cmd.Context(), src, func(samples []float32) error {
		meter.Add(samples)
		return nil
	})
	if err != nil && asFailure(err).code != exitDamaged {
		return 0, err
	}
	return meter.KeyedPower(), nil // damage shows again, and is told, on the second reading
}

// headroom is the gain that leaves room for the peaks of noise and fading, given
// the mean power of all that is heard: 15 dB, what a sine of -12 dBFS has.
func headroom(mean float64) float64 {
	const most = 0.0316 // mean square at -15 dB of full scale
	if mean <= most {
		return 1
	}
	return math.Sqrt(most / mean)
}

// A passage is a recording on its way through a channel.
type passage struct {
	channel *hf.Channel
	sink    audio.Sink
	gain    float64
	bar     *progress

	heard []float32
	done  int64
}

// all takes src through the channel, with pad seconds of silence on both sides.
func (p *passage) all(ctx context.Context, src audio.Source, pad float64) error {
	silence := make([]float32, int(pad*float64(src.Rate())))
	if err := p.through(silence); err != nil {
		return err
	}
	damage := eachStretch(ctx, src, p.through)
	if damage != nil && asFailure(damage).code != exitDamaged {
		return damage
	}
	if err := p.through(silence); err != nil {
		return err
	}
	if err := p.store(p.channel.Flush(p.heard[:0])); err != nil {
		return err
	}
	return damage
}

func (p *passage) through(samples []float32) error {
	p.done += int64(len(samples))
	p.bar.Show(p.done)
	return p.store(p.channel.Process(p.heard[:0], samples))
}

func (p *passage) store(heard []float32) error {
	p.heard = heard
	for i := range heard {
		heard[i] *= float32(p.gain)
	}
	return p.sink.Write(heard)
}

// eachStretch hands all samples of src to do, a stretch at a time, until the
// end, an error or an interrupt.
func eachStretch(ctx context.Context, src audio.Source, do func([]float32) error) error {
	in := readAhead(src)
	for {
		samples, err := in.Next(ctx)
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if err := do(samples); err != nil {
			return err
		}
	}
}
