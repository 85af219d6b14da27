package audio

import (
	"fmt"
	"io"
	"os"
)

// Rates that a modem can use, samples per second. Below, the tones do not fit
// into half the rate; above, nothing is gained.
const (
	MinRate = 6000
	MaxRate = 192000
)

// Options say how to read an input. The zero value reads any WAV or FLAC
// recording and mixes its channels.
type Options struct {
	Channel Channel

	// Raw describes samples without a header. It is used only when the input
	// is not a WAV or FLAC recording, which know better; without a Format, all
	// else is refused.
	Raw RawFormat
}

// A RawFormat is what must be told of samples that come without a header.
type RawFormat struct {
	Format   SampleFormat
	Rate     int // samples of each channel per second
	Channels int // in turn, sample by sample; 0 means 1
}

// A Source may be Sized: it knows, or is told by its header, how long it is.
type Sized interface {
	// Length is the number of samples from the first to the last. It is
	// false where nothing trustworthy tells it: on a pipe without a header, or
	// with one that was written before the length was known.
	Length() (int64, bool)
}

const standardInput = "standard input"

// Open opens a recording for reading; "-" is the standard input. What it is
// shows from its content, not from its name.
//
// The error is a *FormatError when it is nothing that can be read here, a
// *DamageError when it ends inside its header, and that of package os when the
// file can't be opened.
func Open(path string, o Options) (Source, error) {
	if path == "-" {
		return NewSource(os.Stdin, standardInput, o)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if st, err := f.Stat(); err == nil && st.IsDir() {
		f.Close()
		return nil, &FormatError{Name: path, Reason: "is a directory", Hint: "name the recordings in it"}
	}
	in := newInput(f, path)
	in.closer = f
	src, err := newSource(in, o)
	if err != nil {
		f.Close()
		return nil, err
	}
	return src, nil
}

// NewSource reads a recording from r, as Open does; errors call it name. It
// reads ahead, and does not close r. A reader that can seek lets it know the
// length and see through wrong headers, but none has to.
func NewSource(r io.Reader, name string, o Options) (Source, error) {
	return newSource(newInput(r, name), o)
}

func newSource(in *input, o Options) (Source, error) {
	head, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading %s: %w", in.name, err)
	}
	if string(head[:min(3, len(head))]) == "ID3" {
		return newTagged(in, o)
	}
	switch string(head) {
	case "RIFF", "RIFX", "RF64", "BW64":
		return newWAV(in, o.Channel)
	case "fLaC":
		return newFLAC(in, o.Channel)
	}
	if o.Raw.Format != 0 {
		return newRaw(in, o)
	}
	return nil, notAudio(in)
}

// newTagged handles what begins with an ID3 tag: some programs put one before
// FLAC, all others who do so write MP3. Its length stands in four bytes of
// seven bits.
func newTagged(in *input, o Options) (Source, error) {
	head, _ := in.Peek(10)
	if len(head) < 10 {
		return nil, notAudio(in)
	}
	size := int64(10)
	for i, b := range head[6:10] {
		size += int64(b&0x7F) << (21 - 7*i)
	}
	if err := in.skip(size); err == nil {
		if next, _ := in.Peek(4); string(next) == "fLaC" {
			return newFLAC(in, o.Channel)
		}
	}
	return nil, foreign(in.name, "an MP3 file, not a WAV or FLAC recording")
}

func newRaw(in *input, o Options) (Source, error) {
	raw := o.Raw
	if !raw.Format.valid() {
		return nil, &FormatError{Name: in.name, Reason: "raw samples in " + raw.Format.String() + ", which is no format"}
	}
	if raw.Channels == 0 {
		raw.Channels = 1
	}
	if raw.Rate < MinRate || raw.Rate > MaxRate {
		return nil, rateError(in.name, raw.Rate)
	}
	layout, err := newLayout(in.name, raw.Format, raw.Channels, o.Channel)
	if err != nil {
		return nil, err
	}
	return &pcmSource{in: in, rate: raw.Rate, layout: layout, left: toTheEnd}, nil
}

// checkRate refuses recordings at rates that can't be used, and says how to
// change theirs.
func checkRate(name string, rate int) error {
	if rate >= MinRate && rate <= MaxRate {
		return nil
	}
	err := rateError(name, rate)
	err.Hint = "resample it: ffmpeg -i " + argument(name) + " -ar 48000 -f wav - | rtty decode -"
	return err
}

func rateError(name string, rate int) *FormatError {
	return &FormatError{Name: name, Reason: fmt.Sprintf("%d samples per second; from %d to %d can be read", rate, MinRate, MaxRate)}
}
