package audio

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// A Phase is what a live input or output is at.
type Phase uint8

const (
	Opening Phase = iota // for the first time
	Running
	Waiting // for the device to come back
	Closed
)

func (p Phase) String() string {
	switch p {
	case Opening:
		return "opening"
	case Running:
		return "running"
	case Waiting:
		return "waiting"
	default:
		return "closed"
	}
}

// A Condition is how a live input or output is doing.
type Condition struct {
	Name    string // as it was asked for
	Device  string // that is open, where Name leaves that open; else empty
	Phase   Phase
	Since   time.Time // of the phase, UTC
	Why     error     // what it waits for; nil when it does not wait
	Zeros   bool      // samples come, but for 3 s or more all of them have been exactly 0
	Lost    int64     // times that samples were lost: over-runs of an input, under-runs of an output
	Outages int       // times that it had to be opened again
}

// String is one sentence for the operator.
func (c Condition) String() string {
	name := c.Name
	if c.Device != "" {
		name = c.Device
	}
	if name == "" {
		name = "the default device"
	}
	switch {
	case c.Phase == Waiting && c.Why != nil:
		return fmt.Sprintf("waiting for %s since %s: %v", name, c.Since.UTC().Format("15:04:05Z"), c.Why)
	case c.Phase == Waiting:
		return fmt.Sprintf("waiting for %s since %s", name, c.Since.UTC().Format("15:04:05Z"))
	case c.Phase == Running && c.Zeros:
		return name + " gives nothing but zeros: " + zerosMean
	}
	return name + " is " + c.Phase.String()
}

// zerosMean is what to look at. A receiver's audio is never exactly zero.
const zerosMean = "it may be muted, be the monitor of an output that plays nothing, " +
	"or lack the permission to use the microphone (macOS: System Settings, Privacy & Security, Microphone)"

// ErrStalled means that a device takes or gives no samples though it is open:
// the sound server hangs, or the device has gone without a word.
var ErrStalled = errors.New("audio stalled")

// ErrAborted is returned by a Write that Abort ended.
var ErrAborted = errors.New("audio aborted")

// enter begins a phase, unless it has begun.
func (c *Condition) enter(p Phase) {
	if c.Phase != p {
		c.Phase, c.Since = p, time.Now().UTC()
	}
	if p != Waiting {
		c.Why = nil
	}
}

// wait begins to wait because of err. The same error over and over is no change.
func (c *Condition) wait(err error) {
	c.enter(Waiting)
	c.Zeros = false
	if c.Why == nil || c.Why.Error() != err.Error() {
		c.Why = err
	}
}

// same tells whether nothing has changed. Errors are the same when they read
// the same.
func (c Condition) same(d Condition) bool {
	if (c.Why == nil) != (d.Why == nil) || c.Why != nil && c.Why.Error() != d.Why.Error() {
		return false
	}
	c.Why, d.Why = nil, nil
	return c == d
}

// A reporter keeps a Condition, and tells about its changes.
type reporter struct {
	notify func(Condition)  // may be nil
	tally  func(*Condition) // adds what is counted elsewhere

	mu        sync.Mutex
	condition Condition
}

func newReporter(name string, notify func(Condition)) *reporter {
	return &reporter{notify: notify, condition: Condition{Name: name, Since: time.Now().UTC()}}
}

// Condition is how the input or output is doing.
func (r *reporter) Condition() Condition {
	r.mu.Lock()
	c := r.condition
	r.mu.Unlock()
	r.tally(&c)
	return c
}

func (r *reporter) change(change func(*Condition)) {
	r.mu.Lock()
	before := r.condition
	change(&r.condition)
	after := r.condition
	r.mu.Unlock()
	if !after.same(before) && r.notify != nil {
		r.notify(r.Condition())
	}
}
