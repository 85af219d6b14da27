package modem

import "rtty/baudot"

// Steady mark around a transmission, in units. A receiver that starts on a
// start bit must have seen mark for longer than any mark inside a character;
// the end leaves the last stop bit whole in filters that look around it.
const (
	leadUnits = 8
	tailUnits = 3
)

// A slot is what fills the time until the next decision.
type slot uint8

const (
	slotChar  slot = iota // a code of the feed
	slotOwn               // a code that the transmitter adds
	slotRest              // one unit of mark
	slotClose             // the text is over: rest for good
)

// A script decides what each slot holds: mark, diddles, then the feed.
//
// It also keeps its own LTRS diddles from changing what the feed's codes mean:
// when one has gone out among figures, FIGS goes out again before the next code
// that needs it.
type script struct {
	diddle   Diddle
	preamble int
	usos     bool

	feed    Feed
	lead    int // units of mark still to come
	opening int // diddles still to come before the feed is asked
	closed  bool

	figures bool // the feed's codes are meant in figures
	spoiled bool // receivers are in letters in spite of that
	held    baudot.Code
	holding bool // held waits for FIGS to be through
}

// begin starts over with a new feed.
func (s *script) begin(feed Feed) {
	*s = script{diddle: s.diddle, preamble: s.preamble, usos: s.usos, feed: feed, lead: leadUnits, opening: s.preamble}
	if s.diddle == DiddleNone {
		s.lead += leadUnits * s.preamble
		s.opening = 0
	}
}

// next gives the next slot, and its code if it has one.
func (s *script) next() (slot, baudot.Code) {
	switch {
	case s.closed:
		return slotRest, 0
	case s.lead > 0:
		s.lead--
		return slotRest, 0
	case s.opening > 0:
		s.opening--
		return s.idle()
	case s.holding:
		s.holding = false
		return slotChar, s.held
	}
	code, state := s.feed.NextCode()
	switch state {
	case FeedIdle:
		return s.idle()
	case FeedEnd:
		s.closed = true
		return slotClose, 0
	}
	return s.char(code & baudot.LTRS)
}

func (s *script) idle() (slot, baudot.Code) {
	switch s.diddle {
	case DiddleLTRS:
		s.spoiled = s.figures
		return slotOwn, baudot.LTRS
	case DiddleBlank:
		return slotOwn, baudot.Blank
	}
	return slotRest, 0
}

func (s *script) char(code baudot.Code) (slot, baudot.Code) {
	switch code {
	case baudot.LTRS, baudot.FIGS:
		s.figures, s.spoiled = code == baudot.FIGS, false
	case baudot.Space:
		if s.usos {
			s.figures, s.spoiled = false, false
		}
	case baudot.CR, baudot.LF, baudot.Blank:
	default:
		if s.spoiled {
			s.held, s.holding, s.spoiled = code, true, false
			return slotOwn, baudot.FIGS
		}
	}
	return slotChar, code
}

// A sequence keys the slots of a script, element by element. All times are in
// units and computed from counts, never summed up, so that no error grows.
type sequence struct {
	script    script
	charUnits float64

	chars, rests int64       // slots begun so far
	code         baudot.Code // of the present slot
	start        float64     // when it began
	element      int         // the next one: 0 start, 1 to 5 data, 6 stop; 7 none
	until        float64     // when that begins
}

const (
	stopElement = 6
	noElement   = 7
)

func (q *sequence) begin(feed Feed) {
	q.script.begin(feed)
	*q = sequence{script: q.script, charUnits: q.charUnits, element: noElement}
}

// slotsEnd is when the slots begun so far are over.
func (q *sequence) slotsEnd() float64 { return float64(q.chars)*q.charUnits + float64(q.rests) }

// keyElement keys the element that begins at until. When a new slot begins it
// says so and what it is.
func (q *sequence) keyElement(k *keyer) (began bool, what slot) {
	if q.element == noElement {
		return true, q.beginSlot(k)
	}
	mark := q.element == stopElement || q.code>>(q.element-1)&1 == 1
	k.key(mark, q.until)
	if q.element++; q.element == noElement {
		q.until = q.slotsEnd()
	} else {
		q.until = q.start + float64(q.element)
	}
	return false, 0
}

func (q *sequence) beginSlot(k *keyer) slot {
	q.start = q.slotsEnd()
	var what slot
	what, q.code = q.script.next()
	if what == slotRest || what == slotClose {
		q.rests++
		q.until = q.slotsEnd()
		return what
	}
	q.chars++
	k.key(false, q.start)
	q.element, q.until = 1, q.start+1
	return what
}
