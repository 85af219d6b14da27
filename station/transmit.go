package station

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rtty/callsign"
	"rtty/modem"
)

// refusal is why nothing may be sent, empty when it may.
func (s *Station) refusal(snap *Snapshot) string {
	switch {
	case s.sender.exciter == nil:
		return "receive only: there is no sound output to transmit with"
	case snap.Operator.Call == "":
		return "receive only: no callsign is set"
	case !callsign.Valid(snap.Operator.Call):
		return fmt.Sprintf("receive only: %s is not the form of a callsign", snap.Operator.Call)
	case s.radio.Kind == "none":
		return "receive only: set rig.kind to how the transmitter is keyed, vox if it keys itself"
	case !snap.Transmit.Enabled:
		return "receive only: transmitting is not enabled"
	}
	return ""
}

// permitted is nil when something may be sent.
func (s *Station) permitted() error {
	if why := s.refusal(s.board.snapshot()); why != "" {
		return &WishError{"transmit", why}
	}
	return nil
}

// permit tells whether a signal may go out now. Much may have changed since the
// order was given.
func (s *Station) permit(ctx context.Context, sig modem.Signal) error {
	if err := s.permitted(); err != nil {
		return err
	}
	return s.radio.Permit(ctx, sig)
}

// SetOperator says who operates. A transmission that runs is ended when the call
// changes, since it was permitted to another.
func (s *Station) SetOperator(o Operator) {
	o.Call = strings.ToUpper(strings.TrimSpace(o.Call))
	before := s.board.snapshot().Operator.Call
	if o.Call != before {
		s.Stop("another callsign was set")
	}
	s.board.set(func(snap *Snapshot) { snap.Operator = o })
	s.sender.SetCall(o.Call)
	s.receiver.own.Store(&o.Call)
}

// Type appends text to what waits to be sent. It does not key; ^r in it goes
// back to receive when all before it is sent.
func (s *Station) Type(text string) error {
	if !s.queue.Put(text) {
		return &WishError{"take the text", "too much waits to be sent"}
	}
	s.touched()
	return nil
}

// Erase takes back the last character that waits; false when there is none.
func (s *Station) Erase() bool {
	defer s.touched()
	return s.queue.Erase()
}

// EraseWord takes back the last word that waits.
func (s *Station) EraseWord() {
	s.queue.EraseWord()
	s.touched()
}

// ClearQueue takes back all that waits.
func (s *Station) ClearQueue() {
	s.queue.Clear()
	s.touched()
}

// touched tells that the operator is there.
func (s *Station) touched() {
	s.sender.Key()
	s.board.wake()
}

// Transmit keys and sends what waits and what is typed, until ReceiveWhenSent,
// Stop, a long pause or the time-out timer.
func (s *Station) Transmit(source Source) error { return s.begin(order{source: source, hold: true}) }

// Send appends text, sends all that waits, and goes back to receive.
func (s *Station) Send(source Source, text string) error {
	return s.send(order{source: source}, text)
}

func (s *Station) send(o order, text string) error {
	if err := s.permitted(); err != nil {
		return err
	}
	if !s.queue.Put(text) {
		return &WishError{"take the text", "too much waits to be sent"}
	}
	if s.queue.Len() == 0 {
		return &WishError{"transmit", "there is nothing to send"}
	}
	return s.begin(o)
}

func (s *Station) begin(o order) error {
	if err := s.permitted(); err != nil {
		return err
	}
	s.mu.Lock()
	o.signal = s.transmit
	s.mu.Unlock()
	if err := s.sender.Begin(o); err != nil {
		return &WishError{"transmit", err.Error()}
	}
	return nil
}

// ReceiveWhenSent goes back to receive when all that waits is sent.
func (s *Station) ReceiveWhenSent() error {
	s.sender.EndWhenSent()
	return nil
}

// Stop goes back to receive at once. What was typed and waits stays in the queue;
// what is left of a macro does not, since its key sends it again.
func (s *Station) Stop(reason string) { s.sender.Stop(reason) }

// Carrier sends a steady signal for setting levels, for CarrierTime at the most.
func (s *Station) Carrier(kind Steady) error {
	o := order{source: Tuning, most: CarrierTime, steady: rest{}, rest: true}
	if kind == SteadyRY {
		o.steady, o.rest = new(ry), false
	}
	return s.begin(o)
}

// Identify sends the own call, in Morse code too if that is to be on request.
func (s *Station) Identify() error {
	call := s.board.snapshot().Operator.Call
	text := "DE " + call + " "
	return s.send(order{source: Identify, morse: s.sender.cw.When == CWOnRequest, prepared: text}, text)
}

// EnableTransmit allows to transmit, or forbids it, which ends a transmission.
func (s *Station) EnableTransmit(on bool) error {
	s.board.set(func(snap *Snapshot) { snap.Transmit.Enabled = on })
	if !on {
		s.Stop("transmitting was disabled")
		return nil
	}
	return s.permitted()
}

// TakeCall says which station is in contact, for the macros.
func (s *Station) TakeCall(call string) error {
	call = strings.ToUpper(strings.TrimSpace(call))
	if !callsign.Valid(call) {
		return &WishError{"take the call", fmt.Sprintf("%q is not the form of a callsign", call)}
	}
	s.board.set(func(snap *Snapshot) {
		if snap.Their.Call != call {
			snap.Their = Contact{Call: call, RSTSent: "599"}
		}
	})
	return nil
}

// SetContact says what is known of the station in contact.
func (s *Station) SetContact(c Contact) error {
	c.Call = strings.ToUpper(c.Call)
	s.board.set(func(snap *Snapshot) { snap.Their = c })
	return nil
}

// remind tells once when the own call is due, until ctx ends.
func (s *Station) remind(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	told := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		due := s.sender.identState().Due
		if due && !told {
			s.board.notice("the own call is due; your next over, or this one, sends it by itself")
		}
		told = due
	}
}
