package audio

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
)

// A flacSource reads FLAC (RFC 9639) frame by frame; a frame, of some thousand
// samples, is all that is held. The library allocates it anew each time.
//
// The library tells the standard logger about every frame at 24 and
// 176.4 kHz; a program that shows them to people should send log's output
// elsewhere.
type flacSource struct {
	// configuration
	in      *input
	info    flacInfo
	channel Channel
	scale   float64 // of one sample to full scale 1

	// state
	stream *flac.Stream
	block  []*frame.Subframe // the channels of the present frame
	used   int               // samples of it that have been delivered
	index  int64             // number of the next sample
	err    error             // why there are no more
}

type flacInfo struct {
	rate, channels, bits int
	length               int64 // samples, 0 when the header does not say
}

// flacMaxBits is what the library decodes. Nothing that records sound through
// a radio has more.
const flacMaxBits = 24

func newFLAC(in *input, channel Channel) (Source, error) {
	var stream *flac.Stream
	err := guarded(func() (err error) {
		stream, err = flac.New(in.Reader)
		return err
	})
	switch {
	case err != nil && in.counter.fault != nil:
		return nil, fmt.Errorf("reading %s: %w", in.name, in.counter.fault)
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &DamageError{Name: in.name, Offset: in.offset(), Reason: "it ends inside the header", Err: io.ErrUnexpectedEOF}
	case err != nil:
		return nil, &DamageError{Name: in.name, Offset: in.offset(), Reason: "the FLAC header can't be read", Err: err}
	}
	h := stream.Info
	info := flacInfo{int(h.SampleRate), int(h.NChannels), int(h.BitsPerSample), int64(h.NSamples)}
	if err := checkRate(in.name, info.rate); err != nil {
		return nil, err
	}
	if err := checkChannels(in.name, info.channels, channel); err != nil {
		return nil, err
	}
	if info.bits > flacMaxBits {
		return nil, foreign(in.name, fmt.Sprintf("a FLAC file of %d bits; up to %d are read here", info.bits, flacMaxBits))
	}
	full := float64(int64(1) << (info.bits - 1))
	return &flacSource{in: in, info: info, channel: channel, scale: 1 / full, stream: stream}, nil
}

func (s *flacSource) Rate() int         { return s.info.rate }
func (s *flacSource) Anchor() time.Time { return time.Time{} }
func (s *flacSource) Close() error      { return s.in.Close() }

func (s *flacSource) Length() (int64, bool) { return s.info.length, s.info.length > 0 }

func (s *flacSource) Read(dst []float32) (Block, error) {
	block := Block{Index: s.index}
	if len(dst) == 0 {
		return block, nil
	}
	for s.waiting() == 0 {
		if s.err != nil {
			return block, s.err
		}
		s.err = s.next()
	}
	block.N = min(len(dst), s.waiting())
	s.deliver(dst[:block.N])
	s.index += int64(block.N)
	return block, nil
}

// waiting is the number of samples that are decoded but not delivered.
func (s *flacSource) waiting() int {
	if len(s.block) == 0 {
		return 0
	}
	return len(s.block[0].Samples) - s.used
}

func (s *flacSource) deliver(dst []float32) {
	from, to := s.used, s.used+len(dst)
	s.used = to
	if s.channel != Mix {
		for i, v := range s.block[s.channel-1].Samples[from:to] {
			dst[i] = float32(float64(v) * s.scale)
		}
		return
	}
	clear(dst)
	gain := s.scale / float64(len(s.block))
	for _, sub := range s.block {
		for i, v := range sub.Samples[from:to] {
			dst[i] += float32(float64(v) * gain)
		}
	}
}

// next decodes one more frame.
func (s *flacSource) next() error {
	s.block, s.used = nil, 0
	offset := s.in.offset()
	var f *frame.Frame
	err := guarded(func() (err error) {
		f, err = s.decode()
		return err
	})
	ended := s.info.length > 0 && s.index >= s.info.length
	switch {
	case err == nil:
		s.block = f.Subframes
		return nil
	case s.in.counter.fault != nil:
		return s.damage(s.in.offset(), "", s.in.counter.fault)
	case ended:
		return io.EOF // whatever stands behind the last sample, a tag perhaps
	case err == io.EOF && s.info.length == 0:
		return io.EOF
	case err == io.EOF:
		return s.damage(offset, fmt.Sprintf("it ends %d samples before its header says", s.info.length-s.index), io.ErrUnexpectedEOF)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return s.damage(offset, "it ends inside a frame", err)
	}
	return s.damage(offset, "a FLAC frame can't be decoded", err)
}

// decode wants every frame to be as the header says all are: the modem behind
// it can't change its rate in the middle.
func (s *flacSource) decode() (*frame.Frame, error) {
	f, err := s.stream.Next()
	if err != nil {
		return nil, err
	}
	if f.BitsPerSample == 0 {
		f.BitsPerSample = uint8(s.info.bits) // which the library leaves to us
	}
	if f.Channels.Count() != s.info.channels || int(f.BitsPerSample) != s.info.bits ||
		f.SampleRate != 0 && int(f.SampleRate) != s.info.rate {
		return nil, errors.New("its format is not that of the header")
	}
	if err := f.Parse(); err != nil {
		return nil, err
	}
	return f, nil
}

func (s *flacSource) damage(offset int64, reason string, err error) error {
	return &DamageError{Name: s.in.name, Offset: offset, Sample: s.index, Reason: reason, Err: err}
}

// guarded turns a panic of a library, which bytes from outside can provoke,
// into an error.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return f()
}
