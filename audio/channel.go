package audio

import (
	"fmt"
	"strconv"
	"strings"
)

// A Channel says what to make of a recording with several channels. The zero
// value, Mix, takes the mean of them all: a station that stands in only one of
// them is heard whichever that is, and the same sound in both stays as it is.
// Any other value is the number of a channel counted from 1. Choose one where
// the channels hold different things, as with two receivers, left and right.
type Channel int

const (
	Mix   Channel = 0
	Left  Channel = 1
	Right Channel = 2
)

// ParseChannel reads "mix", "left", "right" or a channel's number from 1.
func ParseChannel(s string) (Channel, error) {
	switch strings.ToLower(s) {
	case "mix":
		return Mix, nil
	case "left":
		return Left, nil
	case "right":
		return Right, nil
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= maxChannels {
		return Channel(n), nil
	}
	return 0, fmt.Errorf("no channel %q; there are mix, left, right and the numbers from 1 to %d", s, maxChannels)
}

func (c Channel) String() string {
	switch c {
	case Mix:
		return "mix"
	case Left:
		return "left"
	case Right:
		return "right"
	}
	return strconv.Itoa(int(c))
}

// maxChannels bounds the size of a frame. The largest recordings made, of
// microphone arrays and high-order surround, have some 128.
const maxChannels = 256

// A layout is how the channels of a stream stand in frames, one sample of each
// in turn, and which of them is wanted.
type layout struct {
	format   SampleFormat
	channels int
	channel  Channel
	one      []float32 // room for one channel while mixing
}

// newLayout checks that there is such a channel. The layout decodes at most
// bufferSize bytes at once.
func newLayout(name string, format SampleFormat, channels int, channel Channel) (layout, error) {
	if err := checkChannels(name, channels, channel); err != nil {
		return layout{}, err
	}
	l := layout{format: format, channels: channels, channel: channel}
	if l.mixes() {
		l.one = make([]float32, bufferSize/l.frame())
	}
	return l, nil
}

func checkChannels(name string, channels int, channel Channel) error {
	switch {
	case channels < 1 || channels > maxChannels:
		return &FormatError{Name: name, Reason: fmt.Sprintf("%d channels; from 1 to %d can be read", channels, maxChannels)}
	case channel < 0:
		return &FormatError{Name: name, Reason: fmt.Sprintf("there is no channel %d", int(channel))}
	case channel > Left && channels == 1:
		return &FormatError{Name: name, Reason: fmt.Sprintf("has one channel, so there is no channel %s", channel)}
	case int(channel) > channels:
		return &FormatError{Name: name, Reason: fmt.Sprintf("has %d channels, so there is no channel %s", channels, channel)}
	}
	return nil
}

// frame is the bytes of one sample of every channel.
func (l *layout) frame() int { return l.channels * l.format.Bytes() }

func (l *layout) mixes() bool { return l.channel == Mix && l.channels > 1 }

// decode turns len(dst) frames into samples.
func (l *layout) decode(dst []float32, src []byte) {
	width, frame := l.format.Bytes(), l.frame()
	if !l.mixes() {
		first := max(int(l.channel)-1, 0)
		l.format.decode(dst, src[first*width:], frame)
		return
	}
	clear(dst)
	one := l.one[:len(dst)]
	gain := 1 / float32(l.channels)
	for c := range l.channels {
		l.format.decode(one, src[c*width:], frame)
		for i, v := range one {
			dst[i] += v * gain
		}
	}
}
