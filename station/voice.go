package station

import (
	"context"
	"sync/atomic"
	"time"

	"rtty/rig"
)

// voice is the Transceiver of a radio that is keyed by the sound itself, or by
// nothing.
type voice struct {
	clock func() time.Time
	keyed atomic.Bool
}

func (v *voice) Key(ctx context.Context, _ time.Duration) error {
	v.keyed.Store(true)
	return ctx.Err()
}

func (v *voice) Unkey(string) error {
	v.keyed.Store(false)
	return nil
}

func (v *voice) Beat() {}

func (v *voice) State() rig.State {
	return rig.State{At: v.clock(), Connected: true, Keyed: v.keyed.Load()}
}
