package guard

import (
	"errors"
	"fmt"
	"time"

	"rtty/rig"
)

const (
	firstBackoff  = 200 * time.Millisecond
	longBackoff   = 5 * time.Second
	debtBackoff   = 500 * time.Millisecond // while the transmitter may be keyed
	mostFailures  = 3                      // unanswered reads in a row that make a link a lost one
	alivePatience = 100 * time.Millisecond // between looks at the link while keyed
	unkeyPatience = time.Second            // for a link that unkeys
	keyPatience   = 4 * time.Second        // for one that keys
	secondThought = time.Second            // until what did not answer is unkeyed once more
)

// An opening is how opening a link ended.
type opening struct {
	link rig.Link
	err  error
}

// proceed gives the link its next job, or opens one.
func (k *keeper) proceed() {
	now := time.Now()
	if k.worker == nil {
		k.reopen(now)
		return
	}
	if k.worker.busy != "" {
		return
	}
	switch {
	case k.owed != nil:
		k.worker.start(unkeyJob(), now)
	case k.over != nil:
		k.watch(now)
	case len(k.waiting) > 0:
		r := k.waiting[0]
		k.waiting = k.waiting[1:]
		k.worker.start(jobOf(r), now)
	case !k.againAt.IsZero() && now.After(k.againAt):
		k.againAt = time.Time{}
		k.worker.start(unkeyAgainJob(), now)
	case k.leaving.IsZero():
		if j, due := k.poll.next(k.worker.link, now); due {
			k.worker.start(j, now)
		}
	}
}

// watch asks while the transmitter is keyed whether the interface is still there.
func (k *keeper) watch(now time.Time) {
	w, ok := k.worker.link.(rig.Watcher)
	if !ok || now.Sub(k.over.aliveAt) < alivePatience {
		return
	}
	k.over.aliveAt = now
	k.worker.start(job{verb: doWatch, do: func(rig.Link) outcome { return outcome{err: w.Alive()} }}, now)
}

// reopen opens the link when it is time. The modem's requests that need one are
// turned down meanwhile.
func (k *keeper) reopen(now time.Time) {
	if k.config.Kind == "" || k.opening || now.Before(k.retryAt) {
		return
	}
	if !k.leaving.IsZero() && k.owed == nil && k.againAt.IsZero() {
		return
	}
	k.opening = true
	config := k.config
	go func() {
		l, err := k.openLink(config)
		select {
		case k.opened <- opening{l, err}:
		case <-k.ended:
			if l != nil {
				_ = l.Close() // nobody waits for it any more
			}
		}
	}()
}

func (k *keeper) openLink(config rig.Config) (l rig.Link, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("opening the rig: %v", r)
		}
	}()
	return k.open(config)
}

func (k *keeper) haveOpened(o opening) {
	k.opening = false
	if o.err != nil {
		k.postpone()
		k.fault(o.err.Error())
		k.doubt(o.err.Error())
		k.refuseWaiting(o.err.Error())
		return
	}
	k.worker = newWorker(o.link, k.outcomes, k.ended)
	k.failures, k.poll = 0, poll{pause: k.config.Pause}
	if k.owed == nil && !k.poll.more(o.link) { // nothing else will show that it is well
		k.recovered()
		k.publish()
		k.answerLooks()
	}
}

// recovered notes that the rig has answered.
func (k *keeper) recovered() {
	k.failures, k.backoff = 0, 0
	if k.state.Fault != "" {
		k.tell(LinkBack, "the rig answers again", false)
	}
	k.state.Connected, k.state.Fault = true, ""
}

// postpone sets the time of the next attempt at opening: at once for the first,
// then ever later.
func (k *keeper) postpone() {
	k.retryAt = time.Now().Add(k.backoff)
	longest := longBackoff
	if k.owed != nil {
		longest = debtBackoff
	}
	k.backoff = min(max(2*k.backoff, firstBackoff), longest)
}

// lose drops the link: what it still does is of no interest any more.
func (k *keeper) lose(why string) {
	if k.over != nil {
		k.owe(debt{reason: why, keyed: true})
	}
	if k.worker != nil {
		k.abandon(why)
		k.postpone()
	}
	k.fault(why)
	k.refuseWaiting(why)
}

// abandon gives up the link, with what it is doing.
func (k *keeper) abandon(why string) {
	failed := message{Seq: k.worker.job.seq, Error: why}
	switch k.worker.busy {
	case "", doUnkey:
	case doKey:
		k.owe(debt{reason: why, keyed: true, unsure: true, answers: []message{failed}})
	default:
		k.answer(failed)
	}
	k.worker.giveUp()
	k.worker = nil
}

