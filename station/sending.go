package station

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"rtty/modem"
)

// Sequence holds the times between the key and the sound; a negative one is none.
type Sequence struct {
	Lead time.Duration // from key-down to the first sound; 0: 150 ms
	Tail time.Duration // from the last sound to key-up; 0: 50 ms
}

const usualTail = 50 * time.Millisecond

func (s Sequence) withDefaults() Sequence {
	if s.Lead == 0 {
		s.Lead = 150 * time.Millisecond
	}
	if s.Tail == 0 {
		s.Tail = usualTail
	}
	return Sequence{Lead: max(s.Lead, 0), Tail: max(s.Tail, 0)}
}

// stopped is why an over ends before its time.
type stopped struct{ reason string }

func (s stopped) Error() string { return s.reason }

// longestOver is what the guard of the transmitter allows an over to last,
// whatever happens here: a little more than the rules do.
const longestOver = identEvery + 30*time.Second

// showTime is how often a running over is shown.
const showTime = 100 * time.Millisecond

// order is an over that somebody wants.
type order struct {
	source Source
	signal modem.Signal
	hold   bool          // an empty queue is a pause
	end    bool          // back to receive when all is sent, also if an over was held before
	morse  bool          // the own call in Morse code at the end
	steady modem.Feed    // in the place of the queue; nil for the queue
	rest   bool          // steady is mark
	most   time.Duration // that steady lasts

	prepared string // what a key has put into the queue and can put there again

	ctx  context.Context // done when the over is to end, its cause says why
	over *over
}

// sending is the transmitting side: one goroutine that keys, sends and lets go.
type sending struct {
	// configuration
	board    *board
	queue    *queue
	exciter  Exciter
	key      Transceiver
	sequence Sequence
	limits   Limits
	cw       CWID
	mute     func(bool) // of the receiving side
	permit   func(context.Context, modem.Signal) error
	wasSent  func(text, left string) // told what an over consisted of, and what waits
	whyLetGo func() string           // why the guard let go of the key; empty when it does not say

	// shared
	orders  chan order
	mu      sync.Mutex
	present order                   // that runs or is about to; without an over while receiving
	cancel  context.CancelCauseFunc // ends it
	again   *order                  // wanted when the present one has ended
	timer   timer
	ident   ident

	// state of the over
	begun    int64 // codes on the air
	aired    int   // characters echoed
	complete int   // characters known to have been sent completely
	signed   bool  // the own call was handed over in Morse code
	shown    time.Time
}

// Begin asks for an over; one that runs goes on with what is added to it.
func (t *sending) Begin(o order) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, running := t.board.clock(), t.present.over
	switch {
	case running == nil:
		t.begin(o, at)
	case o.steady != nil:
		return errors.New("already transmitting; stop first")
	case running.closed.Load() || t.present.ctx.Err() != nil:
		t.again = &o
	case t.present.steady != nil:
		return errors.New("a carrier is on the air; stop it first")
	default:
		t.join(running, o, at)
	}
	return nil
}

// join makes an order part of the over that runs. Its user holds the lock.
func (t *sending) join(running *over, o order, at time.Time) {
	switch {
	case o.hold:
		running.hold.Store(true)
		running.ending.Store(false)
	case o.end:
		running.ending.Store(true)
	}
	running.morse.Store(running.morse.Load() || o.morse)
	if o.source == Keyboard {
		t.timer.Key(at)
	}
	t.present.prepared += o.prepared
}

// begin hands an order to the goroutine, which is idle. Its user holds the lock.
func (t *sending) begin(o order, at time.Time) {
	o.ctx, t.cancel = context.WithCancelCause(context.Background())
	o.over = newOver(t.queue, o.signal, o.hold)
	o.over.morse.Store(o.morse || t.cw.When == CWAfterOver && o.steady == nil)
	t.present = o
	t.timer = timer{limits: t.limits, source: o.source, lastKey: at}
	t.arrangeIdent(o)
	t.orders <- o
}

// arrangeIdent has the own call sent when it is due.
func (t *sending) arrangeIdent(o order) {
	if t.ident.call == "" {
		return
	}
	per := time.Duration(o.signal.CharSeconds() * float64(time.Second))
	opening := true
	o.over.insert = func() string {
		t.mu.Lock()
		defer t.mu.Unlock()
		now, text := t.board.clock(), t.queue.Runes()
		if opening {
			opening = false
			return t.ident.Opening(now, t.timer.Left(now), text, per)
		}
		return t.ident.Running(now, o.over.BetweenWords(), text, per)
	}
	o.over.closing = func() string {
		t.mu.Lock()
		defer t.mu.Unlock()
		return t.ident.Closing(o.over.text)
	}
}

