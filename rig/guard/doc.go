// Package guard keeps the key of a transmitter in a process of its own, which
// lets go when the modem falls silent.
//
// A modem can die while it transmits (kill -9, out of memory), and it can stop
// without dying (Ctrl-Z, a debugger, a blocked terminal). It can't unkey then, so
// it must not hold the key. A guard holds it: the same binary, started as a hidden
// command, in a session of its own so that what the terminal does to the modem
// does not reach it. The guard alone has the [rig.Link]. It keys when it is asked
// and unkeys
//
//   - when it is asked,
//   - when no beat of the loop that feeds the transmitter with sound came for
//     [Silence],
//   - when the pipe to the modem closes, which is what the death of a process
//     looks like from outside,
//   - when the longest time that this over may take has passed,
//   - when the link to the rig reports that it is gone,
//   - when it is told to end.
//
// Unkeying is tried until it is done: on the link that keyed, and when that fails,
// or hangs, on a fresh one, again and again. Keying is tried once.
//
// The guard may fail too. Each side knows from the other's beats that it is well:
// a [Client] whose guard is silent for [Silence] reports [GuardLost], ends that
// process and starts another, which unkeys before it does anything else.
//
// Where the link itself is dead nobody can unkey. Then the client reports [Doubt],
// the sound must stop, and the first thing that is sent when the link is back is
// to unkey.
package guard

import "time"

const (
	// Silence is how long one side may be silent until the other acts.
	Silence = 500 * time.Millisecond

	// DefaultLimit is the longest over when the modem sets no limit: a little more
	// than the ten minutes after which a station must identify.
	DefaultLimit = 10*time.Minute + 30*time.Second
)
