package station

import "time"

// Limits are how long the transmitter may stay on.
type Limits struct {
	TypedOver time.Duration // after the operator's last key; 0: 3 min
	MacroOver time.Duration // of an over that a macro began, likewise; 0: 90 s
	Idle      time.Duration // with nothing to send; 0: 30 s
}

// WarnBefore is how long before the time-out timer ends an over it is said.
const WarnBefore = 30 * time.Second

func (l Limits) withDefaults() Limits {
	set := func(d *time.Duration, standard time.Duration) {
		if *d <= 0 {
			*d = standard
		}
	}
	set(&l.TypedOver, 3*time.Minute)
	set(&l.MacroOver, 90*time.Second)
	set(&l.Idle, 30*time.Second)
	return l
}

// timer is the time-out timer of one over. Its user holds the lock.
type timer struct {
	limits  Limits
	source  Source
	lastKey time.Time
	empty   time.Time // since when there is nothing to send; zero while there is
	warned  bool
}

// Key is a key that the operator has pressed. Typing makes of a macro's over
// his own.
func (t *timer) Key(at time.Time) {
	t.lastKey, t.source, t.warned = at, Keyboard, false
}

// Left is the time until the over is ended.
func (t *timer) Left(at time.Time) time.Duration {
	limit := t.limits.TypedOver
	if t.source != Keyboard {
		limit = t.limits.MacroOver
	}
	return limit - at.Sub(t.lastKey)
}

// Queue tells how much waits to be sent; it returns how long an empty queue is
// still waited for.
func (t *timer) Queue(n int, at time.Time) time.Duration {
	if n > 0 {
		t.empty = time.Time{}
		return t.limits.Idle
	}
	if t.empty.IsZero() {
		t.empty = at
	}
	return t.limits.Idle - at.Sub(t.empty)
}
