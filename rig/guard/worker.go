package guard

import (
	"fmt"
	"time"

	"rtty/rig"
)

// An Opener opens the link that a configuration names.
type Opener func(rig.Config) (rig.Link, error)

// A worker owns one link and does one job at a time with it. A link may hang; the
// worker is then given up, and closes it when it comes back.
type worker struct {
	link   rig.Link
	jobs   chan job
	closed chan struct{} // closed when the link is

	busy    verb // what it does; empty: nothing
	job     job  // that it does or did last
	started time.Time
}

// A job is something to do with a link.
type job struct {
	verb  verb
	seq   uint64        // of the request, 0 when the guard itself wants it
	limit time.Duration // of the over that keying begins
	do    func(rig.Link) outcome
}

// An outcome is how a job ended.
type outcome struct {
	by        *worker
	job       job
	err       error
	confirmed bool
	hz        float64
	update    func(*rig.State) // what was read; may be nil
}

// newWorker is a worker that tells outcomes how its jobs end, until ended is
// closed.
func newWorker(l rig.Link, outcomes chan<- outcome, ended <-chan struct{}) *worker {
	w := &worker{link: l, jobs: make(chan job, 1), closed: make(chan struct{})}
	go w.work(outcomes, ended)
	return w
}

func (w *worker) work(outcomes chan<- outcome, ended <-chan struct{}) {
	keyed := false // as far as this link knows
	for j := range w.jobs {
		keyed = keyed || j.verb == doKey
		out := perform(w.link, j)
		out.by, out.job = w, j
		keyed = keyed && (j.verb != doUnkey || out.err != nil)
		select {
		case outcomes <- out:
		case <-ended:
		}
	}
	// It was given up, or all is done. If it was given up because it hung, it may
	// have keyed after another link had unkeyed.
	if keyed {
		_ = perform(w.link, unkeyJob()) // what can be done is done by the other link
	}
	_ = w.link.Close()
	close(w.closed)
}

// perform does a job, and survives a link that panics: an unexpected reply must
// not take down what holds the key.
func perform(l rig.Link, j job) (out outcome) {
	defer func() {
		if r := recover(); r != nil {
			out = outcome{err: fmt.Errorf("%w: %v", rig.ErrGone, r)}
		}
	}()
	return j.do(l)
}

// start gives the worker a job. It must not be busy.
func (w *worker) start(j job, now time.Time) {
	w.busy, w.job, w.started = j.verb, j, now
	w.jobs <- j
}

// giveUp lets go of the link as soon as its present job is done.
func (w *worker) giveUp() { close(w.jobs) }

// wait waits until the link is closed, but not for ever.
func (w *worker) wait(patience time.Duration) {
	select {
	case <-w.closed:
	case <-time.After(patience):
	}
}
