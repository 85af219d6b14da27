package fsk

import (
	"time"

	"rtty/baudot"
)

// A contact is a line that is moved.
type contact interface {
	set(mark bool) error
	close() error
}

// lineLead is how long before its start element a character is taken, enough
// for a thread to be woken late.
const lineLead = 3 * time.Millisecond

// banger moves a contact edge by edge.
type banger struct {
	contact contact
	clock   clock
	edges   [32][]edge
	jitter  *jitter
}

func newBanger(c contact, k clock, baud float64) *banger {
	b := &banger{contact: c, clock: k, jitter: &jitter{}}
	for code := range b.edges {
		b.edges[code] = edgesOf(baudot.Code(code), baud)
	}
	return b
}

// play keeps every edge at its time from the beginning of the character, so that
// one late edge doesn't make the next one late.
func (b *banger) play(o *over, c baudot.Code, at time.Duration) error {
	for _, e := range b.edges[c] {
		due := at + e.after
		b.clock.until(due)
		o.Lock()
		if o.stopped {
			o.Unlock()
			return nil
		}
		err := b.contact.set(e.mark)
		o.Unlock()
		if err != nil {
			return err
		}
		b.jitter.add(b.clock.now() - due)
	}
	return nil
}

func (b *banger) rest() error { return b.contact.set(true) }

func (b *banger) close() error { return b.contact.close() }

// lineKeyer is a sequence that tells its jitter.
type lineKeyer struct {
	*sequence
	banger *banger
}

func (k lineKeyer) Jitter() Jitter { return k.banger.jitter.read() }

// newLineKeyer keys a contact by a clock; prepare is called on the goroutine that
// does it.
func newLineKeyer(c contact, k clock, cfg Config, prepare func()) lineKeyer {
	b := newBanger(c, k, cfg.Baud)
	s := &sequence{
		instrument: b,
		clock:      k,
		lead:       lineLead,
		length:     characterTime(cfg.Baud, cfg.StopBits),
		onAir:      cfg.OnAir,
	}
	return lineKeyer{s.start(prepare), b}
}
