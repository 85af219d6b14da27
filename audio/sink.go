package audio

import (
	"fmt"
	"io"
	"os"
	"time"
)

// SinkOptions say how a FileSink stores samples.
type SinkOptions struct {
	Rate   int          // samples per second, MinRate to MaxRate
	Format SampleFormat // 0 means S16LE; a WAV takes u8, s16le, s24le, s32le, f32le or f64le
	Raw    bool         // samples alone, without a header; any format but alaw and mulaw
	Seed   uint64       // of the dither; the same samples with the same seed give the same bytes
}

// A FileSink stores samples in a file or sends them into a pipe, as WAV or raw.
// Nothing waits in it: what Write took has been handed to the system, so its
// Latency is 0, and Drain and Abort have nothing to do.
//
// A WAV begins with its length, which is not known before the end. Where the
// header can be written again it is, after every ten seconds of sound and by
// Close, so that a recording cut off by a crash can be read by all programs
// but for its last seconds, and by this package to its last sample. Past 4 GiB
// it becomes an RF64 file. In a pipe the length stays 0xFFFFFFFF, the custom
// for "until it ends".
type FileSink struct {
	// configuration
	name    string
	w       io.Writer
	closer  io.Closer   // nil where closing is the caller's business
	patch   io.WriterAt // nil where the header can't be written again
	start   int64       // place of the header in patch
	options SinkOptions

	// state
	dither  dither
	bytes   []byte // room for one block, kept from Write to Write
	played  int64
	patched int64 // samples that the header knows of
	closed  bool
}

// sinkBlock is how many samples are handed to the system at once.
const sinkBlock = 4096

// Create makes a file, or empties the one there is, and stores samples in it;
// "-" is the standard output.
func Create(path string, o SinkOptions) (*FileSink, error) {
	if path == "-" {
		return newFileSink(os.Stdout, "standard output", o)
	}
	if _, err := o.checked(path); err != nil {
		return nil, err // before the old content is lost
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	s, err := newFileSink(f, path, o)
	if err != nil {
		f.Close()
		return nil, err
	}
	s.closer = f
	return s, nil
}

// NewFileSink stores samples in w, as Create does. It does not close w. When w
// can seek and write anywhere, as a file can, the header is written again as
// the file grows.
func NewFileSink(w io.Writer, o SinkOptions) (*FileSink, error) {
	return newFileSink(w, "samples", o)
}

func newFileSink(w io.Writer, name string, o SinkOptions) (*FileSink, error) {
	o, err := o.checked(name)
	if err != nil {
		return nil, err
	}
	s := &FileSink{name: name, w: w, options: o, dither: newDither(o.Seed)}
	s.bytes = make([]byte, 0, sinkBlock*o.Format.Bytes())
	if o.Raw {
		return s, nil
	}
	s.patch, s.start = rewritable(w)
	if _, err := w.Write(wavHeaderBytes(o, unknown, s.patch != nil)); err != nil {
		return nil, s.failed(err)
	}
	return s, nil
}

// checked are the options with what was left open filled in.
func (o SinkOptions) checked(name string) (SinkOptions, error) {
	if o.Format == 0 {
		o.Format = S16LE
	}
	if o.Rate < MinRate || o.Rate > MaxRate {
		return o, &FormatError{Name: name, Reason: fmt.Sprintf("%d samples per second; from %d to %d can be written", o.Rate, MinRate, MaxRate)}
	}
	switch {
	case !o.Format.writable():
		return o, &FormatError{Name: name, Reason: fmt.Sprintf("samples in %s can be read, but not written", o.Format)}
	case !o.Raw && wavTag(o.Format) == 0:
		return o, &FormatError{Name: name, Reason: fmt.Sprintf("a WAV has no samples in %s", o.Format), Hint: "u8, s16le, s24le, s32le, f32le and f64le can stand there, others in raw samples, as in FILE.raw"}
	}
	return o, nil
}

// rewritable finds out whether w takes a header again. Seeking fails on pipes
// and terminals, writing at a place on files that are only appended to.
func rewritable(w io.Writer) (io.WriterAt, int64) {
	f, ok := w.(interface {
		io.WriterAt
		io.Seeker
	})
	if !ok {
		return nil, 0
	}
	start, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, 0
	}
	if _, err := f.WriteAt(nil, start); err != nil {
		return nil, 0
	}
	return f, start
}

func (s *FileSink) Rate() int              { return s.options.Rate }
func (s *FileSink) Latency() time.Duration { return 0 }
func (s *FileSink) Played() int64          { return s.played }
func (s *FileSink) Drain() error           { return nil }
func (s *FileSink) Abort() error           { return nil }

// Write stores all of src. What lies beyond full scale is clipped, except in
// floats.
func (s *FileSink) Write(src []float32) error {
	for len(src) > 0 {
		n := min(len(src), sinkBlock)
		s.bytes = s.options.Format.encode(s.bytes[:0], src[:n], s.dither)
		if _, err := s.w.Write(s.bytes); err != nil {
			return s.failed(err)
		}
		s.played += int64(n)
		src = src[n:]
	}
	if s.played-s.patched >= 10*int64(s.options.Rate) {
		return s.rewriteHeader()
	}
	return nil
}

// Close brings the header up to date. It closes what Create opened.
func (s *FileSink) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	err := s.pad()
	if e := s.rewriteHeader(); err == nil {
		err = e
	}
	if s.closer != nil {
		if e := s.closer.Close(); err == nil && e != nil {
			err = s.failed(e)
		}
	}
	return err
}

// pad makes the data chunk even, as the format wants it.
func (s *FileSink) pad() error {
	if s.patch == nil || s.dataBytes()%2 == 0 {
		return nil
	}
	if _, err := s.w.Write([]byte{0}); err != nil {
		return s.failed(err)
	}
	return nil
}

func (s *FileSink) rewriteHeader() error {
	if s.patch == nil {
		return nil
	}
	if _, err := s.patch.WriteAt(wavHeaderBytes(s.options, s.dataBytes(), true), s.start); err != nil {
		return s.failed(err)
	}
	s.patched = s.played
	return nil
}

func (s *FileSink) dataBytes() int64 { return s.played * int64(s.options.Format.Bytes()) }

func (s *FileSink) failed(err error) error { return fmt.Errorf("writing %s: %w", s.name, err) }
