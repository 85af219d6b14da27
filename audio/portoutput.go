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

	// state of whoever writes; the stream changes with the library locked
	stream  *portStream // nil when it has been released
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
	return out, nil
}

// acquire opens the stream, with the library locked.
func (out *portOutput) acquire() error {
	if out.stream != nil {
		return nil
	}
	s, err := openStream(out.id, false, out.options.Rate, min(out.options.Latency, portLatency))
	if err != nil {
		return err
	}
	out.stream, out.device = s, s.device
	library.idle[out] = true
	return nil
}

// release closes the stream, with the library locked.
func (out *portOutput) release() {
	delete(library.idle, out)
	if out.stream != nil {
		_ = closeStream(out.stream)
		out.stream = nil
	}
}

// begin starts the stream.
func (out *portOutput) begin() error {
	if out.running {
		return nil
	}
	err := withLibrary(func() error {
		if err := out.acquire(); err != nil {
			return err
		}
		if err := out.stream.Start(); err != nil {
			return portError(err)
		}
		delete(library.idle, out)
		return nil
	})
	if err != nil {
		return err
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
	return withLibrary(func() error {
		err := out.stream.Abort()
		library.idle[out] = true
		return portError(err)
	})
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
	err := s.Stream.Write()
	if errors.Is(err, portaudio.OutputUnderflowed) {
		out.mu.Lock()
		out.underruns++
		out.mu.Unlock()
		err = nil
	}
	if err != nil {
		return portError(err)
	}
	if count > 0 {
		out.locate()
	}
	return nil
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
// running does not notice anything; it does when it is got ready to play.
func (out *portOutput) Probe() error {
	if out.running {
		return nil
	}
	return withLibrary(func() error {
		if err := out.acquire(); err != nil {
			return err
		}
		return portError(errors.Join(out.stream.Start(), out.stream.Abort()))
	})
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
	return errors.Join(out.end(), withLibrary(func() error {
		out.release()
		return nil
	}))
}
