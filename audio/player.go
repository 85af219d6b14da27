package audio

import (
	"errors"
	"time"
)

// A player makes the calls to a sink, one after the other on a goroutine of its
// own: one that can be left behind when a call never returns.
type player struct {
	sink  Sink
	calls chan call
	gone  chan struct{} // closed when the sink is given up
	buf   []float32     // what the Write in progress writes
}

type call struct {
	do   func() error
	done chan error
}

// errHangs says that a call has not returned in time.
var errHangs = errors.New("a call hangs")

func newPlayer(sink Sink, chunk int) *player {
	p := &player{sink: sink, calls: make(chan call), gone: make(chan struct{}), buf: make([]float32, chunk)}
	go p.run()
	return p
}

func (p *player) run() {
	for {
		select {
		case c := <-p.calls:
			c.done <- c.do()
		case <-p.gone:
			_ = p.sink.Close()
			return
		}
	}
}

// do makes a call and waits for it, but no longer than limit.
func (p *player) do(limit time.Duration, f func() error) error {
	c := call{do: f, done: make(chan error, 1)}
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case p.calls <- c:
	case <-p.gone:
		return ErrStalled
	case <-late.C:
		return errHangs
	}
	select {
	case err := <-c.done:
		return err
	case <-late.C:
		return errHangs
	}
}

// underruns is how often the sink had nothing to play, where it tells.
func (p *player) underruns() int64 {
	if u, ok := p.sink.(interface{ Underruns() int64 }); ok {
		return u.Underruns()
	}
	return 0
}

// probe finds out whether the device is still there, where the sink can tell.
func (p *player) probe() error {
	if s, ok := p.sink.(interface{ Probe() error }); ok {
		return s.Probe()
	}
	return nil
}