// Key tells that the operator has pressed a key.
func (t *sending) Key() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.timer.Key(t.board.clock())
}

// EndWhenSent ends the over when the queue is empty.
func (t *sending) EndWhenSent() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.present.over != nil {
		t.present.over.ending.Store(true)
	}
}

// SetCall says which call identifies.
func (t *sending) SetCall(call string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ident.call = call
}

// identState is what screens show of identification.
func (t *sending) identState() ID {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ident.State(t.board.clock())
}

// Stop ends the over at once.
func (t *sending) Stop(reason string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.again = nil
	if t.cancel != nil {
		t.cancel(stopped{reason})
	}
}

// run sends what is ordered until ctx ends; an over that is on the air then is ended.
func (t *sending) run(ctx context.Context) {
	defer context.AfterFunc(ctx, func() { t.Stop("the program ends") })()
	for {
		select {
		case <-ctx.Done():
			return
		case o := <-t.orders:
			if ctx.Err() != nil { // given after the Stop at the end, which it outlived
				return
			}
			t.transmit(o)
		}
	}
}

// transmit is one over from key-down to key-up.
func (t *sending) transmit(o order) {
	t.begun, t.aired, t.complete, t.signed = 0, 0, 0, false
	t.phase(Keying)
	t.mute(true)
	err := t.emit(o)
	t.mute(false)
	if err != nil || o.ctx.Err() != nil { // what had been handed over went no further
		t.queue.PutBack(o.over.Unsent(t.aired))
	}
	if o.ctx.Err() != nil {
		t.dropPrepared()
	}
	t.wasSent(string(o.over.Aired(t.begun)), string(t.queue.Runes()))
	t.finish(o)
	t.phase(Receiving)
	if reason := (stopped{}); err != nil && !errors.As(err, &reason) {
		t.board.post(Event{Kind: Alarm, Text: OverFailed + err.Error()})
	}
}

// dropPrepared throws away what an over that was stopped has left of prepared
// messages: it would go out before the next one.
func (t *sending) dropPrepared() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue.DropRest(t.present.prepared)
}

// finish makes room for the next over.
func (t *sending) finish(o order) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cancel(nil)
	t.present, t.cancel = order{}, nil
	if again := t.again; again != nil {
		t.again = nil
		t.begin(*again, t.board.clock())
	}
}

// emit keys, sends and lets go, whatever happens in between.
func (t *sending) emit(o order) (err error) {
	if err := t.permit(o.ctx, o.signal); err != nil {
		if cause := context.Cause(o.ctx); cause != nil { // asking the rig was broken off
			return cause
		}
		return err
	}
	if err := t.exciter.Begin(emission(o)); err != nil {
		return err
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("internal fault: %v\n%s", fault, debug.Stack())
		}
		if err != nil {
			t.exciter.Abort()
		}
		t.unkey(why(o, err))
	}()
	if err := t.key.Key(o.ctx, longestOver); err != nil {
		if cause := context.Cause(o.ctx); cause != nil {
			return cause
		}
		return fmt.Errorf("keying: %w", err)
	}
	t.keyed(o)
	if err := t.exciter.Lead(t.sequence.Lead, func() error { return t.going(o) }); err != nil {
		return err
	}
	t.phase(Sending)
	if err := t.send(o); err != nil {
		return err
	}
	t.phase(Ending)
	t.key.Beat()
	if err := t.exciter.Finish(); err != nil {
		return err
	}
	t.echo(o)
	t.signOff(o)
	t.tail(o)
	return nil
}

// going keeps the key down while nothing is handed over; its error is why the
// over is to end.
func (t *sending) going(o order) error {
	t.key.Beat()
	return context.Cause(o.ctx)
}

// tail lets the last sound leave the transmitter. Who wants to stop need not wait
// for longer than is usual.
func (t *sending) tail(o order) {
	began := time.Now()
	_ = pause(t.sequence.Tail, func() error { // whether all of it has passed makes no difference
		if err := t.going(o); time.Since(began) >= usualTail {
			return err
		}
		return nil
	})
}

func emission(o order) Emission {
	if o.steady != nil {
		return Emission{Signal: o.signal, Feed: o.steady, Rest: o.rest}
	}
	return Emission{Signal: o.signal, Feed: o.over}
}

// why is the reason that stands in the journal with the key-up.
func why(o order, err error) string {
	cause := context.Cause(o.ctx)
	switch {
	case err != nil:
		return err.Error()
	case cause != nil:
		return cause.Error()
	}
	return "all sent"
}

