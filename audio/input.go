package audio

import (
	"bufio"
	"io"
)

// bufferSize is how much of an input is held at once: two seconds of the
// commonest recordings, and all the memory that reading them takes.
const bufferSize = 64 << 10 // bytes

const unknown = -1

// An input is a stream of bytes that knows its name, how far it has been read
// and, where that can be had, how long it is. All parsers read through it.
type input struct {
	*bufio.Reader
	name string
	size int64 // bytes from where it was handed over to its end, or unknown

	counter *countingReader
	seeker  io.ReadSeeker // nil where size is unknown
	start   int64         // place in seeker where it was handed over
	closer  io.Closer     // nil where closing is the caller's business
}

// Close closes what Open opened.
func (in *input) Close() error {
	if in.closer == nil {
		return nil
	}
	return in.closer.Close()
}

func newInput(r io.Reader, name string) *input {
	counter := &countingReader{r: r}
	in := &input{
		Reader:  bufio.NewReaderSize(counter, bufferSize),
		name:    name,
		size:    unknown,
		counter: counter,
	}
	if s, ok := r.(io.ReadSeeker); ok {
		in.measure(s)
	}
	return in
}

// measure finds the size by going to the end and back. Pipes and terminals
// refuse, and devices say 0: of these the size is unknown.
func (in *input) measure(s io.ReadSeeker) {
	start, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return
	}
	if _, err := s.Seek(start, io.SeekStart); err != nil || end <= start {
		return
	}
	in.seeker, in.start, in.size = s, start, end-start
}

// offset is the number of bytes taken from the input so far.
func (in *input) offset() int64 { return in.counter.n - int64(in.Buffered()) }

// rest is the number of bytes still to be taken, or unknown.
func (in *input) rest() int64 {
	if in.size == unknown {
		return unknown
	}
	return in.size - in.offset()
}

// peekAt looks at up to len(b) bytes at an offset of an input whose size is
// known and returns to where reading was.
func (in *input) peekAt(b []byte, offset int64) (int, error) {
	if _, err := in.seeker.Seek(in.start+offset, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(in.seeker, b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	if _, back := in.seeker.Seek(in.start+in.counter.n, io.SeekStart); back != nil {
		return n, back
	}
	return n, err
}

// skip passes over n bytes without keeping them, however many.
func (in *input) skip(n int64) error {
	for n > 0 {
		step := min(n, 1<<30) // Discard takes an int, of 32 bits on some machines
		if _, err := in.Discard(int(step)); err != nil {
			return err
		}
		n -= step
	}
	return nil
}

// A countingReader remembers how much was read, and the fault that ended it
// where that wasn't the end, since parsers in between make what they like of
// errors.
type countingReader struct {
	r     io.Reader
	n     int64
	fault error
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.fault = err
	}
	return n, err
}
