package audio

import "time"

// A playClock knows how far an output has played: from what the driver said
// last, and the time that has passed since.
type playClock struct {
	at0    time.Time // when it was said; zero when nothing was yet
	played int64     // samples, then
	last   int64     // what at gave last; time does not run backwards
}

// relocate is how long a clock can go on by itself. Sound cards are off by
// 100 ppm, so that it is not for their drift but for what stops them.
const relocate = 100 * time.Millisecond

func (c *playClock) due(now time.Time) bool { return now.Sub(c.at0) >= relocate }

func (c *playClock) set(at time.Time, played int64) { c.at0, c.played = at, played }

// at is the number of samples played by now, between start and written.
func (c *playClock) at(now time.Time, rate int, start, written int64) int64 {
	played := start
	if !c.at0.IsZero() {
		played = c.played + samplesIn(now.Sub(c.at0), rate)
	}
	c.last = min(max(played, start, c.last), written)
	return c.last
}
