package band

import (
	"io"
	"math"
	"time"

	"rtty/audio"
)

// hopeless is how many steps a reader in real time may fall behind before what
// he missed is lost.
const hopeless = 5 * stepsPerSecond

// source is what the receiver gives out, and what makes time go by.
type source struct {
	band *Band

	pending []float32 // made and not read yet
	at      int64     // number of the first of them
	gap     bool      // samples were lost before it
}

// Source is what the transceiver's receiver hears. There is one of it, however
// often it is asked for; its Close closes the band. In real time a reader that
// is more than five seconds behind misses what was sent meanwhile.
func (b *Band) Source() audio.Source { return b.source }

func (s *source) Rate() int         { return s.band.rate }
func (s *source) Anchor() time.Time { return s.band.start }
func (s *source) Close() error      { return s.band.Close() }

// Read makes the band go on.
func (s *source) Read(dst []float32) (audio.Block, error) {
	for len(s.pending) == 0 && len(dst) > 0 {
		if err := s.wait(); err != nil {
			return audio.Block{}, err
		}
		s.fill(len(dst))
	}
	n := copy(dst, s.pending)
	block := audio.Block{N: n, Index: s.at, Gap: s.gap}
	s.pending = s.pending[:copy(s.pending, s.pending[n:])]
	s.at += int64(n)
	s.gap = s.gap && n == 0
	return block, nil
}

// wait lets the time of the next step come. It returns io.EOF when the band is
// closed.
func (s *source) wait() error {
	b := s.band
	ahead := time.Duration(0)
	if b.realTime {
		ahead = sinceStart(b.steps+b.missed+1) - time.Since(b.opened)
	}
	timer := time.NewTimer(ahead)
	defer timer.Stop()
	select {
	case <-b.closed:
		return io.EOF
	default:
	}
	select {
	case <-b.closed:
		return io.EOF
	case <-timer.C:
		return nil
	}
}

// fill makes the steps that are due, as far as there is room for n samples.
func (s *source) fill(n int) {
	b := s.band
	due := int64(math.MaxInt64)
	if b.realTime {
		due = steps(time.Since(b.opened)) - b.missed
		s.miss(due - b.steps)
	}
	for len(s.pending) < n && b.steps < due {
		b.mu.Lock()
		s.pending = b.step(s.pending)
		b.mu.Unlock()
	}
}

// miss gives up what nobody can catch up with.
func (s *source) miss(late int64) {
	if late <= hopeless {
		return
	}
	b := s.band
	b.mu.Lock()
	b.missed += late
	b.mu.Unlock()
	s.at += late * int64(b.rate) / stepsPerSecond
	s.gap = true
}
