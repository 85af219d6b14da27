package fsk

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"rtty/baudot"
)

// An instrument plays single characters.
type instrument interface {
	// play starts a character at a time of the clock, or at once if that is past,
	// and tells when it did. It comes back when there is nothing more to do for
	// the character, or when o has ended.
	play(o *over, c baudot.Code, at time.Duration) (began time.Duration, err error)
	// rest puts the contact to mark and drops what has not begun.
	rest() error
	close() error
}

// A clock is what a sequence keeps time by, from some beginning on.
type clock interface {
	now() time.Duration
	until(at time.Duration)
}

// plainClock sleeps as Go does, which may be late by milliseconds.
type plainClock struct{ began time.Time }

func (c plainClock) now() time.Duration     { return time.Since(c.began) }
func (c plainClock) until(at time.Duration) { time.Sleep(at - c.now()) }

// over is one transmission, from Begin to Stop.
type over struct {
	stop    chan struct{}
	stopped atomic.Bool

	once sync.Once
	err  error
}

func newOver() *over { return &over{stop: make(chan struct{})} }

// end is heeded once; err tells why, nil for a stop that was wanted.
func (o *over) end(err error) {
	o.once.Do(func() {
		if o.err = err; err == nil {
			o.err = ErrStopped
		}
		o.stopped.Store(true)
		close(o.stop)
	})
}

func (o *over) ended() bool { return o.stopped.Load() }

// why is the error of whoever wants to send after the end.
func (o *over) why() error {
	<-o.stop
	return o.err
}

// item is a code in line, or the question when the line is empty.
type item struct {
	over  *over
	code  baudot.Code
	empty chan struct{}
}

// sequence plays codes one after the other. It is a Keyer.
type sequence struct {
	instrument instrument
	clock      clock
	lead       time.Duration // how long before its beginning a code is taken
	length     time.Duration // of a character
	onAir      func(baudot.Code, time.Time)

	next chan item
	quit chan struct{}
	done sync.WaitGroup

	mu      sync.Mutex
	current *over
	closed  bool
}

// start runs the sequence; prepare is called first, on its goroutine.
func (s *sequence) start(prepare func()) *sequence {
	s.next, s.quit = make(chan item), make(chan struct{})
	s.current = newOver()
	s.current.end(nil)
	announced := make(chan begun, 64)
	s.done.Add(2)
	go func() {
		defer s.done.Done()
		s.announce(announced)
	}()
	go func() {
		defer s.done.Done()
		defer close(announced)
		prepare()
		s.run(announced)
	}()
	return s
}

func (s *sequence) Begin() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrStopped
	}
	s.current.end(nil)
	if err := s.instrument.rest(); err != nil {
		return fmt.Errorf("putting the FSK contact to mark: %w", err)
	}
	s.current = newOver()
	return nil
}

func (s *sequence) over() *over {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

func (s *sequence) Send(ctx context.Context, c baudot.Code) error {
	o := s.over()
	return s.put(ctx, item{over: o, code: c & 0x1f})
}

func (s *sequence) put(ctx context.Context, it item) error {
	if it.over.ended() {
		return it.over.why()
	}
	select {
	case s.next <- it:
		return nil
	case <-it.over.stop:
		return it.over.why()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *sequence) Rest(ctx context.Context) error {
	it := item{over: s.over(), empty: make(chan struct{})}
	if err := s.put(ctx, it); err != nil {
		return err
	}
	select {
	case <-it.empty:
		return nil
	case <-it.over.stop:
		return it.over.why()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *sequence) Stop() error {
	s.over().end(nil)
	if err := s.instrument.rest(); err != nil {
		return fmt.Errorf("putting the FSK contact to mark: %w", err)
	}
	return nil
}

func (s *sequence) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()

	err := s.Stop()
	close(s.quit)
	s.done.Wait()
	if e := s.instrument.close(); err == nil {
		err = e
	}
	return err
}

// run plays what comes, each character where the one before it ends or, after a
// pause, at once.
func (s *sequence) run(announced chan<- begun) {
	var free time.Duration // where the character on the air ends
	for {
		var it item
		select {
		case it = <-s.next:
		case <-s.quit:
			return
		}
		if it.over.ended() {
			continue
		}
		if it.empty != nil {
			s.clock.until(free)
			close(it.empty)
			continue
		}
		now := s.clock.now()
		at := max(now, free)
		announced <- begun{it.over, it.code, time.Now().Add(at - now)}
		began, err := s.instrument.play(it.over, it.code, at)
		if err != nil {
			it.over.end(fmt.Errorf("keying FSK: %w", err))
			continue
		}
		free = began + s.length
		s.clock.until(free - s.lead)
	}
}

// begun is a code and the time its start element begins.
type begun struct {
	over *over
	code baudot.Code
	at   time.Time
}

// announce tells of characters when they begin, on a goroutine of its own, so
// that a slow listener can't hold up the bits.
func (s *sequence) announce(announced <-chan begun) {
	for b := range announced {
		time.Sleep(time.Until(b.at))
		if s.onAir != nil && !b.over.ended() {
			s.onAir(b.code, b.at)
		}
	}
}
