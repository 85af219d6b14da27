package audio

import "time"

// A pace relates sample indices to the time of day. Blocks come late by a
// little that varies, never early: so the earliest of them tell the time.
type pace struct {
	anchor   time.Time // of sample 0; zero when there was none yet
	earliest time.Time // anchor by the earliest block of the present window
	until    time.Time // end of the window
}

// window is long enough for a block that was not late to be in it, and short
// enough that the clock of a sound card does not drift by more than 3 ms.
const window = 30 * time.Second

// A pause longer than missedMost is taken for a clock that was set, not for
// missing sound.
const (
	missedLeast = 100 * time.Millisecond
	missedMost  = 24 * time.Hour
)

// note says that the samples before index end came by now. It returns how many
// samples before that must have been lost without a word: when even the earliest
// block of a window is late, as after a computer has slept.
func (p *pace) note(now time.Time, end int64, rate int) (missed int64) {
	now = now.UTC().Round(0) // the time of day: it goes on while a computer sleeps
	anchor := now.Add(-span(end, rate))
	if p.anchor.IsZero() || anchor.Before(p.anchor) {
		p.anchor = anchor
	}
	if p.earliest.IsZero() || anchor.Before(p.earliest) {
		p.earliest = anchor
	}
	if p.until.IsZero() {
		p.until = now.Add(window)
	}
	if now.Before(p.until) {
		return 0
	}
	late := p.earliest.Sub(p.anchor)
	if late >= missedLeast && late <= missedMost {
		missed = samplesIn(late, rate)
	} else {
		p.anchor = p.earliest
	}
	p.earliest, p.until = time.Time{}, time.Time{}
	return missed
}

// missed is how many samples before index next a gap that ends now has.
func (p *pace) missed(now time.Time, next int64, rate int) int64 {
	late := now.UTC().Round(0).Sub(p.anchor.Add(span(next, rate)))
	if late < 0 || late > missedMost {
		return 0
	}
	return samplesIn(late, rate)
}
