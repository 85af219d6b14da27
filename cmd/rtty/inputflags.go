package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"rtty/audio"
)

// inputFlags say how to read recordings and streams.
type inputFlags struct {
	format   audio.SampleFormat
	rate     int
	channels int
	channel  audio.Channel
}

func addInputFlags(cmd *cobra.Command) *inputFlags {
	f := &inputFlags{}
	group := flagGroup("Input")
	group.Var((*formatValue)(&f.format), "format", "read samples without a header: such as s16le, f32le or u8")
	group.IntVar(&f.rate, "rate", 48000, "samples per second of such a stream")
	group.IntVar(&f.channels, "channels", 1, "channels of such a stream")
	group.Var((*channelValue)(&f.channel), "channel", "of several channels use left, right, a number, or mix")
	addGroup(cmd, group)
	completeFormats(cmd)
	completeWords(cmd, "channel", []string{"mix", "left", "right"})
	return f
}

func (f *inputFlags) open(path string) (audio.Source, error) {
	o := audio.Options{Channel: f.channel}
	if f.channels < 1 {
		return nil, misuse("--channels %d: must be 1 or more", f.channels)
	}
	if f.format != 0 {
		o.Raw = audio.RawFormat{Format: f.format, Rate: f.rate, Channels: f.channels}
	}
	src, err := audio.Open(path, o)
	if err != nil {
		return nil, fileFault(path, err)
	}
	return src, nil
}

// inputName is an input as messages call it.
func inputName(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}

// fileFault says of a file that can't be opened which it is and why, and
// leaves other errors alone.
func fileFault(path string, err error) error {
	var fault *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return misuse("%s: no such file or directory", path)
	case errors.As(err, &fault):
		return fmt.Errorf("%s: %w", path, fault.Err)
	}
	return err
}

func completeFormats(cmd *cobra.Command) {
	var names []string
	for _, f := range audio.SampleFormats() {
		names = append(names, f.String())
	}
	completeWords(cmd, "format", names)
}

type formatValue audio.SampleFormat

func (v *formatValue) Type() string { return "FORMAT" }
func (v *formatValue) String() string {
	if *v == 0 {
		return ""
	}
	return audio.SampleFormat(*v).String()
}
func (v *formatValue) Set(s string) error {
	f, err := audio.ParseFormat(s)
	*v = formatValue(f)
	return err
}

type channelValue audio.Channel

func (v *channelValue) Type() string   { return "CHANNEL" }
func (v *channelValue) String() string { return audio.Channel(*v).String() }
func (v *channelValue) Set(s string) error {
	c, err := audio.ParseChannel(s)
	*v = channelValue(c)
	return err
}
