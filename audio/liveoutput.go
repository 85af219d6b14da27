package audio

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// A LiveOutput is a Sink that is always there, whatever becomes of the device.
// It opens the device ahead, so that it is ready when the first samples come,
// and opens it again after it has failed. But it does not hide a failure in the
// middle of an over: no call waits for more than a moment for a device that does
// not play, and the error means that the transmitter has to be unkeyed.
//
// Samples are numbered from 0, the next one to be written by Written. When
// samples are thrown away, by Abort or by a failure, the count goes on from the
// last one that was played.
//
// Write, Drain and Probe are for one goroutine at a time; all other methods may
// be called at any time.
type LiveOutput struct {
	*reporter

	// configuration
	name string
	rate int
	open func() (Sink, error)

	done chan struct{} // closed by Close

	mu      sync.Mutex
	player  *player       // nil while there is none
	opened  chan struct{} // closed when there is one
	base    int64         // samples played by sinks that are gone
	written int64
	over    bool  // something was written that was neither drained nor aborted
	cut     error // what ended an over that nobody knows of yet
	aborts  int   // makes a Write that is in progress return
	lost    int64 // under-runs of sinks that are gone
	closed  bool
}

const (
	playLimit  = 500 * time.Millisecond // without a sample taken means that the device hangs
	drainLimit = time.Second            // beyond the time that what is queued takes
	probeEvery = time.Second
	chunks     = 100 // a second; between two of them a Write can be aborted
)

// NewLiveOutput keeps an output open, which open opens, at the given rate. It
// returns at once. Every change of its Condition is told to notify, unless that
// is nil, from a goroutine of its own or from that of the call that failed.
func NewLiveOutput(name string, rate int, open func() (Sink, error), notify func(Condition)) *LiveOutput {
	l := &LiveOutput{
		reporter: newReporter(name, notify),
		name:     name,
		rate:     rate,
		open:     open,
		done:     make(chan struct{}),
		opened:   make(chan struct{}),
	}
	l.tally = func(c *Condition) { c.Lost += l.underruns() }
	go l.run()
	return l
}

// OpenLiveOutput keeps the output of that name open; see OpenOutput.
func OpenLiveOutput(name string, o OutputOptions, notify func(Condition)) *LiveOutput {
	o = o.filled()
	return NewLiveOutput(name, o.Rate, func() (Sink, error) { return OpenOutput(name, o) }, notify)
}

func (l *LiveOutput) run() {
	wait := backOff
	for {
		sink, err := l.open()
		if err == nil {
			wait = backOff
			l.watch(l.adopt(sink))
		} else {
			l.change(func(c *Condition) { c.wait(err) })
		}
		select {
		case <-l.done:
			return
		case <-time.After(wait):
		}
		wait = min(2*wait, backOffMost)
	}
}

// adopt makes a sink the one that is written to; if that is not wanted any
// more, it is given up at once.
func (l *LiveOutput) adopt(sink Sink) *player {
	p := newPlayer(sink, l.rate/chunks+1)
	l.mu.Lock()
	closed := l.closed
	if closed {
		close(p.gone)
	} else {
		l.player = p
		close(l.opened)
	}
	l.mu.Unlock()
	if !closed {
		l.change(func(c *Condition) {
			if c.Phase == Waiting {
				c.Outages++
			}
			c.enter(Running)
			c.Device = deviceOf(sink)
		})
	}
	return p
}

// deviceOf is what was opened, where the source or sink tells.
func deviceOf(opened any) string {
	if d, ok := opened.(interface{ Device() string }); ok {
		return d.Device()
	}
	return ""
}

// watch looks after a sink until it is given up: one that nobody writes to may
// die unnoticed, and that has to be known before the transmitter is keyed.
func (l *LiveOutput) watch(p *player) {
	tick := time.NewTicker(probeEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.gone:
			return
		case <-tick.C:
			_ = l.call(p, 2*playLimit, p.probe)
		}
	}
}

// call makes a call to the sink, which is given up if that fails.
func (l *LiveOutput) call(p *player, limit time.Duration, f func() error) error {
	err := p.do(limit, f)
	switch {
	case err == nil || errors.Is(err, ErrAborted):
		return err
	case errors.Is(err, errHangs):
		err = fmt.Errorf("%w: it takes no samples", ErrStalled)
	}
	l.drop(p, err)
	return l.failed(err)
}

// failed is what went wrong, with the name of the output.
func (l *LiveOutput) failed(err error) error { return fmt.Errorf("%s: %w", l.name, err) }

// endOver says that nothing is queued any more, or is to be, and returns what
// cut the over short, if that was not returned before.
func (l *LiveOutput) endOver() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	cut := l.cut
	l.over, l.cut = false, nil
	if cut != nil {
		return l.failed(cut)
	}
	return nil
}