// fault says what is wrong with the link, once.
func (k *keeper) fault(why string) {
	if k.state.Fault == "" {
		k.tell(LinkLost, why, false)
	}
	k.state.Connected, k.state.Fault = false, why
	k.publish()
}

// doubt says, once, that the transmitter may still be keyed.
func (k *keeper) doubt(why string) {
	if k.owed == nil || k.owed.doubted != "" || !k.owed.keyed {
		return
	}
	k.owed.doubted = why
	k.tell(Doubt, why, false)
	k.publish()
	for _, m := range k.owed.answers {
		m.Error = why
		k.answer(m)
	}
	k.owed.answers = nil
}

// finish takes the outcome of a job.
func (k *keeper) finish(out outcome) {
	if out.by != k.worker {
		return // of a link that was given up
	}
	k.worker.busy = ""
	switch out.job.verb {
	case doKey:
		k.haveKeyed(out)
	case doUnkey:
		k.haveUnkeyed(out)
	case doWatch:
		k.haveWatched(out)
	default:
		k.haveDone(out)
	}
}

// haveKeyed begins an over, or makes sure that none begins.
func (k *keeper) haveKeyed(out outcome) {
	now := time.Now()
	switch {
	case out.err != nil:
		gone := errors.Is(out.err, rig.ErrGone)
		failed := message{Seq: out.job.seq}.withError(out.err)
		k.owe(debt{reason: "keying failed", keyed: !errors.Is(out.err, rig.ErrRefused), unsure: gone, answers: []message{failed}})
		if gone {
			k.lose(out.err.Error())
		}
	case k.owed != nil: // it was to be unkeyed before it was keyed
		k.owed.keyed = true
		k.tell(KeyDown, "keyed", out.confirmed)
		k.owed.answers = append(k.owed.answers, message{Seq: out.job.seq, Error: "not keyed: " + k.owed.reason})
	default:
		k.againAt = time.Time{}
		k.over = &over{limit: out.job.limit, started: now, beat: now}
		k.state.Keyed, k.state.Confirmed = true, out.confirmed
		k.tell(KeyDown, "keyed", out.confirmed)
		k.publish()
		k.answer(message{Seq: out.job.seq})
	}
}

// haveUnkeyed pays the debt, or tries again on a fresh link.
func (k *keeper) haveUnkeyed(out outcome) {
	d := k.owed
	if out.err != nil && (d.keyed || !errors.Is(out.err, rig.ErrRefused)) {
		if d.tries++; d.tries > 1 {
			k.doubt(out.err.Error())
		}
		k.lose(out.err.Error())
		return
	}
	k.owed = nil
	if d.tries > 0 || d.unsure {
		// Somewhere between here and the rig there may be a command to key that
		// was held up, and arrives after the one to unkey that took another way.
		k.againAt = time.Now().Add(secondThought)
	}
	k.recovered()
	k.state.Keyed, k.state.Confirmed = false, out.confirmed
	if d.keyed {
		k.tell(KeyUp, d.reason, out.confirmed)
	}
	k.publish()
	for _, m := range d.answers {
		k.answer(m)
	}
}

// haveWatched ends an over that can't go on.
func (k *keeper) haveWatched(out outcome) {
	switch {
	case out.err == nil, errors.Is(out.err, rig.ErrUnsupported):
	case errors.Is(out.err, rig.ErrGone):
		k.lose(out.err.Error())
	default:
		k.release(out.err.Error())
	}
}

// haveDone takes the outcome of what does not concern the key.
func (k *keeper) haveDone(out outcome) {
	k.answer(message{Seq: out.job.seq, Hz: out.hz}.withError(out.err))
	switch {
	case out.err == nil:
		k.recovered()
		if out.update != nil {
			out.update(&k.state)
		}
	case errors.Is(out.err, rig.ErrUnsupported): // which is an answer too
		k.recovered()
		k.poll.leaveOut(out.job.verb)
	case out.job.seq == 0:
		k.failures++
	}
	switch {
	case errors.Is(out.err, rig.ErrGone) || k.failures >= mostFailures:
		k.lose(out.err.Error())
	case out.job.seq == 0 && out.job.verb != doUnkeyAgain && !k.poll.more(out.by.link):
		k.poll.rest(time.Now())
		k.publish()
		k.answerLooks()
	}
}
