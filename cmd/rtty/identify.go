package main

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rtty/audio"
	"rtty/event"
	"rtty/modem"
)

func newIdentify() *cobra.Command {
	id := &identification{}
	cmd := &cobra.Command{
		Use:   "identify [flags] FILE... | -",
		Short: "Find the radioteletype signals in recordings",
		Long: `Identify lists the radioteletype signals in a recording or a stream, the best ones
first: mark and space, speed, length of the stop element, SNR in 2500 Hz, the
share of the characters that are likely to be read right, and when it was
heard. The code can't be heard; it is the custom of the service that such a
signal belongs to.

Signal flags narrow the search: --baud 50 finds signals of that speed only. It
ends with exit code 1 when nothing was found.`,
		Example: `  rtty identify recording.wav
  rtty identify --baud 50 --shift 450 recording.flac
  rtty identify --json recording.wav | jq .signal.mark`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse("nothing to identify; name a recording, as in 'rtty identify recording.wav', or - for standard input")
			}
			return nil
		},
		ValidArgsFunction: completeRecordings,
		RunE:              checked(id.run),
	}
	id.signal = addSignalFlags(cmd, true)
	id.input = addInputFlags(cmd)
	output := flagGroup("Output")
	output.IntVar(&id.most, "max", 0, "list no more than so many signals of a file (default all)")
	output.Float64Var(&id.low, "min-hz", 0, "search from this frequency on (default 50)")
	output.Float64Var(&id.high, "max-hz", 0, "and up to this one (default 4000)")
	output.BoolVar(&id.json, "json", false, "print one JSON object a line, see docs/json.md")
	addGroup(cmd, output)
	return cmd
}

// identification is one run of identify.
type identification struct {
	signal *signalFlags
	input  *inputFlags

	most      int
	low, high float64
	json      bool

	heading headings
}

func (id *identification) run(cmd *cobra.Command, files []string) error {
	known, err := id.signal.partial()
	if err != nil {
		return err
	}
	if id.most < 0 {
		return misuse("%d signals at most: must be 0 or more", id.most)
	}
	id.heading.several = len(files) > 1 && !id.json
	return eachFile(cmd, files, func(file string) error { return id.identify(cmd, file, known) })
}

// identify lists the signals in one file.
func (id *identification) identify(cmd *cobra.Command, file string, known modem.Partial) error {
	src, err := id.input.open(file)
	if err != nil {
		return err
	}
	defer src.Close()
	survey, err := modem.NewSurvey(modem.IdentifyOptions{
		Rate: src.Rate(), MinHz: id.low, MaxHz: id.high, Max: id.most, Known: known,
	})
	if err != nil {
		return misuse("%w", err)
	}
	bar := newProgress(cmd.ErrOrStderr(), filepath.Base(file), length(src))
	samples := int64(0)
	ended := eachStretch(cmd.Context(), src, func(s []float32) error {
		survey.Add(s)
		samples += int64(len(s))
		bar.Show(samples)
		return nil
	})
	found := survey.Found()
	bar.Clear()
	id.heading.print(cmd.OutOrStdout(), file)
	if err := id.write(cmd.OutOrStdout(), file, src, found); err != nil {
		return fmt.Errorf("writing the list: %w", err)
	}
	if ended == nil && len(found) == 0 {
		return fmt.Errorf("%s: no radioteletype signal found", inputName(file))
	}
	return ended
}

// write lists what was found in one file.
func (id *identification) write(out io.Writer, file string, src audio.Source, found []modem.Found) error {
	if id.json {
		events := event.NewWriter(out, false)
		events.Begin(file, src.Rate(), src.Anchor())
		for _, f := range found {
			if err := events.Found(f); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for i, f := range found {
		if i == 0 {
			fmt.Fprintln(table, "mark Hz\tspace Hz\tshift Hz\tBd\tstop\tcode\tSNR dB\treadable\tfrom s\tto s\t")
		}
		rate := float64(src.Rate())
		fmt.Fprintf(table, "%.1f\t%.1f\t%.1f\t%.2f\t%.4g\t%v\t%.1f\t%.0f %%\t%.1f\t%.1f\t\n",
			f.Mark, f.Space, f.Shift(), f.Baud, f.StopBits, f.Code, f.SNR, 100*f.Score, float64(f.Start)/rate, float64(f.End)/rate)
	}
	return table.Flush()
}
