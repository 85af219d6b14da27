package fsk

import (
	"time"

	"rtty/baudot"
)

// lineLead is how long before its start element a character is taken: most of the
// stop element of the one before, so that a goroutine may be late in a program
// that is busy and the start element is not.
func lineLead(cfg Config) time.Duration {
	return time.Duration(0.7 * cfg.StopBits / cfg.Baud * float64(time.Second))
}

// mostEdges are those of a character whose units alternate.
const mostEdges = 7

// A contact is a line that is moved.
type contact interface {
	set(mark bool) error
	// strike makes the edges of a character, each at its time after start, and
	// fills in when it did. When the first comes late all of them do: what
	// matters is their distance. It stops, with the contact at mark, when o ends.
	strike(o *over, edges []edge, start time.Duration, at *[mostEdges]time.Duration) (done int, err error)
	close() error
}

// banger moves a contact edge by edge.
type banger struct {
	contact contact
	edges   [32][]edge
	jitter  *jitter
}

func (b *banger) play(o *over, c baudot.Code, start time.Duration) (began time.Duration, err error) {
	var at [mostEdges]time.Duration
	edges := b.edges[c&0x1f]
	done, err := b.contact.strike(o, edges, start, &at)
	if done == 0 {
		return start, err
	}
	began = start
	if late := at[0] - start; late > lateStart {
		began = at[0]
	}
	for i := range done {
		b.jitter.add(at[i] - began - edges[i].after)
	}
	return began, err
}

// lateStart is how late the first edge may be before it moves the others.
const (
	lateStart   = lateStartNs * time.Nanosecond
	lateStartNs = 500_000
)

func (b *banger) rest() error { return b.contact.set(true) }

func (b *banger) close() error { return b.contact.close() }

// lineKeyer is a sequence that tells its jitter.
type lineKeyer struct {
	*sequence
	banger *banger
}

func (k lineKeyer) Jitter() Jitter { return k.banger.jitter.read() }

// newLineKeyer keys a contact by a clock; prepare is called on the goroutine that
// does it and tells whether it goes before all others.
func newLineKeyer(c contact, k clock, cfg Config, prepare func() (realTime bool)) lineKeyer {
	b := &banger{contact: c, jitter: &jitter{}}
	for code := range b.edges {
		b.edges[code] = edgesOf(baudot.Code(code), cfg.Baud)
	}
	s := &sequence{
		instrument: b,
		clock:      k,
		lead:       lineLead(cfg),
		length:     characterTime(cfg.Baud, cfg.StopBits),
		onAir:      cfg.OnAir,
	}
	return lineKeyer{s.start(func() { b.jitter.granted(prepare()) }), b}
}
