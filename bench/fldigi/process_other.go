//go:build !linux

package fldigi

import (
	"context"
	"syscall"
	"time"
)

func bound() *syscall.SysProcAttr { return nil }

// leastSpeed is how many times faster than real time fldigi is on a slow machine.
const leastSpeed = 10

// rest waits as long as fldigi may need for what was played.
func (p *Program) rest(ctx context.Context, played time.Duration) error {
	if err := pause(ctx, played/leastSpeed); err != nil {
		return err
	}
	return p.ended()
}

func (p *Program) busy() bool { return false }
