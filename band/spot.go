package band

import (
	"math/rand/v2"
	"time"
)

// A line is an over that is to be sent.
type line struct {
	from  *sender
	text  string
	after time.Duration // from the end of what was sent before
}

// An author writes what goes on at a spot, a piece at a time: a contact, a few
// calls, a bulletin.
type author interface {
	write() []line
}

// part is what an author works with.
type part struct {
	chance  *rand.Rand
	senders []*sender
}

// pause draws a time between two overs.
func (p part) pause(from, to time.Duration) time.Duration {
	return from + time.Duration(p.chance.Float64()*float64(to-from))
}

// A spot is a frequency and what goes on there, one over after another.
type spot struct {
	band   *Band
	author author

	begun   bool    // something has been sent
	lines   []line  // still to be sent
	sending *sender // nil: the frequency is free
	due     int64   // step at which the next line goes out
}

func newSpot(b *Band, a author) *spot { return &spot{band: b, author: a} }

// step sends what is due.
func (s *spot) step(now int64) {
	if s.sending != nil && s.sending.busy() {
		return
	}
	if len(s.lines) == 0 {
		s.lines = s.author.write()
		s.due = now + steps(s.lines[0].after)
		if !s.begun { // whoever has just tuned in is not kept waiting
			s.due /= 8
		}
	}
	if s.sending != nil {
		s.sending = nil
		s.due = now + steps(s.lines[0].after)
	}
	if now < s.due {
		return
	}
	s.say(s.lines[0])
	s.lines = s.lines[1:]
}

func (s *spot) say(l line) {
	s.begun, s.sending = true, l.from
	l.from.send(l.text)
	if s.band.onAir != nil {
		s.band.onAir(l.from, l.text)
	}
}
