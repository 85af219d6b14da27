package guard

import (
	"context"
	"io"
	"os"
	"time"

	"rtty/rig"
)

const (
	lookEvery   = 25 * time.Millisecond  // at the clock
	beatEvery   = 100 * time.Millisecond // each side, so that the other knows
	jobPatience = 250 * time.Millisecond // for a job that unkeying waits for
	flushing    = time.Second            // for the last words to a modem that has stopped reading
	lastEffort  = 10 * time.Minute       // for unkeying, when the modem is gone and the link too
)

// Serve is the guard: it reads requests from in and writes messages to out until
// in ends or ctx does, and then until the transmitter is known to be unkeyed, or
// ten minutes have passed in vain.
func Serve(ctx context.Context, in io.Reader, out io.Writer, open Opener) {
	serve(ctx, in, out, open, nil)
}

// serve is Serve for a guard that can be lent the file of a serial port.
func serve(ctx context.Context, in io.Reader, out io.Writer, open Opener, lent func(name string) *os.File) {
	ended := make(chan struct{})
	k := &keeper{
		open:     open,
		lent:     lent,
		out:      newOutbox(out),
		outcomes: make(chan outcome),
		opened:   make(chan opening),
		ended:    ended,
		requests: make(chan request, 64),
	}
	go receive(in, k.requests, ended)
	k.run(ctx)
	close(ended)
	if k.worker != nil {
		k.worker.giveUp()
		k.worker.wait(flushing)
	}
	k.out.Close()
	select {
	case <-k.out.done:
	case <-time.After(flushing):
	}
}

// A keeper is the guard's one goroutine that decides. Everything that can block is
// done by others, who report to it.
type keeper struct {
	// configuration
	open   Opener
	lent   func(name string) *os.File // gives the file of a port that the modem has opened
	config rig.Config

	// ways in and out
	requests chan request
	out      *outbox
	outcomes chan outcome
	opened   chan opening
	ended    <-chan struct{}

	// state of the link
	worker   *worker // nil: no link
	opening  bool
	retryAt  time.Time
	backoff  time.Duration
	failures int // answers in a row that did not come
	state    rig.State
	poll     poll

	// state of the key
	over    *over
	owed    *debt
	againAt time.Time // when to unkey once more to be sure; zero: no need
	waiting []request // that need the link
	looks   []uint64  // requests that wait for a reading of the state

	leaving time.Time // when the modem went; zero: it is there
	beatAt  time.Time // when the last sign of life was sent
}

// An over is the time while the transmitter is keyed.
type over struct {
	limit   time.Duration
	started time.Time
	beat    time.Time // when the modem last showed that it feeds the transmitter
	missed  int       // looks in a row that found the beat too old
	aliveAt time.Time // when the link was last asked whether it is there
}

// A debt is an unkeying that has to be done.
type debt struct {
	reason  string
	keyed   bool // the transmitter was, or may have been
	since   time.Time
	tries   int       // that failed
	unsure  bool      // a command to key was not answered
	doubted string    // why it may be keyed, once that has been said
	answers []message // to requests that wait for it
}

func (k *keeper) run(ctx context.Context) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	requests, told := k.requests, ctx.Done()
	for {
		select {
		case r, ok := <-requests:
			if !ok {
				requests = nil
				k.leave("the modem is gone")
				break
			}
			k.take(r)
		case <-told:
			told = nil
			k.leave("the guard was told to end")
		case o := <-k.opened:
			k.haveOpened(o)
		case out := <-k.outcomes:
			k.finish(out)
		case <-ticker.C:
			k.look()
		}
		if k.mayLeave() {
			return
		}
		k.proceed()
	}
}

// leave lets go of the transmitter for good.
func (k *keeper) leave(why string) {
	if k.leaving.IsZero() {
		k.leaving = time.Now()
	}
	k.release(why)
	k.refuseWaiting(why)
}

func (k *keeper) mayLeave() bool {
	switch {
	case k.leaving.IsZero():
		return false
	case time.Since(k.leaving) > lastEffort:
		return true
	}
	return k.owed == nil && k.againAt.IsZero() && !k.working(doKey) && !k.working(doUnkeyAgain)
}

// working tells whether the link is busy with that.
func (k *keeper) working(v verb) bool { return k.worker != nil && k.worker.busy == v }

// look is what has to be done as time passes.
func (k *keeper) look() {
	now := time.Now()
	if now.Sub(k.beatAt) >= beatEvery {
		k.beatAt = now
		k.out.Beat(message{})
	}
	k.lookAtOver(now)
	k.lookAtDebt(now)
}

// lookAtOver ends an over whose modem has gone quiet or that takes too long. The
// beat has to be too old in two looks: when the guard itself was held up, beats lie
// unread in the pipe and are read between the two.
func (k *keeper) lookAtOver(now time.Time) {
	if k.over == nil {
		return
	}
	if now.Sub(k.over.beat) < Silence-lookEvery {
		k.over.missed = 0
	} else {
		k.over.missed++
	}
	switch {
	case k.over.missed >= 2:
		k.release("the modem stopped feeding the transmitter")
	case now.Sub(k.over.started) >= k.over.limit:
		k.release("the longest over, " + k.over.limit.String() + ", has passed")
	}
}

// lookAtDebt gives up a link that is too slow to key or to unkey, or that does
// something else for too long while it should unkey.
func (k *keeper) lookAtDebt(now time.Time) {
	if k.working(doKey) && now.Sub(k.worker.started) >= keyPatience {
		k.release("the rig took too long to key")
	}
	if k.owed == nil {
		return
	}
	if now.Sub(k.owed.since) >= Silence {
		k.doubt("it has not answered yet")
	}
	if k.worker == nil || k.worker.busy == "" {
		return
	}
	patience := unkeyPatience
	since := k.worker.started
	if !k.working(doUnkey) {
		patience, since = jobPatience, k.owed.since
	}
	if now.Sub(since) >= patience {
		k.lose("the rig does not answer")
	}
}

// release makes sure that the transmitter gets unkeyed, for that reason.
func (k *keeper) release(why string) {
	keyed := k.over != nil
	if !keyed && !k.working(doKey) {
		return
	}
	k.owe(debt{reason: why, keyed: keyed})
}

// owe notes that the transmitter has to be unkeyed.
func (k *keeper) owe(d debt) {
	k.over = nil
	k.state.Keyed = false
	if k.owed != nil {
		k.owed.keyed = k.owed.keyed || d.keyed
		k.owed.unsure = k.owed.unsure || d.unsure
		k.owed.answers = append(k.owed.answers, d.answers...)
		return
	}
	d.since = time.Now()
	k.owed = &d
}

// tell reports an event.
func (k *keeper) tell(kind EventKind, reason string, confirmed bool) {
	k.out.Send(message{Event: &Event{At: time.Now().UTC(), Kind: kind, Reason: reason, Confirmed: confirmed}})
}

// publish tells the modem the state of the rig.
func (k *keeper) publish() {
	k.state.At = time.Now().UTC()
	k.state.Doubtful = k.owed != nil && k.owed.doubted != ""
	state := k.state
	k.out.Send(message{State: &state})
}
