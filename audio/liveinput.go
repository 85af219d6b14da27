package audio

import (
	"fmt"
	"sync"
	"time"
)

// A LiveInput is a Source that goes on for ever. The device may vanish and come
// back, and the sound server may die or freeze: it waits, tries again, and goes
// on. In the end only Close ends it.
//
// Sample indices keep time: what was lost is counted by the clock, so that
// Anchor and an index give the time of a sample before and after a gap alike.
//
// Read and Close may be called from different goroutines, and so may all other
// methods.
type LiveInput struct {
	*reporter

	// configuration
	open func() (Source, error)

	feed *feed
	done chan struct{} // closed by Close

	// state of the goroutine that runs it
	fresh bool  // nothing of the source that is open has been heard yet
	inner int64 // index in that source of the sample to come
	next  int64 // index of the sample to come
	zeros int64 // exact zeros in a row

	mu     sync.Mutex
	pace   pace
	closed bool
}

const (
	silence     = 2 * time.Second        // without samples means that something is wrong
	firstSample = 5 * time.Second        // may take longer: drivers search for servers that aren't there
	backOff     = 500 * time.Millisecond // before the first new attempt, then twice as long up to
	backOffMost = 5 * time.Second
	zerosFor    = 3 * time.Second // make it worth a remark
	readAhead   = 100             // blocks a second, at the most
)

// NewLiveInput keeps an input open, which open opens, at the given rate. It
// returns at once. Every change of its Condition is told to notify, unless that
// is nil, from a goroutine of its own.
func NewLiveInput(name string, rate int, open func() (Source, error), notify func(Condition)) *LiveInput {
	l := &LiveInput{
		reporter: newReporter(name, notify),
		open:     open,
		feed:     newFeed(rate, buffered),
		done:     make(chan struct{}),
	}
	l.tally = func(c *Condition) { c.Lost += l.feed.overruns() }
	go l.run()
	return l
}

// OpenLiveInput keeps the input of that name open; see OpenInput.
func OpenLiveInput(name string, o InputOptions, notify func(Condition)) *LiveInput {
	o = o.filled()
	return NewLiveInput(name, o.Rate, func() (Source, error) { return OpenInput(name, o) }, notify)
}

func (l *LiveInput) Rate() int { return l.feed.rate }

// Anchor is the time of sample 0, as it follows from when samples came during
// the last half minute: it moves by the little that the clock of the sound card
// is off. It is zero before the first sample.
func (l *LiveInput) Anchor() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pace.anchor
}

// Read waits for samples, and no longer than until Close, when it returns
// os.ErrClosed. There is no other error.
func (l *LiveInput) Read(dst []float32) (Block, error) { return l.feed.Read(dst) }

// Close ends the input, and a Read that waits, at once. A driver that hangs is
// left behind.
func (l *LiveInput) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	close(l.done)
	l.feed.close()
	return nil
}

func (l *LiveInput) run() {
	wait := backOff
	for {
		heard, err := l.attempt()
		if heard {
			wait = backOff
		}
		if err != nil {
			l.change(func(c *Condition) { c.wait(err) })
		}
		select {
		case <-l.done:
			l.change(func(c *Condition) { c.enter(Closed) })
			return
		case <-time.After(wait):
		}
		wait = min(2*wait, backOffMost)
	}
}

// attempt opens the device and listens until that fails. It tells whether
// anything was heard, and why no more is.
func (l *LiveInput) attempt() (heard bool, err error) {
	p := newPump(l.feed.rate/readAhead + 1)
	go p.run(l.open)
	defer p.abandon()
	l.fresh, l.zeros = true, 0
	overdue := time.NewTimer(firstSample)
	defer overdue.Stop()
	for {
		select {
		case b := <-p.blocks:
			l.take(p.buf[:b.N], b, p)
			p.taken <- struct{}{}
			heard = true
			overdue.Reset(silence)
		case err := <-p.failed:
			return heard, err
		case <-overdue.C:
			err := fmt.Errorf("%w: no samples come", ErrStalled)
			if p.opened() && !p.patient() {
				return heard, err
			}
			// Nothing is gained by opening anew what is still being opened, or
			// what waits for somebody to send.
			l.change(func(c *Condition) { c.wait(err) })
		case <-l.done:
			return heard, nil
		}
	}
}

// take puts one block into the feed, numbered by the clock after a gap.
func (l *LiveInput) take(samples []float32, b Block, p *pump) {
	now := time.Now()
	skipped := b.Index - l.inner
	if l.fresh {
		l.fresh, skipped = false, 0
		b.Gap = l.next > 0
	}
	l.inner = b.Index + int64(b.N)
	l.mu.Lock()
	if b.Gap && skipped <= 0 { // nobody knows how much is missing
		skipped = l.pace.missed(now, l.next+int64(b.N), l.feed.rate)
	}
	if b.Gap {
		l.next += skipped
	}
	l.next += int64(b.N)
	missed := l.pace.note(now, l.next, l.feed.rate)
	l.next += missed
	l.mu.Unlock()
	if b.Gap {
		l.feed.skip(skipped)
	}
	l.feed.put(b.N, func(dst []float32, from int) { copy(dst, samples[from:]) })
	if missed > 0 {
		l.feed.skip(missed)
	}
	l.look(samples, missed > 0 || b.Gap && skipped > 0, p)
}

// look brings the condition up to date with what came.
func (l *LiveInput) look(samples []float32, lost bool, p *pump) {
	l.zeros = zerosAtEnd(samples, l.zeros)
	zeros := l.zeros >= samplesIn(zerosFor, l.feed.rate)
	l.change(func(c *Condition) {
		switch {
		case c.Phase == Waiting:
			c.Outages++
		case lost:
			c.Lost++
		}
		c.enter(Running)
		c.Device, c.Zeros = deviceOf(p.source), zeros
	})
}

// zerosAtEnd is the number of zeros in a row at the end, after before of them.
func zerosAtEnd(samples []float32, before int64) int64 {
	for i := len(samples) - 1; i >= 0; i-- {
		if samples[i] != 0 {
			return int64(len(samples) - 1 - i)
		}
	}
	return before + int64(len(samples))
}
