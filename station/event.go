package station

import (
	"time"

	"rtty/modem"
)

// EventKind says what happened.
type EventKind uint8

const (
	Received  EventKind = iota // final characters, in Chars
	Sent                       // characters that went on the air, in Text, at their air time
	Past                       // a stretch of what was sent before, in Chars, from Begin to End
	Notice                     // a sentence for the operator, in Text
	Alarm                      // the same, demanding action
	KeyDown                    // the transmitter was keyed; Text is the reason
	KeyUp                      // and let go
	Tuned                      // it is listened elsewhere, to Signal; Moved tells whether to another station
	CallHeard                  // a call was read, in Text
)

// heard tells whether an event is about what was received. The transceiver's dial
// tells nothing of where that was when it comes from a recording.
func (k EventKind) heard() bool {
	return k == Received || k == Past || k == Tuned || k == CallHeard
}

// An Event is something that happened at the operating position, for the
// screen, the journal and other programs. It is immutable.
type Event struct {
	Seq      int64 // counts all events without gap
	Kind     EventKind
	At       time.Time // UTC: of the air for characters, of the happening for others
	Origin   Origin
	Receiver int     // number of the receiver, 0 being the main one
	MarkHz   float64 // radio frequency of mark; 0 when not known

	Text   string
	Chars  []modem.Char
	Signal modem.Signal
	Begin  time.Time // Past: the stretch; Newest tells that it begins a new series
	End    time.Time
	Newest bool
	Moved  bool
}

// OverFailed begins the text of the Alarm about an over that could not be sent to
// its end, or not at all; the reason follows.
const OverFailed = "transmission ended: "

// eventsKept is how many events a slow listener may be behind before it misses
// some. An hour of copy is some 25,000 characters.
const eventsKept = 1 << 14

// history keeps the last events. Its user holds the lock.
type history struct {
	events [eventsKept]Event
	next   int64 // Seq of the next event
}

func (h *history) add(e Event) Event {
	e.Seq = h.next
	h.events[e.Seq%eventsKept] = e
	h.next++
	return e
}

// since gives the events from a number on, or the oldest that are kept.
func (h *history) since(seq int64) []Event {
	seq = max(seq, h.next-eventsKept, 0)
	if seq >= h.next {
		return nil
	}
	events := make([]Event, 0, h.next-seq)
	for ; seq < h.next; seq++ {
		events = append(events, h.events[seq%eventsKept])
	}
	return events
}
