package audio

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
	"github.com/mewkiz/flac/meta"
)

// A FLACSink stores samples in a FLAC file of 16 bits, one channel. Frames are
// predicted by the fixed polynomials of RFC 9639, section 9.2.5, and what
// remains is Rice coded.
//
// A frame is written when it is full, so that a recording cut off by a crash
// can be read but for its last 4095 samples at the most. Its header does not tell its
// length then, which means "until it ends".
type FLACSink struct {
	file    *os.File
	encoder *flac.Encoder
	dither  dither
	frame   frame.Frame
	samples []int32 // of the frame, its capacity is that of a full one
	closed  bool
}

// flacBlock is how many samples a frame has, the last one but.
const flacBlock = 4096

// CreateFLAC makes a file, or empties the one there is.
func CreateFLAC(path string, rate int) (*FLACSink, error) {
	if rate < MinRate || rate > MaxRate {
		return nil, fmt.Errorf("writing %s: %d samples per second; from %d to %d can be written", path, rate, MinRate, MaxRate)
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	encoder, err := flac.NewEncoder(struct{ io.WriteSeeker }{f}, &meta.StreamInfo{
		BlockSizeMin: flacBlock, BlockSizeMax: flacBlock,
		SampleRate: uint32(rate), NChannels: 1, BitsPerSample: 16,
	})
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("writing %s: %w", path, err)
	}
	return &FLACSink{
		file: f, encoder: encoder, dither: newDither(0),
		samples: make([]int32, 0, flacBlock),
		frame: frame.Frame{
			// The rate stands in the stream's header alone: a frame's can't hold all.
			Header:    frame.Header{BitsPerSample: 16, Channels: frame.ChannelsMono},
			Subframes: []*frame.Subframe{{}},
		},
	}, nil
}

// Write stores all of src. What lies beyond full scale is clipped.
func (s *FLACSink) Write(src []float32) error {
	for _, v := range src {
		s.samples = append(s.samples, quantize(v, 16, s.dither.noise()))
		if len(s.samples) < flacBlock {
			continue
		}
		if err := s.flush(); err != nil {
			return err
		}
	}
	return nil
}

// flush writes a frame. The encoder makes a prediction of the best kind of
// what is marked as verbatim.
func (s *FLACSink) flush() error {
	if len(s.samples) == 0 {
		return nil
	}
	n := len(s.samples)
	s.frame.BlockSize = uint16(n)
	*s.frame.Subframes[0] = frame.Subframe{
		SubHeader: frame.SubHeader{Pred: frame.PredVerbatim},
		Samples:   s.samples,
		NSamples:  n,
	}
	if err := s.encoder.WriteFrame(&s.frame); err != nil {
		return s.failed(err)
	}
	s.samples = s.samples[:0]
	return nil
}

// Close writes what is left, and the length and checksum into the header.
func (s *FLACSink) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	err := s.flush()
	if e := s.finish(); err == nil {
		err = e
	}
	if e := s.file.Close(); err == nil && e != nil {
		err = s.failed(e)
	}
	return err
}

// finish brings the header up to date. The encoder counts the last frame among
// the block sizes, which the format doesn't want (RFC 9639, section 8.2), least
// of all when it has fewer than 16 samples or is missing.
func (s *FLACSink) finish() error {
	if err := s.encoder.Close(); err != nil {
		return s.failed(err)
	}
	const blockSizes = 8 // bytes from the start: the least, then the largest, in two bytes each
	sizes := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, flacBlock), flacBlock)
	if _, err := s.file.WriteAt(sizes, blockSizes); err != nil {
		return s.failed(err)
	}
	return nil
}

func (s *FLACSink) failed(err error) error { return fmt.Errorf("writing %s: %w", s.file.Name(), err) }
