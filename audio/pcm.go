package audio

import (
	"fmt"
	"io"
	"math"
	"time"
)

// toTheEnd is the length of data that lasts as long as the input does.
const toTheEnd = math.MaxInt64

// A pcmSource reads frames of plain samples: the data of a WAV, or a stream
// without a header.
type pcmSource struct {
	// configuration
	in     *input
	rate   int
	anchor time.Time
	layout layout

	// state
	left  int64 // bytes of data still to come, or toTheEnd
	index int64 // number of the next sample
	err   error // why there are no more
}

func (s *pcmSource) Rate() int         { return s.rate }
func (s *pcmSource) Anchor() time.Time { return s.anchor }
func (s *pcmSource) Close() error      { return s.in.Close() }

// Length follows the header as far as the input bears it out.
func (s *pcmSource) Length() (int64, bool) {
	left := s.left
	if rest := s.in.rest(); rest != unknown {
		left = min(left, rest)
	}
	if left == toTheEnd {
		return 0, false
	}
	return s.index + left/int64(s.layout.frame()), true
}

func (s *pcmSource) Read(dst []float32) (Block, error) {
	block := Block{Index: s.index}
	if len(dst) == 0 {
		return block, nil
	}
	frames, err := s.await()
	if err != nil {
		return block, err
	}
	block.N = min(frames, len(dst))
	size := block.N * s.layout.frame()
	src, _ := s.in.Peek(size) // can't fail: await has seen them
	s.layout.decode(dst[:block.N], src)
	s.in.Discard(size)
	if s.left != toTheEnd {
		s.left -= int64(size)
	}
	s.index += int64(block.N)
	return block, nil
}

// await waits for the next frame and returns how many have come with it.
func (s *pcmSource) await() (int, error) {
	frame := s.layout.frame()
	for s.err == nil {
		if s.left < int64(frame) {
			s.err = s.endOfData()
			continue
		}
		if _, err := s.in.Peek(frame); err != nil {
			s.err = s.endOfInput(err)
			continue
		}
		return int(min(int64(s.in.Buffered()), s.left)) / frame, nil
	}
	return 0, s.err
}

// endOfData is where the header says that the samples end. With chunks behind
// them, or nothing, that is so. With anything else the length was wrong, as in
// a recording of which the header was last written some time before the end,
// or one longer than the 4 GiB that the field can hold.
func (s *pcmSource) endOfData() error {
	next, err := s.in.Peek(int(s.left) + tailSize)
	if err != nil && err != io.EOF {
		return s.damage("", err)
	}
	tail := next[min(len(next), int(s.left)):]
	if endsData(tail, s.in.rest()) {
		return io.EOF
	}
	s.left = toTheEnd
	return nil
}

func (s *pcmSource) endOfInput(err error) error {
	switch {
	case err != io.EOF:
		return s.damage("", err)
	case s.left == toTheEnd:
		return io.EOF
	}
	missing := s.left - int64(s.in.Buffered())
	return s.damage(fmt.Sprintf("it ends %d bytes before its header says", missing), io.ErrUnexpectedEOF)
}

func (s *pcmSource) damage(reason string, err error) error {
	return &DamageError{
		Name:   s.in.name,
		Offset: s.in.offset() + int64(s.in.Buffered()),
		Sample: s.index,
		Reason: reason,
		Err:    err,
	}
}
