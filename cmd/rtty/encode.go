package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"rtty/audio"
	"rtty/baudot"
	"rtty/modem"
)

func newEncode() *cobra.Command {
	e := &encoding{}
	cmd := &cobra.Command{
		Use:   "encode [flags] [TEXT...] -o OUT",
		Short: "Turn text into audio",
		Long: `Encode turns text into the audio of a radioteletype transmission: the words of
the command line, a file (-f), or what comes on standard input. OUT is a WAV
file, raw samples if its name ends in .raw or .pcm, or raw samples on standard
output (-). Text of any length is sent as it is read.

The linear waveform is the narrowest and needs a transmitter that is linear up
to the antenna: ALC at zero, compressor off. The constant one keeps its envelope
and passes through limiting stages unharmed.

With --id the own call goes out as the rules want it: at the start and the end,
unless the first and the last line of the text have it, and at least every ten
minutes.

Characters that the code does not have are spelled out (ä as AE) or sent as a
question mark; what was done is told on standard error.`,
		Example: `  rtty encode "CQ CQ DE W1AW" -o cq.wav
  rtty encode --preset dwd -f weather.txt -o weather.wav
  rtty encode --id W1AW --cw-id -f bulletin.txt -o bulletin.wav
  echo "RYRYRY" | rtty encode -o - | rtty decode --format s16le --rate 48000 -`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              checked(e.run),
	}
	e.signal = addSignalFlags(cmd, false)
	e.sending = addSendingFlags(cmd)
	e.id = addIDFlags(cmd)
	e.output = addOutputFlags(cmd)
	text := flagGroup("Text")
	text.StringVarP(&e.file, "file", "f", "", "read the text from this `FILE`")
	text.BoolVar(&e.crcrlf, "crcrlf", false, "end lines with CR CR LF, for machines with a slow carriage")
	text.BoolVar(&e.lineShift, "line-shift", false, "send the shift anew in every line")
	text.BoolVar(&e.doubleShift, "double-shift", false, "send every shift twice")
	addGroup(cmd, text)
	return cmd
}

// encoding is one run of encode.
type encoding struct {
	signal  *signalFlags
	sending *sendingFlags
	id      *idFlags
	output  *outputFlags

	file        string
	crcrlf      bool
	lineShift   bool
	doubleShift bool
}

func (e *encoding) run(cmd *cobra.Command, words []string) error {
	for _, check := range []func() error{e.id.check, e.output.check, e.sending.check} {
		if err := check(); err != nil {
			return err
		}
	}
	if err := notOver(e.file, e.output.path); err != nil {
		return err
	}
	signal, err := e.signal.signal(e.output.rate)
	if err != nil {
		return err
	}
	tx, err := modem.NewTransmitter(signal, e.id.watch(e.sending.config(e.output.rate)))
	if err != nil {
		return misuse("%w", err)
	}
	signature, err := e.id.signature(signal.Mark, e.output.rate, e.sending.level)
	if err != nil {
		return err
	}
	text, err := e.text(cmd, words)
	if err != nil {
		return err
	}
	defer text.Close()
	sink, err := e.output.create()
	if err != nil {
		return err
	}
	substitutes := newSubstitutes(e.id.signed(bufio.NewReader(text)), signal.Code)
	feed := modem.NewTextFeed(substitutes, &baudot.Encoder{
		Table: signal.Code, USOS: signal.USOS,
		CRCRLF: e.crcrlf, LineShift: e.lineShift, DoubleShift: e.doubleShift,
	})
	tx.Start(feed)
	err = transmit(cmd.Context(), tx, sink)
	if signature != nil && err == nil && cmd.Context().Err() == nil {
		err = transmit(cmd.Context(), signature, sink)
	}
	err = errors.Join(err, feed.Err(), sink.Close())
	substitutes.report(cmd.ErrOrStderr())
	if err == nil {
		err = cmd.Context().Err()
	}
	return err
}

// text is what is to be sent.
func (e *encoding) text(cmd *cobra.Command, words []string) (io.ReadCloser, error) {
	switch {
	case len(words) > 0 && e.file != "":
		return nil, misuse("there is text on the command line and in %s; give one of them", e.file)
	case len(words) > 0:
		return io.NopCloser(strings.NewReader(strings.Join(words, " "))), nil
	case e.file == "" || e.file == "-":
		return io.NopCloser(cmd.InOrStdin()), nil
	}
	f, err := os.Open(e.file)
	if err != nil {
		return nil, fileFault(e.file, err)
	}
	return f, nil
}

// A sender makes the samples of a transmission, until its end or until it is
// stopped and has faded.
type sender interface {
	Read(dst []float32) (int, error)
	Stop()
}

// transmit stores what tx sends until its end. An interrupt ends it early, with
// its tail and all.
func transmit(ctx context.Context, tx sender, sink audio.Sink) error {
	buf := make([]float32, stretchSamples)
	for {
		if ctx.Err() != nil {
			tx.Stop()
		}
		n, err := tx.Read(buf)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := sink.Write(buf[:n]); err != nil {
			return err
		}
	}
}
