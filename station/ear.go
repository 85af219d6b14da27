package station

import (
	"rtty/modem"
	"rtty/prior"
)

// hearing is how an ear listens.
type hearing struct {
	signal  modem.Signal
	usos    bool // whether the signal unshifts on space is certain
	afc     bool
	squelch float64
	prior   *prior.Model
	ahead   bool // what is heard is past, and can be looked ahead in
}

func (h hearing) receiver() (*modem.Receiver, error) {
	return modem.NewReceiver(h.signal, modem.ReceiverConfig{
		Rate: AudioRate, AFC: h.afc, Squelch: h.squelch, Prior: h.prior, USOSFixed: h.usos, LookAhead: h.ahead,
	})
}

// An ear decodes the live audio of one signal, in positions of the kept audio.
type ear struct {
	number int
	rx     *modem.Receiver
	base   int64 // position of the receiver's first sample

	tail []modem.Char
}

// newEar listens from a position on.
func newEar(number int, h hearing, base int64) (*ear, error) {
	rx, err := h.receiver()
	if err != nil {
		return nil, err
	}
	return &ear{number: number, rx: rx, base: base}, nil
}

// Hear decodes samples and gives the characters that became final; they are
// the caller's.
func (e *ear) Hear(samples []float32) []modem.Char {
	return e.take(e.rx.Process(samples))
}

// Settle ends listening: what is provisional becomes final.
func (e *ear) Settle() []modem.Char { return e.take(e.rx.Flush()) }

func (e *ear) take(u modem.Update) []modem.Char {
	e.tail = moved(u.Tail, e.base)
	return moved(u.Final, e.base)
}

// moved are the characters with their positions counted from elsewhere.
func moved(chars []modem.Char, by int64) []modem.Char {
	if len(chars) == 0 {
		return nil
	}
	out := make([]modem.Char, len(chars))
	for i, c := range chars {
		c.Start += by
		c.End += by
		out[i] = c
	}
	return out
}
