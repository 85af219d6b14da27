//go:build portaudio

package audio

import (
	"errors"
	"os"
	"sync"
	"time"

	"github.com/gordonklaus/portaudio"
)

// A portOutput plays through a stream that runs during overs only.
type portOutput struct {
	// configuration
	id      string
	options OutputOptions
	device  string

	// state of whoever writes
	stream  *portStream // nil when it has none; one that is idle may be taken away
	running bool
	fill    int // samples in the stream's buffer that are not written yet
	room    int // samples that the queue of the device holds

	mu        sync.Mutex
	written   int64
	start     int64 // written when the stream was started
	clock     playClock
	underruns int64
	closed    bool
}

// portLatency is the most to ask for: PortAudio takes up to 40 ms more.
const portLatency = maxOutputLatency - 50*time.Millisecond

func (portAudio) openOutput(id string, o OutputOptions) (Sink, error) {
	out := &portOutput{id: id, options: o}
	if err := withLibrary(out.acquire); err != nil {
		return nil, err
	}
	out.rest()
	return out, nil
}

// claim keeps the stream from being taken away, and tells whether there still is
// one.
func (out *portOutput) claim() bool {
	library.mu.Lock()
	defer library.mu.Unlock()
	delete(library.idle, out)
	return out.stream != nil
}

// rest allows the stream to be taken away.
func (out *portOutput) rest() {
	library.mu.Lock()
	defer library.mu.Unlock()
	if out.stream != nil {
		library.idle[out] = true
	}
}

// acquire opens the stream, with the library locked.
func (out *portOutput) acquire() error {
	s, err := openStream(out.id, false, out.options.Rate, min(out.options.Latency, portLatency))
	if err != nil {
		return err
	}
	out.stream, out.device = s, s.device
	return nil
}

// begin starts the stream.
func (out *portOutput) begin() error {
	if out.running {
		return nil
	}
	if !out.claim() {
		if err := withLibrary(out.acquire); err != nil {
			return err
		}
	}
	if err := out.stream.Start(); err != nil {
		out.rest()
		return portError(err)
	}
	out.running, out.fill = true, 0
	out.room, _ = out.stream.AvailableToWrite()
	out.mu.Lock()
	defer out.mu.Unlock()
	out.start, out.clock = out.written, playClock{}
	return nil
}

// end stops the stream, which throws away what is queued.
func (out *portOutput) end() error {
	if !out.running {
		return nil
	}
	out.running, out.fill = false, 0
	err := out.stream.Abort()
	out.rest()
	return portError(err)
}

func (out *portOutput) Rate() int { return out.options.Rate }

func (out *portOutput) Write(src []float32) error {
	if err := out.begin(); err != nil {
		return err
	}
	for _, x := range src {
		if err := out.add(int16Of(x), 1); err != nil {
			return err
		}
	}
	return nil
}

// int16Of rounds to the nearest of 16 bits.
func int16Of(x float32) int16 {
	v := x * (1 << 15)
	if v < 0 {
		v -= 0.5
	} else {
		v += 0.5
	}
	return int16(max(min(v, 1<<15-1), -1<<15))
}

// add puts a sample into the buffer and hands the buffer on when it is full.
// Padding does not count as written.
func (out *portOutput) add(x int16, count int64) error {
	s := out.stream
	for c := range s.channels {
		s.buf[out.fill*s.channels+c] = x
	}
	out.fill++
	out.mu.Lock()
	out.written += count
	out.mu.Unlock()
	if out.fill*s.channels < len(s.buf) {
		return nil
	}
	out.fill = 0
	out.look(count)
	err := s.Stream.Write()
	if errors.Is(err, portaudio.OutputUnderflowed) {
		err = nil // which look has seen, and which not all devices tell
	}
	if err != nil {
		return portError(err)
	}
	if count > 0 {
		out.locate()
	}
	return nil
}

// look counts an under-run when all that was written before the buffer at hand
// has been played.
func (out *portOutput) look(count int64) {
	out.mu.Lock()
	defer out.mu.Unlock()
	before := out.written - int64(len(out.stream.buf)/out.stream.channels)
	if count > 0 && before > out.start && out.clock.at(time.Now(), out.options.Rate, out.start, before) == before {
		out.underruns++
	}
}

// locate notes what is still queued.
func (out *portOutput) locate() {
	free, err := out.stream.AvailableToWrite()
	if err != nil {
		return
	}
	out.mu.Lock()
	defer out.mu.Unlock()
	out.clock.set(time.Now(), out.written-int64(max(0, out.room-free)))
}

func (out *portOutput) Played() int64 {
	out.mu.Lock()
	defer out.mu.Unlock()
	return out.clock.at(time.Now(), out.options.Rate, out.start, out.written)
}

func (out *portOutput) Latency() time.Duration {
	played := out.Played()
	out.mu.Lock()
	defer out.mu.Unlock()
	return span(max(0, out.written-played), out.options.Rate)
}

// Device is the device in use, which the default may stand for.
func (out *portOutput) Device() string { return out.device }

// Underruns is how often there was nothing to play in the middle of an over.
func (out *portOutput) Underruns() int64 {
	out.mu.Lock()
	defer out.mu.Unlock()
	return out.underruns
}

// Probe finds out whether the device still answers. A stream that is not
// running does not notice anything; it does when it is got ready to play. While
// devices are being listed there is nothing to be found out.
func (out *portOutput) Probe() error {
	if out.running {
		return nil
	}
	defer out.rest()
	if !out.claim() {
		err := withLibraryIn(100*time.Millisecond, out.acquire)
		if err != nil && !errors.Is(err, errNoAnswer) {
			return err
		}
	}
	if out.stream == nil {
		return nil
	}
	return portError(errors.Join(out.stream.Start(), out.stream.Abort()))
}

// Drain plays as much silence as the queue holds, which pushes out all that was
// before it: stopping a stream cuts off what is queued.
func (out *portOutput) Drain() error {
	if !out.running {
		return nil
	}
	silence := out.room + len(out.stream.buf)/out.stream.channels
	if info := out.stream.Info(); info != nil {
		silence = max(silence, int(samplesIn(info.OutputLatency, out.options.Rate)))
	}
	for range silence {
		if err := out.add(0, 0); err != nil {
			return err
		}
	}
	for out.fill > 0 {
		if err := out.add(0, 0); err != nil {
			return err
		}
	}
	out.mu.Lock()
	out.clock.set(time.Now(), out.written)
	out.mu.Unlock()
	return out.end()
}

// Abort throws away what has not been played.
func (out *portOutput) Abort() error {
	played := out.Played()
	out.mu.Lock()
	out.written, out.start, out.clock = played, played, playClock{last: played}
	out.mu.Unlock()
	return out.end()
}

func (out *portOutput) Close() error {
	out.mu.Lock()
	closed := out.closed
	out.closed = true
	out.mu.Unlock()
	if closed {
		return os.ErrClosed
	}
	err := out.end()
	if !out.claim() {
		return err
	}
	return errors.Join(err, withLibrary(func() error { return closeStream(out.stream) }))
}
