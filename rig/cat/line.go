package cat

import (
	"errors"
	"fmt"
	"io"
	"time"

	"rtty/rig"
	"rtty/rig/internal/tty"
)

// A port carries bytes. Read comes back with nothing, and io.EOF or no error,
// when nothing has arrived for readPatience.
type port interface {
	io.ReadWriteCloser
}

const (
	readPatience = tty.Patience
	// A port that has hung up gives nothing too, but without having waited. That
	// many times in a row is no coincidence.
	hungUp = 5
	// The owner may be inside a Read when a deadline passes.
	ownersGrace = 3 * readPatience
	// How long a transceiver is listened to until it is silent.
	longestNoise = 4 * readPatience
)

// A question is one exchange with the transceiver.
type question struct {
	asked  string // in words
	send   []byte
	shown  string // send, readable
	advice string

	// next finds the first message in what was received and tells how many
	// bytes to take; 0 when more must come.
	next func(received []byte) (message []byte, taken int)
	// accept is given every message in turn, until it is done or there is an
	// error. Nil: nothing is to come back.
	accept func(message []byte) (done bool, err error)
	// show makes bytes readable.
	show func([]byte) string

	// look sends nothing: is the port still there?
	look bool

	// urgent is sent even before old answers have been cleared away.
	urgent bool
	// patience is how long the answer may take, if not as long as others.
	patience time.Duration
	// deaf is for what may be answered but need not: it is not waited for, and
	// cleared away before the next question.
	deaf bool
}

// line is a port with its owner.
type line struct {
	device  string
	timeout time.Duration

	asked  chan pending
	quit   chan struct{}
	ended  chan struct{}
	closed bool // by its user
}

type pending struct {
	question
	deadline time.Time
	answer   chan error
}

func newLine(device string, p port, timeout time.Duration) *line {
	l := &line{
		device:  device,
		timeout: timeout,
		asked:   make(chan pending),
		quit:    make(chan struct{}),
		ended:   make(chan struct{}),
	}
	go (&owner{port: p}).run(l)
	return l
}

// ask puts a question and waits for the answer, or for the deadline.
func (l *line) ask(q question) error {
	if q.patience == 0 {
		q.patience = l.timeout
	}
	p := pending{question: q, deadline: time.Now().Add(q.patience), answer: make(chan error, 1)}
	late := time.NewTimer(q.patience + ownersGrace)
	defer late.Stop()

	select {
	case l.asked <- p:
	case <-l.ended:
		return l.dress(q, rig.ErrGone)
	case <-late.C:
		return l.dress(q, fmt.Errorf("the port hangs: %w", noAnswer(l.timeout)))
	}
	select {
	case err := <-p.answer:
		return l.dress(q, err)
	case <-late.C:
		return l.dress(q, fmt.Errorf("the port hangs: %w", noAnswer(l.timeout)))
	}
}

// dress says of an error what was asked; nil stays nil.
func (l *line) dress(q question, err error) error {
	if err == nil {
		return nil
	}
	dressed := &Error{Device: l.device, Asked: q.asked, Sent: q.shown, Err: err}
	var bad *badAnswer
	if errors.As(err, &bad) {
		dressed.Err = bad.err
		if len(bad.got) > 0 {
			dressed.Got = q.show(bad.got)
		}
	}
	switch {
	case errors.Is(err, ErrNoAnswer):
		dressed.Advice = q.advice
	case errors.Is(err, rig.ErrGone):
		dressed.Advice = "is the cable in?"
	}
	return dressed
}

// close lets go of the port. A driver that hangs keeps it; that is told.
func (l *line) close() error {
	if l.closed {
		return nil
	}
	l.closed = true
	close(l.quit)
	select {
	case <-l.ended:
		return nil
	case <-time.After(l.timeout + ownersGrace):
		return fmt.Errorf("%s hangs and can't be closed", l.device)
	}
}

// badAnswer carries what came in place of an answer.
type badAnswer struct {
	err error
	got []byte
}

func (b *badAnswer) Error() string { return b.err.Error() }
func (b *badAnswer) Unwrap() error { return b.err }

// owner is the goroutine that has the port to itself.
type owner struct {
	port     port
	received []byte
	unsure   bool  // what arrives next may belong to an older question
	gone     error // the port is of no use any more
	idle     int   // empty reads in a row that came back at once
}

func (o *owner) run(l *line) {
	defer close(l.ended)
	defer o.port.Close()
	for {
		select {
		case p := <-l.asked:
			p.answer <- o.serve(p)
		case <-l.quit:
			return
		}
	}
}

func (o *owner) serve(p pending) error {
	if o.gone != nil {
		return o.gone
	}
	if p.look {
		return o.look()
	}
	if o.unsure && !p.urgent {
		o.listenToSilence()
	}
	o.received = o.received[:0]
	if _, err := o.port.Write(p.send); err != nil {
		o.gone = fmt.Errorf("%w: %w", rig.ErrGone, err)
		return o.gone
	}
	if p.accept == nil {
		o.unsure = o.unsure || p.deaf
		return nil
	}
	was := o.unsure
	err := o.await(p)
	o.unsure = was && p.urgent || err != nil && !errors.Is(err, rig.ErrRefused)
	return err
}

// await reads until the question is answered.
func (o *owner) await(p pending) error {
	asked := time.Now()
	for {
		for {
			message, taken := p.next(o.received)
			if taken == 0 {
				break
			}
			done, err := p.accept(message)
			if err != nil {
				return &badAnswer{err, append([]byte(nil), message...)}
			}
			o.received = o.received[taken:]
			if done {
				return nil
			}
		}
		if !time.Now().Before(p.deadline) {
			return o.nothing(time.Since(asked))
		}
		if err := o.read(); err != nil {
			return err
		}
	}
}

// nothing tells an answer that never came from one that broke off.
func (o *owner) nothing(after time.Duration) error {
	if len(o.received) > 0 {
		return &badAnswer{fmt.Errorf("%w: it breaks off", ErrGarbled), append([]byte(nil), o.received...)}
	}
	return noAnswer(after)
}

// read appends what arrives, if anything does.
func (o *owner) read() error {
	const most = 1 << 12
	if len(o.received) > most {
		return &badAnswer{fmt.Errorf("%w: noise without end", ErrGarbled), append([]byte(nil), o.received[:16]...)}
	}
	var buffer [256]byte
	began := time.Now()
	n, err := o.port.Read(buffer[:])
	o.received = append(o.received, buffer[:n]...)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		o.gone = fmt.Errorf("%w: %w", rig.ErrGone, err)
		return o.gone
	case n > 0 || time.Since(began) > readPatience/2:
		o.idle = 0
	default:
		if o.idle++; o.idle >= hungUp {
			o.gone = fmt.Errorf("%w: it has hung up", rig.ErrGone)
			return o.gone
		}
	}
	return nil
}

// listenToSilence throws away what still arrives.
func (o *owner) listenToSilence() {
	for end := time.Now().Add(longestNoise); time.Now().Before(end); {
		o.received = o.received[:0]
		if o.read() != nil || len(o.received) == 0 && o.idle == 0 {
			break
		}
	}
	o.unsure = false
}
