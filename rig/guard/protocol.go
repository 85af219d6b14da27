package guard

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"time"

	"rtty/rig"
)

// The modem and its guard exchange JSON objects, one a line. Whatever the guard
// sends shows that it is well; while it has nothing to say it sends empty objects.

// A request is what the modem asks of the guard. Those with a number are answered.
type request struct {
	Seq    uint64        `json:"seq,omitempty"`
	Do     verb          `json:"do"`
	Config *rig.Config   `json:"config,omitempty"` // open
	Lent   string        `json:"lent,omitempty"`   // open: the name of the port whose file comes with this guard
	Owed   string        `json:"owed,omitempty"`   // open: unkey first, for this reason
	Limit  time.Duration `json:"limit,omitempty"`  // key: longest over
	Reason string        `json:"reason,omitempty"` // unkey
	Hz     float64       `json:"hz,omitempty"`     // tune
	Mode   *rig.Mode     `json:"mode,omitempty"`   // mode
}

type verb string

const (
	doOpen     verb = "open" // the first request of all
	doKey      verb = "key"
	doUnkey    verb = "unkey"
	doBeat     verb = "beat" // sound is being sent
	doTune     verb = "tune"
	doMode     verb = "mode"
	doTransmit verb = "transmit" // read the transmit frequency
	doLook     verb = "look"     // answered when the state has been read once

	// what the guard does by itself
	doWatch      verb = "watch" // that the interface is there
	doUnkeyAgain verb = "unkey again"
	doFrequency  verb = "frequency"
	doStrength   verb = "strength"
)

// A message is what the guard tells the modem: the answer to a request, an event,
// or the state of the rig.
type message struct {
	Seq         uint64     `json:"seq,omitempty"`
	Error       string     `json:"error,omitempty"`
	Unsupported bool       `json:"unsupported,omitempty"` // Error is rig.ErrUnsupported
	Hz          float64    `json:"hz,omitempty"`          // transmit
	Event       *Event     `json:"event,omitempty"`
	State       *rig.State `json:"state,omitempty"`
}

// withError is the message with the error in it.
func (m message) withError(err error) message {
	if err != nil {
		m.Error, m.Unsupported = err.Error(), errors.Is(err, rig.ErrUnsupported)
	}
	return m
}

// receive reads what the other side says until that has ended or can't be
// understood, which is the end of it too; or until nobody listens any more.
func receive[T request | message](in io.Reader, out chan<- T, deaf <-chan struct{}) {
	defer close(out)
	lines := json.NewDecoder(bufio.NewReader(in))
	for {
		var one T
		if err := lines.Decode(&one); err != nil {
			return
		}
		select {
		case out <- one:
		case <-deaf:
			return
		}
	}
}

// EventKind says what happened.
type EventKind string

const (
	KeyDown   EventKind = "key-down"
	KeyUp     EventKind = "key-up"
	LinkLost  EventKind = "link-lost"
	LinkBack  EventKind = "link-back"
	Doubt     EventKind = "doubt" // the rig may still be keyed; Reason is why nothing could unkey it so far
	GuardLost EventKind = "guard-lost"
	GuardBack EventKind = "guard-back"
)

// An Event is something the operator and the journal have to know.
type Event struct {
	At        time.Time `json:"at"` // UTC
	Kind      EventKind `json:"kind"`
	Reason    string    `json:"reason"`              // one sentence or part of one: why
	Confirmed bool      `json:"confirmed,omitempty"` // KeyDown, KeyUp: PTT was read back
}
