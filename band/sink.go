package band

import (
	"errors"
	"sync"
	"time"

	"rtty/audio"
)

// sinkHolds is how much sound the sink takes before Write waits.
const sinkHolds = 200 * time.Millisecond

var errClosed = errors.New("the simulated band is closed")

// A sink is the transceiver's microphone jack. It plays at the pace of the
// source: what is not read there does not go on here.
type sink struct {
	band *Band
	size int // samples it holds

	mu     sync.Mutex
	queue  []float32
	played int64
	freed  chan struct{} // closed when there is room again, then replaced
}

func newSink(b *Band) *sink {
	return &sink{band: b, size: int(sinkHolds.Seconds() * float64(b.rate)), freed: make(chan struct{})}
}

// Sink takes the audio to be sent. It is on the air while the transceiver is
// keyed. There is one of it, however often it is asked for; it plays as the
// source is read, so Write and Drain wait for ever when nobody reads there, until
// the band is closed. Close only throws away what has not been played.
func (b *Band) Sink() audio.Sink { return b.sink }

func (s *sink) Rate() int    { return s.band.rate }
func (s *sink) Close() error { return s.Abort() }

func (s *sink) Latency() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Duration(len(s.queue)) * time.Second / time.Duration(s.band.rate)
}

func (s *sink) Played() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.played
}

func (s *sink) Write(src []float32) error {
	for len(src) > 0 {
		s.mu.Lock()
		n := min(len(src), s.size-len(s.queue))
		s.queue = append(s.queue, src[:n]...)
		freed := s.freed
		s.mu.Unlock()
		if src = src[n:]; len(src) == 0 {
			break
		}
		if err := s.waitFor(freed); err != nil {
			return err
		}
	}
	return nil
}

func (s *sink) Drain() error {
	for {
		s.mu.Lock()
		left, freed := len(s.queue), s.freed
		s.mu.Unlock()
		if left == 0 {
			return nil
		}
		if err := s.waitFor(freed); err != nil {
			return err
		}
	}
}

func (s *sink) waitFor(freed <-chan struct{}) error {
	select {
	case <-freed:
		return nil
	case <-s.band.closed:
		return errClosed
	}
}

func (s *sink) Abort() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = s.queue[:0]
	s.wake()
	return nil
}

// play fills dst with what is played next, with silence where nothing was
// written in time.
func (s *sink) play(dst []float32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := copy(dst, s.queue)
	clear(dst[n:])
	if n > 0 {
		s.queue = s.queue[:copy(s.queue, s.queue[n:])]
		s.played += int64(n)
		s.wake()
	}
}

// wake tells those who wait that the queue has become shorter. The caller holds
// the lock.
func (s *sink) wake() {
	close(s.freed)
	s.freed = make(chan struct{})
}
