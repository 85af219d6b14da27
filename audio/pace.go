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

// note says that the samples before index end came by now.
func (p *pace) note(now time.Time, end int64, rate int) {
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
	if !now.Before(p.until) {
		p.anchor, p.earliest, p.until = p.earliest, time.Time{}, time.Time{}
	}
}

// index is the number of the sample that comes now.
func (p *pace) index(now time.Time, rate int) int64 {
	return samplesIn(now.UTC().Round(0).Sub(p.anchor), rate)
}
