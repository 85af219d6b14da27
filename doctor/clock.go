package doctor

import (
	"context"
	"errors"
	"time"
)

// Clock is what the system says of its clock.
type Clock struct {
	Synchronised bool          // with other clocks, over the network or by a receiver
	Error        time.Duration // what it may be off at the most
}

// errNoClock is that the system does not say.
var errNoClock = errors.New("this system does not tell")

// Logs are compared to the minute, and stations that identify must do so by the
// clock; half a second is much better than that needs.
const clockGood = 500 * time.Millisecond

// clock tells whether the times in logs can be trusted.
func (c *Checkup) clock(_ context.Context, r reporter) {
	clock, err := c.Clock()
	switch {
	case err != nil:
		r.say(Note, "whether the clock is right is not known (%v): compare it with a time signal, since logs need UTC to the minute", err)
	case !clock.Synchronised:
		r.say(Warning, "nothing keeps the clock right: turn on time synchronisation (systemd-timesyncd or chrony), since logs need UTC to the minute")
	case clock.Error > clockGood:
		r.say(Note, "the clock is synchronised, but may be off by %.1f s: that is enough for logs, and a nearer time server would better it", clock.Error.Seconds())
	default:
		r.say(OK, "the clock is synchronised, to better than %d ms", clock.Error.Milliseconds()+1)
	}
}
