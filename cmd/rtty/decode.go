package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"rtty/audio"
	"rtty/event"
	"rtty/modem"
)

func newDecode() *cobra.Command {
	d := &decoding{}
	cmd := &cobra.Command{
		Use:   "decode [flags] FILE... | -",
		Short: "Turn recordings or a stream into text",
		Long: `Decode prints the text of radioteletype signals in recordings (WAV, FLAC, or raw
samples with --format), or in a stream on standard input (-).

Without any signal flag it searches for the signal by itself; on a stream it may
hold back up to 20 seconds of audio for that, and decodes all of it then. A
signal flag switches the search off: what is not given is that of the preset,
45.45 Bd, mark 2125 and space 2295 Hz at first. --auto together with other flags
searches only for what they leave open.

In a recording noise and tuning are heard a second before the text is read, and
a character has more time to prove right; a stream can't wait for that.`,
		Example: `  rtty decode recording.wav
  rtty decode --preset dwd --center 1000 recording.flac
  rtty decode --mark 2125 --shift 170 --reverse *.wav
  parec --format=s16le --rate=48000 --channels=1 | rtty decode --format s16le -
  rtty decode --json recording.wav | jq -r 'select(.type == "text").text'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse("nothing to decode; name a recording, as in 'rtty decode recording.wav', or - for standard input")
			}
			return nil
		},
		ValidArgsFunction: completeRecordings,
		RunE:              checked(d.run),
	}
	d.signal = addSignalFlags(cmd, true)
	d.receiving = addReceivingFlags(cmd)
	d.input = addInputFlags(cmd)
	output := flagGroup("Output")
	output.BoolVar(&d.json, "json", false, "print one JSON object a line, see docs/json.md")
	output.BoolVar(&d.provisional, "provisional", false, "with --json, also tell characters that may yet be revised")
	output.BoolVar(&d.streaming, "streaming", false, "read recordings like a stream, without looking ahead")
	output.BoolVar(&d.bell, "bell", false, "let a received BEL ring the terminal's bell")
	output.BoolVarP(&d.verbose, "verbose", "v", false, "tell on standard error what signal is received")
	addGroup(cmd, output)
	return cmd
}

// decoding is one run of decode.
type decoding struct {
	signal    *signalFlags
	receiving *receivingFlags
	input     *inputFlags

	json        bool
	provisional bool
	streaming   bool
	bell        bool
	verbose     bool

	heading headings
}

func (d *decoding) run(cmd *cobra.Command, files []string) error {
	if d.provisional && !d.json {
		return misuse("--provisional tells what may yet be revised, which text alone can't; add --json")
	}
	if _, err := d.signal.partial(); err != nil {
		return err
	}
	spareMemory()
	d.heading.several = len(files) > 1 && !d.json
	return eachFile(cmd, files, func(file string) error { return d.decode(cmd, file) })
}

// decode tells what is heard in one file.
func (d *decoding) decode(cmd *cobra.Command, file string) error {
	src, err := d.input.open(file)
	if err != nil {
		return err
	}
	defer src.Close()
	config := d.receiving.config(src.Rate())
	config.LookAhead = file != "-" && !d.streaming
	rx, err := newReceiver(d.signal, config)
	if err != nil {
		return err
	}
	d.heading.print(cmd.OutOrStdout(), file)
	bar := newProgress(cmd.ErrOrStderr(), filepath.Base(file), length(src))
	out := &counter{listener: d.listener(cmd, bar)}
	out.Begin(file, src.Rate(), src.Anchor())
	samples, ended, err := receive(cmd.Context(), src, rx, out, bar)
	bar.Clear()
	if err == nil {
		err = out.End(samples, ended)
	}
	signal, _, found := rx.Tuned()
	switch {
	case err != nil:
		return fmt.Errorf("writing the text: %w", err)
	case ended == nil && !found:
		return fmt.Errorf("%s: no radioteletype signal found", inputName(file))
	case ended == nil && out.chars == 0:
		fmt.Fprintf(cmd.ErrOrStderr(), "rtty: %s: nothing was read on %s; %s\n", inputName(file), describe(signal), whatElse(file))
	}
	return ended
}

// whatElse tells how to find out what there is to be read.
func whatElse(file string) string {
	if file == "-" {
		return "--auto searches for the signal"
	}
	return fmt.Sprintf("'rtty identify %s' lists the signals that are there", file)
}

// listener makes what the flags want to be told of what is heard. Text on a
// terminal and the bar make room for each other.
func (d *decoding) listener(cmd *cobra.Command, bar *progress) listener {
	out, told := cmd.OutOrStdout(), io.Writer(barWriter{cmd.ErrOrStderr(), bar})
	if !d.verbose {
		told = nil
	}
	shared := isTerminal(out)
	if shared {
		out = barWriter{out, bar}
	}
	if d.json {
		return event.NewWriter(out, d.provisional)
	}
	r := &reader{text: out, told: told, bell: d.bell}
	if shared {
		bar.free = r.atLineStart
	}
	return r
}

// receive takes src through the receiver and returns how many samples there
// were and what ended them before their time. What was heard until then has
// been told. The last error is that of out.
func receive(ctx context.Context, src audio.Source, rx receiver, out listener, bar *progress) (n int64, ended, err error) {
	in := readAhead(src)
	since := int64(-1) // when the present signal was tuned in
	for err == nil && ended == nil {
		var samples []float32
		var update modem.Update
		samples, ended = in.Next(ctx)
		if n += int64(len(samples)); ended == nil {
			update = rx.Process(samples)
		} else {
			update = rx.Flush()
		}
		if signal, at, ok := rx.Tuned(); ok && at != since {
			since = at
			before, after := part(update, at)
			err = errors.Join(out.Update(before), out.Signal(at, signal))
			update = after
		}
		err = errors.Join(err, out.Update(update))
		bar.Show(n)
	}
	if ended == io.EOF {
		ended = nil
	}
	return n, ended, err
}

// part cuts an update in two at a sample: what was read of the signal before
// and what of the one tuned in there.
func part(u modem.Update, at int64) (before, after modem.Update) {
	i := 0
	for i < len(u.Final) && u.Final[i].Start < at {
		i++
	}
	return modem.Update{Final: u.Final[:i]}, modem.Update{Final: u.Final[i:], Tail: u.Tail}
}
