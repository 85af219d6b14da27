package modem

import "rtty/baudot"

// A CodeStream decides what goes out when, for transmitters that make their
// elements themselves: a transceiver in its own FSK mode, a keyer. It fills the
// pauses of a Feed with diddles, as a [Transmitter] does, and repeats FIGS where
// a diddle has spoiled it.
type CodeStream struct{ script script }

// A Slot is what a CodeStream wants sent next.
type Slot uint8

const (
	SlotFeed  Slot = iota // a code of the feed
	SlotOwn               // a code that the stream adds
	SlotRest              // a unit of mark
	SlotClose             // the feed has ended
)

// NewCodeStream begins the transmission of what feed gives to receivers that
// unshift on space or don't, after so many diddles.
func NewCodeStream(feed Feed, diddle Diddle, preamble int, usos bool) *CodeStream {
	s := &CodeStream{script{diddle: diddle, preamble: preamble, usos: usos}}
	s.script.begin(feed)
	s.script.lead = 0 // whoever keys has the contact at mark already
	return s
}

// Next is what to send after what was asked for before; the code counts with
// SlotFeed and SlotOwn.
func (s *CodeStream) Next() (baudot.Code, Slot) {
	what, code := s.script.next()
	switch what {
	case slotChar:
		return code, SlotFeed
	case slotOwn:
		return code, SlotOwn
	case slotClose:
		return 0, SlotClose
	}
	return 0, SlotRest
}
