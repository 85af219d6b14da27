package band

import (
	"math/rand/v2"
	"time"
)

// How stations on one frequency get along.
const (
	ownFrequency = 50.0 // Hz from a station within which it hears somebody who calls it
	elbowRoom    = 30.0 // Hz between the tones of two stations below which one waits for the other
	courtesy     = 5 * time.Second
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
	// present are those who hear when they are called. There is nobody at a
	// broadcasting station.
	present() []operating
	// calling tells that the last thing written was a general call, so that
	// whoever answers need not say to whom.
	calling() bool
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
	author author // nil: nothing by itself
	part

	begun   bool    // something has been sent
	lines   []line  // still to be sent
	sending *sender // nil: the frequency is free
	due     int64   // step at which the next line goes out, if the frequency is free then
	free    int64   // step since which nobody here sends, so that the operator is heard
	quiet   int64   // step since which he does not send either

	talk *conversation // with the operator; the author's lines wait
	held []line
}

// step sends what is due.
func (s *spot) step(now int64) {
	if s.sending != nil {
		if s.sending.busy() {
			return
		}
		s.sending, s.free, s.quiet = nil, now, now
		s.schedule(now)
	}
	if len(s.lines) == 0 {
		s.goOn(now)
	}
	if len(s.lines) == 0 || now < s.due || !s.clear() {
		return
	}
	next := s.lines[0]
	s.lines = s.lines[1:]
	s.begun, s.sending = true, next.from
	next.from.send(next.text)
	if s.band.onAir != nil {
		s.band.onAir(next.from, next.text)
	}
}

// schedule sets when the next line is due, counted from now.
func (s *spot) schedule(now int64) {
	if len(s.lines) > 0 {
		s.due = now + steps(s.lines[0].after)
	}
}

// goOn finds something to be sent when there is nothing left.
func (s *spot) goOn(now int64) {
	switch {
	case s.talk != nil:
		s.wait(now)
	case s.author != nil:
		s.lines = s.author.write()
		if !s.begun { // whoever has just tuned in is not kept waiting
			s.lines[0].after /= 8
		}
		s.schedule(now)
	}
}

// wait is for what the operator says; patience ends, and with it the
// conversation.
func (s *spot) wait(now int64) {
	if s.talk.stage == ended {
		s.talk = nil
		s.lines, s.held = s.held, nil
		s.due = now + steps(courtesy)
		return
	}
	if s.band.ear.near(s.mark(), ownFrequency) {
		s.quiet = now
	}
	if now-s.quiet >= steps(s.talk.patience()) {
		s.reply(s.talk.silence(), now)
	}
}

// reply sends something after a short while, if there is something to say.
func (s *spot) reply(text string, now int64) {
	if text != "" {
		s.lines = []line{{s.talk.me.from, text, s.pause(2*time.Second, 4*time.Second)}}
		s.schedule(now)
	}
}

// voice is the sender that stands for the spot.
func (s *spot) voice() *sender {
	if s.talk != nil {
		return s.talk.me.from
	}
	return s.senders[0]
}

// mark is the radio frequency of mark there.
func (s *spot) mark() float64 { return s.voice().markHz() }

// clear tells whether nobody else is on the frequency. Broadcasts do not care.
func (s *spot) clear() bool {
	if s.author != nil && len(s.author.present()) == 0 {
		return true
	}
	own := s.voice()
	for _, other := range s.band.spots {
		occupied := other.sending != nil || other.talk != nil && s.talk == nil
		if other != s && occupied && other.voice().crowds(own) {
			return false
		}
	}
	return !s.band.ear.near(s.mark(), own.signal.Shift()+elbowRoom)
}

// hear takes an over of the operator on this frequency, and tells whether
// somebody there answers.
func (s *spot) hear(o overHeard, now int64) bool {
	if s.sending != nil {
		return false
	}
	m := understand(o.since(s.free))
	if s.talk == nil {
		s.due = max(s.due, now+steps(courtesy))
		return s.open(o, m, now)
	}
	if len(s.lines) > 0 { // called again before the answer was out
		s.talk.learn(m)
		s.schedule(now)
		return true
	}
	s.reply(s.answer(o, m), now)
	return s.talk.stage != ended
}

func (s *spot) answer(o overHeard, m message) string {
	if o.upside {
		return s.talk.ask(upsideText)
	}
	return s.talk.hear(m)
}

// open begins a conversation if the operator has called somebody here.
func (s *spot) open(o overHeard, m message, now int64) bool {
	if s.author == nil {
		return false
	}
	for _, who := range s.author.present() {
		ask, called := s.called(who, o, m)
		if !called {
			continue
		}
		s.held = s.lines
		s.talk = &conversation{me: who, tongue: tongue{s.chance}, report: reportText}
		text := ""
		if s.talk.learn(m); ask != "" {
			text = s.talk.ask(ask)
		} else {
			text = s.talk.hear(m)
		}
		s.reply(text, now)
		return true
	}
	return false
}

// called tells whether somebody was called, or thinks so, and what he asks back
// when it can't have been all.
func (s *spot) called(who operating, o overHeard, m message) (ask string, called bool) {
	general := s.author.calling() && !m.cq
	switch {
	case o.upside && general:
		return upsideText, true
	case m.calling(who.ham.call):
		return "", true
	case m.almost(who.ham.call):
		return whoText, true
	case general && m.from != "" && len(m.calls) == 1:
		return "", true
	case general && len(m.calls) == 0 && len(m.words) > 0:
		return whoText, true
	}
	return "", false
}