// drop gives up a sink.
func (l *LiveOutput) drop(p *player, err error) {
	l.mu.Lock()
	if l.player != p {
		l.mu.Unlock()
		return
	}
	l.forget()
	if l.over {
		l.cut = err
	}
	l.mu.Unlock()
	l.change(func(c *Condition) { c.wait(err) })
}

// forget takes leave of the sink that is written to; mu is held.
func (l *LiveOutput) forget() {
	l.base += l.player.sink.Played()
	l.lost += l.player.underruns()
	l.written = l.base
	close(l.player.gone)
	l.player = nil
	l.opened = make(chan struct{})
}

func (l *LiveOutput) Rate() int { return l.rate }

// underruns is how often there was nothing to play in the middle of an over.
func (l *LiveOutput) underruns() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.player == nil {
		return l.lost
	}
	return l.lost + l.player.underruns()
}

// Probe finds out, within a second, whether the device would play. It is meant
// for the moment before the transmitter is keyed.
func (l *LiveOutput) Probe() error {
	p, err := l.present()
	if err != nil {
		return err
	}
	return l.call(p, playLimit, p.probe)
}

// present waits for the device for a moment.
func (l *LiveOutput) present() (*player, error) {
	l.mu.Lock()
	p, opened, closed := l.player, l.opened, l.closed
	l.mu.Unlock()
	if closed {
		return nil, os.ErrClosed
	}
	if p != nil {
		return p, nil
	}
	select {
	case <-opened:
		return l.present()
	case <-l.done:
		return nil, os.ErrClosed
	case <-time.After(playLimit):
		return nil, l.absent()
	}
}

// absent is why there is no device.
func (l *LiveOutput) absent() error {
	if why := l.Condition().Why; why != nil {
		return l.failed(why)
	}
	return l.failed(fmt.Errorf("%w: it can't be opened", ErrStalled))
}

// Write takes all of src, waiting as long as it takes to play what is queued
// before. A device that takes nothing for 500 ms is an error: ErrStalled when it
// hangs, else what the driver says. ErrAborted means that Abort was called
// meanwhile.
func (l *LiveOutput) Write(src []float32) error {
	aborts := l.abortCount()
	for len(src) > 0 {
		n, err := l.chunk(src, aborts)
		if err != nil {
			_ = l.endOver() // err says it
			return err
		}
		src = src[n:]
	}
	return nil
}

func (l *LiveOutput) abortCount() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.aborts
}

// chunk writes as much as can't be aborted in between. An over goes on with the
// device it has begun with, or ends.
func (l *LiveOutput) chunk(src []float32, aborts int) (int, error) {
	l.mu.Lock()
	cut := l.cut
	l.mu.Unlock()
	if cut != nil {
		return 0, l.failed(cut)
	}
	p, err := l.present()
	if err != nil {
		return 0, err
	}
	n := copy(p.buf, src)
	return n, l.call(p, playLimit, func() error { return l.write(p, n, aborts) })
}

// write is one call of Write to the sink. What comes after an Abort is not
// written any more.
func (l *LiveOutput) write(p *player, n, aborts int) error {
	if l.count(0, aborts) != nil {
		return ErrAborted
	}
	if err := p.sink.Write(p.buf[:n]); err != nil {
		return err
	}
	return l.count(n, aborts)
}

// count adds n samples to those written, unless Abort was called.
func (l *LiveOutput) count(n, aborts int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.aborts != aborts {
		return ErrAborted
	}
	l.written += int64(n)
	l.over = l.over || n > 0
	return nil
}

// Written is the number of the next sample to be written.
func (l *LiveOutput) Written() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written
}

// Played is the number of the next sample to be heard.
func (l *LiveOutput) Played() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.player == nil {
		return l.base
	}
	return min(l.base+l.player.sink.Played(), l.written)
}

// Latency is how long what is queued takes to be played.
func (l *LiveOutput) Latency() time.Duration {
	return span(l.Written()-l.Played(), l.rate)
}

// Drain waits until everything written has been heard, and not much longer.
func (l *LiveOutput) Drain() error {
	l.mu.Lock()
	p := l.player
	l.mu.Unlock()
	if err := l.endOver(); err != nil || p == nil {
		return err
	}
	return l.call(p, l.Latency()+drainLimit, p.sink.Drain)
}

// Abort throws away what is queued, and ends a Write in progress. If the device
// hangs, it is given up.
func (l *LiveOutput) Abort() error {
	_ = l.endOver()
	l.mu.Lock()
	l.aborts++
	p := l.player
	l.mu.Unlock()
	if p == nil {
		return nil
	}
	return l.call(p, playLimit, func() error {
		err := p.sink.Abort()
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.player == p {
			l.written = l.base + p.sink.Played()
		}
		return err
	})
}

// Close throws away what is queued and lets go of the device.
func (l *LiveOutput) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil
	}
	l.closed = true
	l.aborts++
	if l.player != nil {
		l.forget()
	}
	close(l.done)
	l.mu.Unlock()
	l.change(func(c *Condition) { c.enter(Closed) })
	return nil
}
