package modem

import "math"

// Behaviour of an AutoReceiver, in seconds of source time.
const (
	holdSeconds  = 20   // audio kept back until a signal is found in it
	lookSeconds  = 5    // between two looks at what is kept
	quietSeconds = 5    // without good copy after which another signal is looked for
	leastSeconds = 1    // of audio that a look makes sense for
	goodCopy     = 0.75 // mean probability of the last characters, eight or so
)

// An AutoReceiver is a Receiver that finds its signal by itself. It holds back
// audio until there is a signal in it, at the most the last 20 seconds, and
// then decodes all of what it held: nothing that was sent in that time is lost.
// Since waiting costs nothing then, two looks, five seconds apart, have to agree
// on what the signal is, unless the hold is full or the stream at its end.
//
// It follows the band: when good copy has ceased for five seconds it looks
// around again, and turns to another signal if there is one, from where the
// last character ended. It comes back to the old one in the same way.
//
// Positions count from the first sample given to it. It is not safe for
// concurrent use.
type AutoReceiver struct {
	// configuration
	config ReceiverConfig
	find   func(samples []float32) (Signal, bool)

	// derived
	hold, every, quiet, least int64 // the times above in samples

	// state
	count    int64     // samples so far
	held     []float32 // the newest of them
	nextLook int64     // count at which the next look is due
	seen     *Signal   // what the last look saw and none has confirmed yet

	rx      *Receiver // nil while searching
	signal  Signal    // what it was made for
	offset  int64     // position of the first sample given to rx
	copied  int64     // end of the last final character
	heard   int64     // end of the last good copy
	quality float64   // mean probability of the last characters

	final, tail []Char
}

// NewAutoReceiver makes a receiver that searches for what known leaves open, as
// Identify does; with known.Reverse it takes what is found the other way up. The
// error is that of Identify.
func NewAutoReceiver(known Partial, config ReceiverConfig) (*AutoReceiver, error) {
	options := IdentifyOptions{Rate: config.Rate, Max: 1, Known: known}
	if _, err := Identify(nil, options); err != nil {
		return nil, err
	}
	find := func(samples []float32) (Signal, bool) {
		found, err := Identify(samples, options)
		if err != nil || len(found) == 0 {
			return Signal{}, false
		}
		if known.Reverse {
			return found[0].Reversed(), true
		}
		return found[0].Signal, true
	}
	return newAutoReceiver(config, find), nil
}

func newAutoReceiver(config ReceiverConfig, find func([]float32) (Signal, bool)) *AutoReceiver {
	rate := int64(config.Rate)
	a := &AutoReceiver{
		config: config, find: find,
		hold: holdSeconds * rate, every: lookSeconds * rate, quiet: quietSeconds * rate, least: leastSeconds * rate,
	}
	if config.LookAhead {
		a.quiet += aheadSeconds * rate
	}
	a.held = make([]float32, 0, a.hold+a.hold/4)
	a.nextLook = a.every
	return a
}

// Process takes the next samples and gives what they changed in the text, which
// may be the text of all the samples held so far.
func (a *AutoReceiver) Process(samples []float32) Update {
	a.final = a.final[:0]
	for len(samples) > 0 {
		n := min(int64(len(samples)), a.nextLook-a.count, a.every)
		a.keep(samples[:n])
		if a.rx != nil {
			a.collect(a.rx.Process(samples[:n]))
		}
		samples = samples[n:]
		if a.count == a.nextLook {
			a.look(false)
		}
	}
	return Update{Final: a.final, Tail: a.tail}
}

// Flush tells that no more samples come: a last look is taken at what is still
// held, and all text becomes final.
func (a *AutoReceiver) Flush() Update {
	a.final = a.final[:0]
	if a.rx == nil || a.count-a.heard >= a.quiet {
		a.look(true)
	}
	if a.rx != nil {
		a.collect(a.rx.Flush())
	}
	return Update{Final: a.final, Tail: a.tail}
}

// Tuned tells the signal that is listened to, as it was found, and from which
// sample on; ok is false as long as none has been found.
func (a *AutoReceiver) Tuned() (s Signal, since int64, ok bool) {
	return a.signal, a.offset, a.rx != nil
}

// Status is that of the receiver for the present signal; it is zero as long as
// none has been found.
func (a *AutoReceiver) Status() Status {
	if a.rx == nil {
		return Status{}
	}
	return a.rx.Status()
}

// keep appends samples to those held and forgets the ones that are too old.
func (a *AutoReceiver) keep(samples []float32) {
	if len(a.held)+len(samples) > cap(a.held) {
		n := copy(a.held, a.held[int64(len(a.held)+len(samples))-a.hold:])
		a.held = a.held[:n]
	}
	a.held = append(a.held, samples...)
	a.count += int64(len(samples))
}

// since are the samples held from a position on, and the position of their
// first if that is later.
func (a *AutoReceiver) since(position int64) ([]float32, int64) {
	first := max(position, a.count-min(a.hold, int64(len(a.held))))
	return a.held[int64(len(a.held))-(a.count-first):], first
}

// look searches for a signal where nothing good was copied, and tunes to it if
// it is another than the present one. The last look needs no second one.
func (a *AutoReceiver) look(last bool) {
	if a.rx != nil && !last && a.count-a.heard < a.quiet {
		a.nextLook = a.heard + a.quiet
		return
	}
	a.nextLook = a.count + a.every
	samples, from := a.since(a.copied)
	if int64(len(samples)) < a.least {
		return
	}
	found, ok := a.find(samples)
	if !ok || a.rx != nil && alike(found, a.signal) {
		a.seen = nil
		return
	}
	sure := last || a.rx != nil || int64(len(samples)) >= a.hold || a.seen != nil && alike(found, *a.seen)
	a.seen = &found
	if sure {
		a.tune(found, from)
	}
}

// tune begins to receive a signal with the sample at a position that is held.
func (a *AutoReceiver) tune(s Signal, from int64) {
	rx, err := NewReceiver(s, a.config)
	if err != nil {
		return // found where no receiver can follow, at the edge of the band
	}
	if a.rx != nil {
		a.collect(a.rx.Flush())
	}
	samples, from := a.since(max(from, a.copied))
	a.rx, a.signal, a.offset, a.seen = rx, s, from, nil
	a.heard, a.quality = from, 1
	a.collect(rx.Process(samples))
}

// collect takes over what rx has read, at positions of the whole stream.
func (a *AutoReceiver) collect(u Update) {
	a.final = a.appendMoved(a.final, u.Final)
	a.tail = a.appendMoved(a.tail[:0], u.Tail)
	for _, c := range u.Final {
		a.copied = c.End + a.offset
		if a.quality += (c.P - a.quality) / 8; a.quality >= goodCopy {
			a.heard = a.copied
		}
	}
}

func (a *AutoReceiver) appendMoved(dst, chars []Char) []Char {
	for _, c := range chars {
		c.Start += a.offset
		c.End += a.offset
		dst = append(dst, c)
	}
	return dst
}

// alike tells whether two looks saw the same signal: each tone within a
// quarter of the shift, the speed within 3 %.
func alike(a, b Signal) bool {
	off := max(math.Abs(a.Mark-b.Mark), math.Abs(a.Space-b.Space))
	return off < a.Shift()/4 && math.Abs(a.Baud/b.Baud-1) < 0.03
}