func (t *sending) keyed(o order) {
	now := t.board.clock()
	t.mu.Lock()
	t.ident.Keyed(now)
	t.mu.Unlock()
	t.board.post(Event{Kind: KeyDown, Text: string(o.source), Signal: o.signal})
	t.board.set(func(s *Snapshot) { s.Transmit.Since, s.Transmit.Over = now, "" })
}

// send hands over sound until the over ends.
func (t *sending) send(o order) error {
	began, stopping := t.board.clock(), false
	for {
		if o.ctx.Err() != nil && !stopping {
			stopping = true
			t.exciter.Stop()
		}
		err := t.exciter.Step()
		t.key.Beat()
		t.echo(o)
		switch {
		case err == io.EOF:
			if more, err := t.sign(o); !more {
				return err
			}
		case err != nil:
			return err
		}
		if state := t.key.State(); !state.Keyed {
			return &letGoError{state.Fault, t.whyLetGo}
		}
		t.watch(o, began)
	}
}

// A letGoError ends an over whose key somebody else let go of. The reason may
// come a moment later than the fact, on which the sound has to stop.
type letGoError struct {
	fault string        // of the link to the rig
	why   func() string // as far as the guard has told
}

func (e *letGoError) Error() string {
	for _, reason := range []string{e.fault, e.why()} {
		if reason != "" {
			return "the transmitter was let go: " + reason
		}
	}
	return "the transmitter was let go: the rig does not say why"
}

// watch holds the over to its limits, and shows it.
func (t *sending) watch(o order, began time.Time) {
	now := t.board.clock()
	waiting := t.queue.Len()
	t.mu.Lock()
	left, idle := t.timer.Left(now), t.timer.Queue(waiting, now)
	warn := left < WarnBefore && !t.timer.warned
	t.timer.warned = t.timer.warned || warn
	id := t.ident.State(now)
	t.mu.Unlock()
	switch {
	case o.ctx.Err() != nil: // it is ending already
	case o.steady != nil && now.Sub(began) >= o.most:
		t.Stop("carrier ended")
	case o.steady == nil && left <= 0:
		t.Stop("time-out timer")
		t.board.post(Event{Kind: Alarm, Text: "time-out timer: back to receive; any key extends it while sending"})
	case o.steady == nil && warn:
		t.board.notice(fmt.Sprintf("time-out in %.0f s, any key extends it", left.Seconds()))
	case o.steady == nil && idle <= 0:
		t.EndWhenSent()
	}
	if now.Sub(t.shown) < showTime {
		return
	}
	t.shown = now
	t.board.set(func(s *Snapshot) {
		x := &s.Transmit
		x.Left, x.Idle, x.ID = left, idle, id
		x.Diddling, x.Hold = waiting == 0, o.over.hold.Load() && !o.over.ending.Load()
		x.Queue = t.queue.Runes()
	})
}

// echo tells what has gone on the air.
func (t *sending) echo(o order) {
	if o.steady != nil {
		return
	}
	begun, complete := t.exciter.Aired()
	t.begun = begun
	if text := o.over.Aired(begun); len(text) > t.aired {
		t.board.post(Event{Kind: Sent, Text: string(text[t.aired:]), Signal: o.signal})
		t.aired = len(text)
		t.board.set(func(s *Snapshot) { s.Transmit.Over, s.Transmit.Queue = string(text), t.queue.Runes() })
	}
	text := o.over.Aired(complete)
	if len(text) <= t.complete {
		return
	}
	now := t.board.clock()
	t.mu.Lock()
	for _, r := range text[t.complete:] {
		t.ident.Complete(r, now)
	}
	t.mu.Unlock()
	t.complete = len(text)
}

// unkey lets go, and says so until it is believed.
func (t *sending) unkey(reason string) {
	err := t.key.Unkey(reason)
	now := t.board.clock()
	t.mu.Lock()
	t.ident.Unkeyed(now)
	id := t.ident.State(now)
	t.mu.Unlock()
	t.board.post(Event{Kind: KeyUp, Text: reason})
	alarm := ""
	if err != nil {
		alarm = "the rig may still be keyed: " + err.Error()
		t.board.post(Event{Kind: Alarm, Text: alarm})
	}
	t.board.set(func(s *Snapshot) {
		s.Rig.Alarm = alarm
		s.Transmit.ID, s.Transmit.Since, s.Transmit.Left, s.Transmit.Diddling = id, time.Time{}, 0, false
	})
}

func (t *sending) phase(p Phase) { t.board.set(func(s *Snapshot) { s.Transmit.Phase = p }) }
