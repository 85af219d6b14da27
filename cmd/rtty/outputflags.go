package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"rtty/audio"
	"rtty/modem"
)

// outputFlags say how to store samples.
type outputFlags struct {
	path   string
	format audio.SampleFormat
	rate   int
}

func addOutputFlags(cmd *cobra.Command) *outputFlags {
	f := &outputFlags{format: audio.S16LE}
	group := flagGroup("Output")
	group.StringVarP(&f.path, "output", "o", "", "store the audio in this `FILE`; - is standard output")
	group.Var((*formatValue)(&f.format), "format", "how samples are stored: such as s16le or f32le")
	group.IntVar(&f.rate, "rate", 48000, "samples per second")
	addGroup(cmd, group)
	completeFormats(cmd)
	return f
}

func (f *outputFlags) check() error {
	switch {
	case f.path == "":
		return misuse("no output named; add -o FILE.wav, or -o - for raw samples on standard output")
	case f.rate < modem.MinTransmitRate || f.rate > modem.MaxTransmitRate:
		return misuse("--rate %d: must be %d to %d samples per second", f.rate, modem.MinTransmitRate, modem.MaxTransmitRate)
	}
	return nil
}

// create makes the file that the flags name.
func (f *outputFlags) create() (*audio.FileSink, error) {
	return create(f.path, audio.SinkOptions{Rate: f.rate, Format: f.format})
}

// create makes a file of samples: a WAV, or raw ones where the name says so and
// on standard output.
func create(path string, o audio.SinkOptions) (*audio.FileSink, error) {
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case path == "-" && isTerminal(os.Stdout):
		return nil, misuse("standard output is a terminal, which can't show samples; redirect it or name a file")
	case path == "-" || ext == ".raw" || ext == ".pcm":
		o.Raw = true
	case ext == ".flac" || ext == ".mp3" || ext == ".ogg" || ext == ".m4a":
		return nil, misuse("%s: only WAV and raw samples can be written", path)
	}
	sink, err := audio.Create(path, o)
	if err != nil {
		return nil, fileFault(path, err)
	}
	return sink, nil
}
